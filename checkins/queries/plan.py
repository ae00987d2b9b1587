"""The reminders of one round as its lead sees them: days, counts, and names only where mail does not arrive."""

import zoneinfo
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from coalitions.models import Seat
from milestones.models import Round
from outbox.models import Message, Why
from outbox.queries import STATES, deliveries, silent

from ..cadence import APART, Name, Slot, slots
from .waiting import KIND, beginning, waiting

LABELS = {
    Name.OPENING: gettext_lazy("When it opens"),
    Name.MIDPOINT: gettext_lazy("Halfway"),
    Name.TWO_DAYS: gettext_lazy("Two days before it closes"),
    Name.LAST_MORNING: gettext_lazy("The last morning"),
}
BEST_FIRST = [(state, STATES[state]) for state in ("sent", "waiting", "failed", "dropped")]
ANSWER = gettext_lazy("Their mail server said:")
NOBODY = gettext_lazy("went to nobody")
NEXT, LATER = gettext_lazy("next"), gettext_lazy("later")


@dataclass(frozen=True)
class Row:
    """One reminder: its day, where it is, and what became of its mail, by state."""

    label: object
    moment: datetime
    where: object
    days: tuple[date, ...]
    counts: tuple[tuple[object, int], ...]


@dataclass(frozen=True)
class Failure:
    who: str
    label: object
    why: object


@dataclass(frozen=True)
class Plan:
    rows: tuple[Row, ...]
    next: Slot | None
    next_label: object
    languages: tuple[tuple[str, int], ...]  # whom the next one would go to now
    failures: tuple[Failure, ...]
    rests: bool  # one went out less than a day ago, or leaves soon

    @property
    def to(self) -> int:
        return sum(number for _language, number in self.languages)

    @property
    def log(self) -> list[Row]:
        return [row for row in self.rows if row.counts]


def plan_of(round: Round, *, now: datetime) -> Plan:
    """A few queries for the round, and two for each 5,000 people at the table."""
    zone = zoneinfo.ZoneInfo(round.coalition.time_zone)
    mail = _by_name(round)
    coming = _coming(round, now, {name for name in Name if mail[name.value]})
    rows = [_row(slot, mail[slot.name.value], coming, now, zone) for slot in _slots(round)]
    label = LABELS[coming.name] if coming else ""
    return Plan(
        tuple(rows), coming, label, _languages(round, coming, now), _failures(mail), _rests(mail, now)
    )


def next_slot(round: Round, *, now: datetime) -> Slot | None:
    """The first whose moment is still to come and that was not used up by hand."""
    return _coming(round, now, {name for name in Name if used_up(round, name)})


def used_up(round: Round, name: Name) -> int:
    """How many letters of this reminder were written."""
    return deliveries(beginning=beginning(round.pk)).filter(key__endswith=f"/{name.value}").count()


def rests(round: Round, *, now: datetime) -> bool:
    """Whether a reminder went out less than a day ago or is about to: too soon for another by hand."""
    return _rests(_by_name(round), now)


def _by_name(round: Round) -> dict[str, list[Message]]:
    mail: dict[str, list[Message]] = {name.value: [] for name in Name}
    for message in deliveries(beginning=beginning(round.pk)):
        mail[message.key.rpartition("/")[2]].append(message)
    return mail


def _rests(mail: dict[str, list[Message]], now: datetime) -> bool:
    """By the first letter of each: who comes to the table late gets theirs late."""
    return any(min(each.not_before for each in some) > now - APART for some in mail.values() if some)


def _slots(round: Round) -> tuple[Slot, ...]:
    assert round.started_at  # noqa: S101  an open round has
    return slots(round.started_at, round.closes_at, zoneinfo.ZoneInfo(round.coalition.time_zone))


def _coming(round: Round, now: datetime, used: set[Name]) -> Slot | None:
    return next((slot for slot in _slots(round) if slot.moment > now and slot.name not in used), None)


def _row(slot: Slot, mail: list[Message], coming: Slot | None, now: datetime, zone: zoneinfo.ZoneInfo) -> Row:
    counts = Counter(message.state for message in mail)
    if mail:
        where = next(label for state, label in BEST_FIRST if counts[state])
    elif slot.moment <= now:
        where = NOBODY
    else:
        where = NEXT if slot == coming else LATER
    days = {message.sent_at.astimezone(zone).date() for message in mail if message.sent_at}
    shown = tuple((STATES[state], counts[state]) for state in STATES if counts[state])
    return Row(LABELS[slot.name], slot.moment, where, tuple(sorted(days)), shown)


def _languages(round: Round, slot: Slot | None, now: datetime) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for pairs in waiting([round], slot.name) if slot else ():
        seats = [seat for _round, seat in pairs]
        none_now = silent([seat.member.email for seat in seats], kind=KIND, now=now)
        found.update(seat.member.language for seat in seats if seat.member.email not in none_now)
    return tuple((name, found[code]) for code, name in settings.LANGUAGES if found[code])


def _failures(mail: dict[str, list[Message]]) -> tuple[Failure, ...]:
    """Mail that was refused, so that somebody asks these people for another address. Not who said stop."""
    refused = [
        (int(message.key.split("/")[3]), name, _because(message))
        for name in Name
        for message in mail[name.value]
        if message.failed_at or message.problem == Why.ADDRESS
    ]
    seats = Seat.objects.select_related("member").in_bulk([pk for pk, _name, _why in refused])
    return tuple(Failure(seats[pk].known_as, LABELS[name], why) for pk, name, why in refused if pk in seats)


def _because(message: Message) -> object:
    """Our own reason, or what the other side said, which is seldom plain, and so with words before it."""
    if message.problem in Why.values:
        return message.why
    return format_lazy("{answer} {said}", answer=ANSWER, said=message.problem)
