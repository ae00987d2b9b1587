"""One sheet for the meeting. Before the opening it holds nothing of the round that is to be opened."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import Member
from milestones.actions.agreement import record_agreement
from milestones.models import Change, Item, Version
from milestones.models.record import How
from tests.factories.answered import an_opened_round, answers
from tests.factories.rounds import NOW, a_table, agreed, an_open_round, opened, said, sealed

from .test_report import read, sheet

pytestmark = pytest.mark.django_db
HALF_A_YEAR = timedelta(days=182)


@pytest.fixture
def table(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition)
    return coalition


@pytest.fixture
def first(table, lead):
    return agreed(an_opened_round(table, lead), lead, level=2)


def url(round):
    return reverse("placemat", args=[round.coalition.slug, round.number])


def test_a_first_round_starts_with_nothing_but_the_questions(table, lead, client_of):
    page = sheet(read(client_of(lead), url(an_open_round(table, lead))))
    assert "This is our first round." in page
    assert page.count("Not recorded yet") == 7
    assert '<svg class="gap"' not in page
    assert "No next step is open." in page


def test_before_the_opening_it_shows_the_last_round_alone(first, lead, client_of):
    client = client_of(lead)
    second = an_open_round(first.coalition, lead, now=NOW + HALF_A_YEAR)
    empty = sheet(read(client, url(second)))
    assert "The groups as they were in Round 1." in empty
    assert empty.count("2 Starting") == 7
    # Everybody picks the same, so that a sheet which looked would show other groups, or none.
    answers(second, first.coalition.seats.answering(), low=(5,), high=(5,))
    assert sheet(read(client, url(second))) == empty
    sealed(second)
    assert sheet(read(client, url(second))) == empty
    opened(second, lead)
    assert sheet(read(client, url(second))) != empty


def test_the_widest_gaps_come_first_then_what_was_left_open(first, lead, client_of):
    item = first.version.items.get(position=1)
    no = said(2, low=2, high=4, how=How.NO_AGREEMENT)
    record_agreement(round=first, item=item, by=lead, said=no, seen=1, now=first.opened_at, form=uuid.uuid4())
    second = an_opened_round(first.coalition, lead, now=NOW + HALF_A_YEAR)
    page = sheet(read(client_of(lead), url(second)))
    talk = page[page.index("Talk about these first") : page.index("What we promised")]
    assert 1 <= talk.count("<li>") <= 3
    assert "levels lower than other members" in talk
    quiet = an_opened_round(first.coalition, lead, now=NOW + 2 * HALF_A_YEAR, low=(2, 3, 4), high=(2, 3, 4))
    page = sheet(read(client_of(lead), url(quiet)))
    assert "Talk about these first" in page


def test_promises_with_who_and_when(first, lead, director, client_of):
    item = first.version.items.get(position=1)
    due = (NOW + HALF_A_YEAR).date()
    step = said(2, next_step="Ask ten families.", owner=director, due=due)
    record_agreement(
        round=first, item=item, by=lead, said=step, seen=1, now=first.opened_at, form=uuid.uuid4()
    )
    page = sheet(read(client_of(lead), url(first)))
    assert "Ask ten families." in page
    assert "Dee Director" in page


def test_more_promises_than_fit_are_counted(first, lead, client_of):
    for item in first.version.items.all():
        step = said(2, next_step=f"Step of {item.code}")
        record_agreement(
            round=first, item=item, by=lead, said=step, seen=1, now=first.opened_at, form=uuid.uuid4()
        )
    page = sheet(read(client_of(lead), url(first)))
    assert page.count("Step of M") == 5
    assert "2 more are on the check-in page." in page


def test_local_milestones_and_new_wordings(first, lead, client_of):
    own = Version.objects.create(
        framework=first.version.framework, label="2", scale=first.version.scale, follows=first.version
    )
    for item in first.version.items.all():
        change = Change.REDEFINED if item.position == 3 else Change.SAME
        Item.objects.create(
            version=own,
            position=item.position,
            code=item.code,
            content=item.content,
            follows=item,
            change=change,
        )
    Item.objects.create(
        version=own, position=8, code="L1", content={"name": "Our own", "anchors": []}, local=True
    )
    page = sheet(
        read(client_of(lead), url(an_open_round(first.coalition, lead, version=own, now=NOW + HALF_A_YEAR)))
    )
    assert "Our own" in page
    assert page.count("new wording") == 2
    assert page.count("2 Starting") == 6


def test_the_rules_of_the_talk_are_on_it_in_either_language(first, lead, client_of):
    assert "Nobody has to say what they picked." in sheet(read(client_of(lead), url(first)))
    page = read(client_of(lead), url(first), language="es")
    assert "Nadie tiene que decir qué eligió." in sheet(page)


def test_who_may_print_it(
    first, lead, facilitator, parent, director, observer, outsider, evaluator, client_of, visitor
):
    for who in (lead, facilitator):
        assert client_of(who).get(url(first)).status_code == 200
    for who in (parent, director, observer):
        assert client_of(who).get(url(first)).status_code == 403
    for who in (outsider, evaluator):
        assert client_of(who).get(url(first)).status_code == 404
    assert visitor.get(url(first)).status_code == 302
    assert "placemat" in read(client_of(lead), reverse("round", args=[first.coalition.slug, 1]))
    assert "placemat" not in read(client_of(parent), reverse("round", args=[first.coalition.slug, 1]))


def test_the_cost_does_not_grow(first, lead, client_of):
    client = client_of(lead)
    second = agreed(an_opened_round(first.coalition, lead, now=NOW + HALF_A_YEAR), lead)
    third = agreed(an_opened_round(first.coalition, lead, now=NOW + 2 * HALF_A_YEAR), lead)
    found = []
    for where in (url(second), url(third)):
        with CaptureQueriesContext(connection) as made:
            read(client, where)
        found.append(len(made))
    assert found[0] == found[1] <= 14
