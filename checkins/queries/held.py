"""What is kept here of one person, for that person to read."""

from dataclasses import dataclass
from datetime import date

from coalitions.models import Group, Seat
from members.models import Member

from ..models import Silence


@dataclass(frozen=True)
class SilenceHeld:
    """A table that sends them no reminders, and who turned them off: by name, or by group."""

    table: str
    since: date
    by: object


@dataclass(frozen=True)
class Held:
    reminders_off: tuple[SilenceHeld, ...]


def held(member: Member) -> Held:
    """One query."""
    rows = Silence.objects.filter(seat__member=member).select_related("seat__coalition", "by__member")
    return Held(
        reminders_off=tuple(
            SilenceHeld(each.seat.coalition.name, each.since, _known(each.by)) for each in rows.order_by("pk")
        )
    )


def _known(seat: Seat | None) -> object:
    return (seat.name or Group(seat.group).label) if seat else ""
