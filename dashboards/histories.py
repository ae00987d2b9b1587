"""How many coalitions stood at each level, half-year by half-year, for the drawings in `web.charts.multiples`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.charts import Multiple

from .queries.across import Across, Line, Past
from .queries.filters import season_name, short_season

Range = tuple[int, int]


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
    seasons = told.seasons
    place = {season: number for number, season in enumerate(seasons)}
    top = len(told.levels)
    multiples, rows = [], []
    for item in told.milestones:
        at: Counter[Range] = Counter()
        open_ended: Counter[int] = Counter()
        for past, (low, high) in _points(told, item.code):
            if low == high:
                at[place[past.season], low] += 1
            else:
                open_ended[place[past.season]] += 1
        moves = Counter(
            (place[before.season], *step)
            for line in told.lines
            for before, step in _steps(line, item.code, place)
        )
        for season, number in place.items():
            counts = [at[number, level] for level in range(1, top + 1)]
            rows.append((item.name, season_name(season), [*counts, open_ended[number]]))
        last = rows[-1] if place else None
        multiples.append(Multiple(item.name, _label(item.name, last, told), at, moves))
    most = max((max(each.at.values(), default=1) for each in multiples), default=1)
    headings = [_("Milestone"), _("Half-year"), *(str(level) for level in told.levels), _("No agreement")]
    return Histories(multiples, [short_season(season) for season in seasons], rows, headings, most, top)


def _points(told: Across, code: str) -> Iterator[tuple[Past, Range]]:
    for line in told.lines:
        for past in line.by_season.values():
            if code in past.levels:
                yield past, past.levels[code]


def _steps(line: Line, code: str, place: dict[int, int]) -> Iterator[tuple[Past, Range]]:
    """From one half-year to the next, where both have a level and the series goes on between them."""
    broken = {past.number for past in line.rounds if code in past.breaks}
    for past in line.by_season.values():
        after = line.by_season.get(past.season + 1)
        if after is None or code not in past.levels or code not in after.levels:
            continue
        (low, high), (next_low, next_high) = past.levels[code], after.levels[code]
        goes_on = not any(past.number < number <= after.number for number in broken)
        if goes_on and low == high and next_low == next_high:
            yield past, (low, next_low)


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
