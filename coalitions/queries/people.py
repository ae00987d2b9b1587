"""Who sits at the table, who has not come yet, who is missing, and who sat here before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outbox.queries import problem_addresses

from ..models import GROUPS_IN_PLURAL, ONES_OWN, Coalition, Group, Invitation, Seat, WantedSeat


@dataclass(frozen=True)
class Note:
    """What a lead alone reads beside a name."""

    invited_at: datetime | None
    invited_by: str
    by_hand: bool
    comes_back: bool


@dataclass(frozen=True)
class People:
    """One group's seats. Parents come first, then providers, then everyone else."""

    group: Group
    name: str
    seats: list[Seat]
    notes: dict[int, Note] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The mark on drawings."""
        return "pp" if self.group in ONES_OWN else "ot"

    @property
    def sitting(self) -> list[tuple[Seat, Note | None]]:
        return [(seat, self.notes.get(seat.pk)) for seat in self.seats]


def people(coalition: Coalition, *, for_a_lead: bool = False) -> list[People]:
    """Who sits at the table now, by group and then by name. One query; for a lead, with notes, three."""
    seats = sorted(
        coalition.seats.current().select_related("member", "organization"),
        key=lambda seat: seat.known_as.casefold(),
    )
    notes = _notes(coalition, seats) if for_a_lead else {}
    grouped = [
        People(group, str(GROUPS_IN_PLURAL[group]), [seat for seat in seats if seat.group == group], notes)
        for group in Group
    ]
    return [part for part in grouped if part.seats]


def _notes(coalition: Coalition, seats: Iterable[Seat]) -> dict[int, Note]:
    """An address is looked up among those that mail came back from only once this table has written to it, or
    its owner sits here: otherwise listing an address would tell what others have found out about it."""
    waiting = Q(seat__coalition=coalition, seat__left=None, seat__arrived=None)
    found = Invitation.objects.filter(waiting, link__ended_at=None).select_related("by__member", "link")
    asked = list(found.order_by("pk"))
    newest = {each.seat_id: each for each in asked}
    mailed = {each.seat_id for each in asked if each.way == Invitation.MAIL}
    written_to = {seat.email.lower() for seat in seats if seat.arrived or seat.pk in mailed}
    problems = problem_addresses(written_to)
    return {seat.pk: _note(newest.get(seat.pk), seat.email.lower() in problems) for seat in seats}


def _note(invitation: Invitation | None, comes_back: bool) -> Note:
    if invitation is None:
        return Note(None, "", by_hand=False, comes_back=comes_back)
    by = invitation.by.known_as if invitation.by else ""
    used = invitation.link is not None and invitation.link.used_at is not None
    return Note(invitation.at, by, used and invitation.way == Invitation.HANDED, comes_back)


@dataclass(frozen=True)
class SeatMap:
    """What the drawing of the table shows, and the same in words."""

    seats: list[tuple[str, bool]]
    empty: int
    centre: str
    below: str
    label: str


def seat_map(parts: Iterable[People], wanted: Iterable[WantedSeat]) -> SeatMap:
    """How many of the votes are held by parents and providers, and which seats are empty."""
    seats = [(part.kind, seat.votes) for part in parts for seat in part.seats]
    votes = sum(has_vote for _kind, has_vote in seats)
    theirs = sum(has_vote for kind, has_vote in seats if kind == "pp")
    empty = len(list(wanted))
    centre = ngettext("%(theirs)s of %(votes)s vote", "%(theirs)s of %(votes)s votes", votes)
    centre %= {"theirs": theirs, "votes": votes}
    below = _("parents and providers")
    people_here = ngettext("%(n)s person at the table.", "%(n)s people at the table.", len(seats)) % {
        "n": len(seats)
    }
    still_empty = ngettext("%(n)s empty seat.", "%(n)s empty seats.", empty) % {"n": empty}
    return SeatMap(seats, empty, centre, below, f"{people_here} {centre}: {below}. {still_empty}")


def sits_here(coalition: Coalition, email: str) -> Seat | None:
    """Whose seat the table knows by this address. What an account elsewhere says is not looked at."""
    shown = Q(arrived__isnull=False, member__email=email) | Q(arrived=None, listed_email=email)
    return coalition.seats.current().select_related("member").filter(shown).first()


@dataclass(frozen=True)
class Past:
    """A seat that ended, and whether its person sits here again."""

    seat: Seat
    is_back: bool


def past_people(coalition: Coalition, *, for_a_lead: bool) -> list[Past]:
    """Who sat here, the last to leave first. A seat that nobody took is for leads to know. Two queries."""
    past = coalition.seats.filter(left__isnull=False).select_related("organization").order_by("-left", "-pk")
    if not for_a_lead:
        past = past.filter(arrived__isnull=False)
    here = list(coalition.seats.current().select_related("member"))
    members = {seat.member_id for seat in here if seat.arrived}
    addresses = {seat.email for seat in here}
    return [Past(seat, seat.member_id in members or seat.email in addresses) for seat in past]
