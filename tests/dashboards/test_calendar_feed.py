import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from coalitions.models import Group, Seat
from members.models import Member
from milestones.actions.rounds import plan_round
from tests.factories.answered import answers
from tests.factories.rounds import NOW, an_open_round, opened, seven_milestones
from tests.factories.tables import a_coalition, seat_of


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def open_round(coalition, lead, parent, provider):
    return an_open_round(coalition, lead)


def link_of(browser) -> str:
    browser.post(reverse("my_calendar"), {"renew": "1"})
    return re.search(r'value="https?://[^/]+(/calendar/[^"]+\.ics)"', browser.get("/me/").content.decode())[1]


def events(answer) -> dict[str, object]:
    return {
        str(event["uid"]).split("@")[0]: event for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def test_the_closing_and_the_meeting_of_an_open_round(client_of, visitor, parent, open_round):
    link = link_of(client_of(parent))
    answer = visitor.get(link)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    found = events(answer)
    closes = found[f"round-{open_round.pk}-closes"]
    assert closes["dtstart"].dt == open_round.closes_at
    assert closes["dtstart"].dt.utcoffset() == timedelta(0)
    assert b"DTSTART;VALUE=DATE:20261206" in answer.content
    meets = found[f"round-{open_round.pk}-meets"]
    assert (meets["dtstart"].dt, meets["dtend"].dt) == (date(2026, 12, 6), date(2026, 12, 7))
    assert str(closes["url"]).endswith("/c/care-forward/")


def test_it_speaks_their_language_and_the_clock_of_the_table(client_of, visitor, parent, lead, open_round):
    spanish = str(
        events(visitor.get(link_of(client_of(parent))))[f"round-{open_round.pk}-closes"]["description"]
    )
    english = str(
        events(visitor.get(link_of(client_of(lead))))[f"round-{open_round.pk}-closes"]["description"]
    )
    assert "diciembre" in spanish
    assert "December 5, 7:00 a.m." in english  # noon in UTC is seven in New York


def test_the_same_appointment_keeps_its_name_when_it_moves(client_of, visitor, parent, lead, open_round):
    link = link_of(client_of(parent))
    before = set(events(visitor.get(link)))
    open_round.closes_at += timedelta(days=3)
    open_round.meets_on += timedelta(days=3)
    open_round.save()
    assert set(events(visitor.get(link))) == before


def test_nothing_tells_whether_they_answered(client_of, visitor, parent, open_round):
    link = link_of(client_of(parent))
    before = visitor.get(link).content
    answers(open_round, [parent])
    assert visitor.get(link).content == before


def test_a_planned_round_is_in_it_and_one_that_was_opened_is_over(
    client_of, visitor, parent, lead, open_round
):
    link = link_of(client_of(parent))
    opened(open_round, lead)
    planned = plan_round(
        coalition=open_round.coalition, version=seven_milestones(), name="Next", now=NOW,
        closes_at=datetime(2027, 5, 1, 21, tzinfo=UTC), meets_on=date(2027, 5, 4),
    )  # fmt: skip
    type(open_round).objects.filter(pk=open_round.pk).update(meets_on=date(2026, 11, 1))
    assert {code.rpartition("-")[0] for code in events(visitor.get(link))} == {f"round-{planned.pk}"}


def test_only_tables_where_they_took_a_seat_and_still_sit(client_of, visitor, parent, lead, open_round):
    link = link_of(client_of(parent))
    Seat.objects.filter(pk=parent.pk).update(arrived=None)
    assert events(visitor.get(link)) == {}
    Seat.objects.filter(pk=parent.pk).update(arrived=date(2026, 1, 1), left=date(2026, 11, 20))
    assert events(visitor.get(link)) == {}
    assert b"Care Forward" not in visitor.get(link).content


def test_a_seat_that_may_not_read_the_table_has_no_dates(client_of, visitor, parent, open_round):
    link = link_of(client_of(parent))
    Seat.objects.filter(pk=parent.pk).update(role=Seat.NEITHER, reader=True)
    assert events(visitor.get(link)) == {}


def test_a_new_link_ends_the_one_before_and_ending_ends_it(client_of, visitor, parent, open_round):
    browser = client_of(parent)
    first = link_of(browser)
    second = link_of(browser)
    assert first != second
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    browser.post(reverse("my_calendar"), {"end": "1"})
    assert visitor.get(second).status_code == 404


@pytest.mark.parametrize("token", ["none", "None", "null", "%00", "é", "x" * 3000, "..", "'; drop"])
def test_no_such_link(visitor, parent, token):
    assert visitor.get(f"/calendar/{token}.ics").status_code in (400, 404)


def test_who_was_switched_off_has_no_calendar(client_of, visitor, parent, open_round):
    link = link_of(client_of(parent))
    Member.objects.filter(pk=parent.member_id).update(is_active=False)
    assert visitor.get(link).status_code == 404


def test_nothing_is_written_by_reading(client_of, visitor, parent, open_round):
    link = link_of(client_of(parent))
    assert visitor.post(link).status_code == 405
    with CaptureQueriesContext(connection) as asked:
        visitor.get(link)
    assert not [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]


def test_as_many_queries_for_three_tables_as_for_one(client_of, visitor, parent, lead, open_round, outsider):
    link = link_of(client_of(parent))
    with CaptureQueriesContext(connection) as one:
        visitor.get(link)
    for slug, state in (("second", "TX"), ("third", "OH")):
        table = a_coalition(slug, slug=slug, state=state)
        an_open_round(table, seat_of(parent.member, table, Group.PARENT))
    with CaptureQueriesContext(connection) as three:
        assert len(events(visitor.get(link))) == 6
    assert len(three) == len(one) == 3
