"""A person goes: each room forgets what is its own."""

from datetime import datetime

from django.db import transaction

from checkins.actions import forget as forget_in_checkins
from coalitions.actions import forget as forget_at_tables
from coalitions.actions import set_apart
from coalitions.models import Seat
from feedback.actions import forget as forget_outside
from members.actions.forgetting import forget as forget_account
from members.models import Member
from milestones.actions.forgetting import forget as forget_in_rounds


@transaction.atomic
def close_account(*, member: Member, now: datetime) -> None:
    """Nothing is left that leads to the person; what tables did together stays. Refused for the only lead and the last site admin."""
    forget_at_tables(member=member, now=now)
    forget_in_rounds(member=member, now=now)
    forget_outside(member=member)
    forget_in_checkins(member=member)
    forget_account(member=member)


@transaction.atomic
def erase_listing(*, seat: Seat, by: Seat | None, now: datetime) -> None:
    """The same of one listing alone, of somebody who never came: what they have elsewhere is untouched. `by` is a
    lead, or nobody for whoever runs this site. Refused once somebody sat there; again, it changes nothing."""
    if not seat.is_closed:
        close_account(member=set_apart(seat=seat, by=by, now=now), now=now)
