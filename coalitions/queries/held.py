"""What tables keep of one person, for that person to read."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import lazy

from members.models import Member

from ..models import Event, Group, Import, Invitation, Seat, Verb
from .record import ABOUT_A_SEAT, gave, seat_changes


@dataclass(frozen=True)
class SeatHeld:
    """One seat, from the first day to the last. `listed_...` is what the table wrote before it was taken."""

    table: str
    slug: str
    group: object
    title: str
    organization: str
    role: object
    has_a_vote: bool
    holds_power_by_position: bool
    lead: bool
    facilitator: bool
    reader: bool
    paid: object
    how_to_reach_you: str
    listed_name: str
    listed_email: str
    listed_language: object
    since: date
    taken: date | None
    taken_before_the_table_moved_here: date | None
    left: date | None


@dataclass(frozen=True)
class InvitationHeld:
    table: str
    day: date
    by: object
    way: object


@dataclass(frozen=True)
class EventHeld:
    """A line on record at a table: who did it, and what."""

    table: str
    at: datetime
    by: object
    did: object
    what: object = ""


@dataclass(frozen=True)
class ImportHeld:
    table: str
    file_name: str
    started: datetime
    finished: bool


@dataclass(frozen=True)
class Held:
    seats: tuple[SeatHeld, ...]
    invitations: tuple[InvitationHeld, ...]
    you_did: tuple[EventHeld, ...]
    done_to_your_seat: tuple[EventHeld, ...]
    imports: tuple[ImportHeld, ...]
    evaluates: tuple[str, ...]


def held(member: Member) -> Held:
    """All rows of tables that are about this person, in a number of queries that does not grow with them."""
    seats = list(
        Seat.objects.filter(member=member)
        .select_related("coalition", "organization")
        .order_by("joined", "pk")
    )
    invitations = Invitation.objects.filter(seat__in=seats)
    events = Event.objects.select_related("coalition", "seat__member")
    did = list(events.filter(seat__in=seats))
    imports = Import.objects.filter(seat__in=seats).defer("sheet", "reading").select_related("coalition")
    return Held(
        seats=tuple(_seat(seat) for seat in seats),
        invitations=tuple(
            InvitationHeld(
                each.seat.coalition.name,
                each.seat.coalition.today(each.at),
                _known(each.by),
                dict(Invitation.WAYS)[each.way],
            )
            for each in invitations.select_related("seat__coalition", "by__member")
        ),
        you_did=tuple(_event(event) for event in did),
        done_to_your_seat=tuple(_event(event) for event in _about(events, seats) if event not in did),
        imports=tuple(
            ImportHeld(each.coalition.name, each.file_name, each.created, each.is_done) for each in imports
        ),
        evaluates=tuple(member.cohorts.order_by("name").values_list("name", flat=True)),
    )


def _about(events: QuerySet[Event], seats: list[Seat]) -> list[Event]:
    """What was done to these seats, and the lists that brought them in."""
    if not seats:
        return []
    named = [Q(about=str(seat.pk)) | Q(about__startswith=f"{seat.pk}:") for seat in seats]
    tables = {seat.coalition_id for seat in seats}
    lists = Q(verb=Verb.ROSTER_IMPORTED, coalition__in=tables)
    found = events.filter(Q(verb__in=ABOUT_A_SEAT) & reduce(or_, named) | lists)
    return [
        event
        for event in found
        if event.verb != Verb.ROSTER_IMPORTED
        or any(gave(event, seat) and event.coalition_id == seat.coalition_id for seat in seats)
    ]


def _seat(seat: Seat) -> SeatHeld:
    return SeatHeld(
        table=seat.coalition.name,
        slug=seat.coalition.slug,
        group=Group(seat.group).label,
        title=seat.title,
        organization=seat.organization.name if seat.organization else "",
        role=dict(Seat.ROLES)[seat.role],
        has_a_vote=seat.votes,
        holds_power_by_position=seat.positional_power,
        lead=seat.lead,
        facilitator=seat.facilitator,
        reader=seat.reader,
        paid=dict(Seat.PAID).get(seat.paid, ""),
        how_to_reach_you=seat.contact,
        listed_name=seat.listed_name,
        listed_email=seat.listed_email,
        listed_language=dict(settings.LANGUAGES).get(seat.listed_language, seat.listed_language),
        since=seat.joined,
        taken=seat.arrived,
        taken_before_the_table_moved_here=seat.arrived_elsewhere,
        left=seat.left,
    )


def _event(event: Event) -> EventHeld:
    fields = event.about.partition(":")[2] if event.verb == Verb.SEAT_CHANGED else ""
    return EventHeld(
        table=event.coalition.name,
        at=event.at,
        by=_known(event.seat),
        did=Verb(event.verb).label,
        what=lazy(seat_changes, str)(fields) if fields else "",
    )


def _known(seat: Seat | None) -> object:
    """By name, or by group; an address is nobody else's business, even here."""
    return (seat.name or Group(seat.group).label) if seat else ""
