"""Rounds for the cast of tests/conftest.py, at each stage."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.rounds import a_table, agreed, an_open_round, everyone_answers, opened, released, sealed


@pytest.fixture
def table(coalition, lead, parent, provider, director, facilitator, observer):
    """The cast, and twenty-four more people who answer."""
    a_table(coalition)
    return list(coalition.seats.answering())


@pytest.fixture
def open_round(coalition, lead, table):
    return an_open_round(coalition, lead, now=timezone.now())


@pytest.fixture
def answered_round(open_round, table):
    everyone_answers(open_round, table, words=True)
    return open_round


@pytest.fixture
def closed_round(answered_round):
    """Closed by the clock: its closing moved to a moment ago."""
    answered_round.closes_at = timezone.now()
    answered_round.save()
    return sealed(answered_round)


@pytest.fixture
def opened_round(closed_round, lead):
    return opened(closed_round, lead)


@pytest.fixture
def agreed_round(opened_round, lead):
    return agreed(opened_round, lead)


@pytest.fixture
def released_round(agreed_round, lead, parent):
    return released(agreed_round, lead, yes_by=parent)


@pytest.fixture
def at(coalition):
    """`at("round", 1)`: the address of a page of this table."""
    return lambda name, *args: reverse(name, args=[coalition.slug, *args])
