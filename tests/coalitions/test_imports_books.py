"""Excel books: dates, formulas, hidden sheets, and files made to do harm."""

import io
import random
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from coalitions.imports import books, tables
from coalitions.imports.refusals import NotAList, Why

HEADER = ["Name", "Email", "Group"]


def book(*rows, **more) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for name, lines in more.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    return saved(made)


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rewritten(raw: bytes, **parts: bytes) -> bytes:
    """The book with some of its parts replaced: `sheet1=b"..."`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            stem = info.filename.rpartition("/")[2].partition(".")[0]
            new.writestr(info.filename, parts.get(stem, old.read(info)))
    return out.getvalue()


def refused(raw: bytes) -> Why:
    with pytest.raises(NotAList) as caught:
        tables.read(raw)
    return caught.value.refusals[0].why


def test_cells_are_what_a_person_reads():
    row = [
        "Rosa",
        datetime(2026, 3, 5),
        date(2026, 3, 6),
        datetime(2026, 3, 5, 14, 30),
        12,
        5025550100.0,
        1.5,
        True,
    ]
    (table,) = tables.read(book(row))
    assert table.rows == [
        (1, ["Rosa", "2026-03-05", "2026-03-06", "2026-03-05 14:30", "12", "5025550100", "1.5", "yes"])
    ]


def test_a_time_alone_is_a_time():
    assert tables.read(book(["Rosa", time(14, 30)]))[0].rows == [(1, ["Rosa", "14:30:00"])]


def test_lines_have_the_numbers_that_excel_shows():
    (table,) = tables.read(book(["Our people"], [], HEADER, [], ["Rosa", "r@a.org", "Madre"]))
    assert [line for line, _cells in table.rows] == [1, 3, 5]


def test_a_formula_is_named_and_never_computed():
    (table,) = tables.read(book(HEADER, ["=1+1", "r@a.org", "parent"], ["#N/A", "j@a.org", "parent"]))
    assert table.formulas == {"A2", "A3"}
    assert table.rows[1][1][0] == "="


def test_a_hidden_sheet_is_not_read():
    made = Workbook()
    made.active.append(HEADER)
    hidden = made.create_sheet("Notes")
    hidden.append(["private"])
    hidden.sheet_state = "hidden"
    assert [table.name for table in tables.read(saved(made))] == ["Sheet"]


def test_a_wrong_size_in_the_book_is_not_believed():
    raw = book(HEADER, ["Rosa", "r@a.org", "Madre"])
    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml")
    for size in (b"A1:A1", b"A1:XFD1048576"):
        (table,) = tables.read(rewritten(raw, sheet1=sheet.replace(b"A1:C2", size)))
        assert len(table.rows) == 2


def test_a_cell_far_to_the_right_is_refused_and_costs_nothing():
    made = Workbook()
    made.active.cell(1, tables.MOST_COLUMNS + 1, "far")
    assert refused(saved(made)) is Why.TOO_MANY_COLUMNS


@pytest.mark.parametrize("line", [2_000_000, 99_999_999_999])
def test_a_line_that_excel_cannot_have_is_refused(line):
    raw = book(HEADER)
    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml")
    far = sheet.replace(
        b"</sheetData>", b'<row r="%d"><c r="A%d"><v>1</v></c></row></sheetData>' % (line, line)
    )
    assert refused(rewritten(raw, sheet1=far)) is Why.TORN_EXCEL


def test_a_zip_bomb_is_refused_before_it_unpacks(monkeypatch):
    import openpyxl

    monkeypatch.setattr(openpyxl, "load_workbook", lambda *a, **k: pytest.fail("it was unpacked"))
    assert refused(rewritten(book(HEADER), sheet1=b" " * 20_000_000)) is Why.UNPACKS_TOO_BIG


def test_many_parts_and_a_large_whole_are_refused(monkeypatch):
    out = io.BytesIO(book(HEADER))
    with zipfile.ZipFile(out, "a") as more:
        for number in range(books.MOST_PARTS):
            more.writestr(f"xl/{number}", b"")
    assert refused(out.getvalue()) is Why.UNPACKS_TOO_BIG
    monkeypatch.setattr(books, "MOST_UNPACKED", 1000)
    assert refused(book(HEADER)) is Why.UNPACKS_TOO_BIG


def test_entities_do_not_grow():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + b"x" * 999 + b'">]><worksheet>&b;</worksheet>'
    assert refused(rewritten(book(HEADER), sheet1=bomb)) is Why.TORN_EXCEL


def test_other_zips_are_no_books():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<a/>")
    assert refused(out.getvalue()) is Why.NO_TABLE


def test_macros_are_carried_by_nobody():
    out = io.BytesIO(book(HEADER, ["Rosa", "r@a.org", "Madre"]))
    with zipfile.ZipFile(out, "a") as more:
        more.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert len(tables.read(out.getvalue())[0].rows) == 2


def test_a_damaged_book_is_read_or_refused():
    """Three hundred books with a few bytes changed, in the zip or in the sheet."""
    raw = book(HEADER, *([f"P{n}", f"p{n}@a.org", "parent"] for n in range(5)))
    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml")
    chance = random.Random(3)
    for number in range(300):
        content = bytearray(raw if number % 2 else sheet)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        damaged = bytes(content) if number % 2 else rewritten(raw, sheet1=bytes(content))
        try:
            tables.read(damaged)
        except NotAList as error:
            assert error.refusals
