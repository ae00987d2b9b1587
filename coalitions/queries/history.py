"""What is on record about one person's seats at one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from ..models import Event, Seat, Verb
from .record import ABOUT_A_SEAT, gave, seat_changes


@dataclass(frozen=True)
class Moment:
    at: datetime
    who: str
    did: str
    about: str = ""


@dataclass(frozen=True)
class Period:
    """From when to when. A seat that nobody took was only kept for them."""

    since: date
    until: date | None
    came: bool


@dataclass(frozen=True)
class History:
    periods: list[Period]
    moments: list[Moment]


def history(seat: Seat, *, for_a_lead: bool) -> History:
    """The newest first. Only a lead reads addresses where somebody has no name. Two queries."""
    seats = list(_of_the_same_person(seat))
    periods = [Period(each.joined, each.left, each.arrived is not None) for each in seats]
    return History(periods, _moments(seats, for_a_lead))


def _of_the_same_person(seat: Seat) -> Iterable[Seat]:
    """Their seats at this table. Who has not taken this one is tied to earlier ones by the listing alone."""
    same = Q(left__isnull=False, listed_email=seat.email)
    if seat.arrived:
        same = Q(arrived__isnull=False, member=seat.member_id)
    return seat.coalition.seats.filter(same | Q(pk=seat.pk)).order_by("-joined", "-pk")


def _moments(seats: list[Seat], for_a_lead: bool) -> list[Moment]:
    about = Q(verb=Verb.ROSTER_IMPORTED)
    for seat in seats:
        of_this = Q(about=str(seat.pk)) | Q(about__startswith=f"{seat.pk}:")
        about |= Q(verb__in=ABOUT_A_SEAT) & of_this
    found = seats[0].coalition.events.filter(about).select_related("seat__member")
    return [
        Moment(event.at, _called(event.seat, for_a_lead), _did(event), _changed(event))
        for event in found
        if event.verb != Verb.ROSTER_IMPORTED or any(gave(event, seat) for seat in seats)
    ]


def _did(event: Event) -> str:
    return _("gave a seat, with a list") if event.verb == Verb.ROSTER_IMPORTED else event.get_verb_display()


def _changed(event: Event) -> str:
    fields = event.about.partition(":")[2]
    return seat_changes(fields) if fields and event.verb == Verb.SEAT_CHANGED else ""


def _called(seat: Seat | None, for_a_lead: bool) -> str:
    if seat is None:
        return _("Whoever runs this site, or someone who left")
    return (seat.known_as if for_a_lead else seat.name) or _("Somebody without a name")
