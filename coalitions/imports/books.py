"""The visible sheets of an Excel book, read as a stream. Nothing in it is computed and no macro is looked at."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import repeat
from operator import is_not
from typing import Any

from .refusals import NotAList, Why, refuse

Lines = Iterator[tuple[int, list[str]]]

# A book of 10,000 people unpacks to about 10 MB. A bomb unpacks to thousands of times its size.
MOST_PARTS = 400
MOST_UNPACKED = 60_000_000
MOST_RATIO = 150
SMALL_PART = 1_000_000
MOST_SHEETS = 10
LAST_LINE = 1_048_576  # Excel has no more


def sheets(raw: bytes, *, most_columns: int) -> list[tuple[str, Lines]]:
    """Each visible sheet's name and lines. A formula is told as `=`, an error as `=#N/A`."""
    _look_for_a_bomb(raw)
    # On first use: it is large, and most processes never read a book.
    from openpyxl import load_workbook

    warnings.filterwarnings("ignore", module="openpyxl")  # it quotes cells, and cells belong in no log
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, keep_vba=False, keep_links=False)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
    except Exception:  # whatever it stumbles over, the answer is the same
        raise refuse(Why.TORN_EXCEL) from None
    return [(sheet.title[:60], _lines(sheet, most_columns)) for sheet in visible]


def _look_for_a_bomb(raw: bytes) -> None:
    """By the book's own list of parts, before anything is unpacked. zipfile never unpacks more than is listed."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except Exception:
        raise refuse(Why.TORN_EXCEL) from None
    if not any(part.filename.startswith("xl/") for part in parts):
        raise refuse(Why.NO_TABLE)
    swollen = any(
        part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MOST_PARTS or swollen or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refuse(Why.UNPACKS_TOO_BIG)


def _lines(sheet: Any, most_columns: int) -> Lines:
    from openpyxl.cell.read_only import EMPTY_CELL

    try:
        sheet.reset_dimensions()  # what the sheet says of its own size is often wrong
        # One column more than allowed, so that what lies outside is seen and refused instead of lost.
        for line, cells in enumerate(sheet.iter_rows(max_col=most_columns + 1), start=1):
            if line > LAST_LINE:
                raise refuse(Why.TORN_EXCEL)
            # A stray cell far down has a million empty lines above it: each must cost next to nothing.
            if any(map(is_not, cells, repeat(EMPTY_CELL))):
                yield line, [_text(cell) for cell in cells]
    except NotAList:
        raise
    except Exception:
        raise refuse(Why.TORN_EXCEL) from None


def _text(cell: Any) -> str:
    found = cell.value
    if found is None:
        return ""
    if cell.data_type == "f":
        return "="
    if cell.data_type == "e":
        return f"={found}"
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, datetime):
        return found.date().isoformat() if found.time() == time() else found.isoformat(" ", "minutes")
    if isinstance(found, date | time):
        return found.isoformat()
    if isinstance(found, float) and found.is_integer():
        return str(int(found))
    return str(found)
