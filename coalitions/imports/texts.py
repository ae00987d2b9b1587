"""A text file with cells: which letters it is written in, what stands between its cells, and its lines."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from .refusals import Why, refuse

SEPARATORS = ",;\t|"
SAMPLE = 20_000
# Kept out of the ends of a cell: blanks of every width, and marks that show nothing.
INVISIBLE = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\u200e\u200f\u2060\ufeff"


def trimmed(cell: str) -> str:
    return cell.strip(INVISIBLE)


def lines(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each line's number and cells. Raises NotAList if letters cannot be read or a quotation mark never closes."""
    text = _decoded(raw)
    _look_for_no_text(text)
    first, _break, rest = text.partition("\n")
    separator, before = "", 0
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own way to name the separator
        separator, text, before = first.strip()[-1], rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _separator(text), strict=True)
    line = before + 1
    try:
        for cells in reader:
            yield line, cells
            line = before + reader.line_num + 1
    except csv.Error:
        raise refuse(Why.TORN, line=line) from None


def _decoded(raw: bytes) -> str:
    """UTF-8 if it is that; UTF-16 by its mark or its many zeros; otherwise what Windows wrote."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    elif raw[:1000:2].count(0) > len(raw[:1000]) // 4:
        names = ["utf-16-be"]
    elif raw[1:1000:2].count(0) > len(raw[:1000]) // 4:
        names = ["utf-16-le"]
    else:
        names = ["utf-8-sig", "cp1252"]
    for name in names:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    raise refuse(Why.ENCODING)


def _look_for_no_text(text: str) -> None:
    """A picture or a program has signs that no list has."""
    start = text[:SAMPLE]
    strange = sum(letter < " " and letter not in "\t\r\n\v\f" for letter in start)
    if "\0" in text or strange > 3 + len(start) // 50:
        raise refuse(Why.NUL)
    if start.lstrip().lower().startswith(("<!doctype", "<html", "<?xml", "<svg")):
        raise refuse(Why.NO_TABLE)


def _separator(text: str) -> str:
    """The sign that parts the most lines into the same number of cells; titles above the header part into none."""

    def fits(sign: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=sign))
        except csv.Error:
            return 0, 0
        widths = Counter(len(cells) for cells in rows if len(cells) > 1)
        width, times = widths.most_common(1)[0] if widths else (0, 0)
        return times, width

    return max(SEPARATORS, key=fits)
