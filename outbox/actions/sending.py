"""Sending what is due, so that it arrives once although workers die, servers refuse and lines break.

A message is claimed for a short lease, sent, and only then marked. A worker that dies between the two leaves
it to the next one after the lease: the same mail with the same Message-ID, which the receiver can recognise.
"""

import logging
import random
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction

from outbox import channels
from outbox.channels.trouble import BadAddress, LineLost, Never, NoLine, NotNow
from outbox.models import Message, MessageQuerySet, ProblemAddress, StopLink, Why
from outbox.registry import CHECKS

BATCH = 20
LEASE = timedelta(seconds=90)
# A new try begins only in the first half; the slowest try (EMAIL_TIMEOUT for each of five steps) fits the rest.
FRESH = 0.5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
log = logging.getLogger(__name__)


def send_all(*, clock: Callable[[], datetime]) -> int:
    """Everything that is due by `clock`, batch by batch; how many were looked at."""
    seen = 0
    while claimed := send_due(now=clock()):
        seen += claimed
    return seen


def send_due(*, now: datetime, limit: int = BATCH) -> int:
    """At most `limit` due messages over one line per channel; how many this worker could claim."""
    batch = claim(now=now, limit=limit)
    batch.sort(key=lambda message: message.channel)
    until = time.monotonic() + LEASE.total_seconds() * FRESH
    for name, messages in groupby(batch, key=lambda message: message.channel):
        _send_over_one_line(name, list(messages), now, until)
    return len(batch)


def claim(*, now: datetime, limit: int) -> list[Message]:
    """Due messages that from now on, for one lease, are this worker's alone."""
    due = Message.objects.due(now)
    if not due.exists():  # an idle sweep takes no write lock
        return []
    token = uuid.uuid4()
    with transaction.atomic():
        found = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
        # SQLite locks no rows: asking again whether they are due makes it compare-and-swap.
        Message.objects.filter(pk__in=found, next_try_at__lte=now).update(
            lease=token, next_try_at=now + LEASE
        )
    return list(Message.objects.filter(lease=token).order_by("not_after", "pk"))


def _send_over_one_line(name: str, messages: Sequence[Message], now: datetime, until: float) -> None:
    with ExitStack() as held:
        deliver = None
        for at, message in enumerate(messages):
            if time.monotonic() >= until:
                _give_back(messages[at:], next_try_at=now)
                return
            try:
                if not _still_wanted(message, now):
                    continue
                deliver = deliver or held.enter_context(channels.line(name))
                deliver(message)
            except NoLine as trouble:
                _give_back(messages[at:], next_try_at=now + _wait(1), problem=str(trouble)[:300])
                return
            except LineLost as trouble:
                _put_off(message, str(trouble), now)
                _give_back(messages[at + 1 :], next_try_at=now)
                return
            except Never as trouble:
                _refused(message, trouble, now)
            except NotNow as trouble:
                _put_off(message, str(trouble), now)
            except Exception as trouble:
                # One message that cannot be sent must not keep the others. Its words could hold an address.
                log.error("A message could not be sent: %s", type(trouble).__name__)
                _put_off(message, type(trouble).__name__, now)
            else:
                _sent(message, now)


def _still_wanted(message: Message, now: datetime) -> bool:
    """Asked just before sending; a message that is not wanted is settled here."""
    if message.not_after <= now:
        they_said = "" if message.problem in Why.values else message.problem
        _settle(message, failed_at=now, problem=they_said or Why.LATE)
        return False
    wish = _wish_about(message)
    why, until = _why_not(message, wish), wish.pause(now)
    if until and not why:
        if until < message.not_after:
            _give_back([message], next_try_at=until, problem=Why.PAUSED)
            return False
        why = Why.PAUSED
    if why:
        _settle(message, dropped_at=now, problem=why)
    return not why


def _wish_about(message: Message) -> StopLink:
    """What they asked for themselves is tried whatever they said about the rest."""
    said = StopLink.objects.filter(to=message.to, kind=message.kind).first() if message.kind else None
    return said or StopLink()


def _why_not(message: Message, wish: StopLink) -> Why | None:
    if message.kind:
        if wish.stopped_at:
            return Why.STOPPED
        if ProblemAddress.objects.filter(to=message.to).exists():
            return Why.ADDRESS
    if message.check_name and not CHECKS[message.check_name](message):
        return Why.UNWANTED
    return None


def _sent(message: Message, now: datetime) -> None:
    _settle(message, sent_at=now, problem="")
    if not message.kind:  # only these are tried at an address that was refused before
        ProblemAddress.objects.filter(to=message.to).delete()


def _refused(message: Message, trouble: Never, now: datetime) -> None:
    problem = str(trouble)[:300]
    _settle(message, failed_at=now, problem=problem)
    if isinstance(trouble, BadAddress):
        ProblemAddress.objects.update_or_create(
            to=message.to, defaults={"problem": problem}, create_defaults={"problem": problem, "since": now}
        )


def _settle(message: Message, **outcome: object) -> None:
    """Writes the outcome if the lease is still ours, and wipes what the message said."""
    if not settings.DEMO:  # a demo shows what it would have sent
        outcome |= {"subject": "", "text": "", "html": "", "headers": {}}
    _if_still_ours([message]).update(next_try_at=None, lease=None, **outcome)


def _put_off(message: Message, problem: str, now: datetime) -> None:
    attempts = message.attempts + 1
    _if_still_ours([message]).update(
        attempts=attempts, problem=problem[:300], next_try_at=now + _wait(attempts), lease=None
    )


def _give_back(messages: Sequence[Message], **outcome: object) -> None:
    """They were not tried, so it is no attempt of theirs."""
    if messages:
        _if_still_ours(messages).update(lease=None, **outcome)


def _if_still_ours(messages: Sequence[Message]) -> MessageQuerySet:
    return Message.objects.filter(pk__in=[message.pk for message in messages], lease=messages[0].lease)


def _wait(attempts: int) -> timedelta:
    """15 to 30 seconds, then twice as long each time up to a quarter of an hour, never all at once."""
    longest = min(FIRST_WAIT * 2 ** min(attempts, 16), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1)  # noqa: S311  nobody gains by guessing it
