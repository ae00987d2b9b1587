"""Putting messages into the outbox."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache
from itertools import islice

from django.conf import settings
from django.db import transaction

from outbox import bell
from outbox.channels import CHANNELS
from outbox.links import STOP_HERE, absolute
from outbox.models import Message, StopLink
from outbox.registry import CHECKS, KINDS

KEEP_TRYING = timedelta(days=4)  # unless the writer says until when the message means something
AT_A_TIME = 5_000


@dataclass(frozen=True)
class Letter:
    """What one message says, and to whom.

    `key` names its meaning ("round/7/seat/5/midpoint"): a second letter with it is the same letter.
    `kind` is a registered kind that people can stop; empty for what the recipient just asked for.
    `check` is a registered check, asked just before sending. The last `[[stop]]` in the text becomes the stop link.
    `html` is made from the text, see `outbox/dress.py`. What people typed never has a line of the text to itself.
    Nothing is sent before `not_before` (now) or after `not_after` (four days later).
    """

    key: str
    to: str
    text: str
    subject: str = ""
    html: str = ""
    kind: str = ""
    language: str = "en"
    check: str = ""
    channel: str = "mail"
    not_before: datetime | None = None
    not_after: datetime | None = None


def enqueue(letter: Letter, *, now: datetime, at_once: bool = False) -> Message:
    """The message of this letter, new or already there. Refused if nothing can be sent to its address.

    Somebody waits for it with `at_once`: this process sends it too, as soon as the transaction is through.
    """
    enqueue_all([letter], now=now)
    if at_once:
        transaction.on_commit(bell.ring)
    return Message.objects.get(key=letter.key)


def enqueue_all(letters: Iterable[Letter], *, now: datetime) -> None:
    """A few queries for every 5,000 letters. Letters whose key is known are left out."""
    waiting = iter(letters)
    while some := list(islice(waiting, AT_A_TIME)):
        written = [_frozen(letter, now) for letter in some]
        with transaction.atomic():
            _complete(written)
            Message.objects.bulk_create(written, ignore_conflicts=True)


def _frozen(letter: Letter, now: datetime) -> Message:
    if letter.check and letter.check not in CHECKS:
        raise LookupError(f"No check is registered as {letter.check}.")
    if letter.kind and letter.kind not in KINDS:
        raise LookupError(f"No kind is registered as {letter.kind}.")
    not_before = letter.not_before or now
    return Message(
        key=letter.key,
        channel=letter.channel,
        kind=letter.kind,
        to=CHANNELS[letter.channel].address(letter.to),
        language=letter.language,
        message_id=f"<{uuid.uuid4().hex}@{_domain(settings.DEFAULT_FROM_EMAIL)}>",
        check_name=letter.check,
        subject=" ".join(letter.subject.split()),  # a line break would begin another header
        text=letter.text,
        html=letter.html,
        not_before=not_before,
        not_after=letter.not_after or not_before + KEEP_TRYING,
        next_try_at=not_before,
    )


@cache
def _domain(our_address: str) -> str:
    return parseaddr(our_address)[1].rpartition("@")[2] or "localhost"


def _complete(written: Sequence[Message]) -> None:
    links = _stop_links({(message.to, message.kind) for message in written if message.kind})
    for message in written:
        stop = links[message.to, message.kind] if message.kind else ""
        if stop:  # the last one is ours; another is something that somebody typed
            message.text = stop.join(message.text.rsplit(STOP_HERE, 1))
        CHANNELS[message.channel].complete(message, stop=stop)


def _stop_links(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """One link per address and kind, the same in every message."""
    if not pairs:
        return {}
    StopLink.objects.bulk_create([StopLink(to=to, kind=kind) for to, kind in pairs], ignore_conflicts=True)
    links = StopLink.objects.filter(to__in={to for to, _ in pairs}, kind__in={kind for _, kind in pairs})
    return {(link.to, link.kind): absolute(link.get_absolute_url()) for link in links}
