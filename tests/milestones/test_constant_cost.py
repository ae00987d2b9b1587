"""Home, score, board and record cost the same few queries for a small new table and a large old one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.rounds import a_table, agreed, an_open_round, everyone_answers, opened, released

MOST = 12
COSTS = {"home": 11, "score": 10, "board": 11, "milestone_record": 11}


def _table(coalition, lead, *, seats: int, rounds: int):
    """So many answering seats with the lead's, so many rounds released, and one more open."""
    people = [*a_table(coalition, [("parent", seats - 1)]), lead]
    for number in range(rounds):
        long_ago = timezone.now() - timedelta(days=200 * (rounds - number))
        round = an_open_round(coalition, lead, now=long_ago)
        everyone_answers(round, people, words=True)
        released(agreed(opened(round, lead), lead), lead, yes_by=people[0])
    return an_open_round(coalition, lead, now=timezone.now())


def _cost(browser, coalition, round) -> dict[str, int]:
    browser.post(reverse("confirm_group", args=[coalition.slug, round.number]), {"group": "advocate"})
    browser.post(reverse("score", args=[coalition.slug, round.number, 1]), {"level": "2", "why": "seen"})
    where = {
        "home": [],
        "score": [round.number, 1],
        "board": [round.number - 1, 1],
        "milestone_record": ["M1"],
    }
    found = {}
    for name, args in where.items():
        address = reverse(name, args=[coalition.slug, *args])
        assert browser.get(address).status_code == 200
        with CaptureQueriesContext(connection) as watched:
            browser.get(address)
        found[name] = len(watched)
    return found


@pytest.mark.parametrize(("seats", "rounds"), [(5, 1), (50, 1), (5, 8), (50, 8)])
def test_no_page_costs_more_than_twelve_queries_and_none_grows(client_of, lead, coalition, seats, rounds):
    round = _table(coalition, lead, seats=seats, rounds=rounds)
    cost = _cost(client_of(lead), coalition, round)
    assert max(cost.values()) <= MOST, cost
    assert cost == COSTS, "the same for any table; a page that became cheaper is written down here"
