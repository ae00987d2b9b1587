"""Bytes become tables of text. What a file is, its first bytes say: never its name or what the browser claims."""

from dataclasses import dataclass, field

from . import books, texts
from .refusals import NotAList, Why, refuse

MOST_BYTES = 5_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 60
# A title, a date, an address: what people put above the line that names the columns.
MOST_ROWS_ABOVE = 25

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIPPED = b"PK\x03\x04"
NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)


@dataclass(frozen=True)
class Table:
    """The lines that hold anything, each with its number in the file, and where a cell is a formula."""

    rows: list[tuple[int, list[str]]]
    formulas: set[str] = field(default_factory=set)
    name: str = ""
    is_text: bool = True


def read(raw: bytes) -> list[Table]:
    """The tables of a file that hold anything: one of a text, one for each visible sheet of an Excel book.

    Raises NotAList, and nothing else, whatever the bytes are.
    """
    if len(raw) > MOST_BYTES:
        raise refuse(Why.TOO_BIG)
    if raw.startswith(OLD_OR_LOCKED):
        raise refuse(Why.OLD_EXCEL)
    if raw.startswith(NO_TABLES):
        raise refuse(Why.NO_TABLE)
    if raw.startswith(ZIPPED):
        sheets = books.sheets(raw, most_columns=MOST_COLUMNS)
        found = [_table(lines, Table([], set(), name, is_text=False)) for name, lines in sheets]
    else:
        found = [_table(texts.lines(raw), Table([]))]
    tables = [table for table in found if table.rows]
    if not tables:
        raise refuse(Why.EMPTY)
    return tables


def column_name(at: int) -> str:
    """What a spreadsheet calls the column at this place: 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, letter = divmod(at - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _table(lines: books.Lines, table: Table) -> Table:
    for line, cells in lines:
        kept = [texts.trimmed(cell) for cell in cells]
        while kept and not kept[-1]:
            kept.pop()
        if not kept:
            continue
        if len(kept) > MOST_COLUMNS:
            raise refuse(Why.TOO_MANY_COLUMNS, line=line, about=str(MOST_COLUMNS))
        if len(table.rows) >= MOST_ROWS + MOST_ROWS_ABOVE:
            raise refuse(Why.TOO_MANY_ROWS, line=line, about=f"{MOST_ROWS:,}")
        if any("\0" in cell for cell in kept):
            raise refuse(Why.NUL, line=line)
        # The same rule for both kinds of file: a cell that starts like a formula is one.
        table.formulas.update(
            f"{column_name(at)}{line}" for at, cell in enumerate(kept) if cell.startswith("=")
        )
        table.rows.append((line, kept))
    return table


__all__ = ["MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "NotAList", "Table", "column_name", "read"]
