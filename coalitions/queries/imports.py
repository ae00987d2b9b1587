"""What a list of people would do to the table: a dry run, line by line."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property

from members.models import Member

from ..imports.kept import reading_from_json, sheet_from_json
from ..imports.refusals import Refusal, Why
from ..imports.rows import Read, read_rows
from ..imports.schema import plain
from ..models import GROUPS_IN_PLURAL, ONES_OWN, Coalition, Group, Import, Seat
from ..roster import FLAGS, SCHEMA, Row, as_row


class Outcome(Enum):
    """What a line of a list leads to."""

    REFUSED = "refused"
    NEW = "new"
    HERE = "here"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Line:
    """One line of a list and what it leads to. A line with something wrong has values, and perhaps no row."""

    number: int
    outcome: Outcome
    row: Row | None = None
    refusals: Sequence[Refusal] = ()
    values: dict[str, str | date] = field(default_factory=dict)
    same_as: int = 0
    namesake: bool = False
    known: Member | None = None


@dataclass(frozen=True)
class NewPeople:
    group: Group
    n: int

    @property
    def name(self) -> str:
        return str(GROUPS_IN_PLURAL[self.group])

    @property
    def kind(self) -> str:
        return "pp" if self.group in ONES_OWN else "ot"


@dataclass(frozen=True)
class Check:
    """A dry run: what would happen, line by line. Nothing is written."""

    lines: list[Line]

    @cached_property
    def by_outcome(self) -> dict[Outcome, list[Line]]:
        return {outcome: [line for line in self.lines if line.outcome is outcome] for outcome in Outcome}

    @property
    def refusals(self) -> list[Refusal]:
        return [refusal for line in self.by_outcome[Outcome.REFUSED] for refusal in line.refusals]

    def in_order(self, outcome: Outcome) -> list[Line]:
        """By line; who is new, by group: parents and providers first."""
        lines = self.by_outcome[outcome]
        if outcome is not Outcome.NEW:
            return lines
        order = {group: at for at, group in enumerate(Group.values)}
        return sorted(lines, key=lambda line: order[str(line.values["group"])])

    def new_by_group(self) -> list["NewPeople"]:
        counts = Counter(str(line.values["group"]) for line in self.by_outcome[Outcome.NEW])
        return [NewPeople(group, counts[group]) for group in Group if counts[group]]

    @cached_property
    def seen(self) -> str:
        """The same for as long as the same would happen: what a person saw is what is written."""
        said = "\n".join(f"{line.number} {line.outcome.value} {line.row}" for line in self.lines)
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def check_import(started: Import, *, today: date) -> Check:
    """What the list would do now. Two queries, and one more for every 500 people."""
    reads = read_rows(sheet_from_json(started.sheet), reading_from_json(started.reading), SCHEMA, today=today)
    lines = [_line(read) for read in reads if read.refusals or read.same_as]
    rows = [as_row(read) for read in reads if not (read.refusals or read.same_as)]
    lines += check_roster(started.coalition, rows).lines
    return Check(sorted(lines, key=lambda line: line.number))


def _line(read: Read) -> Line:
    outcome = Outcome.REFUSED if read.refusals else Outcome.REPEATED
    return Line(read.line, outcome, None, read.refusals, read.values, read.same_as)


def check_roster(coalition: Coalition, rows: Iterable[Row]) -> Check:
    """What these people would find at the table: a seat of their own, themselves, or a reason against it."""
    table = _Table(coalition)
    rows = [table.by_the_address_here(row) for row in rows]
    known = members_with([row.email for row in rows])
    return Check([table.line(row, known.get(row.email)) for row in rows])


def members_with(emails: Sequence[str]) -> dict[str, Member]:
    """The accounts that these addresses have, by address."""
    found: dict[str, Member] = {}
    for at in range(0, len(emails), 500):
        found |= {member.email: member for member in Member.objects.filter(email__in=emails[at : at + 500])}
    return found


class _Table:
    """Who sits at the table already, and what a list may say of them."""

    def __init__(self, coalition: Coalition) -> None:
        seats = coalition.seats.current().select_related("member", "organization")
        self.seats = {seat.email: seat for seat in seats}
        self.names = {plain(seat.name) for seat in self.seats.values()} - {""}

    def by_the_address_here(self, row: Row) -> Row:
        """Of several addresses, the one by which the person sits here already."""
        if row.email in self.seats:
            return row
        mine = next((other for other in row.others if other in self.seats), None)
        return replace(row, email=mine) if mine else row

    def line(self, row: Row, member: Member | None) -> Line:
        """Whether the address has an account, and how it is, makes no difference to what a lead reads."""
        seat = self.seats.get(row.email)
        refusals = []
        if seat and (said := self.differences(row, seat)):
            refusals = [Refusal(row.line, Why.SEATED_DIFFERENTLY, ", ".join(said))]
        outcome = Outcome.REFUSED if refusals else Outcome.HERE if seat else Outcome.NEW
        namesake = outcome is Outcome.NEW and plain(row.name) in self.names
        values: dict[str, str | date] = {"name": row.name, "email": row.email, "group": row.group}
        return Line(row.line, outcome, row, refusals, values, 0, namesake, member)

    @staticmethod
    def differences(row: Row, seat: Seat) -> list[str]:
        """The fields in which the list says something else than the seat. Who has come says their own name and
        language; until then the listing counts."""
        listed = (
            {}
            if seat.arrived
            else {"name": seat.listed_name, "language": seat.listed_language if row.language else ""}
        )
        here = {
            **listed,
            "group": seat.group,
            "title": seat.title,
            "organization": seat.organization.name if seat.organization else "",
            "votes": seat.votes,
            "power": seat.positional_power,
            "role": seat.role,
            **{flag: getattr(seat, flag) for flag in FLAGS},
            "paid": seat.paid,
            "contact": seat.contact,
            "joined": seat.joined if row.joined else None,
        }
        return [name for name, value in here.items() if name in row.said and getattr(row, name) != value]
