"""Which line names the columns, which column is which, and which words need a person."""

import pytest

from coalitions.imports.guesses import certain, choose, guess, nearest, unknown_words
from coalitions.imports.refusals import NotAList, Why
from coalitions.imports.tables import MOST_ROWS, Table, read
from coalitions.roster import COLUMNS, SCHEMA


def sheet(text: str):
    return choose(read(text.encode()), SCHEMA)


def guessed(header: str, *lines: str) -> list[str]:
    return guess(sheet("\n".join([header, *lines])), SCHEMA)


@pytest.mark.parametrize(
    ("header", "line", "fields"),
    [
        ("Full Name,E-mail Address,Stakeholder Group", "Rosa,r@a.org,Parent", ["name", "email", "group"]),
        ("Nombre completo,Correo electrónico:,Grupo", "Rosa,r@a.org,Madre", ["name", "email", "group"]),
        ("First,Last,Parent email,Role", "R,D,r@a.org,parent", ["first_name", "last_name", "email", "group"]),
        (
            "Apellidos,Nombres,CORREO,Tipo",
            "D,R,r@a.org,Proveedora",
            ["last_name", "first_name", "email", "group"],
        ),
        ("Name,Email,Alternate email", "R,r@a.org,s@a.org", ["name", "email", ""]),
        ("Name,Contact,Group", "R,r@a.org,Mamá", ["name", "email", "group"]),
        ("Name,Email,Birth date,Joined", "R,r@a.org,1990-01-01,2026-01-05", ["name", "email", "", "joined"]),
        ("Name,Email,Lead organization,Votes?", "R,r@a.org,Us,x", ["name", "email", "", "votes"]),
        (
            "Name,Email,Role,Language preference",
            "R,r@a.org,observer,Spanish",
            ["name", "email", "role", "language"],
        ),
        ("Nombre,Email,Puesto,Organización", "R,r@a.org,Ms,Us", ["name", "email", "title", "organization"]),
    ],
)
def test_names_and_looks(header, line, fields):
    assert guessed(header, line) == fields


def test_our_own_columns_need_no_look():
    ours = sheet(",".join(COLUMNS) + "\nR,r@a.org,parent\n")
    assert guess(ours, SCHEMA) == list(COLUMNS)
    assert certain(ours, SCHEMA, guess(ours, SCHEMA))
    for header in ("Name,Email,Type", "Name,Email,Group,Shoes"):
        other = sheet(f"{header}\nR,r@a.org,parent,x\n")
        assert not certain(other, SCHEMA, guess(other, SCHEMA))


def test_titles_above_the_list_are_no_header():
    found = sheet("Kentucky coalition,,\n\nUpdated March 5,,\nName,Email,Group\nRosa,r@a.org,parent\n")
    assert (found.header_line, found.header) == (4, ["Name", "Email", "Group"])
    assert found.rows == [(5, ["Rosa", "r@a.org", "parent"])]


def test_a_list_without_a_header_goes_by_letters():
    found = sheet("Rosa,r@a.org,Madre\nJo,j@a.org,Proveedora\n")
    assert (found.header_line, found.header, len(found.rows)) == (0, ["A", "B", "C"], 2)
    assert guess(found, SCHEMA) == ["", "email", "group"]


def test_a_header_that_is_printed_again_is_no_person():
    assert len(sheet("Name,Email\nRosa,r@a.org\nName,Email\nJo,j@a.org\n").rows) == 2


def test_the_sheet_that_looks_like_the_list_is_read():
    about = Table([(1, ["How to use this"]), (2, ["Fill in", "the next sheet"])], name="About")
    people = Table([(1, ["Name", "Email"]), (2, ["Rosa", "r@a.org"])], name="People")
    assert choose([about, people], SCHEMA).name == "People"


@pytest.mark.parametrize(("lines", "why"), [(0, Why.EMPTY), (MOST_ROWS + 1, Why.TOO_MANY_ROWS)])
def test_a_list_has_people_and_an_end(lines, why):
    with pytest.raises(NotAList) as caught:
        sheet("name,email\n" + "P,p@a.org\n" * lines)
    assert caught.value.refusals[0].why is why


def test_words_that_we_do_not_know_are_asked_once():
    found = sheet("Name,Email,Group\nA,a@a.org,Mamá\nB,b@a.org,MAMA\nC,c@a.org,Parent\nD,d@a.org,Vecina\n")
    assert unknown_words(found, SCHEMA, ["name", "email", "group"]) == {"group": {"Mamá": 2, "Vecina": 1}}


@pytest.mark.parametrize(
    ("word", "value"),
    [("Madre de familia", "parent"), ("Child care provider (home)", "provider"), ("Neighbor", "")],
)
def test_the_nearest_word_of_ours(word, value):
    assert nearest(SCHEMA["group"], word) == value
