"""Cells become values: names, addresses, days, words."""

from datetime import date

import pytest
from django.core.validators import validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from coalitions.imports.days import day_of, puts_day_first
from coalitions.imports.emails import ADDRESS, addresses
from coalitions.imports.guesses import choose
from coalitions.imports.refusals import Why
from coalitions.imports.rows import Reading, first_name_first, read_rows
from coalitions.imports.tables import read
from coalitions.roster import SCHEMA

TODAY = date(2026, 3, 5)


def rows(text: str, columns, **more):
    return read_rows(choose(read(text.encode()), SCHEMA), Reading(columns, **more), SCHEMA, today=TODAY)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Díaz, Rosa", "Rosa Díaz"),
        ("De la Cruz,Ana María", "Ana María De la Cruz"),
        ("Rosa Díaz, PhD", "Rosa Díaz, PhD"),
        ("Smith, Jr.", "Smith, Jr."),
        ("Díaz, Rosa, PhD", "Díaz, Rosa, PhD"),
        ("Rosa", "Rosa"),
        (", Rosa", ", Rosa"),
    ],
)
def test_the_first_name_comes_first(written, name):
    assert first_name_first(written) == name


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Rosa@A.org", ["rosa@a.org"]),
        ("r@a.org; s@a.org", ["r@a.org", "s@a.org"]),
        ("r@a.org / s@a.org or t@a.org", ["r@a.org", "s@a.org", "t@a.org"]),
        ("r@a.org\ns@a.org, r@a.org", ["r@a.org", "s@a.org"]),
        ("Rosa Díaz <r@a.org>", ["r@a.org"]),
        ("mailto:r@a.org", ["r@a.org"]),
        ("ask Ana: r@a.org", []),
        ("a@b.org\r\nBcc: c@d.org", []),
        ("none", []),
        (";", []),
    ],
)
def test_addresses_in_a_cell(cell, found):
    assert addresses(cell) == found


@pytest.mark.parametrize(
    "address",
    [
        *("a@b", "@b.org", "a@@b.org", "rósa@a.org", "a@bü.org", "a..b@c.org", "a@-b.org", "a@[127.0.0.1]"),
        *("x" * 65 + "@a.org", "a@" + "b" * 300 + ".org", "a@" + "bb." * 100 + "org", "<b>ana</b>"),
    ],
)
def test_addresses_we_cannot_write_to(address):
    (row,) = rows(f"name,email,group\nRosa,{address},parent\n", ["name", "email", "group"])
    assert [refusal.why for refusal in row.refusals] == [Why.EMAIL]


@given(st.emails())
@example("o'neil+table@a-b.example.org")
def test_an_address_we_take_is_one_django_takes(address):
    if ADDRESS.match(address.lower()):
        validate_email(address.lower())


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2026-03-05",
            "2026/3/5",
            "3/5/2026",
            "3/5/26",
            "03-05-2026",
            "5-Mar-26",
            "March 5, 2026",
            "Mar 5 2026",
        ),
        *("5 de marzo de 2026", "5 mar. 2026", "Marzo 5, 2026", "46086", "46086.6", "2026-03-05 14:30"),
        *("3/5/2026 2:30 PM", "2026-03-05T00:00:00Z"),
    ],
)
def test_the_ways_a_day_is_written(written):
    assert day_of(written) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "written", ["", "soon", "13/13/2026", "2026-02-30", "5 5 5", "March", "0000-01-01", "²/5/2026"]
)
def test_what_is_no_day(written):
    assert day_of(written) is None


@given(st.text(max_size=40))
@example("99999")
@example("1 may 0")
def test_any_text_is_a_day_or_not(text):
    assert day_of(text) is None or isinstance(day_of(text, day_first=True), date | None)


def test_a_column_shows_which_number_is_the_day():
    assert puts_day_first(["3/5/2026", "31/12/2025"])
    assert not puts_day_first(["3/5/2026"])
    assert not puts_day_first(["31/12/2025", "12/31/2025"])
    text = "name,email,group,joined\nA,a@a.org,other,31/12/2025\nB,b@a.org,other,3/2/2026\n"
    found = rows(text, ["name", "email", "group", "joined"])
    assert [row.values["joined"] for row in found] == [date(2025, 12, 31), date(2026, 2, 3)]


def test_a_word_is_told_once_for_all_lines():
    text = "name,email,group\nA,a@a.org,Mamá\nB,b@a.org,MAMA\nC,c@a.org,Vecina\n"
    found = rows(text, ["name", "email", "group"], words={"group": {"mama": "parent", "vecina": ""}})
    assert [row.values.get("group") for row in found] == ["parent", "parent", None]
    assert [refusal.why for refusal in found[2].refusals] == [Why.WORD]


def test_one_word_may_hold_for_everyone():
    text = "name,email,group\nA,a@a.org,\nB,b@a.org,other\n"
    found = rows(text, ["name", "email", "group"], filled={"group": "parent"})
    assert [row.values["group"] for row in found] == ["parent", "other"]


def test_a_name_may_come_in_two_columns():
    found = rows(
        "Last,First,email,Shoes\nDíaz,Rosa,r@a.org,9\n,Jo,j@a.org,8\n",
        ["last_name", "first_name", "email", ""],
    )
    assert [row.values["name"] for row in found] == ["Rosa Díaz", "Jo"]


def test_a_formula_is_refused_by_its_cell():
    text = "name,email,group,note\n=A1,r@a.org,parent,=1\n"
    (row,) = rows(text, ["name", "email", "group", ""])
    assert [(refusal.why, refusal.about) for refusal in row.refusals] == [(Why.FORMULA, "A2")]


def test_a_line_break_in_a_cell_is_a_blank():
    (row,) = rows('name,email,group\n"Rosa\r\nDíaz",r@a.org,parent\n', ["name", "email", "group"])
    assert row.values["name"] == "Rosa Díaz"


def test_two_long_parts_are_too_long_together():
    text = f"first,last,email,group\n{'a' * 80},{'b' * 80},r@a.org,parent\n"
    (row,) = rows(text, ["first_name", "last_name", "email", "group"])
    assert [(refusal.why, refusal.about) for refusal in row.refusals] == [(Why.TOO_LONG, "name")]
