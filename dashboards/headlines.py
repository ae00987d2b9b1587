"""True sentences about coalitions side by side, each counted from the lines that stand below it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .queries.across import Across, Line


@dataclass(frozen=True, slots=True)
class Moves:
    """How many agreed levels went up, down or stayed since the round before of the same table. How far is not added up."""

    up: int
    down: int
    same: int

    @property
    def compared(self) -> int:
        return self.up + self.down + self.same


def moves(lines: Iterable[Line]) -> Moves:
    changes = [
        cell.change
        for line in lines
        if line.now
        for cell in line.now.cells.values()
        if cell.change is not None
    ]
    return Moves(
        up=sum(1 for change in changes if change > 0),
        down=sum(1 for change in changes if change < 0),
        same=changes.count(0),
    )


def held(lines: Iterable[Line]) -> tuple[int, int]:
    """On how many milestones a gap held in two rounds, and at how many tables."""
    found = [sum(cell.held for cell in line.now.cells.values()) for line in lines if line.now]
    return sum(found), sum(1 for number in found if number)


def released(lines: Iterable[Line]) -> tuple[int, int]:
    """How many of how many tables have a row of levels here."""
    listed = list(lines)
    return sum(1 for line in listed if line.now), len(listed)


def headline(told: Across) -> str:
    """What moved since the round before, or why nothing can have moved."""
    if told.filters.season is None:
        return _("Nothing is released yet.")
    moved = moves(told.lines)
    if not moved.compared:
        return _("%(season)s: no level can be compared with a round before.") % {
            "season": told.filters.season_name
        }
    said = {"season": told.filters.season_name, "up": _up(moved.up), "down": _down(moved.down)}
    return _("%(season)s: %(up)s, %(down)s.") % said


def _up(number: int) -> str:
    if not number:
        return _("no level went up")
    return ngettext("%(n)s level went up", "%(n)s levels went up", number) % {"n": number}


def _down(number: int) -> str:
    if not number:
        return _("none went down")
    return ngettext("%(n)s went down", "%(n)s went down", number) % {"n": number}


def under(told: Across) -> str:
    """Who is in the table, and where a gap between the groups lasted."""
    there, all_of_them = released(told.lines)
    said = ngettext(
        "%(there)s of %(all)s coalition has a release to show.",
        "%(there)s of %(all)s coalitions have a release to show.",
        all_of_them,
    ) % {"there": there, "all": all_of_them}
    gaps, tables = held(told.lines)
    if not gaps:
        return said + " " + _("No gap between the groups is known to have held in two rounds.")
    where = ngettext("at %(n)s coalition", "at %(n)s coalitions", tables) % {"n": tables}
    lasted = ngettext(
        "A gap between the groups held in two rounds on %(n)s milestone, %(where)s.",
        "Gaps between the groups held in two rounds on %(n)s milestones, %(where)s.",
        gaps,
    ) % {"n": gaps, "where": where}
    return f"{said} {lasted}"
