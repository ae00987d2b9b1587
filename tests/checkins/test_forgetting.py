"""Once a round is sealed, nothing says any more who was reminded of it."""

from datetime import timedelta

import pytest

from checkins.actions import plan_reminders
from members.models import Link
from milestones.actions.sealing import seal_round
from outbox.actions.sending import send_all
from outbox.actions.wishes import pause
from outbox.models import Message
from tests.factories.rounds import an_open_round, sealed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def remind_to_the_end(round, now):
    for moment in (
        now + DAY / 4,
        now + 10 * DAY,
        round.closes_at - 2 * DAY,
        round.closes_at - timedelta(hours=1),
    ):
        plan_reminders(now=moment)
        send_all(clock=lambda moment=moment: moment + timedelta(minutes=59))


def test_a_round_that_closes_early_is_not_remembered_until_a_pause_is_over(round, now, parent, mailoutbox):
    plan_reminders(now=now)
    pause(to=parent.member.email, kind="reminders", until=now + 3 * DAY, now=now)
    send_all(clock=lambda: now + DAY / 4)
    assert Message.objects.waiting().count() == 1
    sealed(round)
    plan_reminders(now=now + DAY)
    assert not Message.objects.exists()
    assert send_all(clock=lambda: now + 3 * DAY) == 0
    assert len(mailoutbox) == 2


def test_sealing_forgets_who_was_late_and_sends_nothing_again(
    round, now, lead, parent, other_coalition, outsider, mailoutbox
):
    other = an_open_round(other_coalition, outsider, version=round.version, now=now + 10 * DAY)
    mine = Link.objects.create(
        member=parent.member, digest="mine", path="/c/care-forward/round/", made_at=now, until=round.closes_at
    )
    remind_to_the_end(round, now)
    sent = len(mailoutbox)
    assert sent > 9
    assert Link.objects.filter(member=parent.member).count() == 5
    sealed(round)
    assert plan_reminders(now=round.closes_at) == 0
    assert not Message.objects.filter(key__startswith=f"round/{round.pk}/").exists()
    assert list(Link.objects.exclude(member=outsider.member)) == [mine]
    assert Message.objects.filter(key__startswith=f"round/{other.pk}/").exists()
    assert Link.objects.filter(member=outsider.member).exists()
    for minutes in range(3):
        plan_reminders(now=round.closes_at + timedelta(minutes=minutes))
        send_all(clock=lambda: round.closes_at + DAY)
    late = [mail for mail in mailoutbox[sent:] if outsider.member.email not in mail.to]
    assert late == []


def test_what_is_still_on_its_way_is_settled_first(round, now, mailoutbox):
    plan_reminders(now=round.closes_at - timedelta(hours=1))
    sealed(round)
    plan_reminders(now=round.closes_at)
    assert Message.objects.count() == 3, "a worker may hold one of them"
    send_all(clock=lambda: round.closes_at)
    plan_reminders(now=round.closes_at)
    assert not Message.objects.exists()
    assert not Link.objects.exists()
    assert not mailoutbox


def test_an_open_round_and_other_mail_stay(round, now):
    plan_reminders(now=now)
    Message.objects.update(next_try_at=None, sent_at=now)
    Message.objects.create(
        key="round/999/seat/1/opening", to="x@example.org", not_before=now, not_after=now, next_try_at=None,
        sent_at=now, message_id="<x@example.org>",
    )  # fmt: skip
    plan_reminders(now=now)
    assert Message.objects.count() == 4


def test_a_round_that_is_gone_is_forgotten_too(round, now):
    plan_reminders(now=now)
    Message.objects.update(next_try_at=None, sent_at=now)
    round.delete()
    plan_reminders(now=now)
    assert not Message.objects.exists()
    assert not Link.objects.exists()


def test_a_sealed_round_is_forgotten_though_another_number_begins_like_it(round, now):
    plan_reminders(now=now)
    Message.objects.update(next_try_at=None, sent_at=now)
    message = Message.objects.first()
    longer = message.key.replace(f"round/{round.pk}/", f"round/{round.pk}0/")
    Message.objects.filter(pk=message.pk).update(key=longer, next_try_at=now, sent_at=None)
    seal_round(round=round, now=round.closes_at)
    plan_reminders(now=round.closes_at)
    assert [message.key for message in Message.objects.all()] == [longer]
