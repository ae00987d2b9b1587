"""Whether other people led a table on one day than on another."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalitions.actions import change_seat, end_seat
from coalitions.models import Group, Seat
from coalitions.queries.leads import lead_changed
from tests.factories.tables import a_coalition, a_seat

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2026, 4, 1), date(2026, 10, 1)
BETWEEN, LATER = datetime(2026, 6, 1, 18, tzinfo=UTC), datetime(2026, 11, 1, 18, tzinfo=UTC)


def changed(*tables, days=(BEFORE, AFTER)):
    return lead_changed({table.pk: days for table in tables})


def leads(seat: Seat, by: Seat, at: datetime, *, lead: bool) -> None:
    """By the action, so that what is read here is what it writes."""
    seat.refresh_from_db()
    seat.lead = lead
    saved(seat, by, at, "lead")


def saved(seat: Seat, by: Seat, at: datetime, field: str) -> None:
    change_seat(seat=seat, by=by, organization="", changed=[field], now=at, form=uuid.uuid4())


def test_the_same_people_led(coalition, lead, parent):
    assert changed(coalition) == set()
    assert lead_changed({}) == set()


def test_somebody_came_to_lead(coalition, lead, parent):
    leads(parent, lead, BETWEEN, lead=True)
    assert changed(coalition) == {coalition.pk}
    assert changed(coalition, days=(AFTER, date(2026, 12, 1))) == set()


def test_somebody_leads_no_more(coalition, lead, parent):
    leads(parent, lead, BETWEEN, lead=True)
    leads(lead, parent, BETWEEN, lead=False)
    assert changed(coalition) == {coalition.pk}


def test_what_came_later_does_not_count(coalition, lead, parent):
    leads(parent, lead, LATER, lead=True)
    leads(lead, parent, LATER, lead=False)
    assert changed(coalition) == set()


def test_there_and_back_between_is_no_change(coalition, lead, parent):
    leads(parent, lead, BETWEEN, lead=True)
    leads(parent, lead, BETWEEN.replace(month=7), lead=False)
    assert changed(coalition) == set()


def test_a_lead_left(coalition, lead):
    other = a_seat(coalition, "Olga Other", Group.PARENT, lead=True)
    end_seat(seat=other, by=lead, now=BETWEEN)
    assert changed(coalition) == {coalition.pk}
    assert changed(coalition, days=(AFTER, date(2026, 12, 1))) == set()


def test_a_new_seat_leads_and_one_that_nobody_took_does_not(coalition, lead):
    a_seat(coalition, "Lou Listed", Group.PARENT, lead=True, arrived=None)
    assert changed(coalition) == set()
    a_seat(coalition, "Nia New", Group.PARENT, lead=True, joined=date(2026, 6, 1), arrived=date(2026, 6, 1))
    assert changed(coalition) == {coalition.pk}


def test_who_left_and_came_back_is_the_same_person(coalition, lead):
    seat = a_seat(coalition, "Bea Back", Group.PARENT, lead=True, left=date(2026, 6, 1))
    Seat.objects.filter(pk=seat.pk).update(arrived=date(2026, 1, 15))
    Seat.objects.create(
        coalition=coalition, member=seat.member, group="parent", lead=True, joined=date(2026, 8, 1),
        arrived=date(2026, 8, 1), listed_email=seat.listed_email,
    )  # fmt: skip
    assert changed(coalition) == set()


def test_other_changes_of_a_seat_are_no_change_of_lead(coalition, lead, parent):
    parent.facilitator = True
    saved(parent, lead, BETWEEN, "facilitator")
    assert changed(coalition) == set()


def test_two_queries_for_all_tables(coalition, lead, other_coalition, outsider, parent):
    leads(parent, lead, BETWEEN, lead=True)
    third = a_coalition("Ohio Cares", slug="ohio-cares", state="OH")
    with CaptureQueriesContext(connection) as made:
        assert changed(coalition, other_coalition, third) == {coalition.pk}
    assert len(made) == 2
