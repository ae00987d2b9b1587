"""Who is reminded, when, in which language, and never twice."""

import gc
import re
import tracemalloc
from datetime import timedelta
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkins import tasks
from checkins.actions import plan_reminders, planning
from checkins.queries import still_waiting
from coalitions.models import Coalition, Group, Seat
from config.settings import CELERY_BEAT_SCHEDULE
from members.models import Link, Member
from milestones.actions.rounds import close_early, extend_round
from milestones.models import Part, Round
from outbox.actions.sending import send_all
from outbox.actions.wishes import stop
from outbox.actions.writing import AT_A_TIME
from outbox.models import Message, Why
from tests.checkins.tables import a_crowd, an_open_table
from tests.factories.rounds import an_open_round
from tests.factories.tables import a_seat

pytestmark = pytest.mark.django_db
waiting = import_module("checkins.queries.waiting")
# Seats, links, stop links twice, letters; and what begins and ends the two transactions.
BATCH = 9
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def keys(round) -> set[str]:
    """`{"parent/opening"}`: whom the outbox has which reminder for."""
    names = {seat.pk: seat.member.name.split()[-1].lower() for seat in Seat.objects.select_related("member")}
    found = [
        message.key.split("/") for message in Message.objects.filter(key__startswith=f"round/{round.pk}/")
    ]
    return {f"{names[int(seat)]}/{slot}" for _round, _pk, _seat, seat, slot in found}


def link_in(message) -> str:
    return re.search(r"/l/[\w-]+/", message.text)[0]


def test_the_opening_is_told_to_everybody_the_round_asks_and_to_nobody_twice(round, now):
    assert plan_reminders(now=now) == 3
    assert keys(round) == {"lead/opening", "parent/opening", "provider/opening"}
    before = list(Message.objects.order_by("pk").values()), list(Link.objects.order_by("pk").values())
    assert plan_reminders(now=now) == 0
    assert plan_reminders(now=now + DAY) == 0
    assert before == (
        list(Message.objects.order_by("pk").values()),
        list(Link.objects.order_by("pk").values()),
    )


def test_two_sweeps_that_both_saw_nobody_written_to_write_once(round, now, monkeypatch):
    plan_reminders(now=now)
    before = list(Message.objects.order_by("pk").values())
    seats = list(Seat.objects.filter(pk__in=[m.key.split("/")[3] for m in Message.objects.all()]))
    pairs = [(round, seat) for seat in seats]
    monkeypatch.setattr("checkins.actions.planning.waiting", lambda rounds, name: iter([pairs]))
    plan_reminders(now=now + MINUTE)
    assert list(Message.objects.order_by("pk").values()) == before
    assert Link.objects.count() == 3


def test_three_days_without_a_beat_are_made_up_for_by_one_message(round, parent):
    plan_reminders(now=round.closes_at - HOUR)
    assert [message.key for message in Message.objects.filter(to=parent.member.email)] == [
        f"round/{round.pk}/seat/{parent.pk}/last-morning"
    ]


def test_who_has_answered_is_not_reminded_again(round, now, parent, lead, answered):
    plan_reminders(now=now)
    answered(round, parent)
    Part.objects.filter(round=round, seat=lead).update(saved=3)
    plan_reminders(now=now + 10 * DAY)
    assert "parent/midpoint" not in keys(round)
    assert {"lead/midpoint", "provider/midpoint"} <= keys(round)


def test_just_before_it_leaves_it_is_asked_again(round, noon, parent, provider, lead, answered, mailoutbox):
    plan_reminders(now=noon)
    answered(round, parent)
    Seat.objects.filter(pk=provider.pk).update(left=noon.date())
    send_all(clock=lambda: noon)
    assert [mail.to for mail in mailoutbox] == [[lead.member.email]]
    dropped = Message.objects.exclude(dropped_at=None)
    assert {(message.to, message.problem) for message in dropped} == {
        (parent.member.email, Why.UNWANTED),
        (provider.member.email, Why.UNWANTED),
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda round, seat: Member.objects.filter(pk=seat.member_id).update(is_active=False),
        lambda round, seat: Member.objects.filter(pk=seat.member_id).update(email="new@people.example"),
        lambda round, seat: Seat.objects.filter(pk=seat.pk).update(arrived=None),
        lambda round, seat: Part.objects.filter(round=round, seat=seat).update(saved=None),
        lambda round, seat: type(round).objects.filter(pk=round.pk).update(sealed_at=round.closes_at),
        lambda round, seat: round.delete(),
    ],
    ids=["closed", "moved", "not here", "not asked", "sealed", "deleted"],
)
def test_what_ends_a_reminder_on_its_way(round, now, parent, change):
    plan_reminders(now=now)
    message = Message.objects.get(to=parent.member.email)
    assert still_waiting(message)
    change(round, parent)
    assert not still_waiting(message)


def test_nobody_else_is_written_to(round, coalition, other_coalition, outsider, observer, facilitator, now):
    a_seat(coalition, "Lia Listed", Group.PARENT, arrived=None)
    a_seat(coalition, "Gus Gone", Group.PARENT, left=now.date())
    a_seat(coalition, "Cleo Closed", Group.PARENT).member.delete()
    shut = a_seat(coalition, "Shay Shut", Group.PARENT)
    Member.objects.filter(pk=shut.member_id).update(is_active=False)
    plan_reminders(now=now)
    assert keys(round) == {"lead/opening", "parent/opening", "provider/opening"}


def test_who_came_to_the_table_since_is_asked_and_reminded(round, coalition, now):
    plan_reminders(now=now)
    a_seat(coalition, "Nia New", Group.PARENT)
    plan_reminders(now=now + DAY)
    assert "new/opening" in keys(round)


def test_an_address_that_mail_cannot_carry_does_not_keep_the_others(round, now, parent):
    Member.objects.filter(pk=parent.member_id).update(email="paz@niño.example")
    assert plan_reminders(now=now) == 2
    assert keys(round) == {"lead/opening", "provider/opening"}


def test_who_said_stop_gets_none_and_everybody_can(round, noon, parent, mailoutbox):
    stop(to=parent.member.email, kind="reminders", now=noon)
    plan_reminders(now=noon)
    assert all("List-Unsubscribe" in message.headers for message in Message.objects.all())
    send_all(clock=lambda: noon)
    assert len(mailoutbox) == 2
    assert Message.objects.get(to=parent.member.email).problem == Why.STOPPED


def test_mail_waits_for_the_morning_of_the_table_and_ends_with_the_next(round, now, parent):
    plan_reminders(now=now)  # seven in the morning there
    message = Message.objects.get(to=parent.member.email)
    assert message.not_before == now + HOUR
    assert message.not_after == now + 9 * DAY + timedelta(hours=1, minutes=30)  # Monday half past eight


def test_who_wakes_after_the_round_has_closed_is_left_alone(round, parent):
    Member.objects.filter(pk=parent.member_id).update(quiet_from="04:00", quiet_until="23:00")
    assert plan_reminders(now=round.closes_at - HOUR) == 2
    assert not Message.objects.filter(to=parent.member.email).exists()


def test_each_reads_their_own_language(round, now, parent, lead):
    plan_reminders(now=now)
    spanish, english = (Message.objects.get(to=seat.member.email) for seat in (parent, lead))
    assert (spanish.language, english.language) == ("es", "en")
    assert "ronda" in spanish.subject
    assert "round" in english.subject


def test_an_extended_round_moves_what_is_left_and_repeats_nothing(round, now, lead, parent):
    plan_reminders(now=now)
    middle = now + 10 * DAY
    plan_reminders(now=middle)
    used = keys(round)
    assert {name.split("/")[1] for name in used} == {"opening", "midpoint"}
    new = {"closes_at": round.closes_at + 14 * DAY, "meets_on": (round.closes_at + 15 * DAY).date()}
    extend_round(round=round, by=lead, now=middle, **new)
    for day in range(17):  # the new middle comes by, and the two days before the old closing
        assert plan_reminders(now=middle + day * DAY) == 0
    assert plan_reminders(now=new["closes_at"] - 2 * DAY) == 3
    assert plan_reminders(now=new["closes_at"] - HOUR) == 3
    assert Message.objects.filter(to=parent.member.email).count() == 4


def test_extending_does_not_bring_back_what_was_passed_over(round, now, lead):
    plan_reminders(now=now + 10 * DAY)  # nothing ran at the opening
    new = {"closes_at": round.closes_at + 28 * DAY, "meets_on": (round.closes_at + 29 * DAY).date()}
    extend_round(round=round, by=lead, now=now + 10 * DAY, **new)
    assert plan_reminders(now=now + 10 * DAY) == 0


def test_a_round_that_is_not_open_reminds_nobody(round, now, lead, parent, provider, answered):
    assert plan_reminders(now=now - MINUTE) == 0
    assert plan_reminders(now=round.closes_at) == 0
    answered(round, lead, parent, provider)
    close_early(round=round, by=lead, now=now + HOUR)
    assert plan_reminders(now=now + 2 * HOUR) == 0
    assert not Message.objects.exists()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "America", "../etc/passwd"])
def test_a_time_zone_that_does_not_exist_stops_one_table_and_no_other(
    round, other_coalition, outsider, now, caplog, zone
):
    Coalition.objects.filter(pk=round.coalition_id).update(time_zone=zone)
    other = an_open_round(other_coalition, outsider, version=round.version)
    assert plan_reminders(now=now) == 1
    assert keys(round) == set()
    assert keys(other) == {"outsider/opening"}
    (said,) = [record for record in caplog.records if record.name.startswith("checkins")]
    assert said.levelname == "ERROR"
    assert str(round.pk) in said.getMessage()
    assert "Care Forward" not in said.getMessage()


def test_the_link_lets_its_person_in_once_until_the_round_closes(coalition, lead, parent):
    round = an_open_round(coalition, lead, now=timezone.now())
    plan_reminders(now=timezone.now())
    link = Link.objects.get(member=parent.member)
    assert (link.path, link.only, link.until) == ("/c/care-forward/round/", "", round.closes_at)
    address = link_in(Message.objects.get(to=parent.member.email))
    phone = Client()
    assert phone.get(address).status_code == 200
    assert "_auth_user_id" not in phone.session
    assert phone.post(address).url == link.path
    assert phone.session["_auth_user_id"] == str(parent.member_id)
    assert Client().post(address).status_code == 410


def test_the_command_and_the_beat_do_the_same(coalition, lead, parent, mailoutbox, capsys):
    round = an_open_round(coalition, lead, now=timezone.now())
    Member.objects.update(quiet_from="00:00", quiet_until="00:00")
    tasks.remind()
    assert keys(round) == {"lead/opening", "parent/opening"}
    assert not mailoutbox
    call_command("send_checkins")
    assert len(mailoutbox) == 2
    assert capsys.readouterr().out == "0 planned, 2 looked at\n"
    call_command("send_checkins", verbosity=0)
    assert capsys.readouterr().out == ""
    assert CELERY_BEAT_SCHEDULE["remind"]["task"] == tasks.remind.name


def written(now) -> tuple[int, int]:
    """(letters, statements) of one sweep, with those that begin and end a transaction."""
    with CaptureQueriesContext(connection) as watched:
        planned = plan_reminders(now=now)
    return planned, len(watched)


def forget_all() -> None:
    Message.objects.all().delete()
    Link.objects.all().delete()


def test_a_sweep_costs_the_same_for_one_table_and_for_many(coalition, lead, now):
    a_crowd(coalition, 99)
    round = an_open_round(coalition, lead)
    for_one = written(now)
    assert for_one[0] == 100
    assert for_one[1] <= 16, for_one
    idle = written(now)
    assert idle == (0, idle[1])
    assert idle[1] <= 6, idle
    forget_all()
    for n in range(9):
        an_open_table(f"Small {n}", 3, opened=now)
    assert written(now) == (127, for_one[1])
    assert written(now) == idle
    assert Message.objects.filter(key__startswith=f"round/{round.pk}/").count() == 100


def test_each_batch_costs_ten_so_five_thousand_cost_one_for_each_five_hundred(
    coalition, lead, now, monkeypatch
):
    assert waiting.AT_ONCE >= AT_A_TIME >= 5_000
    monkeypatch.setattr(waiting, "AT_ONCE", 100)
    a_crowd(coalition, 249)
    an_open_round(coalition, lead)
    planned, three = written(now)
    assert planned == 250
    forget_all()
    a_crowd(coalition, 500, first=249)
    planned, eight = written(now)
    assert planned == 750
    assert eight - three == 5 * BATCH, (three, eight)


def test_memory_is_that_of_a_batch_however_many_there_are(coalition, lead, now, monkeypatch):
    def most() -> int:
        forget_all()
        tracemalloc.start()
        plan_reminders(now=now)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    monkeypatch.setattr(waiting, "AT_ONCE", 100)
    write = planning._write
    # What Python clears away in its own time is cleared after each batch, so that only what is kept is counted.
    monkeypatch.setattr(planning, "_write", lambda *arguments: (write(*arguments), gc.collect())[0])
    a_crowd(coalition, 199)
    an_open_round(coalition, lead)
    most()  # what is loaded once
    few = most()
    a_crowd(coalition, 800, first=199)
    assert most() < 1.2 * few  # for five times as many people
    monkeypatch.setattr(waiting, "AT_ONCE", 5_000)
    assert most() > 2 * few  # or this would measure something else


def test_two_open_rounds_at_one_table_are_two_reminders(round, coalition, lead, now):
    second = Round.objects.get(pk=round.pk)
    second.pk, second.form, second.number = None, None, 99
    second.save()
    Part.objects.bulk_create(
        Part(round=second, seat=part.seat, group=part.group, saved=part.saved) for part in round.parts.all()
    )
    assert plan_reminders(now=now) == 6
    assert keys(round) == keys(second) == {"lead/opening", "parent/opening", "provider/opening"}
    assert plan_reminders(now=now) == 0


def test_rounds_of_the_past_change_nothing(round, coalition, lead, now):
    for number in (97, 98):
        past = Round.objects.get(pk=round.pk)
        past.pk, past.form, past.number = None, None, number
        past.closes_at = past.sealed_at = now - DAY
        past.save()
        Part.objects.bulk_create(Part(round=past, seat=seat, saved=7) for seat in coalition.seats.all())
    assert plan_reminders(now=now) == 3
    assert plan_reminders(now=now) == 0
    assert Message.objects.count() == 3


def test_tables_in_different_slots_are_each_told_theirs(round, other_coalition, outsider, now):
    other = an_open_round(other_coalition, outsider, version=round.version, now=now - 10 * DAY)
    plan_reminders(now=now)
    assert keys(round) == {"lead/opening", "parent/opening", "provider/opening"}
    assert keys(other) == {"outsider/midpoint"}
    texts = Message.objects.filter(to=outsider.member.email).values_list("text", flat=True)
    assert all("Kansas Cares" in text and "Kentucky" not in text for text in texts)


def test_after_three_days_without_a_beat_two_beats_send_one_message_each(round, parent, mailoutbox):
    """And days later the mail server takes one message, not one for each day."""
    plan_reminders(now=round.started_at)
    send_all(clock=lambda: round.started_at + 5 * HOUR)
    mailoutbox.clear()
    late = round.closes_at - 2 * DAY + 3 * HOUR  # the midpoint went by, and the two days before began
    for _beat in range(2):
        plan_reminders(now=late)
    for _worker in range(2):
        send_all(clock=lambda: late)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted({mail.to[0] for mail in mailoutbox})
    assert len(mailoutbox) == 3
    assert {name.partition("/")[2] for name in keys(round)} == {"opening", "two-days"}


def test_what_waited_three_days_to_be_sent_is_not_sent_beside_the_next(round, parent, mailoutbox):
    """Planned, then no worker: what is over by its own time is not sent any more."""
    plan_reminders(now=round.started_at)
    late = round.closes_at - HOUR
    plan_reminders(now=late)
    send_all(clock=lambda: late)
    assert len(mailoutbox) == 3
    assert {Message.objects.get(pk=pk).key.rpartition("/")[2] for pk in sent_pks()} == {"last-morning"}


def sent_pks() -> list[int]:
    return list(Message.objects.filter(sent_at__isnull=False).values_list("pk", flat=True))


def test_a_table_that_stumbles_keeps_no_other_from_its_reminders(
    round, other_coalition, outsider, now, monkeypatch, caplog
):
    other = an_open_round(other_coalition, outsider, now=round.started_at)
    blank = planning.letters.Blank

    def stumbles(of, *arguments, **more):
        if of == round:
            raise RuntimeError("Paz Parent")
        return blank(of, *arguments, **more)

    monkeypatch.setattr(planning.letters, "Blank", stumbles)
    assert plan_reminders(now=now) == 1
    assert {message.key.split("/")[1] for message in Message.objects.all()} == {str(other.pk)}
    assert "Paz" not in caplog.text and f"round of number {round.pk} failed" in caplog.text
