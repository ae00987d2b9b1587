"""Whom a round asks: as the table was when it opened, and who came to the table since."""

from coalitions.models import Seat
from coalitions.roles import Can

from ..models import Part, Round


def part_of(round: Round, seat: Seat) -> Part | None:
    return Part.objects.filter(round=round, seat=seat).first()


def asks(part: Part | None, seat: Seat) -> bool:
    """Whether a round that is open or to come asks this seat. The roll says so, whatever their role is by now;
    of somebody who came to the table since, the role says it. Who may not read the table any more has left it."""
    if seat.left or not seat.can(Can.READ_TABLE):
        return False
    return part.is_asked if part else seat.can(Can.ANSWER)


def not_asked(round: Round) -> list[Seat]:
    """Members by now, who were something else when this round opened."""
    seats = round.coalition.seats.answering().select_related("member")
    return list(seats.filter(parts__round=round, parts__saved=None).order_by("pk"))
