import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from checkins.models import How, StepNews
from coalitions.models import Group, Seat
from members.models import Member
from milestones.actions.agreement import record_agreement
from milestones.actions.rounds import plan_round
from milestones.models import Agreement
from tests.factories.answered import an_opened_round, answers
from tests.factories.rounds import NOW, a_table, an_open_round, opened, said, seven_milestones
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
    assert len(three) == len(one) == 4


@pytest.fixture
def promised(coalition, lead, parent, provider):
    """`promised(owner)`: the table agreed that this seat does something by the tenth of January."""
    a_table(coalition)
    round = an_opened_round(coalition, lead)

    def promise(owner, position=1, due=date(2027, 1, 10)) -> Agreement:
        item = round.version.items.get(position=position)
        words = said(next_step="Ask the school", owner=owner, due=due)
        return record_agreement(
            round=round, item=item, by=lead, said=words, seen=0, now=round.opened_at, form=uuid.uuid4()
        )

    return promise


def news(agreement, how, **said):
    StepNews.objects.create(agreement=agreement, seat=agreement.owner, how=how, form=uuid.uuid4(), **said)


def test_the_day_of_their_own_next_step(client_of, visitor, parent, provider, promised):
    mine, theirs = promised(parent), promised(provider, 2)
    found = events(visitor.get(link_of(client_of(parent))))
    step = found[f"step-{mine.pk}"]
    assert (step["dtstart"].dt, step["dtend"].dt) == (date(2027, 1, 10), date(2027, 1, 11))
    assert "Ask the school" in str(step["summary"])
    assert str(step["url"]).endswith("/c/care-forward/milestones/M1/")
    assert f"step-{theirs.pk}" not in found


def test_a_step_moves_when_moved_and_is_gone_when_kept(client_of, visitor, parent, promised):
    mine, link = promised(parent), link_of(client_of(parent))
    news(mine, How.MOVED, due=date(2027, 2, 1), on=date(2027, 1, 9))
    assert events(visitor.get(link))[f"step-{mine.pk}"]["dtstart"].dt == date(2027, 2, 1)
    news(mine, How.KEPT, on=date(2027, 1, 20))
    assert f"step-{mine.pk}" not in events(visitor.get(link))


def test_a_step_without_a_day_is_no_appointment(client_of, visitor, parent, promised):
    mine = promised(parent)
    Agreement.objects.filter(pk=mine.pk).update(due=None)
    assert f"step-{mine.pk}" not in events(visitor.get(link_of(client_of(parent))))


def test_as_many_queries_for_two_steps_as_for_one(client_of, visitor, parent, promised):
    promised(parent)
    link = link_of(client_of(parent))
    with CaptureQueriesContext(connection) as one:
        visitor.get(link)
    promised(parent, 2)
    with CaptureQueriesContext(connection) as two:
        visitor.get(link)
    assert len(two) == len(one) == 5
