"""A release in figures: what pages across coalitions, exports and reports read instead of its document."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from .. import scoring
from ..models import Release, Summary, Version
from ..released import ReleasedMilestone, read
from ..seasons import season_of
from .series import NEW, Link, links


@dataclass(frozen=True, slots=True)
class Cell:
    """One milestone of one release. Averages and the gap are in tenths of a level, changes in whole levels.

    `agreed` is False where the table recorded a range from `low` to `high`. `shown` says which figures evaluators
    may see: "groups", "half" (of a group only `families_half` or `others_half`, give or take half a level), "whole"
    (one group for all) or "withheld".
    `worth` is a gap worth talking about, `held` one that was so in the round before too, in the same direction.
    `series` is what became of the wording since the round before: "", "editorial", "clarified", "redefined" or "new".
    `change` compares with the round before, `since` with `baseline`, the level of the first round of this series
    (`begun`); each is None unless both levels were agreed and the series goes on.
    """

    low: int
    high: int
    agreed: bool
    claimed: bool
    stand: str
    goal: int | None
    shown: str
    families: int | None
    others: int | None
    families_half: int | None
    others_half: int | None
    people: int | None
    other_people: int | None
    gap: int | None
    worth: bool
    held: bool
    series: str
    change: int | None
    since: int | None
    baseline: int | None
    begun: int
    evidence: int
    dissents: int

    @property
    def level(self) -> int | None:
        return self.low if self.agreed else None


def cells_of(summary: Mapping[str, Any] | Summary) -> dict[str, Cell]:
    """The cells of a summary, or of its `cells` alone, by code in the order of the framework."""
    rows = summary.cells if isinstance(summary, Summary) else summary
    return {code: Cell(**row) for code, row in rows.items()}


def summarized(release: Release) -> Summary:
    """The summary of a release, not saved. Reads the summary of the round before, and the wordings of both."""
    document = release.document
    of = document["round"]
    before = (
        Summary.objects.filter(
            coalition=release.round.coalition_id,
            framework=document["framework"]["slug"],
            round_number__lt=of["number"],
        )
        .select_related("release__round__version")
        .order_by("-round_number")
        .first()
    )
    cells = _cells(document, before, release.round.version)
    return Summary(
        release=release,
        coalition_id=release.round.coalition_id,
        season=season_of(date.fromisoformat(of["meets_on"])),
        round_number=of["number"],
        round_name=of["name"],
        meets_on=date.fromisoformat(of["meets_on"]),
        framework=document["framework"]["slug"],
        version=document["framework"]["version"],
        at=release.at,
        participation=document["participation"],
        levels=[[code, cell.low, cell.high] for code, cell in cells.items()],
        cells={code: asdict(cell) for code, cell in cells.items()},
    )


def _cells(document: Mapping[str, Any], before: Summary | None, version: Version) -> dict[str, Cell]:
    earlier = cells_of(before) if before else {}
    on = links(before.release.round.version, version) if before else {}
    local = {row["code"] for row in document["items"] if row.get("local")}
    found = {}
    for milestone in read(document).milestones:
        code = milestone.item.code
        if code not in local:
            link = on.get(code, NEW)
            found[code] = _cell(
                milestone,
                earlier.get(link.code or ""),
                link,
                document["round"]["number"],
                first=before is None,
            )
    return found


def _cell(
    milestone: ReleasedMilestone, earlier: Cell | None, link: Link, number: int, *, first: bool
) -> Cell:
    ending, board = milestone.ending, milestone.board
    assert ending is not None, "a round is released when every milestone has ended"  # noqa: S101
    goes_on = link.goes_on and earlier is not None
    begins = None if goes_on else ending.level
    baseline = earlier.baseline if goes_on and earlier else begins
    families, others = board.families, board.others
    gap, worth = board.gap, board.worth_talking_about
    same_way = bool(
        earlier and gap is not None and earlier.gap is not None and (gap > 0) == (earlier.gap > 0)
    )
    return Cell(
        low=ending.low.value,
        high=ending.high.value,
        agreed=ending.agreed,
        claimed=ending.claimed,
        stand=ending.stand,
        goal=ending.goal.value if ending.goal else None,
        shown=_shown(milestone),
        families=families.average if families else None,
        others=others.average if others else None,
        families_half=families.half if families else None,
        others_half=others.half if others else None,
        people=families.people if families else None,
        other_people=others.people if others else None,
        gap=gap,
        worth=worth,
        held=bool(goes_on and worth and earlier and earlier.worth and same_way),
        series="" if first else "new" if link.code is None else str(link.change),
        change=scoring.change(earlier.level, ending.level) if goes_on and earlier else None,
        since=scoring.change(baseline, ending.level) if goes_on else None,
        baseline=baseline,
        begun=earlier.begun if goes_on and earlier else number,
        evidence=len(milestone.evidence),
        dissents=sum(len(views) for _ending, views in milestone.versions),
    )


def _shown(milestone: ReleasedMilestone) -> str:
    figures = milestone.board.figures
    if not figures:
        return "withheld"
    if any(figure.coarse for figure in figures):
        return "half"
    return "groups" if milestone.board.families and milestone.board.others else "whole"
