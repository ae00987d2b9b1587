"""Cells become values, line by line, by a mapping that a person has seen; or what is wrong with them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from web.lines import hides_signs

from .days import day_of, puts_day_first
from .emails import addresses
from .guesses import Sheet
from .refusals import Refusal, Why
from .schema import Field, Kind, Schema, key_of, plain, word_of
from .tables import column_name

EARLIEST = date(1950, 1, 1)
# What follows a comma in "Rosa Díaz, PhD" is no first name.
AFTER_A_NAME = {
    "jr",
    "sr",
    "ii",
    "iii",
    "iv",
    "phd",
    "ph d",
    "md",
    "m d",
    "esq",
    "rn",
    "edd",
    "ed d",
    "msw",
    "mba",
    "lcsw",
}


@dataclass(frozen=True)
class Reading:
    """Which field each column is, which word of ours a word of theirs means, and words that hold for everyone."""

    columns: list[str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    filled: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Read:
    """One line: a value for each field it speaks of, what is wrong with it, and addresses that are not used."""

    line: int
    values: dict[str, str | date] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    same_as: int = 0

    def refuse(self, why: Why, about: str = "") -> None:
        legible = "".join(sign if sign.isprintable() else "·" for sign in about[:80])
        self.refusals.append(Refusal(self.line, why, legible))


def read_rows(sheet: Sheet, mapping: Reading, schema: Schema, *, today: date) -> list[Read]:
    """Every line of the sheet. No day may lie after `today`. Two lines with one key are one, or the second is refused."""
    day_first = {
        name
        for at, name in enumerate(mapping.columns)
        if name and schema[name].kind is Kind.DAY and puts_day_first(sheet.cells(at))
    }
    seen: dict[object, Read] = {}
    found = []
    for line, cells in sheet.rows:
        read = _Line(line, cells, sheet, mapping, schema, today, day_first).read()
        key = read.values.get(schema.key)
        first = seen.setdefault(key, read) if key else read
        if first is not read:
            if first.values == read.values and not read.refusals:
                read.same_as = first.line
            else:
                read.refuse(Why.TWICE, str(first.line))
        found.append(read)
    return found


class _Line:
    def __init__(
        self,
        line: int,
        cells: list[str],
        sheet: Sheet,
        mapping: Reading,
        schema: Schema,
        today: date,
        day_first: Iterable[str],
    ) -> None:
        self.out, self.mapping, self.schema = Read(line), mapping, schema
        self.today, self.day_first, self.formulas = today, day_first, sheet.formulas
        self.cells = {name: cells[at] for at, name in enumerate(mapping.columns) if name and at < len(cells)}
        self.places = {name: f"{column_name(at)}{line}" for at, name in enumerate(mapping.columns) if name}
        if len(cells) > len(mapping.columns):
            self.out.refuse(Why.TOO_MANY_CELLS)

    def read(self) -> Read:
        values = {}
        for each in self.schema.fields:
            before = len(self.out.refusals)
            cell = self.cells.get(each.name, "")
            if self.places.get(each.name) in self.formulas:
                self.out.refuse(Why.FORMULA, self.places[each.name])
            elif value := self._value(each, cell) if cell else self._filled(each):
                values[each.name] = value
            elif each.needed and not each.parts and len(self.out.refusals) == before:
                self.out.refuse(Why.MISSING, each.name)
        self.out.values = self._put_together(values)
        return self.out

    def _filled(self, each: Field) -> str:
        return self.mapping.filled.get(each.name, "")

    def _put_together(self, values: dict[str, str | date]) -> dict[str, str | date]:
        for each in self.schema.fields:
            if not each.parts:
                continue
            parts = [str(values.pop(name)) for name in each.parts if name in values]
            if each.name not in values and parts:
                values[each.name] = " ".join(parts)
            refused = any(
                refusal.why in (Why.FORMULA, Why.SIGN, Why.TOO_LONG) for refusal in self.out.refusals
            )
            if each.needed and each.name not in values and not refused:
                self.out.refuse(Why.MISSING, each.name)
            elif len(str(values.get(each.name, ""))) > each.longest:
                self.out.refuse(Why.TOO_LONG, each.name)
        return values

    def _value(self, each: Field, cell: str) -> str | date | None:
        if each.kind is Kind.EMAIL:
            return self._email(cell)
        if each.kind is Kind.WORD:
            return self._word(each, cell)
        if each.kind is Kind.DAY:
            return self._day(each, cell)
        return self._text(each, cell)

    def _text(self, each: Field, cell: str) -> str:
        text = unicodedata.normalize("NFC", re.sub(r"\s*[\r\n\t\v\f\u2028\u2029]\s*", " ", cell))
        if hides_signs(text):
            self.out.refuse(Why.SIGN, each.name)
        elif len(text) > each.longest:
            self.out.refuse(Why.TOO_LONG, each.name)
        return first_name_first(text) if each.kind is Kind.NAME and not each.is_part else text

    def _email(self, cell: str) -> str:
        found = addresses(cell)
        if not found:
            self.out.refuse(Why.EMAIL, cell)
            return ""
        self.out.unused = found[1:]
        return found[0]

    def _word(self, each: Field, cell: str) -> str:
        told = self.mapping.words.get(each.name, {}).get(key_of(cell))
        known = word_of(each, cell) or told
        if not known:
            self.out.refuse(Why.WORD, f"{each.name}: {cell[:40]}")
        return known or ""

    def _day(self, each: Field, cell: str) -> date | None:
        day = day_of(cell, day_first=each.name in self.day_first)
        if day is None or not EARLIEST <= day <= self.today:
            self.out.refuse(Why.DAY, cell[:40])
            return None
        return day


def first_name_first(name: str) -> str:
    """Díaz, Rosa is Rosa Díaz. Rosa Díaz, PhD stays as it is, and so does a name with two commas."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not last or not first or "," in first or plain(first) in AFTER_A_NAME:
        return name
    return f"{first} {last}"
