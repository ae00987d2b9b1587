"""Many tables at once, each with its round, in a few queries for each table."""

from collections.abc import Iterable
from datetime import datetime, time

from coalitions.models import Coalition, Group, Seat
from members.models import Member
from milestones.models import Round
from tests.factories.rounds import an_open_round, seven_milestones
from tests.factories.tables import JOINED, a_coalition, a_seat


def a_crowd(coalition: Coalition, size: int, *, first: int = 0, **member: object) -> list[Seat]:
    """People who have taken their seat, every second one of whom reads Spanish."""
    members = Member.objects.bulk_create(
        Member(
            email=f"p{n}@{coalition.slug}.example",
            name=f"P {n}",
            **{"language": "es" if n % 2 else "en", **member},
        )
        for n in range(first, first + size)
    )
    seat = {"coalition": coalition, "group": Group.PARENT, "joined": JOINED, "arrived": JOINED}
    return Seat.objects.bulk_create(Seat(member=member, **seat) for member in members)


def an_open_table(
    name: str,
    size: int,
    *,
    opened: datetime,
    closes: datetime | None = None,
    zone: str = "America/New_York",
    **member,
) -> Round:
    """`size` people with their lead, whom a round asks since `opened`."""
    coalition = a_coalition(name, slug=name.lower().replace(" ", "-"), state="KY", time_zone=zone)
    lead = a_seat(coalition, "Lee Lead", Group.ADVOCATE, lead=True)
    Member.objects.filter(pk=lead.member_id).update(**member)
    a_crowd(coalition, size - 1, **member)
    round = an_open_round(coalition, lead, version=seven_milestones(), now=opened)
    if closes:
        Round.objects.filter(pk=round.pk).update(closes_at=closes)
        round.refresh_from_db()
    return round


NEVER_QUIET = {"quiet_from": time(0), "quiet_until": time(0)}


def addresses(rounds: Iterable[Round]) -> set[str]:
    seats = Seat.objects.filter(coalition__rounds__in=list(rounds))
    return set(seats.values_list("member__email", flat=True))
