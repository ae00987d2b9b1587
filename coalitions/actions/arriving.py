"""Somebody comes to their seat by themselves. Nobody can do it for them, and no link that was handed over does."""

from datetime import datetime

from django.db import transaction

from members.actions.links import came_by_themselves

from ..models import Coalition, Seat, Verb
from .seats import record


@transaction.atomic
def take_seat(*, seat: Seat, now: datetime) -> Seat:
    """From now on the table sees the person as they call themselves. Again, it changes nothing."""
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    seat.refresh_from_db()
    if seat.arrived:
        return seat
    came_by_themselves(seat.member, now=now)
    if not seat.member.name and seat.listed_name:
        seat.member.name = seat.listed_name
        seat.member.save(update_fields=["name"])
    seat.arrived = seat.coalition.today(now)
    seat.save(update_fields=["arrived"])
    record(coalition=seat.coalition, seat=seat, verb=Verb.SEAT_TAKEN, about=str(seat.pk), at=now)
    return seat
