"""A release in figures: one row for each released round, written from what was frozen."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from milestones.actions.release import release_round
from milestones.models import Change, Item, Release, Summary, Version
from milestones.queries.document import document
from milestones.queries.series import NEW, Link, links
from milestones.queries.summaries import cells_of
from milestones.seasons import first_day, from_slug, season_of, slug_of
from tests.factories.answered import an_opened_round
from tests.factories.rounds import NOW, a_table, agreed, seven_milestones
from tests.factories.wordings import a_wording

HALF_A_YEAR = timedelta(days=182)


def released(coalition, lead, *, level=3, now=NOW, **said) -> Release:
    round = an_opened_round(coalition, lead, now=now, **said)
    agreed(round, lead, level=level)
    yes = coalition.seats.filter(group="parent").first()
    return release_round(round=round, by=lead, yes_by=yes, now=now, form=uuid.uuid4())


@pytest.fixture
def table(coalition, lead):
    a_table(coalition)
    return coalition


def test_it_says_what_the_release_says(table, lead):
    release = released(table, lead)
    summary, cells = release.summary, cells_of(release.summary)
    assert list(cells) == ["M1", "M2", "M3", "M4", "M5", "M6", "M7"]
    assert summary.levels == [[code, 3, 3] for code in cells]
    assert summary.participation == release.document["participation"]
    for row in release.document["items"]:
        averages = {figure["group"]: figure["average"] for figure in row["figures"]}
        cell = cells[row["code"]]
        if cell.shown == "groups" and "parents+providers" in averages:
            assert (cell.families, cell.others) == (averages["parents+providers"], averages["others"])
            assert cell.gap == cell.families - cell.others
    assert any(cell.shown == "groups" for cell in cells.values())


def test_the_first_round_is_the_baseline_and_the_second_compares(table, lead):
    first = cells_of(released(table, lead, level=2).summary)
    assert {(cell.change, cell.since, cell.baseline, cell.begun, cell.series) for cell in first.values()} == {
        (None, None, 2, 1, "")
    }
    second = cells_of(released(table, lead, level=3, now=NOW + HALF_A_YEAR).summary)
    assert {(cell.change, cell.since, cell.baseline, cell.begun) for cell in second.values()} == {
        (1, 1, 2, 1)
    }
    assert not any(cell.held for cell in first.values())


def test_a_correction_takes_the_place_of_what_it_corrects(table, lead):
    release = released(table, lead, level=2)
    again = release_round(
        round=release.round, by=lead, yes_by=release.yes_by, now=NOW + timedelta(days=1), form=uuid.uuid4()
    )
    assert [each.release for each in Summary.objects.all()] == [again]


def test_figures_can_be_written_anew(table, lead):
    released(table, lead, level=2)
    released(table, lead, level=3, now=NOW + HALF_A_YEAR)
    before = list(Summary.objects.values())
    Summary.objects.all().delete()
    call_command("summarize_releases", verbosity=0)
    assert list(Summary.objects.values()) == before


def test_a_series_goes_on_over_a_clarified_wording_and_breaks_at_a_redefined_one(table, lead):
    released(table, lead, level=2)
    newest = a_wording(seven_milestones(), "2", M2=Change.CLARIFIED, M3=Change.REDEFINED, M4=Change.EDITORIAL)
    again = cells_of(released(table, lead, level=3, now=NOW + HALF_A_YEAR, version=newest).summary)
    assert [cell.series for cell in again.values()] == ["", "clarified", "redefined", "editorial", "", "", ""]
    assert {code: cell.change for code, cell in again.items()} == {
        **dict.fromkeys(again, 1), "M3": None
    }  # fmt: skip
    assert (again["M3"].baseline, again["M3"].begun, again["M3"].since) == (3, 2, None)
    third = cells_of(released(table, lead, level=5, now=NOW + 2 * HALF_A_YEAR, version=newest).summary)
    assert (third["M3"].since, third["M2"].since) == (2, 3)
    assert links(Version.objects.earliest("pk"), newest)["M3"] == Link("M3", Change.REDEFINED)


def test_a_wording_of_one_coalition_stands_for_the_one_it_follows(table):
    base = seven_milestones()
    own = Version.objects.create(
        framework=base.framework, label=base.label, scale=base.scale, follows=base, coalition=table
    )
    for item in base.items.all():
        Item.objects.create(
            version=own, position=item.position, code=item.code, content=item.content, follows=item
        )
    mine = Item.objects.create(
        version=own, position=8, code="L1", content=base.items.first().content, local=True
    )
    assert links(base, own)["M1"] == Link("M1", Change.SAME)
    assert links(own, base)["M1"] == Link("M1", Change.SAME)
    assert links(base, own)[mine.code] == NEW
    later = a_wording(base, "2", M1=Change.CLARIFIED)
    assert links(own, later)["M1"] == Link("M1", Change.CLARIFIED)


def test_local_milestones_stay_out(table, lead):
    round = an_opened_round(table, lead)
    Item.objects.filter(version=round.version, code="M7").update(local=True)
    rows = {row["code"]: row["local"] for row in document(round, audience="evaluators")["items"]}
    assert rows == {**dict.fromkeys(["M1", "M2", "M3", "M4", "M5", "M6"], False), "M7": True}
    agreed(round, lead, level=3)
    release = release_round(
        round=round, by=lead, yes_by=table.seats.filter(group="parent").first(), now=NOW, form=uuid.uuid4()
    )
    assert "M7" not in cells_of(release.summary) and ["M7", 3, 3] not in release.summary.levels


@pytest.mark.parametrize(
    ("day", "slug", "first"),
    [
        (date(2026, 6, 30), "2026-1", date(2026, 1, 1)),
        (date(2026, 7, 1), "2026-2", date(2026, 7, 1)),
        (date(2026, 12, 31), "2026-2", date(2026, 7, 1)),
        (date(2027, 1, 1), "2027-1", date(2027, 1, 1)),
    ],
)
def test_half_years(day, slug, first):
    assert slug_of(season_of(day)) == slug
    assert first_day(season_of(day)) == first
    assert from_slug(slug) == season_of(day)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-3", "2026-0", "26-1", "２０２６-1", "0000-1", "2026-1-1", "x-1"]
)
def test_anything_else_is_no_half_year(text):
    assert from_slug(text) is None
