"""What one audience may see of a round's answers. Everything here reads Opening rows, never tallies."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from .. import disclosure, scoring
from ..models import Item, Opening, Round, Version
from ..models.record import Audience

PARENTS, PROVIDERS, OTHERS = "parents", "providers", "others"
FAMILIES = disclosure.code(disclosure.LADDER[1][0])
WHOLE = disclosure.code(disclosure.LADDER[2][0])


@dataclass(frozen=True)
class Shown:
    """One group of one milestone. Averages are in tenths of a level; `counts` is level -> people."""

    group: str
    people: int | None = None
    cannot_say: int | None = None
    counts: dict[int, int] | None = None
    average: int | None = None
    half: int | None = None

    @property
    def coarse(self) -> bool:
        return self.half is not None

    @property
    def most_often(self) -> scoring.MostOften:
        return scoring.most_often(self.counts or {})


@dataclass(frozen=True)
class Board:
    item: Item
    figures: tuple[Shown, ...]
    ticks: dict[int, int]

    @property
    def withheld(self) -> bool:
        return not self.figures

    def group(self, code: str) -> Shown | None:
        return next((figure for figure in self.figures if figure.group == code), None)

    @cached_property
    def families(self) -> Shown | None:
        """Parents and providers together, when they are shown together or both shown alone."""
        together = self.group(FAMILIES)
        alone = [figure for figure in self.figures if figure.group in (PARENTS, PROVIDERS) and figure.counts]
        if together or len(alone) < 2:
            return together
        counts: Counter[int] = Counter()
        for figure in alone:
            counts.update(figure.counts or {})
        return Shown(
            FAMILIES,
            people=sum(figure.people or 0 for figure in alone),
            cannot_say=sum(figure.cannot_say or 0 for figure in alone),
            counts=dict(counts),
            average=scoring.average_tenths(counts),
        )

    @cached_property
    def others(self) -> Shown | None:
        return self.group(OTHERS)

    @property
    def gap(self) -> int | None:
        """Families' average minus other members', in tenths; None unless both are shown in full."""
        return _gap(self.families, self.others)

    @property
    def inner_gap(self) -> int | None:
        """Parents' average minus providers', when each is shown alone."""
        return _gap(self.group(PARENTS), self.group(PROVIDERS))

    @property
    def worth_talking_about(self) -> bool:
        return _worth(self.gap, self.families, self.others)

    @property
    def inner_worth_talking_about(self) -> bool:
        return _worth(self.inner_gap, self.group(PARENTS), self.group(PROVIDERS))


def _gap(one: Shown | None, other: Shown | None) -> int | None:
    return scoring.gap(one.average, other.average) if one and other else None


def _worth(gap: int | None, one: Shown | None, other: Shown | None) -> bool:
    if gap is None or one is None or other is None or not one.people or not other.people:
        return False
    return scoring.worth_talking_about(gap, min(one.people, other.people))


def boards(round: Round, *, audience: str = Audience.TABLE) -> list[Board]:
    """Every milestone of an opened round, in order; one query, since the opening wrote a row for each."""
    rows: dict[Item, list[Opening]] = {}
    for row in round.openings.filter(audience=audience).select_related("item"):
        row.item.version = round.version
        rows.setdefault(row.item, []).append(row)
    return [board_of(item, rows[item]) for item in sorted(rows, key=lambda item: item.position)]


def items_of(version: Version) -> list[Item]:
    """The milestones of a wording, in order; one query."""
    items = list(version.items.all())
    for item in items:
        item.version = version
    return items


def board_of(item: Item, rows: list[Opening]) -> Board:
    figures = tuple(
        Shown(
            row.group,
            people=row.people,
            cannot_say=row.cannot_say,
            counts=None if row.counts is None else {int(level): n for level, n in row.counts.items()},
            average=row.average,
            half=row.half,
        )
        for row in rows
        if row.group
    )
    ticks = {int(pk): n for row in rows[:1] for pk, n in row.ticks.items()}
    return Board(item, figures, ticks)


def families_average(round: Round, item: Item) -> int | None:
    """What the table saw of parents' and providers' average, in tenths, if it saw one."""
    board = board_of(item, list(round.openings.filter(audience=Audience.TABLE, item=item)))
    return board.families.average if board.families else None
