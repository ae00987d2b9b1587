"""Bytes become tables of text, whatever wrote them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalitions.imports import tables
from coalitions.imports.refusals import NotAList, Why
from coalitions.imports.tables import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, MOST_ROWS_ABOVE, column_name

PLAIN = "name,email,group\nJosé Núñez,j@a.org,madre\n"


def cells(raw: bytes | str) -> list[list[str]]:
    (table,) = tables.read(raw if isinstance(raw, bytes) else raw.encode())
    return [row for _line, row in table.rows]


def refused(raw: bytes) -> tuple[int, Why]:
    with pytest.raises(NotAList) as caught:
        tables.read(raw)
    (refusal,) = caught.value.refusals
    return refusal.line, refusal.why


@pytest.mark.parametrize(
    "letters", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_letters_that_spreadsheets_write(letters):
    assert cells(PLAIN.encode(letters)) == [["name", "email", "group"], ["José Núñez", "j@a.org", "madre"]]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_stands_between_cells_and_lines(sign, end):
    assert cells(PLAIN.replace(",", sign).replace("\n", end)) == cells(PLAIN)


def test_excel_may_name_the_separator_itself():
    (table,) = tables.read(b"sep=;\r\nname;email\r\nRosa, la mayor;r@a.org\r\n")
    assert table.rows == [(2, ["name", "email"]), (3, ["Rosa, la mayor", "r@a.org"])]


def test_commas_and_semicolons_inside_cells_part_nothing():
    assert (
        cells("name;email;group\nNúñez, José;j@a.org;parent\nDíaz, Ana;a@a.org;parent\n")[1][0]
        == "Núñez, José"
    )
    assert cells("name,email,group\nAna,a@a.org; b@a.org,parent\n")[1][1] == "a@a.org; b@a.org"


def test_blank_lines_are_left_out_and_lines_keep_their_numbers():
    (table,) = tables.read(b'\n,,\nname,email,\n\n"a\nb",\xc2\xa0c@d.org\xe2\x80\x8b,\n , \n')
    assert table.rows == [(3, ["name", "email"]), (5, ["a\nb", "c@d.org"])]


def test_a_cell_that_starts_like_a_formula_is_one():
    (table,) = tables.read(b'name,email\n"=HYPERLINK(""http://x"")",r@a.org\n')
    assert table.formulas == {"A2"}


@pytest.mark.parametrize(
    ("raw", "line", "why"),
    [
        (b"", 0, Why.EMPTY),
        (b"\xef\xbb\xbf\n\n", 0, Why.EMPTY),
        (b"name,email\nR\0,r@a.org\n", 0, Why.NUL),
        (b"name,email\n\x81\x8d\x8f,r@a.org\n", 0, Why.ENCODING),
        (b"\xff\xfe\0\xd8\0\xd8", 0, Why.ENCODING),
        (b'name,email\nRosa,r@a.org\n"Jo,j@a.org\n', 3, Why.TORN),
        (b"name,email\n" + b"x" * 200_000, 2, Why.TORN),
        (b"x" * (MOST_BYTES + 1), 0, Why.TOO_BIG),
        (b"," * MOST_COLUMNS + b"x", 1, Why.TOO_MANY_COLUMNS),
        (b"x\n" * (MOST_ROWS + MOST_ROWS_ABOVE + 1), MOST_ROWS + MOST_ROWS_ABOVE + 1, Why.TOO_MANY_ROWS),
        (b"%PDF-1.7\n", 0, Why.NO_TABLE),
        (b"\x89PNG\r\n\x1a\n", 0, Why.NO_TABLE),
        (b"<html><table><tr><td>Rosa", 0, Why.NO_TABLE),
        (b"<?xml version='1.0'?><svg/>", 0, Why.NO_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, 0, Why.OLD_EXCEL),
        (b"PK\x03\x04\0\0", 0, Why.TORN_EXCEL),
        (bytes(range(1, 32)) * 9, 0, Why.NUL),
    ],
)
def test_a_file_that_is_no_list(raw, line, why):
    assert refused(raw) == (line, why)


@settings(max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda text: text.encode("utf-16", "surrogatepass")),
        st.text(alphabet='a,;\t|"\n\r =\0é', max_size=60).map(str.encode),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
    )
)
def test_any_bytes_are_tables_or_refused(raw):
    try:
        found = tables.read(raw)
    except NotAList as error:
        assert error.refusals
    else:
        assert all(table.rows and len(row) <= MOST_COLUMNS for table in found for _line, row in table.rows)


def test_columns_go_by_letters():
    assert [column_name(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
