"""The short form of drill_traces.py: nothing of a visit is anywhere but the answer, and the answer only in its place."""

import os

from .serving import GUNICORN, a_form
from .traces import answers, left, visit

REDIS = {"REDIS_URL": os.environ.get("REDIS_URL", "")}


def test_a_visit_leaves_an_answer_and_nothing_else():
    with a_form(**REDIS) as (site, _wording, _server):
        people = visit(site, 20)
        assert left(site, people) == {}
        assert sorted(answers(site)) == sorted(f"kept-{who.mark}" for who in people if who.number % 3)


def test_it_would_find_an_access_log():
    with a_form(None, (*GUNICORN, "--access-logfile=-"), **REDIS) as (site, _wording, _server):
        found = left(site, visit(site, 3))
        assert set(found) == {"file server.log"}
        assert {hit.partition("-")[0].partition(".")[0] for hit in found["file server.log"]} == {
            *("agent", "referer", "query", "127")
        }
