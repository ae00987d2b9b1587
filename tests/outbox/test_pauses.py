"""A pause: messages of its kind wait for its end, and what would be too late by then is dropped."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from outbox.actions.sending import claim, send_all, send_due
from outbox.actions.wishes import allow, follow, noon_from, pause, stop, tidy
from outbox.models import Message, ProblemAddress, StopLink, Why
from outbox.queries import held, silent, wishes_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TO = "ok@example.org"


def paused(now, days=3, to=TO, kind="reminder"):
    pause(to=to, kind=kind, until=now + days * DAY, now=now)


def fresh(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_a_message_of_a_paused_kind_waits_and_is_no_attempt(write, smtp, now):
    message = write(TO, kind="reminder", not_after=now + 4 * DAY)
    other, code = write(TO, kind="digest", key="digest"), write(TO, key="code")
    paused(now)
    assert send_all(clock=lambda: now) == 3
    assert fresh(other).state == fresh(code).state == "sent"
    kept = fresh(message)
    assert (kept.state, kept.attempts, kept.lease, kept.next_try_at) == ("waiting", 0, None, now + 3 * DAY)
    assert str(kept.why) == "They asked for a pause."
    assert kept.text, "its words are still to be sent"
    assert send_due(now=now + 3 * DAY - timedelta(seconds=1)) == 0
    assert send_due(now=now + 3 * DAY) == 1
    assert (fresh(message).state, message.problem) == ("sent", "")
    assert [taken["id"] for taken in smtp.taken].count(message.message_id) == 1


@pytest.mark.parametrize("lasts", [DAY, 3 * DAY])
def test_what_would_be_too_late_is_dropped_now(write, smtp, now, lasts):
    message = write(TO, kind="reminder", not_after=now + lasts)
    paused(now)
    send_due(now=now)
    assert (fresh(message).state, message.problem, message.text) == ("dropped", Why.PAUSED, "")
    assert smtp.lines == 0


def test_a_pause_that_is_over_needs_no_cleaning(write, smtp, now):
    paused(now)
    later = now + 3 * DAY
    message = write(TO, kind="reminder", not_before=later)
    send_due(now=later)
    assert fresh(message).state == "sent"
    assert StopLink.objects.get().paused_until == later
    assert silent([TO], kind="reminder", now=later) == set()
    assert silent([TO.upper()], kind="reminder", now=later - DAY) == {TO}


def test_whoever_wants_them_again_gets_what_waited(write, smtp, now):
    message = write(TO, kind="reminder")
    paused(now)
    send_due(now=now)
    allow(to=TO, kind="reminder")
    assert send_due(now=now + timedelta(minutes=1)) == 1
    assert fresh(message).state == "sent"


def test_a_longer_a_shorter_pause_and_a_stop_decide_anew(write, smtp, now):
    message = write(TO, kind="reminder", not_after=now + 30 * DAY)
    for days in (3, 7, 1):
        paused(now, days)
        send_due(now=now)
        assert fresh(message).next_try_at == now + days * DAY
    stop(to=TO, kind="reminder", now=now)
    send_due(now=now)
    assert (fresh(message).state, message.problem) == ("dropped", Why.STOPPED)


def test_what_is_not_wanted_or_cannot_arrive_does_not_wait(write, now):
    unwanted = write(TO, kind="reminder", key="a", check="never")
    nowhere = write("550@example.org", kind="reminder", key="b")
    ProblemAddress.objects.create(to=nowhere.to, problem="550 gone", since=now)
    paused(now)
    paused(now, to=nowhere.to)
    send_all(clock=lambda: now)
    assert fresh(unwanted).problem == Why.UNWANTED
    assert fresh(nowhere).problem == Why.ADDRESS


def test_who_was_paused_and_found_no_worker_is_not_named_for_the_pause(write, now):
    """A pause is theirs to know: a lead reads why mail failed."""
    message = write(TO, kind="reminder", not_after=now + 4 * DAY)
    paused(now)
    send_due(now=now)
    send_due(now=now + 4 * DAY)
    assert (fresh(message).state, message.problem) == ("failed", Why.LATE)


def test_a_message_that_a_worker_holds_is_left_to_it(write, now):
    message = write(TO, kind="reminder")
    paused(now)
    send_due(now=now)
    (held,) = claim(now=now + 3 * DAY, limit=1)
    allow(to=TO, kind="reminder")
    assert fresh(message).lease == held.lease
    assert message.next_try_at > now + 3 * DAY


def test_a_pause_never_ends_a_stop_and_none_ends_in_the_past(now):
    paused(now, days=0)
    assert not StopLink.objects.exists()
    stop(to=TO, kind="reminder", now=now)
    paused(now)
    link = StopLink.objects.get()
    assert (link.stopped_at, link.paused_until) == (now, None)


def test_it_goes_with_them_to_another_address(now):
    paused(now)
    paused(now, kind="digest")
    stop(to="new@example.org", kind="digest", now=now)
    follow(was=TO, to="New@example.org", now=now)
    wishes = {wish.kind: (wish.stopped, wish.paused_until) for wish in wishes_of("new@example.org", now=now)}
    assert wishes["reminder"] == (False, now + 3 * DAY)
    assert wishes["digest"] == (True, None)
    follow(was=TO, to="late@example.org", now=now + 9 * DAY)
    assert not StopLink.objects.filter(to="late@example.org").exists()


def test_what_is_held_says_until_when_and_is_tidied_once_over(now):
    paused(now)
    (row,) = held(TO).stop_list
    assert (row.stopped_on, row.paused_until) == (None, timezone.localdate(now + 3 * DAY))
    tidy(now=now + 3 * DAY - timedelta(seconds=1))
    assert StopLink.objects.get().paused_until
    tidy(now=now + 3 * DAY)
    assert StopLink.objects.get().paused_until is None


@pytest.mark.parametrize(
    ("hour", "day"),
    [(3, 8), (16, 8), (17, 9), (23, 9)],  # noon in New York is 17:00 UTC before the clocks change
)
def test_it_ends_at_noon_by_the_clock_of_the_site(hour, day):
    moment = datetime(2027, 3, 8, hour, 0, 1, tzinfo=UTC)
    assert noon_from(moment) == datetime(2027, 3, day, 17, tzinfo=UTC)


# Trouble on the way, for a kind that can be paused and stopped


@pytest.mark.parametrize("how", ["450", "data450", "421", "vanish", "stall", "drop"])
def test_trouble_then_a_pause_then_the_same_mail(write, smtp, now, how):
    message = write(f"{how}-1@example.org", kind="reminder", not_after=now + 9 * DAY)
    send_due(now=now)
    at = fresh(message).next_try_at
    assert (message.state, message.attempts) == ("waiting", 1)
    paused(now, to=message.to)
    before = len(smtp.taken)
    send_due(now=at)
    assert (fresh(message).next_try_at, message.attempts) == (now + 3 * DAY, 1)
    assert len(smtp.taken) == before
    send_due(now=now + 3 * DAY)
    assert fresh(message).state == "sent"
    # What was dropped after DATA had arrived; the receiver knows the second by its id.
    assert [taken["id"] for taken in smtp.taken] == [message.message_id] * (2 if how == "drop" else 1)


@pytest.mark.parametrize("how", ["450", "data450", "421", "vanish", "stall", "drop"])
def test_trouble_then_a_stop_and_no_more(write, smtp, now, how):
    message = write(f"{how}-1@example.org", kind="reminder")
    send_due(now=now)
    stop(to=message.to, kind="reminder", now=now)
    before = len(smtp.taken)
    send_due(now=fresh(message).next_try_at)
    assert (fresh(message).state, message.problem, message.text) == ("dropped", Why.STOPPED, "")
    assert len(smtp.taken) == before


def test_a_server_that_is_not_there_then_a_pause(write, smtp, now, settings):
    settings.EMAIL_PORT = 1
    message = write(TO, kind="reminder", not_after=now + 9 * DAY)
    send_due(now=now)
    paused(now)
    send_due(now=now + timedelta(minutes=1))
    assert (fresh(message).next_try_at, message.attempts) == (now + 3 * DAY, 0)
    settings.EMAIL_PORT = smtp.port
    send_due(now=now + 3 * DAY)
    assert fresh(message).state == "sent"


@pytest.mark.parametrize(("how", "blamed"), [("550", True), ("data550", False)])
def test_a_refusal_for_good_after_a_pause_is_final(write, smtp, now, how, blamed):
    message = write(f"{how}@example.org", kind="reminder", not_after=now + 9 * DAY)
    paused(now, to=message.to)
    send_due(now=now)
    send_due(now=now + 3 * DAY)
    assert fresh(message).state == "failed"
    assert message.problem.startswith("550 ")
    assert ProblemAddress.objects.exists() == blamed
    allow(to=message.to, kind="reminder")
    assert send_due(now=now + 4 * DAY) == 0
