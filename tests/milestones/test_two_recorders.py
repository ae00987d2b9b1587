"""Several people press at the same moment, on a real server: one wins, nobody's words are lost, nothing is half done."""

import json
import re
import secrets
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

from tests.journeys.search import every_row
from tests.journeys.served import a_site

SET = ("from tests.journeys.stages import set_tables", "set_tables()")
CSRF = secrets.token_hex(16)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"[^>]*? value="([^"]*)"')
MANY = 8
CLOSE_SOON = """
import json
from datetime import timedelta
from django.utils import timezone
from coalitions.models import Seat
from milestones.models import Round
from tests.journeys.stages import session_of
seats = Seat.objects.filter(coalition__slug="open", group="provider").exclude(member__name="").exclude(arrived=None)[:6]
more = Seat.objects.filter(coalition__slug="open", group="agency")[:2]
sessions = [session_of(seat.member) for seat in [*seats, *more]]
Round.objects.filter(coalition__slug="open").update(closes_at=timezone.now() + timedelta(seconds=6))
print(json.dumps(sessions))
"""
AGREED = {"how": "everyone", "level": "3", "stand": "yes", "above_because": "We saw it."}


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """(site, sessions): tables at every stage, on a server that takes eight requests at once."""
    there = {}
    folder = tmp_path_factory.mktemp("busy")
    with a_site(folder, before_serving=lambda site: there.update(json.loads(site.django(*SET)))) as site:
        yield site, there["sessions"]


def ask(site, session, path, fields=None, *, body=None, kind="application/x-www-form-urlencoded"):
    """(status, text) of a page, or of a form that is sent."""
    connection = HTTPConnection(urlsplit(site.address).netloc, timeout=60)
    headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}; django_language=en"}
    if fields is None and body is None:
        connection.request("GET", path, headers=headers)
    else:
        body = body or urlencode({**fields, "csrfmiddlewaretoken": CSRF})
        connection.request("POST", path, body, headers | {"Content-Type": kind})
    response = connection.getresponse()
    answer = response.status, response.read().decode()
    connection.close()
    return answer


def at_once(calls):
    """What each call gives, all of them let go at the same moment."""
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def rows(site, table, **fields):
    return [row for row in every_row(site)[table] if all(row[key] == value for key, value in fields.items())]


@pytest.mark.parametrize("recorders", range(2, 9))
def test_one_recorder_wins_and_the_others_keep_their_words(busy, recorders):
    site, sessions = busy
    position = recorders - 1
    path = f"/c/opened/round/1/{position}/agree/"
    texts = [f"Why, said by recorder {n} of {recorders}." for n in range(recorders)]

    def record(n):
        who = sessions["lead en" if n % 2 else "lead es"]
        return ask(site, who, path, {**AGREED, "form_id": uuid.uuid4(), "seen": 0, "why": texts[n]})

    answers = at_once([lambda n=n: record(n) for n in range(recorders)])
    assert sorted(status for status, _text in answers) == [303] + [409] * (recorders - 1)
    (recorded,) = [row for row in rows(site, "milestones_agreement") if row["why"] in texts]
    assert recorded["number"] == 1
    for n, (status, page) in enumerate(answers):
        assert (recorded["why"] == texts[n]) == (status == 303)
        if status == 409:
            assert texts[n] in page
            assert recorded["why"] in page
            assert "recorded this at" in page


FORMS = {
    "round": ("lead en", "/c/released/rounds/new/", "milestones_round", {
        "name": "Next", "closes_on": "2090-01-02", "closes_time": "20:00", "meets_on": "2090-01-03",
    }),
    "agreement": ("lead en", "/c/agreed/round/1/2/agree/?change=1", "milestones_agreement", {**AGREED, "why": "Again."}),
    "named dissent": ("member en", "/c/agreed/round/1/2/dissent/", "milestones_dissent", {
        "text": "I see less.", "language": "en", "named": "yes", "let_out": "yes",
    }),
    "unnamed dissent": ("member en", "/c/agreed/round/1/2/dissent/", "milestones_dissent", {
        "text": "I see less.", "language": "en", "named": "no", "let_out": "no",
    }),
    "evidence": ("member en", "/c/open/round/1/2/evidence/", "milestones_evidence", {"kind": "record", "title": "Minutes"}),
    "release": ("lead en", "/c/agreed/round/1/release/", "milestones_release", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_the_same_form_sent_eight_times_at_once_counts_once(busy, name):
    site, sessions = busy
    who, path, table, fields = FORMS[name]
    status, page = ask(site, sessions[who], path)
    assert status == 200
    fields = dict(HIDDEN.findall(page)) | fields
    if name == "release":
        fields["yes_by"] = re.search(r'<option value="(\d+)"', page)[1]
    before = len(rows(site, table))
    path = path.partition("?")[0]
    answers = at_once([lambda: ask(site, sessions[who], path, fields)] * MANY)
    assert len(rows(site, table)) == before + 1
    assert {status for status, _page in answers} == {200 if name == "unnamed dissent" else 303}
    if name == "unnamed dissent":
        assert len({re.search(r'<b translate="no">([\w-]+)</b>', page)[1] for _status, page in answers}) == 1


def test_the_same_roster_sent_eight_times_at_once_seats_everyone_once(busy):
    site, sessions = busy
    path = "/c/closed/people/import/"
    _status, page = ask(site, sessions["lead en"], path)
    form = dict(HIDDEN.findall(page))["form"]
    listed = "name,email,group\nAda New,ada@new.example,parent\nBo New,bo@new.example,provider\n"
    parts = [("csrfmiddlewaretoken", "", CSRF), ("form", "", form), ("roster", '; filename="r.csv"', listed)]
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{n}"{more}\r\n\r\n{text}\r\n'
        for n, more, text in parts
    )

    def send():
        return ask(
            site, sessions["lead en"], path, body=f"{body}--x--\r\n", kind="multipart/form-data; boundary=x"
        )

    already = {row["id"] for row in rows(site, "coalitions_import")}
    answers = at_once([send] * MANY)
    assert {status for status, _page in answers} == {303}
    started = [row["id"] for row in rows(site, "coalitions_import") if row["id"] not in already]
    assert len(started) == 1
    check = f"{path}{started[0]}/check/"
    _status, page = ask(site, sessions["lead en"], check)
    seen = dict(HIDDEN.findall(page.partition('id="confirm"')[2]))
    before = len(rows(site, "coalitions_seat"))
    answers = at_once([lambda: ask(site, sessions["lead en"], check, seen)] * MANY)
    assert {status for status, _page in answers} == {303}
    assert len(rows(site, "coalitions_seat")) == before + 2
    assert len(rows(site, "coalitions_event", verb="roster imported")) == 1


def test_saves_that_race_with_the_closing_are_counted_or_refused(busy):
    site, _sessions = busy
    before = {(row["seat_id"], row["item_id"]) for row in rows(site, "milestones_draft")}
    sessions = json.loads(site.django(CLOSE_SOON))

    def save_until_closed(session):
        saved = set()
        for turn in range(500):
            position = turn % 7 + 1
            fields = {"level": turn % 5 + 1, "why": f"Turn {turn}."}
            status, page = ask(site, session, f"/c/open/round/1/{position}/answer/", fields)
            assert status in (200, 409)
            if status == 409:
                assert f"Turn {turn}." in page, "their own words are not on the page that refuses"
                return saved
            saved.add(position)
        raise AssertionError("the round never closed")

    saved = at_once([lambda session=session: save_until_closed(session) for session in sessions])
    assert any(saved), "nobody saved before the closing"
    everything = every_row(site)
    (table,) = [row for row in everything["coalitions_coalition"] if row["slug"] == "open"]
    (round,) = [row for row in everything["milestones_round"] if row["coalition_id"] == table["id"]]
    assert round["sealed_at"]
    assert everything["milestones_draft"] == everything["milestones_tick"] == []
    counted = sum(
        row["count"]
        for row in everything["milestones_tally"]
        if row["round_id"] == round["id"] and not row["evidence_id"]
    )
    assert counted == len(before) + sum(map(len, saved))
    took_part = [
        row for row in everything["milestones_part"] if row["round_id"] == round["id"] and row["took_part"]
    ]
    assert len(took_part) == len({seat for seat, _item in before}) + len([each for each in saved if each])
