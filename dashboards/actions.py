"""Leaving one table, or all of them: each room forgets what is its own."""

from datetime import datetime

from django.db import transaction

from coalitions.actions import forget as forget_at_tables
from coalitions.actions import leave_seat
from coalitions.models import Seat
from members.actions.forgetting import forget as forget_account
from members.models import Member
from milestones.actions.forgetting import forget as forget_in_rounds
from milestones.actions.sealing import seal_if_due
from milestones.models import Round


def leave(*, seat: Seat, now: datetime) -> None:
    """End one's own seat. A round past its closing keeps its answers: they are counts before the seat ends."""
    _seal([seat], now)
    leave_seat(seat=seat, now=now)


def close_account(*, member: Member, now: datetime) -> None:
    """Nothing is left that leads to the person; what tables did together stays. Refused for the only lead."""
    _seal(list(Seat.objects.current().filter(member=member)), now)
    with transaction.atomic():
        forget_at_tables(member=member, now=now)
        forget_in_rounds(member=member, now=now)
        forget_account(member=member, now=now)


def _seal(seats: list[Seat], now: datetime) -> None:
    tables = {seat.coalition_id for seat in seats}
    for round in Round.objects.filter(coalition__in=tables, started_at__isnull=False, sealed_at=None):
        seal_if_due(round=round, now=now)
