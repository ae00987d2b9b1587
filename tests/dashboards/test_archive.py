"""The archive of a table: who takes it, what is in it, and what never is."""

import json
import re
import uuid

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from coalitions.models import Event, Seat, State, Verb
from dashboards.queries.archive import KINDS
from dashboards.queries.archive import left_out as said_left_out
from feedback.models import Form, Submission, Wording
from members.models import Member
from milestones.actions.sealing import seal_round
from milestones.disclosure import LADDER, code
from milestones.models import Opening, Part, Round, Tally
from tests.dashboards.somebody import SECRETS
from tests.factories.archived import a_full_table, archive_of, parts_of, rows_of
from tests.factories.outside import WORDING, visits
from tests.factories.tables import a_coalition
from web.seals import seals

pytestmark = pytest.mark.django_db
PAGE = "/c/care-forward/archive/"


def text_of(raw: bytes) -> str:
    """All that anybody can read in it."""
    return "\n".join(part.decode("utf-8", "replace") for part in parts_of(raw).values())


def taken_by(browser) -> bytes:
    answer = browser.post(PAGE)
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_says_what_it_is_and_does_nothing(client_of, lead, language):
    browser = client_of(lead)
    browser.cookies["django_language"] = language
    Member.objects.filter(pk=lead.member_id).update(language=language)
    page = browser.get(PAGE)
    assert page.status_code == 200
    said = page.content.decode()
    with override(language):
        assert all(str(each).split(":")[0].split("“")[0][:40] in said for each in said_left_out())
    for kind in KINDS:
        assert (f"{kind.name}.json" in said) == bool(kind.clear)
    assert not Event.objects.filter(verb=Verb.ARCHIVED).exists()


def test_taking_it_is_on_record(client_of, lead):
    browser = client_of(lead)
    answer = browser.post(PAGE)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="care-forward-archive-2')
    event = Event.objects.get(verb=Verb.ARCHIVED)
    assert (event.seat, event.about) == (lead, "")
    assert "took the archive" in browser.get("/c/care-forward/settings/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("parent", 403),
        ("facilitator", 403),
        ("observer", 403),
        ("outsider", 404),
        ("evaluator", 404),
        ("site_admin", 404),
    ],
)
def test_nobody_else_gets_it(request, client_of, lead, who, status):
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(PAGE).status_code == browser.post(PAGE).status_code == status
    assert not Event.objects.filter(verb=Verb.ARCHIVED).exists()


def test_only_leads_see_the_way_to_it(client_of, lead, parent):
    pages = [client_of(who).get("/c/care-forward/exports/").content.decode() for who in (lead, parent)]
    assert [PAGE in page for page in pages] == [True, False]


def test_a_link_that_was_handed_over_does_not_reach_it(through_link, lead):
    assert through_link(lead).post(PAGE).status_code == 403


def test_every_file_has_the_rows_that_are_there(coalition, lead):
    raw = archive_of(a_full_table(coalition, lead))
    empty = [kind.name for kind in KINDS if kind.clear and not rows_of(raw, kind.name)]
    assert empty == []
    for name, part in parts_of(raw).items():
        if name.endswith(".json"):
            assert json.loads(part.decode("utf-8"))


def test_each_readme_has_every_file_and_field(coalition, lead):
    parts = parts_of(archive_of(coalition))
    for language in ("en", "es"):
        said = parts[f"README.{language}.txt"].decode()
        for kind in (kind for kind in KINDS if kind.clear):
            part = said.partition(f"\n{kind.name}.json\n")[2].partition("\n\n\n")[0]
            assert all(f"- {field.name}: " in part for field in kind.clear), kind.name
    for name, said in (
        ("README.en.txt", "stipend = Gets a stipend"),
        ("README.es.txt", "parent = Madre o padre"),
    ):
        assert said in parts[name].decode(), "codes say what they stand for"


def test_people_are_in_it_as_the_table_knows_them(coalition, lead):
    raw = archive_of(a_full_table(coalition, lead))
    seats = {row["name"]: row for row in rows_of(raw, "seats")}
    assert seats["Lena Lead"]["email"] == "lena@care-forward.example"
    assert "As Listed" in seats and "Known Elsewhere" not in text_of(raw)
    assert seats["Lena Lead"]["arrived"] and not seats["As Listed"]["arrived"]


def test_a_name_that_only_the_account_knows_is_not_in_it(coalition, lead):
    member = Member.objects.create_user("private.canary@people.example", name="Canary Account")
    Seat.objects.create(
        coalition=coalition, member=member, group="parent", joined="2026-01-15", listed_email="listed@people.example"
    )  # fmt: skip
    said = text_of(archive_of(coalition))
    assert "listed@people.example" in said
    assert "Canary Account" not in said and "private.canary" not in said


def test_words_taken_back_or_off_the_page_are_blank(coalition, lead):
    raw = archive_of(a_full_table(coalition, lead))
    words = rows_of(raw, "words")
    blank = [row for row in words if row["withdrawn"] or row["withheld_because"]]
    assert len(blank) == 2 and not any(row["text"] or row["translation"] for row in blank)
    unsigned = [row for row in rows_of(raw, "dissents") if row["text"].startswith("Lower, False")]
    assert unsigned and not any(row["seat"] for row in unsigned)


def test_what_people_outside_wrote_is_for_readers_alone(client_of, coalition, lead):
    a_full_table(coalition, lead)
    without = taken_by(client_of(lead))
    assert rows_of(without, "voices") == [] and "canary voice" not in text_of(without)
    assert not any(row["voices"] for row in rows_of(without, "said_and_done"))
    Seat.objects.filter(pk=lead.pk).update(reader=True)
    assert "canary voice" in text_of(taken_by(client_of(lead)))


@pytest.fixture
def lead_of_everything(seat, lead, site_admin):
    """A table with something in every room, a round that is sealed and not opened, and answers that wait outside."""
    newest = Round.objects.latest("pk")
    seal_round(round=newest, now=newest.closes_at)
    Round.objects.filter(pk=newest.pk).update(opened_at=None)
    form = Form.objects.get()
    wording = Wording.objects.create(
        form=form, number=2, languages=["en"], content=WORDING, published_on="2026-11-01"
    )
    visits(form, {"changed": "yes", "most": "canary not gathered"})
    Submission.objects.filter(wording=wording).update(receipt="canaryreceipt", role="provider")
    return lead


NEVER = (
    "canary words of a draft", "palabras de canario", "Someone else wrote this", "canary evidence", "canary not gathered",
    "canaryreceipt", "canary phone", "Firefox on Android", "second.canary", "canary.csv", "Canary As Listed",
    "Kansas Cares", "Otto Outsider", "admin@people.example", "Canary cohort", "Sam Admin", "550 canary",
)  # fmt: skip


def test_what_is_nobodys_to_take_is_not_in_it(lead_of_everything, coalition):
    said = text_of(archive_of(coalition))
    assert Tally.objects.exists() and Part.objects.exists()
    assert "canary sees it differently" in said, "what the table sees is"
    assert [canary for canary in (*NEVER, *SECRETS) if canary in said and canary != "Someone else"] == []
    assert [row["number"] for row in json.loads(parts_of(archive_of(coalition))["rounds.json"])] == [1]


def test_no_key_of_a_form_or_a_row_is_in_it(coalition, lead):
    raw = archive_of(a_full_table(coalition, lead))
    said = text_of(raw)
    known = [
        str(value)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField)
        for value in model.objects.values_list(field.attname, flat=True)
        if value
    ]
    assert len(known) > 20
    assert [value for value in known if value in said or uuid.UUID(value).hex in said] == []


@pytest.fixture
def high_keys(db):
    """Every key of a new row can be told from any other number. PostgreSQL rolls no sequence back."""
    tables = [
        each._meta.db_table
        for each in apps.get_models()
        if each._meta.pk.get_internal_type() == "BigAutoField"
    ]
    began = {table: _next_key(table, 700_000) for table in tables}
    yield re.compile(rb".{30}\b7000\d\d\b")
    for table, key in began.items():
        _next_key(table, key)


def _next_key(table: str, key: int) -> int:
    """Set it, and give what it was."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [f'"{table}"'])
            was = cursor.fetchone()[0]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table}"', key])
            return was
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, key])
        return key


def test_no_key_of_a_row_is_in_it(request, high_keys):
    coalition, lead = request.getfixturevalue("coalition"), request.getfixturevalue("lead")
    assert lead.pk > 700_000
    parts = parts_of(archive_of(a_full_table(coalition, lead)))
    told = {
        name: re.sub(rb"Words of \d+", b"", part) for name, part in parts.items() if name != "sealed"
    }  # by tests
    found = {name: high_keys.findall(part) for name, part in told.items()}
    assert {name: keys for name, keys in found.items() if keys} == {}


@pytest.mark.parametrize(
    "twin", ["one stayed away", "all stayed away", "nothing was tested", "all was tested"]
)
def test_what_is_closed_says_nothing_by_its_length(coalition, lead, twin):
    """Twin worlds, equal but for what is closed: not a byte more or less, sealed or not."""
    a_full_table(coalition, lead)
    one = parts_of(archive_of(coalition))
    if twin == "one stayed away":
        Part.objects.filter(pk=Part.objects.filter(took_part=True).first().pk).update(took_part=False)
    elif twin == "all stayed away":
        Part.objects.filter(took_part=True).update(took_part=False)
    else:
        groups = [code(group) for rung in LADDER for group in rung]
        Opening.objects.update(tested=groups if twin == "all was tested" else [])
    other = parts_of(archive_of(coalition))
    assert {name for name in one if one[name] != other[name]} == {"sealed"}
    opened, twins = (seals("archive of a coalition").decrypt(each["sealed"]) for each in (one, other))
    assert opened != twins and len(opened) == len(twins)
    assert len(json.loads(opened)["rows"]["parts"]) == Part.objects.count()


def test_the_same_rows_give_the_same_bytes(coalition, lead):
    a_full_table(coalition, lead)
    one, other = (parts_of(archive_of(coalition)) for _each in range(2))
    assert {name for name in one if one[name] != other[name]} == {"sealed"}


def test_the_number_of_queries_does_not_grow(coalition, lead):
    a_full_table(coalition, lead)
    with CaptureQueriesContext(connection) as asked:
        archive_of(coalition)
    Event.objects.bulk_create(
        Event(coalition=coalition, seat=lead, verb=Verb.REPLIED, at=timezone.now()) for _each in range(50)
    )
    with CaptureQueriesContext(connection) as more:
        archive_of(coalition)
    assert len(asked) == len(more) < 60


def test_it_is_as_it_was_at_one_moment(transactional_db, monkeypatch):
    """SQLite lets nobody else write inside a transaction; PostgreSQL does, and must not be asked twice."""
    State.objects.get_or_create(code="KY", defaults={"name": "Kentucky"})
    coalition = a_coalition("Care Forward Kentucky", slug="care-forward", state="KY")
    seen = []

    def looks(*args, **said):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SHOW transaction_isolation")
                seen.append(cursor.fetchone()[0])
            else:
                seen.append("repeatable read" if connection.in_atomic_block else "")

    monkeypatch.setattr("dashboards.queries.archive.pack", looks)
    archive_of(coalition)
    monkeypatch.undo()
    assert seen == ["repeatable read"]
    assert rows_of(archive_of(coalition), "coalition")[0]["name"] == "Care Forward Kentucky"
