"""A day, in the ways that spreadsheets and people write one."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from .schema import plain

MONTHS = {
    name: at % 12 + 1
    for at, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ]
    )
}
SHORT = {name[:3]: at for name, at in MONTHS.items()} | {"sept": 9, "setiembre": 9}
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
TIME = re.compile(r"[ T]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*[ap]\.?\s?m\.?)?Z?\Z", re.I)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
EXCEL_ZERO = date(1899, 12, 30)


def day_of(cell: str, *, day_first: bool = False) -> date | None:
    """2026-03-05, 3/5/2026, 5-Mar-26, March 5, 2026, 5 de marzo de 2026, or Excel's own count of days (46086)."""
    text = TIME.sub("", cell.strip())
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := NUMBERS.fullmatch(text):
        first, second, year = map(int, found.groups())
        year += 2000 if len(found[3]) == 2 else 0
        month, day = (second, first) if day_first else (first, second)
    elif SERIAL.fullmatch(text):
        return EXCEL_ZERO + timedelta(days=int(text[:5]))
    else:
        numbers, month = _words(text)
        if not month or len(numbers) != 2:
            return None
        day, year = sorted(numbers) if max(numbers) > 99 else numbers
        year += 2000 if year < 100 else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def puts_day_first(cells: Iterable[str]) -> bool:
    """Whether a column writes 31/12/2025: some first number is no month. Otherwise the month comes first."""
    found = [NUMBERS.fullmatch(TIME.sub("", cell.strip())) for cell in cells]
    return any(int(each[1]) > 12 for each in found if each) and not any(
        int(each[2]) > 12 for each in found if each
    )


def _words(text: str) -> tuple[list[int], int]:
    words = plain(text).split()
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 5]
    months = [
        MONTHS.get(word) or SHORT.get(word)
        for word in words
        if not word[0].isdigit() and word not in ("de", "del", "of")
    ]
    return numbers, (months[0] or 0) if len(months) == 1 else 0
