"""Each way a message can leave, stay, or be given up, against a mail server that misbehaves."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from outbox import channels, tasks
from outbox.actions import sending
from outbox.actions.sending import claim, send_all, send_due
from outbox.actions.wishes import allow, stop
from outbox.models import Message, ProblemAddress, Why
from outbox.registry import CHECKS

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def fresh(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_it_arrives_as_it_was_written_and_is_wiped_here(write, smtp, now):
    message = write(
        kind="reminder", language="es", subject="Su código", text="Abra [[stop]]", html="<p>Abra</p>"
    )
    assert send_due(now=now) == 1
    (taken,) = smtp.taken
    mail = taken["mail"]
    assert (taken["to"], mail["To"], taken["id"]) == (message.to, message.to, message.message_id)
    assert mail["List-Unsubscribe"] == message.headers["List-Unsubscribe"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, html = mail.get_payload()
    assert "/stop/" in plain.get_payload(decode=True).decode()
    assert html.get_content_type() == "text/html"
    kept = fresh(message)
    assert (kept.state, kept.sent_at, kept.lease) == ("sent", now, None)
    assert (kept.subject, kept.text, kept.html, kept.headers) == ("", "", "", {})
    assert send_due(now=now + HOUR) == 0
    assert len(smtp.taken) == 1


def test_many_leave_over_one_line_the_most_pressing_first(write, smtp, now):
    for n in range(3):
        write(f"ok-{n}@example.org")
    write("ok-code@example.org", not_after=now + timedelta(minutes=20))
    assert send_all(clock=lambda: now) == 4
    assert smtp.lines == 1
    assert smtp.taken[0]["to"] == "ok-code@example.org"


def test_it_waits_for_its_moment(write, smtp, now):
    write(not_before=now + HOUR)
    assert send_due(now=now) == 0
    assert send_due(now=now + HOUR) == 1


@pytest.mark.parametrize("how", ["450", "data450", "421", "vanish", "stall"])
def test_a_refusal_for_now_is_tried_again_later(write, smtp, now, how):
    message = write(f"{how}-1@example.org")
    send_due(now=now)
    kept = fresh(message)
    assert (kept.state, kept.attempts, kept.lease) == ("waiting", 1, None)
    assert kept.problem
    assert message.to not in kept.problem
    assert timedelta(seconds=15) <= kept.next_try_at - now <= timedelta(seconds=30)
    assert not ProblemAddress.objects.exists()
    send_due(now=kept.next_try_at)
    assert fresh(message).state == "sent"
    assert fresh(message).problem == ""
    assert [taken["id"] for taken in smtp.taken] == [message.message_id]


def test_the_wait_doubles_up_to_a_quarter_of_an_hour_and_is_never_the_same(write, smtp, now):
    message, at, waits = write("450@example.org"), now, []
    for _try in range(12):
        send_due(now=at)
        waits.append(fresh(message).next_try_at - at)
        at = message.next_try_at
    assert all(longest / 2 <= wait <= longest for wait, longest in zip(waits, doubling(), strict=False))
    assert len(set(waits[-5:])) == 5
    assert max(waits) <= timedelta(minutes=15)


def doubling():
    longest = timedelta(seconds=30)
    while True:
        yield longest
        longest = min(longest * 2, timedelta(minutes=15))


def test_a_line_that_drops_after_data_is_tried_again_under_the_same_id(write, smtp, now):
    message = write("drop-1@example.org")
    send_due(now=now)
    assert fresh(message).state == "waiting"
    send_due(now=now + HOUR)
    assert fresh(message).state == "sent"
    assert [taken["id"] for taken in smtp.taken] == [message.message_id] * 2  # for the receiver, one mail


@pytest.mark.parametrize("how", ["421", "vanish", "drop", "stall"])
def test_a_lost_line_holds_up_nobody_else(write, smtp, now, how):
    write(f"{how}-9@example.org", not_after=now + HOUR)
    other = write("ok@example.org")
    assert send_all(clock=lambda: now) == 3  # both, then the other again on a new line
    assert fresh(other).state == "sent"
    assert fresh(other).attempts == 0
    assert smtp.lines == 2


def test_a_refusal_for_good_marks_the_address(write, smtp, now):
    message, other = write("550@example.org"), write("ok@example.org")
    send_due(now=now)
    assert fresh(message).state == "failed"
    assert message.problem == message.why == "550 5.1.1 … is unknown"
    assert message.text == ""
    assert fresh(other).state == "sent"
    marked = ProblemAddress.objects.get()
    assert (marked.to, marked.since, marked.problem) == (message.to, now, message.problem)
    next_one = write("550@example.org", key="next", kind="reminder")
    send_due(now=now + HOUR)
    assert (fresh(next_one).state, next_one.problem) == ("dropped", Why.ADDRESS)
    assert smtp.tries["550@example.org"] == 1


def test_what_they_ask_for_is_tried_at_any_address_and_clears_the_mark(write, smtp, now):
    for key in ("first", "second"):
        write("550-2@example.org", key=key)
        send_due(now=now)
    assert ProblemAddress.objects.get().since == now
    code = write("550-2@example.org", key="code")
    send_due(now=now)
    assert fresh(code).state == "sent"
    assert not ProblemAddress.objects.exists()


def test_a_refused_text_blames_no_address(write, smtp, now):
    message = write("data550@example.org")
    send_due(now=now)
    assert (fresh(message).state, message.problem) == ("failed", "550 5.7.1 not this")
    assert not ProblemAddress.objects.exists()


def test_a_server_that_does_not_know_us_blames_nobody(write, smtp, now):
    smtp.refuses_senders = True
    message = write()
    send_due(now=now)
    assert (fresh(message).state, message.problem) == ("waiting", "553 5.7.1 we do not know you")
    assert not ProblemAddress.objects.exists()


def test_a_server_that_is_not_there_costs_no_attempt(write, smtp, now, settings):
    settings.EMAIL_PORT = 1
    messages = [write(f"ok-{n}@example.org") for n in range(3)]
    assert send_all(clock=lambda: now) == 3
    assert {fresh(message).attempts for message in messages} == {0}
    assert "refused" in messages[0].problem
    settings.EMAIL_PORT = smtp.port
    assert send_all(clock=lambda: now + timedelta(seconds=30)) == 3
    assert len(smtp.taken) == 3


@pytest.mark.parametrize(
    ("to", "problem"), [("ok@example.org", Why.LATE), ("450@example.org", "450 4.2.0 … is busy")]
)
def test_too_late_is_given_up_with_the_last_thing_they_said(write, smtp, now, to, problem):
    message = write(to, not_after=now + HOUR)
    if to.startswith("450"):
        send_due(now=now)
    send_due(now=now + HOUR)
    assert (fresh(message).state, message.problem, message.text) == ("failed", problem, "")
    assert smtp.taken == []


def test_they_said_stop_after_it_was_written(write, smtp, now):
    reminder, digest = (write("ok@example.org", key=kind, kind=kind) for kind in ("reminder", "digest"))
    code = write("ok@example.org", key="code")
    stop(to="OK@example.org", kind="reminder", now=now)
    stop(to="ok@example.org", kind="", now=now)
    send_all(clock=lambda: now)
    assert (fresh(reminder).state, reminder.problem) == ("dropped", Why.STOPPED)
    assert str(reminder.why) == "They stopped this kind of message."
    assert (reminder.text, reminder.headers) == ("", {})
    assert fresh(digest).state == fresh(code).state == "sent"
    allow(to="ok@example.org", kind="reminder")
    again = write("ok@example.org", key="again", kind="reminder")
    send_all(clock=lambda: now)
    assert fresh(again).state == "sent"


def test_the_app_that_wrote_it_no_longer_wants_it(write, smtp, now):
    unwanted, wanted = write(key="a", check="never"), write(key="b", check="always")
    send_due(now=now)
    assert (fresh(unwanted).state, unwanted.problem) == ("dropped", Why.UNWANTED)
    assert fresh(wanted).state == "sent"


def test_nothing_wanted_opens_no_line(write, smtp, now):
    write(check="never")
    send_due(now=now)
    assert smtp.lines == 0


def test_a_check_that_breaks_holds_up_nobody_and_names_nobody(write, smtp, now, monkeypatch, caplog):
    def broken(message):
        raise ValueError(message.to)

    monkeypatch.setitem(CHECKS, "broken", broken)
    bad, good = write("rosa@example.org", check="broken"), write("ok@example.org")
    send_due(now=now)
    assert (fresh(bad).state, bad.problem) == ("waiting", "ValueError")
    assert fresh(good).state == "sent"
    assert "rosa" not in caplog.text


def test_a_demo_sends_nothing_and_keeps_what_it_would_have(write, smtp, now, settings):
    settings.DEMO = True
    message = write()
    send_due(now=now)
    assert smtp.lines == 0
    assert (fresh(message).state, message.text) == ("sent", "Come to the table.")


# Workers


def test_two_workers_never_hold_the_same_message(write, now):
    for n in range(5):
        write(f"ok-{n}@example.org")
    mine, theirs = claim(now=now, limit=3), claim(now=now, limit=10)
    assert (len(mine), len(theirs)) == (3, 2)
    assert not {message.pk for message in mine} & {message.pk for message in theirs}
    assert claim(now=now, limit=10) == []


def test_a_row_that_another_worker_took_meanwhile_is_not_claimed(write, now, monkeypatch):
    """SQLite locks no rows; between looking and claiming somebody was faster."""
    message = write()
    update = sending.MessageQuerySet.update
    taken = []

    def late(rows, **fields):
        if not taken:
            taken.append(update(Message.objects.all(), next_try_at=now + sending.LEASE))
        return update(rows, **fields)

    monkeypatch.setattr(sending.MessageQuerySet, "update", late)
    assert claim(now=now, limit=1) == []
    assert fresh(message).lease is None


def test_a_worker_that_died_is_followed_by_another_after_the_lease(write, smtp, now):
    message = write()
    assert len(claim(now=now, limit=10)) == 1
    assert send_due(now=now + sending.LEASE - timedelta(seconds=1)) == 0
    assert send_due(now=now + sending.LEASE) == 1
    assert fresh(message).state == "sent"


def test_a_worker_that_lost_its_lease_writes_no_outcome(write, now, monkeypatch):
    message = write()

    class Slow:
        def line(self):
            from contextlib import nullcontext

            return nullcontext(self.deliver)

        def deliver(self, message):
            claim(now=now + sending.LEASE, limit=1)

    monkeypatch.setitem(channels.CHANNELS, "mail", Slow())
    send_due(now=now)
    assert fresh(message).state == "waiting"
    assert message.text


def test_a_worker_begins_no_try_late_in_its_lease(write, smtp, now, monkeypatch):
    messages = [write(f"ok-{n}@example.org") for n in range(3)]
    moments = iter([0, 1, 46])
    monkeypatch.setattr(sending.time, "monotonic", lambda: next(moments))
    send_due(now=now)
    monkeypatch.undo()
    assert [fresh(message).state for message in messages] == ["sent", "waiting", "waiting"]
    assert [message.next_try_at for message in messages[1:]] == [now, now]


def test_the_slowest_try_fits_the_rest_of_the_lease(settings):
    assert sending.LEASE.total_seconds() * (1 - sending.FRESH) >= 5 * settings.EMAIL_TIMEOUT


def test_a_row_has_at_most_one_outcome(write, now):
    message = write()
    for wrong in (
        {"sent_at": now},
        {"next_try_at": None},
        {"next_try_at": None, "sent_at": now, "failed_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**wrong)


# Who calls


def test_the_bells_call_the_same_action(write, smtp, capsys):
    tasks.send_mail()
    tasks.tidy()
    call_command("send_mail")
    assert capsys.readouterr().out == "0 looked at\n"


def test_the_loop_looks_again_and_again(monkeypatch):
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("outbox.management.commands.send_mail.time.sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        call_command("send_mail", "--loop", "--every=2", verbosity=0)
    assert waits == [2, 2, 2]
