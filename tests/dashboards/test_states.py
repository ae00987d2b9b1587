"""Coalitions side by side: who may look, what an address asks for, and what it costs."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from coalitions.actions import start_table
from coalitions.checks import addresses
from coalitions.models import ROOM_NAMES, Coalition, Cohort, State
from coalitions.roster import Row
from dashboards.queries.across import Absence, across
from milestones.models import Item, Version
from tests.factories.rounds import NOW
from tests.factories.summaries import a_cell, a_range, a_summary, coalitions
from tests.factories.tables import a_member

pytestmark = pytest.mark.django_db
SPRING, FALL = date(2026, 4, 1), date(2026, 10, 1)


def told(evaluator, **params):
    visible = Coalition.objects.evaluated_by(evaluator)
    return across(params, coalitions=visible, cohorts=list(evaluator.cohorts.all()))


def page_of(client, **params):
    response = client.get(reverse("states"), params)
    assert response.status_code == 200
    return response.content.decode()


def test_no_room_stands_at_the_address_of_a_table():
    fixed = {
        str(each.pattern).split("/")[1]
        for each in addresses(get_resolver())
        if str(each.pattern).startswith("e/") and str(each.pattern) != "e/"
    }
    assert {word for word in fixed if "<" not in word} <= ROOM_NAMES


def test_no_table_is_called_like_a_room(client_of, site_admin):
    said = {"slug": "gaps", "name": "Gaps", "state": "KY", "main_language": "en", "backup_days": "14"}
    answer = client_of(site_admin).post(
        "/manage/coalitions/coalition/add/", {**said, "time_zone": "America/New_York"}
    )
    assert answer.status_code == 200
    assert not Coalition.objects.exists()


def test_a_new_table_called_like_a_room_gets_a_number():
    by = a_member("Nora New")
    row = Row(line=0, name=by.name, email=by.email, group="advocate", lead=True)
    table = start_table(
        by=by, name="Milestones", state=State.objects.get(code="KY"), time_zone="America/New_York",
        main_language="en", lead=row, now=NOW, form=uuid.uuid4(),
    )  # fmt: skip
    assert table.slug == "milestones-2"


def test_by_name_with_what_each_released_and_which_absence(evaluator, coalition, other_coalition):
    cells = {"M1": a_cell(4), "M2": a_range(2, 4)}
    a_summary(coalition, cells, meets_on=FALL)
    a_summary(other_coalition, meets_on=SPRING)
    found = told(evaluator)
    first, second = found.lines
    assert [first.coalition, second.coalition] == [coalition, other_coalition]
    assert found.filters.season_name == "July to December 2026"
    assert (first.cell("M1").level, first.absent("M1")) == (4, None)
    assert (first.cell("M2").low, first.absent("M2")) == (2, Absence.NOT_AGREED)
    assert first.absent("M3") == Absence.NOT_ASSESSED
    assert second.absent("M1") == Absence.NOT_RELEASED
    assert [item.code for item in found.milestones] == ["M1", "M2", "M3", "M4", "M5", "M6", "M7"]


def test_the_newest_round_of_a_half_year_counts(evaluator, coalition):
    a_summary(coalition, {"M1": a_cell(2)}, meets_on=date(2026, 7, 2))
    a_summary(coalition, {"M1": a_cell(3)}, meets_on=date(2026, 12, 2))
    line = told(evaluator).lines[0]
    assert line.cell("M1").level == 3
    assert len(line.rounds) == 2


def test_an_address_asks_for_a_half_year_a_cohort_and_a_wording(evaluator, coalition, other_coalition):
    second = Cohort.objects.create(name="Second cohort")
    second.evaluators.add(evaluator)
    Coalition.objects.filter(pk=other_coalition.pk).update(cohort=second)
    a_summary(coalition, {"M1": a_cell(2)}, meets_on=SPRING)
    a_summary(coalition, {"M1": a_cell(3)}, meets_on=FALL)
    old = Version.objects.get()
    new = Version.objects.create(framework=old.framework, label="2027", scale=old.scale)
    Item.objects.create(version=new, position=1, code="M1", content=old.items.first().content)
    a_summary(other_coalition, {"M1": a_cell(5)}, meets_on=FALL, version=new)
    assert told(evaluator, round="2026-1").lines[0].cell("M1").level == 2
    assert told(evaluator, round="2026-1").filters.address == "?round=2026-1"
    assert [line.coalition for line in told(evaluator, cohort=str(second.pk)).lines] == [other_coalition]
    wording = told(evaluator, version="2027")
    assert wording.lines[0].absent("M1") == Absence.NOT_ASSESSED
    assert wording.lines[1].cell("M1").level == 5
    assert told(evaluator).filters.address == ""


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"round": "last fall"}, "Nothing was released in that half-year. This shows July to December 2026."),
        ({"round": "2031-1"}, "Nothing was released in that half-year."),
        ({"cohort": "x"}, "That cohort is not one of yours."),
        ({"version": "no such"}, "No release has that wording."),
    ],
)
def test_what_cannot_be_shown_is_said(evaluator, coalition, client_of, params, said):
    a_summary(coalition)
    assert said in page_of(client_of(evaluator), **params)


def test_a_cohort_of_somebody_else_is_nobodys(evaluator, coalition, client_of):
    theirs = Cohort.objects.create(name="Their cohort")
    hidden = coalitions(1, theirs)[0]
    a_summary(hidden)
    page = page_of(client_of(evaluator), cohort=theirs.pk)
    assert "Table 000" not in page and "Their cohort" not in page
    assert "July to December 2026" not in page  # not even when they released


def test_who_may_look(evaluator, coalition, lead, outsider, site_admin, client_of, visitor):
    a_summary(coalition)
    elsewhere = a_member("Ed Elsewhere")
    Cohort.objects.create(name="Another cohort").evaluators.add(elsewhere)
    assert coalition.name in page_of(client_of(evaluator))
    assert coalition.name not in page_of(client_of(elsewhere))
    for who in (lead, outsider, site_admin):
        assert client_of(who).get(reverse("states")).status_code == 404
    assert visitor.get(reverse("states")).status_code == 302


@pytest.mark.parametrize("count", [1, 3, 56])
def test_six_queries_whatever_there_is(evaluator, coalition, client_of, count):
    cohort = evaluator.cohorts.get()
    for table in coalitions(count, cohort):
        a_summary(table, meets_on=SPRING)
        a_summary(table, meets_on=FALL)
    for table in coalitions(3, None):  # somebody else's
        a_summary(table)
    client = client_of(evaluator)
    with CaptureQueriesContext(connection) as made:
        page_of(client)
    assert len(made) == 6


def test_the_page_says_each_absence_in_its_own_words(evaluator, coalition, other_coalition, client_of):
    few = a_cell(3, shown="withheld", gap=None, families=None, others=None)
    a_summary(coalition, {"M1": a_cell(4, change=1), "M2": a_range(2, 4), "M4": few}, meets_on=FALL)
    page = page_of(client_of(evaluator))
    for said in (
        "Setting the Table: 4 Strong, up 1",
        "no agreement: from 2 Starting to 4 Strong",
        '<td class="c none"><span>Not assessed</span>',
        "groups too few, or too alike, to show",
        "Not released",
        "<b>Missing:</b> No release yet.",
        "<b>No agreement:</b> Trust",
        "July to December 2026: 1 level went up, none went down.",
        "22 of 24",
        "52%",
    ):
        assert said in page
    assert f'href="{reverse("cell", args=[coalition.slug, "M1"])}"' in page
    assert reverse("cell", args=[other_coalition.slug, "M1"]) not in page


def test_filters_change_the_page_in_place_and_stay_in_its_links(evaluator, coalition, client_of):
    a_summary(coalition, {"M1": a_cell(2)}, meets_on=SPRING)
    a_summary(coalition, {"M1": a_cell(3)}, meets_on=FALL)
    asked = {"HX-Request": "true", "HX-Target": "across"}
    part = client_of(evaluator).get(reverse("states") + "?round=2026-1", headers=asked).content.decode()
    assert part.startswith('<div class="wrap" id="across">')
    assert "2 Starting" in part and "3 Partway," not in part
    assert f"{reverse('cell', args=[coalition.slug, 'M1'])}?round=2026-1" in part


def test_names_of_tables_cannot_write_html(evaluator, coalition, client_of):
    Coalition.objects.filter(pk=coalition.pk).update(name="<b>x</b>&")
    a_summary(coalition)
    assert "<b>x</b>" not in page_of(client_of(evaluator))
