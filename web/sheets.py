"""Tables that leave the site as CSV and as Excel books, row by row, and in which nothing can run.

A text is whatever somebody typed: it must never become a formula, in whichever program and with whichever separator
the file is opened. A book is written here and not by a library: it takes a tenth of the time, keeps no sheet beside
it, and has no way to write a formula at all (decision 15).
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import chain, islice
from typing import IO

Cell = str | int | float
Row = Sequence[Cell]

BOM = "\ufeff".encode()  # without it Excel takes UTF-8 for something else, and "ñ" for two letters
AT_ONCE = 500  # rows in one piece of a stream
MOST_ROWS = 1_048_576  # of a sheet, in Excel and in LibreOffice alike
LONGEST = 32_767  # letters in a cell

# Breaks too: a row of the file is a line of the file. A lone half of a letter and two signs fit into no XML.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
BLANK = r"\s\u200b-\u200f\u2060-\u2064\ufeff"
# The full-width and the small ones too: some programs take them for the plain ones.
STARTS = r"=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b"
# Where the list separator is a semicolon, a file with commas is cut at the semicolons inside its texts.
FORMULA = re.compile(rf"(^|[;|])(?=[{BLANK}\"']*[{STARTS}])")
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel's own way to write a letter by its number


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """The text on one line, with ' before whatever could start a formula; cut visibly where a cell ends."""
    line = FORMULA.sub(r"\1'", UNPRINTABLE.sub(" ", text).strip())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def csv_pieces(rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows, header first, as UTF-8 with its mark."""
    yield BOM
    coming = iter(rows)
    while some := list(islice(coming, AT_ONCE)):
        text = io.StringIO()
        csv.writer(text).writerows([harmless(c) if isinstance(c, str) else c for c in row] for row in some)
        yield text.getvalue().encode()


def write_book(file: IO[bytes], sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """Each sheet is a name of at most 25 letters and its rows, header first. Rows that a sheet cannot hold go on in
    another one, "name 2", beneath the same header. Nothing is kept in memory but a few hundred rows."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as book:
        names: list[str] = []
        for name, rows in sheets:
            coming = iter(rows)
            header, first, part = next(coming), next(coming, None), 1
            while part == 1 or first is not None:
                names.append(name if part == 1 else f"{name} {part}")
                beneath = islice(chain([first] if first is not None else [], coming), MOST_ROWS - 1)
                with book.open(f"xl/worksheets/sheet{len(names)}.xml", "w", force_zip64=True) as sheet:
                    _write_sheet(sheet, header, beneath)
                first, part = next(coming, None), part + 1
        for path, text in _frame(names):
            book.writestr(path, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')


def _write_sheet(sheet: IO[bytes], header: Row, beneath: Iterator[Row]) -> None:
    sheet.write(SHEET_BEGINS.encode())
    sheet.write(_row(header, ' s="1"').encode())
    while some := list(islice(beneath, AT_ONCE)):
        sheet.write("".join(map(_row, some)).encode())
    sheet.write(b"</sheetData></worksheet>")


def _row(row: Row, style: str = "") -> str:
    return f"<row>{''.join([_text(c, style) if isinstance(c, str) else f'<c><v>{c}</v></c>' for c in row])}</row>"


@lru_cache(maxsize=4096)
def _text(text: str, style: str) -> str:
    inside = escape(CODED.sub("_x005F_", harmless(text)), quote=False)
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BOOK = f"{TYPE}.sheet"
# The header stays in view.
SHEET_BEGINS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{SHEET}"><sheetViews>'
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)
STYLES = (
    f'<styleSheet xmlns="{SHEET}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts of a book beside its sheets."""
    numbered = list(enumerate(names, start=1))
    listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in numbered)
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    linked = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _name in numbered
    )
    linked += f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships">{linked}</Relationships>',
    )
    yield "xl/styles.xml", STYLES
    root = f'<Relationship Id="b" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>'
    parts = [("xl/workbook.xml", f"{TYPE}.sheet.main+xml"), ("xl/styles.xml", f"{TYPE}.styles+xml")]
    parts += [(f"xl/worksheets/sheet{n}.xml", f"{TYPE}.worksheet+xml") for n, _name in numbered]
    told = "".join(f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in parts)
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{told}</Types>'
        ),
    )
