"""Where each coalition stands beside its own baseline, milestone by milestone. Nothing is added up over milestones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.models import Item
from milestones.queries.summaries import Cell

from .absences import why_no_level
from .across import Across, Line


@dataclass(frozen=True)
class Moved:
    """One coalition whose level can be compared with the first of its series. `clarified` are names of rounds."""

    line: Line
    cell: Cell
    begun: str
    clarified: tuple[str, ...]

    @property
    def steps(self) -> int:
        return abs(self.cell.since or 0)


class Apart(NamedTuple):
    """One coalition that cannot be compared, and why."""

    line: Line
    why: str


@dataclass(frozen=True)
class Changes:
    """One milestone over all coalitions, each list by name."""

    item: Item
    up: tuple[Moved, ...]
    down: tuple[Moved, ...]
    same: tuple[Moved, ...]
    apart: tuple[Apart, ...]

    @property
    def ways(self) -> list[tuple[str, str, tuple[Moved, ...]]]:
        return [
            ("up", _("Moved up"), self.up),
            ("down", _("Moved down"), self.down),
            ("same", _("The same"), self.same),
        ]

    @property
    def headline(self) -> str:
        return " ".join(
            [
                ngettext("%(n)s moved up,", "%(n)s moved up,", len(self.up)) % {"n": len(self.up)},
                ngettext("%(n)s moved down,", "%(n)s moved down,", len(self.down)) % {"n": len(self.down)},
                ngettext("%(n)s is the same.", "%(n)s are the same.", len(self.same)) % {"n": len(self.same)},
                ngettext("%(n)s cannot be compared.", "%(n)s cannot be compared.", len(self.apart))
                % {"n": len(self.apart)},
            ]
        )


def changes(told: Across) -> list[Changes]:
    return [_changes(item, told.lines) for item in told.milestones]


def headline(told: Across, found: Sequence[Changes]) -> str:
    """How many coalitions have a baseline to stand beside on one milestone or more; moves are not added up."""
    moved = {
        each.line.coalition.pk for milestone in found for _way, _name, rows in milestone.ways for each in rows
    }
    return ngettext(
        "%(n)s of %(all)s coalition can be compared with its own baseline.",
        "%(n)s of %(all)s coalitions can be compared with their own baseline.",
        len(told.lines),
    ) % {"n": len(moved), "all": len(told.lines)}


def _changes(item: Item, lines: Sequence[Line]) -> Changes:
    up: list[Moved] = []
    down: list[Moved] = []
    same: list[Moved] = []
    apart: list[Apart] = []
    for line in lines:
        cell = line.cell(item.code)
        if cell is None or cell.since is None:
            apart.append(Apart(line, why_apart(line, item.code)))
            continue
        moved = Moved(line, cell, round_name(line, cell.begun), _clarified(line, item.code, cell))
        (up if cell.since > 0 else down if cell.since < 0 else same).append(moved)
    return Changes(item, tuple(up), tuple(down), tuple(same), tuple(apart))


def why_apart(line: Line, code: str) -> str:
    """Why the level of the chosen half-year has no baseline to stand beside."""
    cell = line.cell(code)
    missing = why_no_level(line, code)
    if missing or cell is None or line.now is None:
        return missing
    if cell.begun != line.now.past.number:
        return _("No level was agreed in %(round)s, where the series begins") % {
            "round": round_name(line, cell.begun)
        }
    return {
        "redefined": _("Redefined: the series starts anew here"),
        "new": _("New in this wording: the series starts here"),
    }.get(cell.series, _("First round: this is the baseline"))


def round_name(line: Line, number: int) -> str:
    """As the table called it; its number where the chosen wording leaves that round out."""
    named = (past.name for past in line.rounds if past.number == number)
    return next(named, _("round %(number)s") % {"number": number})


def _clarified(line: Line, code: str, cell: Cell) -> tuple[str, ...]:
    """The rounds after the baseline whose wording was clarified: the series goes on, and a reader should know."""
    now = line.now.past.number if line.now else 0
    return tuple(
        past.name for past in line.rounds if cell.begun < past.number <= now and code in past.clarified
    )
