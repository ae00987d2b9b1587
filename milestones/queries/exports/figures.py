"""Figures: one row for each coalition, milestone, round and group that evaluators may see."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coalitions.models import Coalition
from web.sheets import Cell, Row

from ...models import Item, Summary, Version
from ...models.framework import SEVEN
from ...models.record import How
from ...seasons import slug_of
from ..summaries import Cell as Milestone
from ..summaries import cells_of
from .columns import (
    ENDED,
    GROUP,
    NOT_AGREED,
    NOT_APPLICABLE,
    NOT_GIVEN,
    NOT_RELEASED,
    OVER_TIME,
    TOO_FEW,
    TOOK_PART,
    WHERE,
    count_columns,
    figure_columns,
)
from .releases import Chosen, named, of_each, where, whose, yes_no

HOLDS_NO_LEVEL = {"redefined", "new"}


def highest_level() -> int:
    """The top of the longest scale, and 5 at least; one query."""
    return max([5, *(len(scale) for scale in Version.objects.values_list("scale", flat=True))])


def figure_rows(coalitions: Sequence[Coalition], chosen: Chosen) -> Iterator[Row]:
    """The header, then the rows, by name. Reads summaries and documents of releases, and nothing else.

    Where other coalitions released in a half-year and this one did not, it has a row for each milestone that says so.
    """
    top = highest_level()
    yield [column.name for column in figure_columns(top)]
    held, seasons = _released_in(coalitions, chosen)
    items = _milestones(chosen) if len(coalitions) > 1 else []
    for coalition, summaries in of_each(coalitions, chosen, unread=["levels"]):
        for summary in summaries:
            yield from _of_release(coalition, summary, top)
        for season in seasons:
            if (coalition.pk, season) not in held:
                yield from _not_released(coalition, season, items, top)


def _of_release(coalition: Coalition, summary: Summary, top: int) -> Iterator[Row]:
    place, took_part = where(coalition, summary), _took_part(summary.participation)
    items = {item["code"]: item for item in summary.release.document["items"]}
    for code, cell in cells_of(summary).items():
        item = items[code]
        whole = (*place, *named(item), *_ended(item, cell), *_over_time(cell, summary.round_number))
        scale = len(summary.release.document["scale"])
        for figure in item["figures"] or [None]:
            yield (*whole, *_group(figure, scale, top), *took_part)


def _ended(item: Mapping[str, Any], cell: Milestone) -> tuple[Cell, ...]:
    how = How(item["agreements"][-1]["how"]).value
    level = NOT_AGREED if cell.level is None else cell.level
    return level, cell.low, cell.high, how, cell.stand, NOT_GIVEN if cell.goal is None else cell.goal


def _over_time(cell: Milestone, number: int) -> tuple[Cell, ...]:
    starts = cell.begun == number  # in its first round a series has nothing to be compared with
    none = NOT_APPLICABLE if starts else NOT_AGREED
    first = starts and cell.series not in HOLDS_NO_LEVEL
    return (
        yes_no(cell.claimed),
        none if cell.change is None else cell.change,
        none if cell.since is None else cell.since,
        NOT_AGREED if cell.baseline is None else cell.baseline,
        cell.begun,
        "first" if first else cell.series or "same",
        TOO_FEW if cell.gap is None else cell.gap / 10,
        TOO_FEW if cell.gap is None else yes_no(cell.worth),
        TOO_FEW if cell.gap is None else yes_no(cell.held),
        cell.evidence,
        cell.dissents,
    )


def _group(figure: Mapping[str, Any] | None, scale: int, top: int) -> tuple[Cell, ...]:
    beyond = [NOT_APPLICABLE] * (top - scale)
    if figure is None:
        return (TOO_FEW,) * (len(GROUP) + scale) + tuple(beyond)
    if figure["counts"] is None:  # it hardly changed since an earlier round: nothing but about where it lies
        hidden = (TOO_FEW,) * 3
        return (figure["group"], *hidden, figure["half"] / 10, *(TOO_FEW,) * scale, *beyond)
    counts = [figure["counts"].get(str(level), 0) for level in range(1, scale + 1)]
    average = figure["average"] / 10
    return (
        figure["group"], figure["people"], figure["cannot_say"], average, NOT_APPLICABLE, *counts, *beyond,
    )  # fmt: skip


def _took_part(numbers: Mapping[str, Any]) -> tuple[Cell, ...]:
    everyone, families = numbers["everyone"], numbers["families"]
    counted = [each[key] for each in (everyone, families) for key in ("asked", "answered", "took_part")]
    return (*counted, yes_no(numbers["representative"]))


def _released_in(coalitions: Sequence[Coalition], chosen: Chosen) -> tuple[set[tuple[int, int]], list[int]]:
    """Which coalition released in which half-year, in any wording; and every half-year with a chosen release."""
    of_them = Summary.objects.filter(coalition__in=[each.pk for each in coalitions], framework=SEVEN)
    held = set(of_them.values_list("coalition", "season"))
    return held, sorted(set(chosen.of(of_them).values_list("season", flat=True)))


def _milestones(chosen: Chosen) -> list[Item]:
    """Of the chosen wording, or of the newest."""
    label = {"label": chosen.version} if chosen.version else {}
    version = Version.objects.published().filter(framework__slug=SEVEN, **label).order_by("-pk").first()
    return list(version.items.filter(local=False)) if version else []


def _not_released(coalition: Coalition, season: int, items: list[Item], top: int) -> Iterator[Row]:
    unknown = len(WHERE) - 4
    rest = len(ENDED) + len(OVER_TIME) + len(GROUP) + len(count_columns(top)) + len(TOOK_PART)
    for item in items:
        yield (
            *whose(coalition), slug_of(season), *[NOT_RELEASED] * unknown,
            item.code, item.content["name"], item.content.get("name_es") or NOT_GIVEN, *[NOT_RELEASED] * rest,
        )  # fmt: skip
