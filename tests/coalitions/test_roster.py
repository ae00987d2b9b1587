from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.forms.reasons import REASONS, WORDS, YES_OR_NO, reason, word_choices
from coalitions.imports.refusals import NotAList, Refusal, Why
from coalitions.imports.schema import Kind, plain, split
from coalitions.models import GROUPS_IN_PLURAL, Group, Seat
from coalitions.roster import COLUMNS, GROUPS, ROLES, SCHEMA, Row, read

TODAY = date(2026, 3, 5)
EXAMPLE = Path(__file__).parents[2] / "static" / "roster-example.csv"


def refused(text: str | bytes) -> list[tuple[int, Why, str]]:
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(NotAList) as caught:
        read(raw, today=TODAY)
    return [(refusal.line, refusal.why, refusal.about) for refusal in caught.value.refusals]


def one(cells: str, header: str = "name,email,group") -> Row:
    (row,) = read(f"{header}\n{cells}\n".encode(), today=TODAY)
    return row


def test_the_example_is_a_roster():
    rows = read(EXAMPLE.read_bytes(), today=TODAY)
    assert [row.group for row in rows[:4]] == ["parent", "parent", "provider", "provider"]
    assert rows[5].organization == "Sample, Fictional and Friends"
    assert EXAMPLE.read_text().splitlines()[0] == ",".join(COLUMNS)
    assert all(row.email.endswith("@example.org") for row in rows)


def test_what_an_empty_cell_means():
    row = one("Rosa,Rosa@Example.org,Parent")
    assert row == Row(2, "Rosa", "rosa@example.org", "parent")
    assert row.said == {"name", "email", "group"}


def test_every_cell():
    header = ",".join(COLUMNS)
    cells = "Rosa,r@a.org,Madre,Ms,Us,no,sí,observadora,x,yes,1,español,3/4/2026,Estipendio,Text 502-555-0101"
    row = one(cells, header)
    said = {"title": "Ms", "organization": "Us", "votes": False, "power": True, "role": "observer"}
    said |= {"facilitator": True, "lead": True, "reader": True, "language": "es", "joined": date(2026, 3, 4)}
    said |= {"paid": "stipend", "contact": "Text 502-555-0101"}
    assert row == Row(2, "Rosa", "r@a.org", "parent", **said)
    assert row.said == set(COLUMNS)


def test_columns_that_nobody_can_be_asked_about_are_refused():
    assert refused("name,shoe size,name\n1,2,3") == [
        (1, Why.COLUMN_UNKNOWN, "shoe size"),
        (1, Why.COLUMN_UNKNOWN, "name"),
        (1, Why.COLUMN_MISSING, "email"),
        (1, Why.COLUMN_MISSING, "group"),
    ]


def test_first_and_last_name_make_a_name():
    assert one("Díaz,Rosa,r@a.org,Madre", "Apellidos,Nombres,Correo,Grupo").name == "Rosa Díaz"


@pytest.mark.parametrize(
    ("header", "cell", "why", "about"),
    [
        ("title", "x" * 121, Why.TOO_LONG, "title"),
        ("organization", "a\x07b", Why.SIGN, "organization"),
        ("votes", "maybe", Why.WORD, "votes: maybe"),
        ("role", "king", Why.WORD, "role: king"),
        ("language", "fr", Why.WORD, "language: fr"),
        ("joined", "2026-03-06", Why.DAY, "2026-03-06"),
        ("joined", "0001-01-01", Why.DAY, "0001-01-01"),
        ("joined", "soon", Why.DAY, "soon"),
        ("role", "\x1b[31m", Why.WORD, "role: ·[31m"),
        ("title", "=1+1", Why.FORMULA, "D2"),
    ],
)
def test_a_cell_that_cannot_be_read(header, cell, why, about):
    assert refused(f"name,email,group,{header}\nRosa,r@a.org,parent,{cell}\n") == [(2, why, about)]


def test_a_row_gives_all_its_reasons():
    text = "name,email,group\n,nobody,cat\n\nRosa,r@a.org,parent,more\n,,\nJo,,\nA,a@a.org,other\n"
    assert refused(text + "B,b@a.org,other\n") == [
        (2, Why.EMAIL, "nobody"),
        (2, Why.WORD, "group: cat"),
        (2, Why.MISSING, "name"),
        (4, Why.TOO_MANY_CELLS, ""),
        (6, Why.MISSING, "email"),
        (6, Why.MISSING, "group"),
    ]


def test_lines_are_counted_as_an_editor_counts_them():
    assert refused('name,email,group\n"a\nb",r@a.org,parent\n\nJo,j@a.org,cat\n') == [
        (5, Why.WORD, "group: cat")
    ]


def test_one_address_is_one_person():
    head = "name,email,group\nRosa,rosa@a.org,parent\nJo,j@a.org,parent\n"
    assert refused(head + "Rosa,ROSA@A.org,provider\n") == [(4, Why.TWICE, "2")]
    assert len(read(f"{head}Rosa,ROSA@A.org,Parent\n".encode(), today=TODAY)) == 2


@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: f"name,email,group\n{text}".encode())
    )
)
def test_any_bytes_are_read_or_refused(raw):
    try:
        assert read(raw, today=TODAY)
    except NotAList as error:
        assert error.refusals
        assert all(reason(refusal) for refusal in error.refusals)


def test_words_stand_for_what_a_seat_can_hold():
    assert list(GROUPS) == Group.values
    assert list(ROLES) == [value for value, _ in Seat.ROLES]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_list_may_use_the_words_that_our_pages_show(language):
    from django.utils import translation

    with translation.override(language):
        shown = [(value, str(label)) for value, label in [*Group.choices, *GROUPS_IN_PLURAL.items()]]
        assert [label for value, label in shown if plain(label) not in split(GROUPS[value])] == []
        roles = [label for value, label in Seat.ROLES if plain(str(label)) not in split(ROLES[value])]
        assert roles == []


def test_every_word_of_ours_is_written_as_it_is_looked_up():
    for each in SCHEMA.fields:
        for words in (each.called, each.also, *each.words.values()):
            assert [word for word in split(words) if plain(word) not in ("", word)] == []


def test_no_word_means_two_things():
    for each in SCHEMA.fields:
        known = [word for words in each.words.values() for word in split(words)]
        assert len(known) == len(set(known))
    called = [name for each in SCHEMA.fields for name in split(each.called)]
    assert len(called) == len(set(called))


def test_every_reason_has_a_sentence():
    assert set(REASONS) == set(Why)


def test_every_field_of_words_has_its_words_for_people():
    for each in SCHEMA.fields:
        if each.kind is Kind.WORD:
            assert [value for value, _ in word_choices(each.name)] == list(each.words)
    assert WORDS and YES_OR_NO


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (Refusal(2, Why.WORD, "group: 100%"), "We do not know what this word means. (Group: 100%)"),
        (Refusal(2, Why.MISSING, "email"), "The cell “Email” is empty."),
        (
            Refusal(2, Why.FORMULA, "A2"),
            "Cell A2 holds a formula or an error. Put the words themselves there.",
        ),
    ],
)
def test_a_sentence_says_what_it_is_about(refusal, sentence):
    assert reason(refusal) == sentence
