"""One milestone at all coalitions: level and gap by half-year, and why each table stands where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.endings import Ending, View, ending_in, view_in
from milestones.models import Item, Summary, Version
from milestones.models.framework import SEVEN, Level
from milestones.queries.summaries import Cell
from milestones.seasons import slug_of

from .across import Absence, Across, Line, Past
from .gaps import says

LONG = 280  # letters of a reason that stand on the page; the rest is a press away, and the cut is seen
ABSENT = (Absence.NOT_AGREED, Absence.NOT_ASSESSED, Absence.NOT_RELEASED)
Histories = Mapping[tuple[int, int], Cell]


@dataclass(frozen=True)
class Spot:
    """One milestone of one coalition in one half-year. `anew` says that the series begins here, after another."""

    line: Line
    season: int
    past: Past | None = None
    cell: Cell | None = None

    @property
    def anew(self) -> bool:
        return self.cell is not None and self.cell.series in ("redefined", "new")

    @property
    def clarified(self) -> bool:
        return self.cell is not None and self.cell.series == "clarified"

    @property
    def slug(self) -> str:
        return slug_of(self.season)

    @property
    def gap(self) -> str:
        return says(self.cell.gap) if self.cell and self.cell.gap is not None else ""

    @property
    def no_gap(self) -> str:
        """Why there is none, in a word or two; the page says what each means."""
        if self.cell is None:
            return ""
        return {
            "withheld": _("too few or alike"),
            "half": _("half level only"),
            "whole": _("one group"),
        }.get(self.cell.shown, _("no gap"))


@dataclass(frozen=True)
class Reason:
    """What the table wrote down, with the views that were let out. `why` is whole, or ends where `cut` says so."""

    line: Line
    release: int  # its key
    ending: Ending
    views: tuple[View, ...]
    why: str
    cut: bool


@dataclass(frozen=True)
class Spread:
    """One milestone in the chosen half-year: how many coalitions are at which level, and how many at none."""

    item: Item
    levels: tuple[tuple[Level, int], ...]
    absences: tuple[tuple[Absence, int], ...]

    @property
    def agreed(self) -> int:
        return sum(n for _level, n in self.levels)

    @property
    def headline(self) -> str:
        """Each count is one of the table below it."""
        coalitions = self.agreed + sum(n for _absence, n in self.absences)
        said = [
            ngettext(
                "%(agreed)s of %(all)s coalition agreed a level.",
                "%(agreed)s of %(all)s coalitions agreed a level.",
                coalitions,
            )
            % {"agreed": self.agreed, "all": coalitions}
        ]
        at = [_("%(n)s at %(level)s") % {"n": n, "level": level} for level, n in self.levels if n]
        if at:
            said.append(f"{', '.join(at)}.")
        named = {
            Absence.NOT_AGREED: _("Without agreement: %(n)s."),
            Absence.NOT_ASSESSED: _("Not assessed: %(n)s."),
            Absence.NOT_RELEASED: _("Not released: %(n)s."),
        }
        return " ".join([*said, *(named[absence] % {"n": n} for absence, n in self.absences if n)])


@dataclass(frozen=True)
class OneMilestone:
    item: Item
    seasons: tuple[int, ...]
    rows: tuple[tuple[Line, tuple[Spot, ...]], ...]
    reasons: tuple[Reason, ...]
    spread: Spread

    @property
    def clarified(self) -> bool:
        """Whether some series here goes on with a note."""
        return any(spot.clarified for _line, spots in self.rows for spot in spots)

    @property
    def halves(self) -> list[tuple[int, str]]:
        """The head of each column: the year, and which half of it."""
        return [(each // 2, _("Jul–Dec") if each % 2 else _("Jan–Jun")) for each in self.seasons]


def spread(item: Item, lines: Sequence[Line]) -> Spread:
    cells = [line.cell(item.code) for line in lines]
    at = [cell.low for cell in cells if cell and cell.agreed]
    absent = [line.absent(item.code) for line in lines]
    return Spread(
        item,
        tuple((level, at.count(level.value)) for level in item.version.levels),
        tuple((each, absent.count(each)) for each in ABSENT),
    )


def one_milestone(told: Across, code: str) -> OneMilestone | None:
    """None when there is no such milestone. Two queries besides those of `told`."""
    item = next((each for each in told.milestones if each.code == code), None)
    if item is None:
        return None
    seasons = tuple(each for each in told.seasons if each <= (told.filters.season or 0))
    cells = _histories(told.lines, code)
    rows = tuple((line, tuple(_spot(line, season, cells) for season in seasons)) for line in told.lines)
    return OneMilestone(item, seasons, rows, _reasons(told, code), spread(item, told.lines))


def _spot(line: Line, season: int, cells: Histories) -> Spot:
    past = line.by_season.get(season)
    return Spot(line, season, past, cells.get((line.coalition.pk, past.number)) if past else None)


def _histories(lines: Sequence[Line], code: str) -> Histories:
    """(coalition, round) -> the cell of this milestone, of every released round; one query."""
    rows = Summary.objects.filter(coalition__in=[line.coalition.pk for line in lines], framework=SEVEN)
    found = rows.annotate(cell=KeyTransform(code, "cells")).values_list(
        "coalition_id", "round_number", "cell"
    )
    return {(coalition, number): Cell(**cell) for coalition, number, cell in found if cell}


def _reasons(told: Across, code: str) -> tuple[Reason, ...]:
    """By name, from the releases of the chosen half-year; one query."""
    there = {line.coalition.pk: line for line in told.lines if line.now}
    rows = Summary.objects.filter(coalition__in=there, framework=SEVEN, season=told.filters.season or 0)
    documents = {
        (coalition, number): (release, items, scale)
        for coalition, number, release, items, scale in rows.values_list(
            "coalition_id",
            "round_number",
            "release_id",
            "release__document__items",
            "release__document__scale",
        )
    }
    found = []
    for line in there.values():
        number = line.now.past.number if line.now else 0
        release, items, scale = documents.get((line.coalition.pk, number), (0, None, None))
        row = next((each for each in items or () if each["code"] == code), None)
        if row and row["agreements"]:
            found.append(_reason(line, release, row, scale))
    return tuple(found)


def _reason(line: Line, release: int, row: Mapping[str, Any], scale: Any) -> Reason:
    ending = ending_in(row["agreements"][-1], Version(scale=scale).levels, outcome=row["outcome"])
    why, is_cut = shortened(ending.why)
    return Reason(line, release, ending, tuple(view_in(each) for each in row["dissents"]), why, is_cut)


def shortened(text: str, most: int = LONG) -> tuple[str, bool]:
    """Whole, or up to the last word that fits, and whether it was cut."""
    if len(text) <= most:
        return text, False
    start = text[:most]
    return (start.rpartition(" ")[0] or start).rstrip(), True
