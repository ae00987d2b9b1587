"""Somebody comes to their seat. Only they can do it."""

from datetime import datetime

from django.db import transaction

from ..models import Coalition, Seat, Verb
from .seats import record


@transaction.atomic
def take_seat(*, seat: Seat, now: datetime) -> Seat:
    """From now on the table sees the person as they call themselves. Again, it changes nothing."""
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    seat.refresh_from_db()
    if seat.arrived:
        return seat
    if not seat.member.name and seat.listed_name:
        seat.member.name = seat.listed_name
        seat.member.save(update_fields=["name"])
    seat.arrived = seat.coalition.today(now)
    seat.save(update_fields=["arrived"])
    record(coalition=seat.coalition, seat=seat, verb=Verb.SEAT_TAKEN, about=str(seat.pk), at=now)
    return seat
