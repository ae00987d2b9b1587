"""Coalitions side by side, by name: what each released, half-year by half-year. Reads summaries of releases alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Case, F, JSONField, Max, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import Lag

from coalitions.models import Coalition, Cohort
from milestones.models import Item, Summary, Version
from milestones.models.framework import SEVEN, Level
from milestones.queries.summaries import Cell, cells_of

from .filters import Filters, cohort_asked, filters, season_asked

BREAKS = ("redefined", "new")


class Absence(StrEnum):
    """Why there is no level, or no figure of a group: four absences that never look alike."""

    NOT_RELEASED = "not released"
    NOT_ASSESSED = "not assessed"
    NOT_AGREED = "not agreed"
    TOO_FEW = "too few"


@dataclass(frozen=True, slots=True)
class Past:
    """One released round in short. `levels` is code -> (low, high); equal when agreed. `breaks` are the milestones
    whose series starts anew here, so that no line leads to them, `clarified` those that go on with a note."""

    season: int
    number: int
    name: str
    meets_on: date
    version: str
    levels: Mapping[str, tuple[int, int]]
    breaks: frozenset[str]
    clarified: frozenset[str]


@dataclass(frozen=True, slots=True)
class Now:
    """The round of the chosen half-year: its newest, in its newest release."""

    past: Past
    release: int  # its number, as in the address of the release
    at: datetime
    participation: Mapping[str, Any]
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Line:
    """One coalition. `now` is None when `absence` says why; `rounds` go from the oldest to the newest."""

    coalition: Coalition
    now: Now | None
    absence: Absence | None
    rounds: tuple[Past, ...]

    def cell(self, code: str) -> Cell | None:
        return self.now.cells.get(code) if self.now else None

    def absent(self, code: str) -> Absence | None:
        """Why this milestone has no agreed level here; None when it has one."""
        cell = self.cell(code)
        if cell is None:
            return self.absence or Absence.NOT_ASSESSED
        return None if cell.agreed else Absence.NOT_AGREED

    @cached_property
    def by_season(self) -> Mapping[int, Past]:
        """The newest round of each half-year."""
        return {past.season: past for past in self.rounds}


@dataclass(frozen=True)
class Across:
    """`lines` by name. `milestones` in the newest wording among them, without local ones; `newest` is the name of the
    newest wording there is."""

    filters: Filters
    lines: tuple[Line, ...]
    milestones: tuple[Item, ...]
    newest: str

    @property
    def levels(self) -> list[Level]:
        return self.milestones[0].version.levels if self.milestones else []

    @property
    def seasons(self) -> list[int]:
        """From the oldest half-year in which any of them released to the newest."""
        return sorted({past.season for line in self.lines for past in line.rounds})


def across(
    params: Mapping[str, str], *, coalitions: QuerySet[Coalition], cohorts: Sequence[Cohort], only: str = ""
) -> Across:
    """What an address asks for, of these coalitions: three queries, whatever there is.

    `only` is the slug of one coalition, whatever its cohort.
    """
    cohort, notes = cohort_asked(params, cohorts)
    chosen = coalitions.filter(cohort=cohort) if cohort else coalitions
    chosen = coalitions.filter(slug=only) if only else chosen
    tables = sorted(chosen.select_related("state"), key=lambda table: (table.name.casefold(), table.pk))
    rows = list(_rows([table.pk for table in tables], season_asked(params)))
    asked = filters(
        params, cohort=cohort, cohorts=cohorts, notes=notes,
        seasons=(row["season"] for row in rows), versions=(row["version"] for row in rows),
    )  # fmt: skip
    found: dict[int, list[dict[str, Any]]] = {table.pk: [] for table in tables}
    for row in rows:
        found[row["coalition_id"]].append(row)
    lines = tuple(_line(table, found[table.pk], asked) for table in tables)
    milestones = _milestones(lines)
    return Across(asked, lines, milestones, milestones[0].newest if milestones else "")


def _rows(coalitions: Iterable[int], asked: int | None) -> Any:
    """Every released round in short, oldest first; the figures only where they are read: in the half-year asked for,
    in the newest, and where the wording changed, because there a series may have ended."""
    rows = Summary.objects.filter(coalition__in=coalitions, framework=SEVEN)
    before = Window(Lag("version"), partition_by=["coalition_id"], order_by="round_number")
    wanted = Q(season=F("newest")) | Q(season=asked or 0) | ~Q(version=F("before"))
    figures = {
        name: Case(When(wanted, then=F(name)), output_field=JSONField())
        for name in ("cells", "participation")
    }
    return (
        rows.order_by("coalition_id", "round_number")
        .annotate(newest=Window(Max("season")), before=before)
        .values(
            "coalition_id", "season", "round_number", "round_name", "meets_on", "version", "levels", "at",
            "release__number", "before", now_cells=figures["cells"], now_participation=figures["participation"],
        )
    )  # fmt: skip


def _line(coalition: Coalition, rows: Iterable[dict[str, Any]], asked: Filters) -> Line:
    kept = [row for row in rows if asked.version in ("", row["version"])]
    rounds = tuple(_past(row) for row in kept)
    there = [number for number, row in enumerate(kept) if row["season"] == asked.season]
    if there:
        return Line(coalition, _now(rounds[there[-1]], kept[there[-1]]), None, rounds)
    elsewhere = any(row["season"] == asked.season for row in rows)
    return Line(coalition, None, Absence.NOT_ASSESSED if elsewhere else Absence.NOT_RELEASED, rounds)


def _past(row: Mapping[str, Any]) -> Past:
    changed = row["before"] not in (None, row["version"])
    series = {code: cell["series"] for code, cell in (row["now_cells"] or {}).items()} if changed else {}
    return Past(
        season=row["season"],
        number=row["round_number"],
        name=row["round_name"],
        meets_on=row["meets_on"],
        version=row["version"],
        levels={code: (low, high) for code, low, high in row["levels"]},
        breaks=frozenset(code for code, what in series.items() if what in BREAKS),
        clarified=frozenset(code for code, what in series.items() if what == "clarified"),
    )


def _now(past: Past, row: Mapping[str, Any]) -> Now:
    return Now(
        past=past,
        release=row["release__number"],
        at=row["at"],
        participation=row["now_participation"],
        cells=cells_of(row["now_cells"]),
    )


def _milestones(lines: Iterable[Line]) -> tuple[Any, ...]:
    """The milestones as everybody's newest wording among these has them, each with the name of the `newest` that is
    published; one query."""
    shown = [line.now.past for line in lines if line.now]
    shown = shown or [past for line in lines for past in line.rounds]
    newest = max(shown, key=lambda past: past.meets_on, default=None)
    if newest is None:
        return ()
    there = Item.objects.filter(
        version__framework__slug=SEVEN, version__label=newest.version, version__coalition=None, local=False
    )
    published = Version.objects.published().filter(framework__slug=SEVEN).order_by("-pk").values("label")
    return tuple(
        there.annotate(newest=Subquery(published[:1])).select_related("version").order_by("position")
    )
