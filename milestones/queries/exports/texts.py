"""What was said: agreements with reasons, words, views and evidence, each a row, as they stand in a release."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from coalitions.models import Coalition
from web.sheets import Cell, Row

from ...models.record import How, Mark
from .columns import (
    AGREEMENTS,
    EVIDENCE,
    KEPT,
    NOT_AGREED,
    NOT_APPLICABLE,
    NOT_GIVEN,
    VIEWS,
    WITHDRAWN,
    WORDS,
    Column,
)
from .releases import Chosen, named, of_each, where, yes_no

FIGURES = ("cells", "levels", "participation")

Part = Callable[[Mapping[str, Any]], Iterator[tuple[Cell, ...]]]


def agreement_rows(coalitions: Sequence[Coalition], chosen: Chosen) -> Iterator[Row]:
    return _rows(coalitions, chosen, AGREEMENTS, _agreements)


def word_rows(coalitions: Sequence[Coalition], chosen: Chosen) -> Iterator[Row]:
    return _rows(coalitions, chosen, WORDS, _words)


def view_rows(coalitions: Sequence[Coalition], chosen: Chosen) -> Iterator[Row]:
    return _rows(coalitions, chosen, VIEWS, _views)


def evidence_rows(coalitions: Sequence[Coalition], chosen: Chosen) -> Iterator[Row]:
    return _rows(coalitions, chosen, EVIDENCE, _evidence)


def _rows(
    coalitions: Sequence[Coalition], chosen: Chosen, columns: Sequence[Column], part: Part
) -> Iterator[Row]:
    """A coalition's own milestones are among them: what it says there is read outside too."""
    yield [column.name for column in columns]
    for coalition, summaries in of_each(coalitions, chosen, unread=FIGURES):
        for summary in summaries:
            place = where(coalition, summary)
            for item in summary.release.document["items"]:
                whole = (*place, *named(item), yes_no(bool(item.get("local"))))
                for cells in part(item):
                    yield (*whole, *cells)


def _agreements(item: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for row in item["agreements"]:
        marks = Counter(row["criteria"].values())
        level = NOT_AGREED if row["how"] == How.NO_AGREEMENT else row["low"]
        yield (
            row["number"], yes_no(row is item["agreements"][-1]), level, row["low"], row["high"], row["how"],
            row["stand"], *_given(row, "goal_level", "why", "above_because", "next_step", "owner", "due"),
            yes_no(row["is_goal"]), row["proof"], *[marks[mark.value] for mark in Mark],
        )  # fmt: skip


def _words(item: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for row in item["words"]:
        gone = (WITHDRAWN, WITHDRAWN)
        yield (
            row["group"],
            row["language"],
            *(gone if row["withdrawn"] else _given(row, "text", "translation")),
        )


def _views(item: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for row in item["dissents"]:
        if row["withdrawn"] or row["kept"]:
            why = WITHDRAWN if row["withdrawn"] else KEPT
            yield row["answered"], why, why, why
        else:
            yield row["answered"], row["language"], row["by"] or NOT_APPLICABLE, row["text"]


def _evidence(item: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for row in item["evidence"]:
        yield (row["kind"], row["title"], *_given(row, "note", "url"))


def _given(row: Mapping[str, Any], *keys: str) -> list[Cell]:
    return [NOT_GIVEN if row.get(key) in (None, "") else row[key] for key in keys]
