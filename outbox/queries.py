"""What others may know about messages: states and reasons, never what they said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from .models import Message, MessageQuerySet, ProblemAddress, Ring, StopLink
from .registry import KINDS


def deliveries(*, beginning: str) -> MessageQuerySet:
    """Messages whose key begins so ("round/7/"), the newest first."""
    return (
        Message.objects.filter(key__startswith=beginning)
        .defer("subject", "text", "html", "headers")
        .order_by("-pk")
    )


def problem_addresses(addresses: Iterable[str]) -> dict[str, ProblemAddress]:
    """Which of these were refused for good, with what was said and since when."""
    asked = {address.lower() for address in addresses}
    return {found.to: found for found in ProblemAddress.objects.filter(to__in=asked)}


def stopped(addresses: Iterable[str], *, kind: str) -> set[str]:
    """Which of these want no more messages of this kind."""
    asked = {address.lower() for address in addresses}
    rows = StopLink.objects.filter(to__in=asked, kind=kind, stopped_at__isnull=False)
    return set(rows.values_list("to", flat=True))


def language_of(link: StopLink) -> str:
    """The language of the newest letter with that link; empty when none is known any more."""
    letters = Message.objects.filter(to=link.to, kind=link.kind).order_by("-pk")
    return letters.values_list("language", flat=True).first() or ""


def silent(addresses: Iterable[str], *, kind: str, now: datetime) -> set[str]:
    """Which of these get no messages of this kind now: stopped, or in a pause."""
    asked = {address.lower() for address in addresses}
    rows = StopLink.objects.filter(Q(stopped_at__isnull=False) | Q(paused_until__gt=now), kind=kind)
    return set(rows.filter(to__in=asked).values_list("to", flat=True))


def last_ring(name: str) -> datetime | None:
    """When a worker, or cron, last answered this bell."""
    return Ring.objects.filter(name=name).values_list("at", flat=True).first()


def kept_here(*, most: int) -> MessageQuerySet:
    """In a demo, what would have been sent, the newest first."""
    return Message.objects.order_by("-pk")[:most]


@dataclass(frozen=True)
class Wish:
    """One kind of message, and what an address said of it."""

    kind: str
    label: object
    stopped: bool
    paused_until: datetime | None


def wishes_of(address: str, *, now: datetime) -> list[Wish]:
    """For every kind there is."""
    links = {link.kind: link for link in StopLink.objects.filter(to=address.lower())}
    nothing_said = StopLink()
    found = [(kind, label, links.get(kind, nothing_said)) for kind, label in KINDS.items()]
    return [Wish(kind, label, bool(link.stopped_at), link.pause(now)) for kind, label, link in found]


@dataclass(frozen=True)
class MessageHeld:
    """A message without its words, which are wiped once it is sent and are the recipient's before that."""

    about: object
    state: object
    day: date
    why: object
    language: str


@dataclass(frozen=True)
class StopHeld:
    about: object
    stopped_on: date | None
    paused_until: date | None


@dataclass(frozen=True)
class Held:
    """What is here about one address."""

    messages: tuple[MessageHeld, ...]
    stop_list: tuple[StopHeld, ...]
    came_back_since: date | None
    came_back_because: str


STATES = {
    "waiting": gettext_lazy("waiting to leave"),
    "sent": gettext_lazy("sent"),
    "dropped": gettext_lazy("not sent"),
    "failed": gettext_lazy("could not be sent"),
}


def held(to: str) -> Held:
    """All that names this address, in three queries. Links and texts are left out: they let somebody in."""
    address = to.lower()
    problem = ProblemAddress.objects.filter(to=address).first()
    messages = Message.objects.filter(to=address).defer("subject", "text", "html", "headers").order_by("-pk")
    return Held(
        messages=tuple(
            MessageHeld(
                about=_kind(each.kind),
                state=STATES[each.state],
                day=timezone.localdate(each.sent_at or each.not_before),
                why=each.why,
                language=each.language,
            )
            for each in messages
        ),
        stop_list=tuple(
            StopHeld(_kind(link.kind), _day(link.stopped_at), _day(link.paused_until))
            for link in StopLink.objects.filter(to=address).order_by("kind")
        ),
        came_back_since=timezone.localdate(problem.since) if problem else None,
        came_back_because=problem.problem if problem else "",
    )


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _kind(kind: str) -> object:
    """Mail without a kind is what its reader asked for: a code, an invitation."""
    return KINDS.get(kind, kind) if kind else gettext_lazy("Mail you or your table asked for")
