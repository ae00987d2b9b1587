"""Everything that evaluators see, as data. Read from releases alone: what they say, no more and no later."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import override

from coalitions.models import Coalition
from web.sheets import Row

from .columns import ABSENCES, AGREEMENTS, EVIDENCE, VIEWS, WORDS, Column, figure_columns
from .figures import figure_rows, highest_level
from .releases import Chosen, by_name
from .texts import agreement_rows, evidence_rows, view_rows, word_rows

__all__ = ["ABSENCES", "SHEETS", "Chosen", "by_name", "columns", "rows", "sheets"]

Rows = Callable[[Sequence[Coalition], Chosen], Iterator[Row]]


def dictionary_rows(coalitions: Sequence[Coalition], chosen: Chosen) -> Iterator[Row]:
    """Every column of every sheet, then the code of each absence, in both languages."""
    yield "sheet", "column", "unit", "meaning", "meaning_es"
    for sheet, held in columns().items():
        for column in held:
            yield sheet, column.name, column.unit, *_both(column.meaning)
    for code, meaning in ABSENCES.items():
        yield "every sheet", code, "absence", *_both(meaning)


def _both(meaning: object) -> tuple[str, str]:
    with override("en"):
        english = str(meaning)
    with override("es"):
        return english, str(meaning)


SHEETS: dict[str, Rows] = {
    "figures": figure_rows,
    "agreements": agreement_rows,
    "words": word_rows,
    "views": view_rows,
    "evidence": evidence_rows,
    "dictionary": dictionary_rows,
}


def columns() -> dict[str, Sequence[Column]]:
    """The columns of each sheet that holds something of a coalition; one query."""
    texts = {"agreements": AGREEMENTS, "words": WORDS, "views": VIEWS, "evidence": EVIDENCE}
    return {"figures": figure_columns(highest_level()), **texts}


def rows(sheet: str, coalitions: Sequence[Coalition], chosen: Chosen) -> Iterator[Row]:
    """Header first; KeyError for a sheet that does not exist. `coalitions` as `by_name` sorts them, each with its
    cohort. Read it once: rows come from the database as they are asked for."""
    return SHEETS[sheet](coalitions, chosen)


def sheets(coalitions: Sequence[Coalition], chosen: Chosen) -> Iterator[tuple[str, Iterator[Row]]]:
    return ((name, rows(name, coalitions, chosen)) for name in SHEETS)
