"""The weekly note: on Monday, once, only to leads, only when something needs them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checkins.actions import doorbell, ring
from checkins.actions.digest import plan_digests
from coalitions.models import Coalition, Group, Seat
from members.models import Member
from outbox.actions.sending import send_all
from outbox.actions.wishes import stop
from outbox.models import Message, ProblemAddress, Why
from tests.factories.rounds import NOW, an_open_round
from tests.factories.tables import a_coalition, a_seat

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = NOW + 2 * DAY + timedelta(hours=1, minutes=30)  # half past eight in Kentucky


@pytest.fixture
def needed(round, parent) -> ProblemAddress:
    """One person's mail comes back, so leads are needed until it does not."""
    return ProblemAddress.objects.create(to=parent.member.email, problem="550", since=NOW)


def keys() -> set[str]:
    return set(Message.objects.filter(kind="digest").values_list("key", flat=True))


def test_nothing_needs_a_lead_so_nobody_hears(round):
    assert plan_digests(now=MONDAY) == 0
    assert keys() == set()


def test_on_monday_each_lead_reads_it_once(needed, coalition, lead, facilitator, mailoutbox):
    second = a_seat(coalition, "Sol Second", Group.PARENT, lead=True, language="es")
    assert plan_digests(now=MONDAY - timedelta(minutes=1)) == 0
    assert plan_digests(now=MONDAY) == 2
    assert keys() == {f"digest/{coalition.pk}/2026-48/seat/{seat.pk}" for seat in (lead, second)}
    assert plan_digests(now=MONDAY + HOUR) == 0
    assert send_all(clock=lambda: MONDAY) == 2
    english, spanish = sorted(mailoutbox, key=lambda mail: mail.to[0])
    assert english.subject == "What needs you at Care Forward Kentucky"
    assert "Mail does not reach 1 person in the open round." in english.body
    assert "/c/care-forward/people/" in english.body
    assert "persona" in spanish.body
    for mail in mailoutbox:
        assert not any(word in mail.body for word in ("Paz", "paz@", "[[stop]]"))
        assert "/l/" not in mail.body, "no link signs anybody in"
        assert "List-Unsubscribe" in mail.extra_headers


def test_three_days_without_a_beat_are_one_note_and_from_thursday_none(needed):
    assert plan_digests(now=MONDAY + 2 * DAY) == 1
    assert plan_digests(now=MONDAY + 2 * DAY + HOUR) == 0
    Message.objects.all().delete()
    assert plan_digests(now=MONDAY + 3 * DAY) == 0, "an old week is not told"
    assert plan_digests(now=MONDAY + 7 * DAY) == 1


def test_a_note_of_a_past_week_is_forgotten(needed, mailoutbox):
    plan_digests(now=MONDAY)
    send_all(clock=lambda: MONDAY)
    plan_digests(now=MONDAY + 2 * DAY)
    assert keys()
    plan_digests(now=MONDAY + 3 * DAY)
    assert not keys()
    assert len(mailoutbox) == 1


def test_the_week_in_which_clocks_jump(coalition, lead, parent, provider):
    start = NOW - 27 * DAY  # a Sunday in October; clocks went back a week later
    round = an_open_round(coalition, lead, now=start)
    ProblemAddress.objects.create(to=parent.member.email, problem="550", since=start)
    monday = start.replace(day=2, month=11, hour=13, minute=30)  # half past eight, in winter an hour later
    assert plan_digests(now=monday - timedelta(minutes=1)) == 0
    assert plan_digests(now=monday) == 1
    assert round.closes_at > monday


def test_it_waits_for_the_end_of_quiet_hours_and_ends_with_wednesday(needed, lead):
    Member.objects.filter(pk=lead.member_id).update(quiet_from="20:00", quiet_until="10:00")
    plan_digests(now=MONDAY)
    message = Message.objects.get(kind="digest")
    assert message.not_before == MONDAY + timedelta(hours=1, minutes=30)
    assert message.not_after == MONDAY + 2 * DAY + timedelta(hours=15, minutes=30)


def test_who_wakes_after_wednesday_is_left_alone(needed, lead):
    Member.objects.filter(pk=lead.member_id).update(quiet_from="20:00", quiet_until="10:00")
    assert plan_digests(now=MONDAY + 2 * DAY + 12 * HOUR) == 0


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "America", "../etc/passwd"])
def test_a_zone_that_does_not_exist_stops_one_table_and_no_other(
    needed, coalition, other_coalition, outsider, caplog, zone
):
    Coalition.objects.filter(pk=coalition.pk).update(time_zone=zone)
    an_open_round(other_coalition, outsider)
    ProblemAddress.objects.create(
        to=a_seat(other_coalition, "Pa R", Group.PARENT).member.email, problem="", since=NOW
    )
    assert plan_digests(now=MONDAY + HOUR) == 1
    assert keys() == {f"digest/{other_coalition.pk}/2026-48/seat/{outsider.pk}"}
    assert "Care Forward" not in caplog.text
    assert f"Table {coalition.pk} " in caplog.text


def test_an_address_that_mail_cannot_carry_does_not_keep_the_others(needed, coalition, lead):
    a_seat(coalition, "Sol Second", Group.PARENT, lead=True)
    Member.objects.filter(pk=lead.member_id).update(email="lena@niño.example")
    assert plan_digests(now=MONDAY) == 1


def no_lead(lead, _needed):
    Seat.objects.filter(pk=lead.pk).update(lead=False)


def gone(lead, _needed):
    Seat.objects.filter(pk=lead.pk).update(left=NOW.date())


def elsewhere(lead, _needed):
    Member.objects.filter(pk=lead.member_id).update(email="lena@elsewhere.example")


def settled(_lead, needed):
    needed.delete()


def no_zone(lead, _needed):
    Coalition.objects.filter(pk=lead.coalition_id).update(time_zone="Mars/Olympus")


@pytest.mark.parametrize("change", [no_lead, gone, elsewhere, settled, no_zone])
def test_it_is_dropped_when_it_is_not_for_them_any_more(needed, lead, mailoutbox, change):
    assert plan_digests(now=MONDAY) == 1
    change(lead, needed)
    send_all(clock=lambda: MONDAY)
    assert not mailoutbox
    assert Message.objects.get(kind="digest").problem == Why.UNWANTED


def test_who_said_stop_gets_none(needed, lead, mailoutbox):
    stop(to=lead.member.email, kind="digest", now=MONDAY)
    plan_digests(now=MONDAY)
    send_all(clock=lambda: MONDAY)
    assert not mailoutbox
    assert Message.objects.get(kind="digest").problem == Why.STOPPED


def test_only_leads_who_sit_here_themselves(needed, coalition, lead):
    a_seat(coalition, "Lia Listed", Group.PARENT, lead=True, arrived=None)
    a_seat(coalition, "Gus Gone", Group.PARENT, lead=True, left=NOW.date())
    shut = a_seat(coalition, "Shay Shut", Group.PARENT, lead=True)
    Member.objects.filter(pk=shut.member_id).update(is_active=False)
    plan_digests(now=MONDAY)
    assert keys() == {f"digest/{coalition.pk}/2026-48/seat/{lead.pk}"}


def cost(now) -> int:
    with CaptureQueriesContext(connection) as watched:
        plan_digests(now=now)
    return len(watched)


def test_a_table_that_needs_nobody_costs_little_until_the_next_hour(round):
    """Its cost is that of looking; then a look at who has a note, and once an hour what needs them."""
    first, again = cost(MONDAY), cost(MONDAY + timedelta(minutes=1))
    assert again == 4 < first
    assert cost(MONDAY + HOUR) == first
    assert cost(MONDAY - DAY) == 2


def test_each_table_costs_the_same(needed, lead):
    for number in range(2):
        other = a_coalition(f"T{number}", slug=f"t{number}", state="TX")
        a_seat(other, f"Lead{number} L", Group.PARENT, lead=True)
    few = cost(MONDAY)
    Message.objects.all().delete()
    for number in range(2, 12):
        other = a_coalition(f"T{number}", slug=f"t{number}", state="TX")
        a_seat(other, f"Lead{number} L", Group.PARENT, lead=True)
    many = cost(MONDAY + HOUR)
    assert many - few <= 12 * 5


def test_the_bell_goes_on_when_one_of_its_plans_fails(needed, monkeypatch, caplog):
    def breaks(*, now):
        raise ValueError("lena@care-forward.example")

    breaks.__name__ = "plan_breaks"

    monkeypatch.setattr(doorbell, "PLANS", (breaks, *doorbell.PLANS))
    assert ring(now=MONDAY) > 0
    assert keys()
    assert "plan_breaks failed: ValueError" in caplog.text
    assert "lena@" not in caplog.text


def test_two_sweeps_that_both_saw_no_note_write_one(needed, coalition, lead, monkeypatch):
    plan_digests(now=MONDAY)
    before = list(Message.objects.values())
    monkeypatch.setattr("checkins.actions.digest.unwritten", lambda weeks: {coalition: [lead]})
    assert plan_digests(now=MONDAY + HOUR) == 1
    assert list(Message.objects.values()) == before
