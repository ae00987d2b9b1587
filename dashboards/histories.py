"""How many coalitions stood at each level, half-year by half-year, for the drawings in `web.charts.multiples`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.charts import Multiple

from .queries.across import Across, Line
from .queries.filters import season_name, short_season

RANGE = 0  # stands for a level where there was no agreement
Stood = defaultdict[str, defaultdict[tuple[int, int], int]]
Went = defaultdict[str, defaultdict[tuple[int, int, int], int]]


@dataclass(frozen=True)
class Histories:
    """`rows` are the numbers of all pictures: (milestone, half-year, how many at each level, then without one)."""

    multiples: list[Multiple]
    columns: list[str]
    rows: list[tuple[str, str, list[int]]]
    headings: list[str]
    most: int
    of: int


def histories(told: Across) -> Histories:
    place = {season: number for number, season in enumerate(told.seasons)}
    top = len(told.levels)
    at, moves = _counted(told.lines, place)
    multiples, rows = [], []
    for item in told.milestones:
        here = at[item.code]
        for season, number in place.items():
            counts = [here.get((number, level), 0) for level in range(1, top + 1)]
            rows.append((item.name, season_name(season), [*counts, here.get((number, RANGE), 0)]))
        agreed = {where: n for where, n in here.items() if where[1] != RANGE}
        label = _label(item.name, rows[-1] if place else None, told)
        multiples.append(Multiple(item.name, label, agreed, moves[item.code]))
    most = max((n for each in multiples for n in each.at.values()), default=1)
    headings = [_("Milestone"), _("Half-year"), *(str(level) for level in told.levels), _("No agreement")]
    return Histories(multiples, [short_season(season) for season in place], rows, headings, most, top)


def _counted(lines: Iterable[Line], place: Mapping[int, int]) -> tuple[Stood, Went]:
    """By milestone, in one pass: how many stood where, and how many went from one half-year to the next, where both
    have a level and the series goes on between them."""
    at: Stood = defaultdict(lambda: defaultdict(int))
    moves: Went = defaultdict(lambda: defaultdict(int))
    for line in lines:
        shown = list(line.by_season.values())
        for past in shown:
            column = place[past.season]
            for code, (low, high) in past.levels.items():
                at[code][column, low if low == high else RANGE] += 1
        for past, after in pairwise(shown):
            if after.season != past.season + 1:
                continue
            broken = {
                code
                for each in line.rounds
                if past.number < each.number <= after.number
                for code in each.breaks
            }
            for code, (low, high) in past.levels.items():
                next_low, next_high = after.levels.get(code, (0, 1))
                if low == high and next_low == next_high and code not in broken:
                    moves[code][place[past.season], low, next_low] += 1
    return at, moves


def _label(name: str, last: tuple[str, str, list[int]] | None, told: Across) -> str:
    """The newest half-year in words; all others are in the table below."""
    if last is None:
        return name
    names = [str(level) for level in told.levels]
    found = [f"{names[at]}: {n}" for at, n in enumerate(last[2][:-1]) if n]
    without = last[2][-1]
    if without:
        found.append(ngettext("no agreement: %(n)s", "no agreement: %(n)s", without) % {"n": without})
    return _("%(milestone)s. %(season)s: %(counts)s.") % {
        "milestone": name,
        "season": last[1],
        "counts": "; ".join(found) or _("nothing assessed"),
    }
