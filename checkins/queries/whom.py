"""Whom an open round still waits for, by name: for a lead who reminds them, and for nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from coalitions.models import Coalition, Invitation, Seat
from milestones.models import Part, Round
from milestones.queries.roll import asks

from ..models import Silence


@dataclass(frozen=True)
class Off:
    """Somebody who gets no reminders. Whether they have answered is not said."""

    seat: Seat
    by_themselves: bool


@dataclass(frozen=True)
class Whom:
    """`on` are those whom reminders go to. Mail does not reach `by_hand`: they came with a link that a lead handed
    over, and proved no address."""

    on: tuple[Seat, ...]
    by_hand: tuple[Seat, ...]
    off: tuple[Off, ...]


def whom(coalition: Coalition, round: Round | None) -> Whom:
    """By name. Five queries, whoever sits there; one without a round."""
    silences = Silence.objects.filter(seat__coalition=coalition, seat__left=None).select_related(
        "seat__member"
    )
    off = {each.seat_id: Off(each.seat, each.by_id == each.seat_id) for each in silences}
    missing = [seat for seat in _missing(round) if seat.pk not in off] if round else []
    by_hand = _here_by_hand(coalition) if round else set()
    return Whom(
        on=_by_name(seat for seat in missing if seat.arrived),
        by_hand=_by_name(seat for seat in missing if seat.pk in by_hand),
        off=tuple(sorted(off.values(), key=lambda each: each.seat.known_as.casefold())),
    )


def _missing(round: Round) -> list[Seat]:
    parts = {part.seat_id: part for part in Part.objects.filter(round=round)}
    seats = round.coalition.seats.current().filter(member__is_active=True).select_related("member")
    asked = [(seat, parts.get(seat.pk)) for seat in seats if asks(parts.get(seat.pk), seat)]
    return [seat for seat, part in asked if not (part and part.saved == round.questions)]


def _here_by_hand(coalition: Coalition) -> set[int]:
    """Who sits here as listed, since they used a link that still holds and have not come by themselves."""
    handed = Invitation.objects.filter(
        way=Invitation.HANDED, link__used_at__isnull=False, link__ended_at=None
    )
    here = handed.filter(seat__coalition=coalition, seat__left=None, seat__arrived=None)
    return set(here.values_list("seat_id", flat=True))


def _by_name(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    return tuple(sorted(seats, key=lambda seat: seat.known_as.casefold()))
