"""Tables, the people at them, and what is on record."""

from .record import Event, Import, Verb
from .seats import GROUPS_IN_PLURAL, ONES_OWN, Group, Invitation, Seat, SeatQuerySet, WantedSeat
from .tables import ROOM_NAMES, Coalition, CoalitionQuerySet, Cohort, Organization, State

__all__ = [
    "GROUPS_IN_PLURAL",
    "ONES_OWN",
    "ROOM_NAMES",
    "Coalition",
    "CoalitionQuerySet",
    "Cohort",
    "Event",
    "Group",
    "Import",
    "Invitation",
    "Organization",
    "Seat",
    "SeatQuerySet",
    "State",
    "Verb",
    "WantedSeat",
]
