"""When the people of one round are reminded: four times at most. Pure: plain times, no database.

There is no list of what was missed. At any moment one slot counts, the newest whose moment has come, so days in
which nothing ran lead to one message and not to a burst.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum

APART = timedelta(hours=20)
BEFORE = timedelta(days=2)
MORNING = time(8, 30)
TOO_EARLY = time(10)  # who closes before it has no morning left to answer in
SATURDAY = 5


class Name(Enum):
    """In the order in which they come."""

    OPENING = "opening"
    MIDPOINT = "midpoint"
    TWO_DAYS = "two-days"
    LAST_MORNING = "last-morning"

    @property
    def onward(self) -> tuple["Name", ...]:
        """This one and those after it."""
        order = tuple(Name)
        return order[order.index(self) :]


@dataclass(frozen=True)
class Slot:
    """From `moment` until `until`, when the next one begins or the round closes."""

    name: Name
    moment: datetime
    until: datetime


def slots(opened_at: datetime, closes_at: datetime, zone: tzinfo) -> tuple[Slot, ...]:
    """The reminders of a round, in order. The opening is always one; of two that are closer than twenty hours the
    later one stays."""
    # In UTC: two times of a zone with summer time are not as far apart as they look.
    opened_at, closes_at = opened_at.astimezone(UTC), closes_at.astimezone(UTC)
    two_days, last = closes_at - BEFORE, _last_morning(closes_at, zone)
    moments = {Name.MIDPOINT: _midpoint(opened_at, closes_at, two_days, zone)}
    moments |= {Name.TWO_DAYS: two_days, Name.LAST_MORNING: last}
    kept: list[Slot] = []
    until = closes_at
    for name, moment in sorted(moments.items(), key=lambda each: each[1], reverse=True):
        far = not kept or kept[-1].moment - moment >= APART
        if far and moment - opened_at >= APART:
            kept.append(Slot(name, moment, until))
            until = moment
    return (Slot(Name.OPENING, opened_at, until), *reversed(kept))


def slot_at(now: datetime, opened_at: datetime, closes_at: datetime, zone: tzinfo) -> Slot | None:
    """The newest one whose moment has come; none before the opening, none from the closing on."""
    if now >= closes_at:
        return None
    come = [slot for slot in slots(opened_at, closes_at, zone) if slot.moment <= now]
    return come[-1] if come else None


def _midpoint(opened_at: datetime, closes_at: datetime, two_days: datetime, zone: tzinfo) -> datetime:
    """Half of the time, or the Monday morning after it where that is early enough to be of use."""
    middle = opened_at + (closes_at - opened_at) / 2
    here = middle.astimezone(zone)
    if here.weekday() < SATURDAY:
        return middle
    monday = here.date() + timedelta(days=7 - here.weekday())
    moved = _at(monday, zone)
    return moved if moved < two_days else middle


def _last_morning(closes_at: datetime, zone: tzinfo) -> datetime:
    here = closes_at.astimezone(zone)
    day = here.date() if here.time() >= TOO_EARLY else here.date() - timedelta(days=1)
    return _at(day, zone)


def _at(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)
