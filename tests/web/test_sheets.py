"""Tables that leave the site: what people typed stays text, and what a sheet cannot hold goes on in another."""

import csv
import io

import openpyxl
import pytest

from web import sheets
from web.sheets import csv_pieces, harmless, write_book


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'@SUM(A1)"),
        ("\t\r\n-2", "'-2"),
        ("＝1+1", "'＝1+1"),
        ("\u200b=1+1", "'\u200b=1+1"),
        ("fine; =1+1", "fine;' =1+1"),
        ('fine|"+1', "fine|'\"+1"),
        ("one\r\ntwo\x00three", "one two three"),
        ("half \ud83d of it \ufffe", "half   of it"),
        ("We grew by 3-4 seats, a=b; and so on", "We grew by 3-4 seats, a=b; and so on"),
        ("ñandú 漢字 🙂", "ñandú 漢字 🙂"),
        ("", ""),
    ],
)
def test_whatever_could_start_a_formula_has_a_mark_before_it(typed, told):
    assert harmless(typed) == told


def test_a_text_longer_than_a_cell_is_cut_visibly():
    assert len(harmless("x" * 40_000)) == sheets.LONGEST
    assert harmless("x" * 40_000).endswith("x…")


def test_a_csv_file_opens_with_its_mark_and_its_numbers_are_numbers():
    text = b"".join(csv_pieces([["a", "ñ"], [-1.5, '"quoted", -2'], [3, "=1"]]))
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline=""), strict=True))
    assert rows == [["a", "ñ"], ["-1.5", '"quoted", -2'], ["3", "'=1"]]


def book_of(*tables):
    file = io.BytesIO()
    write_book(file, tables)
    return openpyxl.load_workbook(file)


def test_a_book_has_numbers_and_texts_and_nothing_else():
    book = book_of(("one", [["a", "b"], [-1.5, "=1+1"], [2, "<b> & _x003D_"]]), ("empty", [["c"]]))
    assert [[cell.value for cell in row] for row in book["one"].rows] == [
        ["a", "b"], [-1.5, "'=1+1"], [2, "<b> & _x005F_x003D_"],
    ]  # fmt: skip
    assert [cell.value for cell in book["empty"][1]] == ["c"]
    assert {cell.data_type for row in book["one"].rows for cell in row} == {"s", "n"}


def test_rows_beyond_the_end_of_a_sheet_go_on_in_another_beneath_the_same_header(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    book = book_of(("figures", [["n"], *([n] for n in range(7))]), ("full", [["n"], [1], [2], [3]]))
    assert book.sheetnames == ["figures", "figures 2", "figures 3", "full"]
    assert [[row[0].value for row in book[name].rows] for name in book.sheetnames] == [
        ["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6], ["n", 1, 2, 3],
    ]  # fmt: skip


def test_rows_are_asked_for_as_they_are_sent():
    asked = []

    def rows():
        for n in range(5_000):
            asked.append(n)
            yield [n]

    pieces = csv_pieces(rows())
    next(pieces), next(pieces)
    assert len(asked) == sheets.AT_ONCE
