"""What can be wrong with a file or with a line of it. The sentences are in `forms`, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Why(Enum):
    TOO_BIG = "too big"
    EMPTY = "empty"
    NO_TABLE = "no table"
    OLD_EXCEL = "old excel"
    TORN_EXCEL = "torn excel"
    UNPACKS_TOO_BIG = "unpacks too big"
    ENCODING = "encoding"
    NUL = "nul"
    TORN = "torn"
    TOO_MANY_ROWS = "too many rows"
    TOO_MANY_COLUMNS = "too many columns"
    TOO_MANY_CELLS = "too many cells"
    COLUMN_MISSING = "column missing"
    COLUMN_UNKNOWN = "column unknown"
    MISSING = "missing"
    TOO_LONG = "too long"
    SIGN = "sign"
    FORMULA = "formula"
    EMAIL = "email"
    TWICE = "twice"
    WORD = "word"
    DAY = "day"
    SEATED_DIFFERENTLY = "seated differently"


@dataclass(frozen=True)
class Refusal:
    """`about` is the field or the word in question. Line 0 is the file as a whole."""

    line: int
    why: Why
    about: str = ""


class NotAList(Exception):
    """Nothing was taken in. Every reason found is in `refusals`, in the order of the lines."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = sorted(refusals, key=lambda refusal: refusal.line)
        super().__init__(f"{len(self.refusals)} refused")


def refuse(why: Why, *, line: int = 0, about: str = "") -> NotAList:
    """The file as a whole, or at one line, cannot be read."""
    return NotAList([Refusal(line, why, about)])
