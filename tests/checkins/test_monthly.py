"""At which tables the check-in is asked, when, whom it is sent to, and never twice."""

import re
import uuid
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checkins import tasks
from checkins.actions import ask_checkin, ask_checkins, forgetting
from checkins.models import Checkin, Reply, Silence
from checkins.queries import CHECKINS, unanswered
from coalitions.models import Coalition, Group, Seat
from members.models import Link, Member
from outbox.actions.sending import send_all
from outbox.actions.wishes import stop
from outbox.models import Message, StopLink
from outbox.registry import KINDS
from tests.factories.rounds import a_table, an_open_round, opened
from tests.factories.tables import a_coalition, a_seat

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def to() -> set[str]:
    return {message.to.partition("@")[0] for message in Message.objects.filter(kind=CHECKINS)}


def link_in(message) -> str:
    return re.search(r"/l/[\w-]+/", message.text)[0]


def another_table(slug: str, version, *, zone="America/Chicago"):
    table = a_coalition(slug.title(), slug=slug, state="KS", time_zone="America/Chicago")
    lead = a_seat(table, "Lee Lead", Group.ADVOCATE, lead=True)
    opened(an_open_round(table, lead, version=version, now=datetime(2026, 10, 2, 12, tzinfo=UTC)), lead)
    Coalition.objects.filter(pk=table.pk).update(time_zone=zone)
    return table


def test_it_is_asked_on_its_morning_and_not_a_second_early(opened_round, asked_at, coalition):
    assert ask_checkins(now=asked_at - timedelta(seconds=1)) == 0
    assert not Checkin.objects.exists()
    assert ask_checkins(now=asked_at) == 3
    checkin = Checkin.objects.get()
    assert (checkin.coalition, checkin.month.isoformat(), checkin.asked_at) == (
        coalition,
        "2026-11-01",
        asked_at,
    )
    assert to() == {"lena", "paz", "prue"}


def test_once_whatever_comes_after(asked, asked_at):
    before = list(Message.objects.order_by("pk").values()), list(Link.objects.order_by("pk").values())
    for later in (0 * DAY, MINUTE, 10 * DAY):
        assert ask_checkins(now=asked_at + later) == 0
    assert (
        list(Message.objects.order_by("pk").values()),
        list(Link.objects.order_by("pk").values()),
    ) == before


def test_of_two_sweeps_that_both_found_it_due_the_later_writes_nothing(asked, asked_at, coalition):
    before = list(Message.objects.order_by("pk").values())
    assert ask_checkin(coalition=coalition, month=asked.month, now=asked_at + MINUTE) == 0
    Checkin.objects.update(asked_at=None)
    ask_checkin(coalition=coalition, month=asked.month, now=asked_at + MINUTE)
    assert list(Message.objects.order_by("pk").values()) == before, (
        "even had both begun, each meaning is there once"
    )
    assert Link.objects.count() == 3


def test_days_without_a_beat_are_made_up_for_until_the_twentieth(opened_round, asked_at):
    assert ask_checkins(now=datetime(2026, 11, 20, 20, tzinfo=UTC)) == 3


def test_a_month_gone_by_is_not_asked(opened_round):
    assert ask_checkins(now=datetime(2026, 11, 21, 20, tzinfo=UTC)) == 0
    assert ask_checkins(now=datetime(2026, 12, 1, 12, tzinfo=UTC)) == 0
    assert ask_checkins(now=datetime(2026, 12, 1, 14, tzinfo=UTC)) == 3
    assert [str(each.month) for each in Checkin.objects.all()] == ["2026-12-01"]


def test_not_before_a_table_opened_answers(coalition, lead, parent, asked_at):
    assert ask_checkins(now=asked_at) == 0
    an_open_round(coalition, lead, now=asked_at - DAY)
    assert ask_checkins(now=asked_at) == 0


def test_not_while_a_round_is_open_or_closed_and_not_opened(opened_round, coalition, lead, asked_at):
    second = an_open_round(coalition, lead, version=opened_round.version, now=asked_at - DAY)
    assert ask_checkins(now=asked_at) == 0
    assert ask_checkins(now=second.closes_at + HOUR) == 0
    assert not Checkin.objects.exists()


def test_not_right_after_a_table_opened_its_answers(opened_round, asked_at):
    """They have just sat together; the next month asks them."""
    type(opened_round).objects.filter(pk=opened_round.pk).update(opened_at=asked_at + DAY)
    assert ask_checkins(now=asked_at + DAY + MINUTE) == 0
    assert ask_checkins(now=datetime(2026, 12, 1, 14, tzinfo=UTC)) == 3


def test_a_planned_round_does_not_stop_it(opened_round, coalition, lead, asked_at):
    second = an_open_round(coalition, lead, version=opened_round.version, now=asked_at - DAY)
    type(second).objects.filter(pk=second.pk).update(started_at=None)
    assert ask_checkins(now=asked_at) == 3


def test_each_table_by_its_own_clock(opened_round, asked_at):
    another_table("kansas-cares", opened_round.version)
    assert ask_checkins(now=asked_at) == 3
    assert ask_checkins(now=asked_at + HOUR) == 1


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "America", "../etc/passwd"])
def test_a_zone_that_does_not_exist_keeps_no_other_table_waiting(opened_round, asked_at, zone, caplog):
    broken = another_table("a-broken-one", opened_round.version, zone=zone)
    Coalition.objects.filter(pk=broken.pk).update(name="A")
    assert ask_checkins(now=asked_at) == 3
    assert f"Table {broken.pk} has no check-in" in caplog.text
    assert not broken.checkins.exists()


def test_nobody_else_is_written_to(opened_round, coalition, observer, facilitator, asked_at):
    a_seat(coalition, "Lia Listed", Group.PARENT, arrived=None)
    a_seat(coalition, "Gus Gone", Group.PARENT, left=asked_at.date())
    shut = a_seat(coalition, "Shay Shut", Group.PARENT)
    Member.objects.filter(pk=shut.member_id).update(is_active=False)
    Silence.objects.create(seat=a_seat(coalition, "Sid Silent", Group.PARENT), since=asked_at.date())
    odd = a_seat(coalition, "Odd Address", Group.PARENT)
    Member.objects.filter(pk=odd.member_id).update(email="not an address")
    assert ask_checkins(now=asked_at) == 4
    assert to() == {"fay", "lena", "paz", "prue"}


def test_a_letter_waits_for_the_end_of_quiet_hours_and_means_something_for_two_weeks(
    opened_round, asked_at, parent
):
    Member.objects.filter(pk=parent.member_id).update(quiet_from=time(20), quiet_until=time(11))
    ask_checkins(now=asked_at)
    message = Message.objects.get(to=parent.member.email)
    assert message.not_before == datetime(2026, 11, 2, 16, tzinfo=UTC)
    assert message.not_after == asked_at + 14 * DAY
    assert Message.objects.get(to__startswith="prue").not_before == asked_at


def test_who_sleeps_until_the_month_is_over_gets_none(opened_round, parent):
    Member.objects.filter(pk=parent.member_id).update(quiet_from=time(0), quiet_until=time(23, 59))
    late = datetime(2026, 11, 20, 15, tzinfo=UTC)
    Coalition.objects.update(time_zone="America/New_York")
    ask_checkins(now=late)
    assert Message.objects.get(to=parent.member.email).not_before > late


def test_the_letter_is_in_the_readers_language_and_holds_a_link_and_no_answer(asked, asked_at, parent):
    message = Message.objects.get(to=parent.member.email)
    assert (message.kind, message.language) == (CHECKINS, "es")
    assert message.subject == "Su repaso de noviembre: Care Forward Kentucky"
    assert "el lunes 16 de noviembre" in message.text
    assert StopLink.objects.get(to=parent.member.email).token in message.text
    english = Message.objects.get(to__startswith="prue")
    assert english.subject == "Your check-in for November: Care Forward Kentucky"
    assert "Everybody at your table can read it, with your name." in english.text
    assert str(KINDS[CHECKINS]) == "The monthly check-in"


def test_the_link_signs_in_once_and_leads_to_the_check_in(asked, asked_at, parent, time_machine):
    time_machine.move_to(asked_at + HOUR)
    link = link_in(Message.objects.get(to=parent.member.email))
    browser = Client()
    assert browser.post(link).url == "/c/care-forward/check-in/"
    assert browser.get("/c/care-forward/check-in/").status_code == 200
    Client().post(link)
    assert Link.objects.exclude(used_at=None).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda asked, seat: Reply.objects.create(checkin=asked, seat=seat, on=asked.month, form=uuid.uuid4()),
        lambda asked, seat: Member.objects.filter(pk=seat.member_id).update(is_active=False),
        lambda asked, seat: Member.objects.filter(pk=seat.member_id).update(email="new@people.example"),
        lambda asked, seat: Seat.objects.filter(pk=seat.pk).update(arrived=None),
        lambda asked, seat: Seat.objects.filter(pk=seat.pk).update(left=asked.month),
        lambda asked, seat: Seat.objects.filter(pk=seat.pk).update(role=Seat.OBSERVER),
        lambda asked, seat: Silence.objects.create(seat=seat, since=asked.month),
        lambda asked, seat: an_open_round(asked.coalition, seat, now=asked.asked_at),
        lambda asked, seat: asked.delete(),
    ],
    ids=["said", "closed", "moved", "not here", "left", "observes", "silent", "a round", "deleted"],
)
def test_what_ends_a_letter_on_its_way(asked, parent, change):
    message = Message.objects.get(to=parent.member.email)
    assert unanswered(message)
    change(asked, parent)
    assert not unanswered(message)


def test_what_another_table_does_ends_nothing(asked, asked_at, parent, provider, other_coalition, outsider):
    an_open_round(other_coalition, outsider, now=asked_at)
    Reply.objects.create(checkin=asked, seat=provider, on=asked.month, form=uuid.uuid4())
    assert unanswered(Message.objects.get(to=parent.member.email))
    assert not unanswered(Message.objects.get(to=provider.member.email))


def test_who_stopped_check_ins_gets_none_and_still_gets_reminders(opened_round, asked_at, parent, mailoutbox):
    stop(to=parent.member.email, kind=CHECKINS, now=asked_at)
    ask_checkins(now=asked_at)
    send_all(clock=lambda: asked_at + HOUR)
    assert sorted(mail.to[0].partition("@")[0] for mail in mailoutbox) == ["lena", "prue"]


def test_when_the_letters_mean_nothing_any_more_they_are_forgotten_with_their_links(
    asked, asked_at, parent, mailoutbox
):
    send_all(clock=lambda: asked_at + HOUR)
    assert len(mailoutbox) == 3
    end = asked_at + 14 * DAY
    assert ask_checkins(now=end - MINUTE) == 0
    assert Message.objects.count() == Link.objects.count() == 3
    assert ask_checkins(now=end) == 0
    assert not Message.objects.exists()
    assert not Link.objects.exists()
    assert ask_checkins(now=end + MINUTE) == 0
    assert not Message.objects.exists(), "a check-in that was asked is not asked again"


def test_a_letter_on_its_way_is_settled_before_it_is_forgotten(asked, asked_at):
    end = asked_at + 14 * DAY
    assert forgetting.forget_past_checkins(now=end) == 0
    send_all(clock=lambda: end)
    assert forgetting.forget_past_checkins(now=end) == 1


def test_the_cost_does_not_grow_with_the_table_nor_with_tables_that_wait(
    opened_round, coalition, asked_at, django_assert_max_num_queries
):
    def cost(now):
        with CaptureQueriesContext(connection) as seen:
            ask_checkins(now=now)
        return len(seen)

    december = datetime(2026, 12, 1, 14, tzinfo=UTC)
    few = cost(asked_at)
    Message.objects.update(next_try_at=None, sent_at=asked_at)
    a_table(coalition)
    assert forgetting.forget_past_checkins(now=december) == 1
    assert cost(december) == few
    assert Message.objects.count() > 20
    with django_assert_max_num_queries(2):
        ask_checkins(now=december + HOUR)


def test_the_doorbell_and_the_command_ask_too(opened_round, asked_at, time_machine):
    time_machine.move_to(asked_at)
    tasks.remind()
    assert Message.objects.filter(kind=CHECKINS).count() == 3
    time_machine.move_to(datetime(2026, 12, 1, 14, tzinfo=UTC))
    call_command("send_checkins", verbosity=0)
    assert [str(each.month) for each in Checkin.objects.all()] == ["2026-11-01", "2026-12-01"]


def test_no_answer_of_a_round_is_read(opened_round, asked_at):
    with CaptureQueriesContext(connection) as seen:
        ask_checkins(now=asked_at)
    for table in ("draft", "tick", "part", "tally", "word", "opening"):
        assert not [query for query in seen if f'"milestones_{table}"' in query["sql"]]
