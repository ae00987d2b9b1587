"""One milestone of one coalition as an evaluator reads it: from the release of the chosen half-year, and over time."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from milestones.models import Item, Release
from milestones.queries.released import release_at
from milestones.queries.summaries import Cell
from milestones.released import ReleasedMilestone, read_one
from web.charts import Point

from .across import Across, Line, Past
from .filters import season_name


@dataclass(frozen=True)
class Told:
    """`release`, `cell` and `milestone` are None where the half-year has no such level."""

    across: Across
    line: Line
    item: Item
    release: Release | None
    cell: Cell | None
    milestone: ReleasedMilestone | None
    points: list[Point]

    @property
    def address(self) -> str:
        """As it stands in the heat map."""
        base = reverse("cell", args=[self.line.coalition.slug, self.item.code])
        return base + self.across.filters.address

    @property
    def names(self) -> str:
        """The picture over time, in words."""
        return ". ".join(f"{point.round}: {point.text}" for point in self.points)


def cell_told(told: Across, *, slug: str, code: str) -> Told | None:
    """One query besides those of `told`, or None when there is no such coalition or milestone in it."""
    item = next((each for each in told.milestones if each.code == code), None)
    line = next((each for each in told.lines if each.coalition.slug == slug), None)
    if item is None or line is None:
        return None
    cell, now = line.cell(code), line.now
    release = (
        release_at(line.coalition, number=now.past.number, release=now.release) if cell and now else None
    )
    milestone = read_one(release.document, code, held=cell.held) if release and cell else None
    return Told(told, line, item, release, cell, milestone, _points(line, item))


def _points(line: Line, item: Item) -> list[Point]:
    """Each half-year from the first release on; a missing one is not skipped in silence."""
    there = line.by_season
    if not there:
        return []
    names = {level.value: str(level) for level in item.version.levels}
    return [
        _point(there[season], item.code, names)
        if season in there
        else Point(season_name(season), _("Not released"))
        for season in range(min(there), max(there) + 1)
    ]


def _point(past: Past, code: str, names: Mapping[int, str]) -> Point:
    if code not in past.levels:
        return Point(past.name, _("Not assessed in this wording"))
    low, high = past.levels[code]
    if low != high:
        said = _("No agreement: from %(low)s to %(high)s") % {"low": names[low], "high": names[high]}
        return Point(past.name, said, low=low, high=high)
    anew = code in past.breaks
    said = _("%(level)s, in a new wording") % {"level": names[low]} if anew else names[low]
    return Point(past.name, said, level=low, anew=anew)
