"""Whom the weekly note goes to, and whether it still should."""

from collections.abc import Iterator

from django.db.models import QuerySet

from coalitions.models import Coalition, Seat
from outbox.models import Message

from ..weeks import Week
from ..zones import zone_named
from .needs import needs

KIND, STILL_NEEDED = "digest", "checkins.still_needed"
TABLES_AT_ONCE = 100


def key_of(seat: Seat, week: Week) -> str:
    """The meaning of one note: each lead reads one a week and table."""
    return f"digest/{seat.coalition_id}/{week.name}/seat/{seat.pk}"


def tables() -> Iterator[list[Coalition]]:
    """All of them, at most a hundred at a time."""
    last = 0
    while some := list(Coalition.objects.filter(pk__gt=last).order_by("pk")[:TABLES_AT_ONCE]):
        last = some[-1].pk
        yield some
        if len(some) < TABLES_AT_ONCE:
            return


def unwritten(weeks: dict[Coalition, Week]) -> dict[Coalition, list[Seat]]:
    """The leads of these tables who have no note of this week yet. Two queries."""
    leads = _leads().filter(coalition__in=weeks)
    keys = {key_of(seat, weeks[seat.coalition]): seat for seat in leads}
    for known in Message.objects.filter(key__in=keys).values_list("key", flat=True):
        del keys[known]
    found: dict[Coalition, list[Seat]] = {}
    for seat in keys.values():
        found.setdefault(seat.coalition, []).append(seat)
    return found


def still_needed(message: Message) -> bool:
    """Asked by the outbox just before a note leaves. It says what it was that morning, so it is asked of then."""
    _digest, table, _week, _seat, number = message.key.split("/")
    seat = _leads().filter(pk=number, coalition_id=int(table)).first()
    if seat is None or seat.member.email != message.to or zone_named(seat.coalition.time_zone) is None:
        return False
    return bool(needs(seat.coalition, now=message.not_before))


def _leads() -> QuerySet[Seat]:
    here = Seat.objects.current().filter(lead=True, arrived__isnull=False, member__is_active=True)
    return here.select_related("member", "coalition").order_by("pk")
