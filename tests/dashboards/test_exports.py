"""Everything out as data: what evaluators may see and nothing else, in which no cell is empty and nothing can run."""

import csv
import io
import uuid
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Coalition, Cohort, Event, Verb
from members.models import Member
from milestones.actions.dissent import add_dissent
from milestones.actions.release import release_round, withdraw_words
from milestones.models import Agreement, Dissent, Evidence, Opening, Reading, Release, Word
from milestones.queries.exports import ABSENCES, SHEETS, columns
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, released
from tests.factories.tables import a_coalition, a_member, a_seat

pytestmark = pytest.mark.django_db
HALF_A_YEAR = timedelta(days=182)


@pytest.fixture
def round(coalition, lead, parent, director):
    Member.objects.update(language="en")
    a_table(coalition)
    return released(agreed(an_opened_round(coalition, lead, words=True), lead), lead, parent)


def read(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture
def sheet(evaluator, client_of):
    return lambda name, query="": read(
        client_of(evaluator).get(reverse("export_file", args=[f"{name}.csv"]) + query)
    )


def again(round, lead, parent, level=3):
    later = an_opened_round(round.coalition, lead, now=NOW + HALF_A_YEAR * round.coalition.rounds.count())
    return released(agreed(later, lead, level=level), lead, parent)


def test_one_row_for_each_milestone_and_group_that_evaluators_see(round, sheet):
    of_it = [row for row in sheet("figures") if row["coalition"] == "Care Forward Kentucky"]
    document = Release.objects.get().document
    seen = [(item["code"], figure["group"]) for item in document["items"] for figure in item["figures"]]
    assert [(row["milestone"], row["group"]) for row in of_it] == seen
    for row in of_it:
        item = next(each for each in document["items"] if each["code"] == row["milestone"])
        figure = next(each for each in item["figures"] if each["group"] == row["group"])
        assert float(row["average"]) == figure["average"] / 10
        assert [int(row[f"count_{n}"]) for n in range(1, 6)] == [
            figure["counts"].get(str(n), 0) for n in range(1, 6)
        ]
        assert (row["agreed_level"], row["how"], row["release"]) == ("3", "everyone", "1")
        assert (row["change"], row["since_baseline"], row["series"]) == (
            "not_applicable",
            "not_applicable",
            "first",
        )
    assert of_it[0]["representative"] == "yes"
    assert of_it[0]["asked"] == str(document["participation"]["everyone"]["asked"])


def test_no_cell_is_empty_and_every_word_in_a_column_of_numbers_is_in_the_dictionary(
    round, lead, parent, sheet
):
    again(round, lead, parent, level=2)
    known = set(ABSENCES)
    numbers = {
        column.name for column in columns()["figures"] if column.unit[0].isdigit() or column.unit == "levels"
    }
    rows = sheet("figures")
    assert all(cell for row in rows for cell in row.values())
    for name in numbers:
        for row in rows:
            assert row[name] in known or float(row[name]) is not None
    for name in SHEETS:
        assert all(cell for row in sheet(name) for cell in row.values()), name
    second = [row for row in rows if row["round"] == "2"]
    assert {
        (row["change"], row["since_baseline"], row["baseline_level"], row["series"]) for row in second
    } == {("-1", "-1", "3", "same")}


def test_absences_look_different(round, lead, parent, other_coalition, sheet):
    release = Release.objects.get()
    release.document["items"][0]["figures"] = []
    figure = release.document["items"][1]["figures"][0]
    figure.update(people=None, cannot_say=None, counts=None, average=None, half=25)
    release.document["items"][2]["agreements"][-1].update(how="none", low=2, high=4)
    release.save()
    from milestones.actions.release import summarize

    summarize(release)
    rows = sheet("figures")
    of_it = [row for row in rows if row["coalition"] == "Care Forward Kentucky"]
    hidden = next(row for row in of_it if row["milestone"] == "M1")
    assert {hidden[name] for name in ("group", "people", "average", "average_about", "count_3", "gap")} == {
        "too_few_or_too_alike"
    }
    about = next(row for row in of_it if row["milestone"] == "M2" and row["group"] == figure["group"])
    assert (about["average"], about["average_about"], about["people"]) == (
        "too_few_or_too_alike", "2.5", "too_few_or_too_alike",
    )  # fmt: skip
    apart = next(row for row in of_it if row["milestone"] == "M3")
    assert (apart["agreed_level"], apart["range_low"], apart["range_high"], apart["how"]) == (
        "not_agreed", "2", "4", "none",
    )  # fmt: skip
    late = [row for row in rows if row["coalition"] == "Kansas Cares"]
    assert [row["milestone"] for row in late] == ["M1", "M2", "M3", "M4", "M5", "M6", "M7"]
    assert {(row["half_year"], row["agreed_level"], row["group"], row["asked"]) for row in late} == {
        (of_it[0]["half_year"], *["not_released"] * 3)
    }


def test_nothing_comes_from_live_rows(round, sheet):
    before = {name: sheet(name) for name in SHEETS}
    Agreement.objects.update(why="Changed later", low=5, high=5)
    Word.objects.update(text="Changed later")
    Opening.objects.update(average=49, people=99)
    Evidence.objects.create(coalition=round.coalition, item_code="M5", title="Changed later", outside=True)
    assert {name: sheet(name) for name in SHEETS} == before


def test_texts_are_those_let_out(round, lead, director, parent, sheet):
    item = round.version.items.get(position=5)
    for text, out in (("Inside words", False), ("Outside words", True)):
        add_dissent(
            round=round, item=item, seat=director, text=text, language="en", named=False, let_out=out,
            code="abcd-efgh-jkmn", now=round.opened_at, form=uuid.uuid4(),
        )  # fmt: skip
    assert Dissent.objects.count() == 2
    Evidence.objects.create(coalition=round.coalition, item_code="M1", title="Seen", outside=True)
    Evidence.objects.create(coalition=round.coalition, item_code="M1", title="Kept evidence")
    released(round, lead, parent)
    assert sorted((row["view"], row["by"]) for row in sheet("views")) == [
        ("Outside words", "not_applicable"), ("kept_at_table", "kept_at_table"),
    ]  # fmt: skip
    assert [row["title"] for row in sheet("evidence")] == ["Seen"]
    word = Word.objects.filter(quotable=True).first()
    quotable = set(Word.objects.filter(quotable=True).values_list("text", flat=True))
    assert {row["words"] for row in sheet("words")} == quotable
    withdraw_words(word=word, now=NOW)
    assert word.text not in {row["words"] for row in sheet("words")} and any(
        row["words"] == "withdrawn" for row in sheet("words")
    )
    agreements = sheet("agreements")
    assert {(row["why"], row["newest"], row["next_step"]) for row in agreements} == {
        ("We have examples.", "yes", "not_given")
    }


def test_an_excel_book_has_every_sheet_and_says_the_same(round, evaluator, client_of, sheet):
    answer = client_of(evaluator).get(reverse("export_file", args=["everything.xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    assert book.sheetnames == list(SHEETS)
    for name in SHEETS:
        header, *rows = [[str(cell.value) for cell in row] for row in book[name].rows]
        assert [dict(zip(header, row, strict=True)) for row in rows] == sheet(name)
    assert {cell.data_type for row in book["figures"].rows for cell in row} == {"s", "n"} | {"inlineStr"} - {
        "inlineStr"
    }


def test_the_dictionary_knows_every_column_and_every_code_in_both_languages(round, sheet):
    told = {(row["sheet"], row["column"]): row for row in sheet("dictionary")}
    for name in set(SHEETS) - {"dictionary"}:
        held = sheet(name)
        assert held or name in {"views", "evidence"}
        assert [column for of, column in told if of == name] == [each.name for each in columns()[name]]
        assert not held or list(held[0]) == [each.name for each in columns()[name]]
    assert {column for of, column in told if of == "every sheet"} == set(ABSENCES)
    assert all(row["meaning"] != row["meaning_es"] for row in told.values())


def test_names_of_columns_do_not_change():
    """Somebody's script reads them. A new one goes to the end of its part; none is renamed."""
    names = (
        "coalition state cohort half_year round round_name met_on framework version release released_on "
        "milestone milestone_name milestone_name_es agreed_level range_low range_high how stand goal_level claimed "
        "change since_baseline baseline_level baseline_round series gap gap_worth_talking gap_held evidence views "
        "group people cannot_say average average_about count_1 count_2 count_3 count_4 count_5 asked answered "
        "took_part families_asked families_answered families_took_part representative"
    )
    assert " ".join(column.name for column in columns()["figures"]) == names


def test_who_may_take_what(
    round, evaluator, lead, parent, observer, outsider, site_admin, visitor, client_of
):
    addresses = (
        reverse("exports"),
        reverse("export_file", args=["figures.csv"]),
        reverse("export_file", args=["everything.xlsx"]),
    )
    for url in addresses:
        assert client_of(evaluator).get(url).status_code == 200
        for who in (lead, parent, outsider, site_admin):
            assert client_of(who).get(url).status_code == 404
        assert visitor.get(url).status_code == 302
    for wrong in ("figures.xlsx", "nothing.csv", "figures", "figures.csv.exe"):
        assert client_of(evaluator).get(reverse("export_file", args=[wrong])).status_code == 404
    elsewhere = a_member("Ed Elsewhere")
    other = Cohort.objects.create(name="Another cohort")
    other.evaluators.add(elsewhere)
    a_coalition("Far Away", slug="far", state="VT", cohort=other)
    text = client_of(elsewhere).get(addresses[1]).getvalue().decode()
    assert "Care Forward" not in text
    own = reverse("table_exports", args=[round.coalition.slug])
    for who, status in ((lead, 200), (parent, 200), (observer, 200), (outsider, 404), (evaluator, 404)):
        assert client_of(who).get(own).status_code == status
        assert client_of(who).post(own, {"file": "figures.csv"}).status_code == status


def test_a_table_takes_its_own_and_it_is_on_record(round, lead, parent, sheet, client_of, outsider):
    own = reverse("table_exports", args=[round.coalition.slug])
    a_table_elsewhere = round.coalition.slug
    assert "Take our data away" in client_of(lead).get(own).content.decode()
    assert not Event.objects.filter(verb=Verb.EXPORTED)
    answer = client_of(parent).post(own, {"file": "figures.csv"})
    assert read(answer) == [row for row in sheet("figures") if row["coalition"] == round.coalition.name]
    assert answer["Cache-Control"] == "private, no-store"
    assert a_table_elsewhere in answer["Content-Disposition"] and "Paz" not in answer["Content-Disposition"]
    event = Event.objects.get(verb=Verb.EXPORTED)
    assert (event.seat, event.about) == (parent, "figures.csv")
    assert client_of(parent).post(own, {"file": "../settings.py"}).status_code == 404
    assert client_of(parent).post(own).status_code == 404
    assert Event.objects.filter(verb=Verb.EXPORTED).count() == 1


def test_it_is_private_and_named_without_a_person(round, evaluator, client_of):
    for file in ("figures.csv", "everything.xlsx"):
        answer = client_of(evaluator).get(reverse("export_file", args=[file]))
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Disposition"].startswith(
            f'attachment; filename="common-table-{file.split(".")[0]}-'
        )
        assert "Eve" not in answer["Content-Disposition"]


BAD = (
    "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r\n=1+1", " =1+1", "＝1+1", "－1+1", "\u200b=1+1",
    "fine;=1+1", "fine; \"=1+1", "fine\n=1+1", "a\x00b\x0bc\x1fd", "\ud800 alone", "\ufffe", "<b>&amp;</b>", "_x003D_1+1",
    '","=1+1', "x" * 40_000, "‮abc", "ñandú 漢字 🙂",
)  # fmt: skip


@pytest.mark.parametrize("typed", BAD)
def test_whatever_people_typed_nothing_can_run_and_nothing_breaks(round, evaluator, client_of, typed):
    if connection.vendor == "postgresql":  # it takes neither, and no page lets them through to it
        typed = typed.replace("\x00", "").encode("utf-8", "ignore").decode()
    for release in Release.objects.all():
        for item in release.document["items"]:
            for row in item["agreements"]:
                row["why"] = row["next_step"] = typed
        release.save()
    client = client_of(evaluator)
    text = client.get(reverse("export_file", args=["agreements.csv"])).getvalue().decode("utf-8-sig")
    for separator in ",;\t|":
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not [
                cell
                for cell in line
                if cell.strip(" \"'\u200b")[:1] in tuple("=+@＝－") and not cell.lstrip().startswith("'")
            ]
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("export_file", args=["everything.xlsx"])).getvalue())
    )
    cells = [cell for row in book["agreements"].rows for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_our_own_negative_numbers_stay_numbers(round, lead, parent, sheet):
    again(round, lead, parent, level=1)
    rows = sheet("figures")
    assert "-2" in {row["change"] for row in rows}
    gaps = [row["gap"] for row in rows if row["gap"][0] in "-0123456789"]
    assert gaps and all(float(gap) < 0 for gap in gaps)


def test_the_cost_does_not_grow(round, lead, parent, evaluator, client_of):
    client = client_of(evaluator)

    def queries():
        found = []
        for file in ("figures.csv", "words.csv", "everything.xlsx"):
            with CaptureQueriesContext(connection) as made:
                client.get(reverse("export_file", args=[file])).getvalue()
            found.append(len(made))
        return found

    few = queries()
    again(round, lead, parent)
    cohort = Cohort.objects.get()
    for n in range(3):
        other = a_coalition(f"More {n}", slug=f"more-{n}", state="VT", cohort=cohort)
        lead_there = a_seat(other, f"L{n} Lead", "advocate", lead=True)
        a_table(other)
        there = agreed(an_opened_round(other, lead_there), lead_there)
        release_round(
            round=there,
            by=lead_there,
            yes_by=other.seats.filter(group="parent").first(),
            now=NOW,
            form=uuid.uuid4(),
        )
    assert queries() == few
    assert few[0] <= 15
    assert Coalition.objects.count() == 5


def test_the_address_says_which(round, lead, parent, other_coalition, evaluator, client_of, sheet):
    again(round, lead, parent)
    seasons = sorted({row["half_year"] for row in sheet("figures")})
    assert len(seasons) == 2
    assert {row["half_year"] for row in sheet("figures", f"?round={seasons[0]}")} == set(seasons[:1])
    second = Cohort.objects.create(name="Second cohort")
    second.evaluators.add(evaluator)
    Coalition.objects.filter(pk=other_coalition.pk).update(cohort=second)
    first = Cohort.objects.get(name="First cohort")
    assert {row["coalition"] for row in sheet("figures", f"?cohort={first.pk}")} == {"Care Forward Kentucky"}
    assert {row["cohort"] for row in sheet("figures")} == {"First cohort", "Second cohort"}
    label = round.version.label
    assert len(sheet("figures", f"?version={label}")) == len(sheet("figures"))
    client = client_of(evaluator)
    for wrong in ("round=1999-1", "round=x", "cohort=99", "cohort=x", "version=none"):
        assert client.get(reverse("export_file", args=["figures.csv"]) + f"?{wrong}").status_code == 404
        text = client.get(reverse("exports") + f"?{wrong}").content.decode()
        assert 'role="status"' in text and "figures.csv?" not in text
    text = client.get(reverse("exports") + f"?round={seasons[0]}&cohort={first.pk}").content.decode()
    assert f"figures.csv?round={seasons[0]}&amp;cohort={first.pk}" in text


def test_the_table_sees_that_an_evaluator_took_its_release(round, lead, parent, evaluator, client_of):
    client = client_of(evaluator)
    client.get(reverse("exports"))
    client.get(reverse("export_file", args=["dictionary.csv"])).getvalue()
    client.get(reverse("export_file", args=["nothing.csv"]))
    assert not Reading.objects.exists()
    for _twice in range(2):
        client.get(reverse("export_file", args=["figures.csv"])).getvalue()
    assert [(each.release, each.member) for each in Reading.objects.all()] == [
        (Release.objects.get(), evaluator)
    ]
    long_ago = date(2020, 1, 1)
    Reading.objects.update(first_on=long_ago, last_on=long_ago)
    client.get(reverse("export_file", args=["everything.xlsx"])).getvalue()
    reading = Reading.objects.get()
    assert reading.first_on == long_ago < reading.last_on
