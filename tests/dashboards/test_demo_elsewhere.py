"""The tables that an evaluator of the demo follows: every awkward case is there, and nobody real is."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from coalitions.models import Cohort, Seat
from dashboards.demo.build import build
from dashboards.demo.elsewhere import elsewhere
from dashboards.demo.elsewhere.answers import BASES, WAYS, picks
from dashboards.demo.elsewhere.meeting import days, newest_season
from dashboards.demo.elsewhere.reading import ROUNDS, tables
from dashboards.demo.table import COHORTS, STATE
from milestones import scoring
from milestones.models import Release, Round, Stage, Summary, Version
from milestones.queries.summaries import cells_of
from milestones.seasons import season_of
from tests.factories.rounds import seven_milestones

TABLES = {table.slug: table for table in tables()}
REAL = {"CO", "LA", "NM", "NY", "OR", "VA"}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """All seven tables, once for this file."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        for name in COHORTS:
            Cohort.objects.get_or_create(name=name)
        elsewhere(seven_milestones(), now=timezone.now())
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def cells(built, db):
    """By table, by milestone: a cell for each released round."""
    found: dict[str, dict[str, list]] = {}
    for summary in Summary.objects.select_related("coalition").order_by("round_number"):
        for code, cell in cells_of(summary).items():
            found.setdefault(summary.coalition.slug, {}).setdefault(code, []).append(cell)
    return found


def newest() -> int:
    return newest_season(timezone.localdate())


# What is told, without a database


def test_eight_tables_in_eight_states_and_none_of_a_real_cohort():
    states = [STATE, *(table.state for table in TABLES.values())]
    assert len(set(states)) == 8 and not set(states) & REAL


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_whoever_is_named_sits_there(table):
    assert len({person.key for person in table.people}) == len(table.people)
    for code, endings in table.endings.items():
        assert len(endings) == len(ROUNDS), code
        for number, ending in enumerate(endings, start=1):
            assert not ending.owner or table.person(ending.owner).sits_in(number), (code, number)
            assert ending.answers in WAYS
            assert 1 <= ending.low <= ending.high <= 5
    assert all(table.person(view.by).answers_in(view.round) for view in table.views)
    assert all(table.person(seen.by).sits_in(seen.round) for seen in table.evidence)
    assert all(
        any(person.base == said.base and person.language == said.language and person.answers_in(said.round)
            for person in table.people)
        for said in table.words
    )  # fmt: skip


def test_a_reason_stands_wherever_the_table_could_be_asked_for_one():
    """Whether or not the gate shows the average: nothing else keeps a demo from being built."""
    for table in TABLES.values():
        for code, endings in table.endings.items():
            for number, ending in enumerate(endings, start=1):
                given = picks(table, number, code, ending)
                families = Counter(pick for key, pick in given.items() if table.person(key).base != "others")
                asked = scoring.asks_for_reason(ending.low, scoring.average_tenths(families))
                assert ending.above or not asked, (table.name, code, number)


def test_no_two_rounds_of_a_table_say_the_same_long_sentence():
    for table in TABLES.values():
        said = [
            ending.why for endings in table.endings.values() for ending in endings if len(ending.why) > 40
        ]
        assert len(set(said)) == len(said), table.name


def test_sentences_are_short():
    for table in TABLES.values():
        for ending in (ending for endings in table.endings.values() for ending in endings):
            for sentence in (ending.why + ending.above).split("."):
                assert len(sentence.split()) <= 18, sentence


def test_the_same_demo_answers_the_same():
    table = TABLES["porch-light"]
    ending = table.endings["M2"][3]
    first = picks(table, 4, "M2", ending)
    assert first == picks(table, 4, "M2", ending)
    assert set(first) == {person.key for person in table.people if person.answers_in(4)}
    assert {person.base for person in table.people if person.key in first} == set(BASES)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_round_is_over_on_any_day_and_each_in_a_half_year_of_its_own(month):
    for day in (1, 28):
        today = date(2027, month, day)
        for table in TABLES.values():
            when = [days(table, number, today) for number in ROUNDS]
            seasons = [season_of(each.meets.date()) for each in when]
            assert seasons == list(range(newest_season(today) - 6, newest_season(today) + 1))
            assert when[-1].meets.date() + timedelta(days=5) <= today
            assert all(
                isinstance(each.opens, datetime) and each.opens < each.closes < each.meets for each in when
            )


# What the gate and the table made of it


def test_seven_rounds_each_released_but_for_the_late_one(cells):
    released = {slug: len(by_code["M1"]) for slug, by_code in cells.items()}
    assert released == dict.fromkeys(TABLES, 7) | {"early-rise": 6}
    late = Round.objects.filter(coalition__slug="early-rise").latest("number")
    assert late.stage(timezone.now()) == Stage.OPENED
    assert not Summary.objects.filter(coalition__slug="early-rise", season=newest()).exists()


def test_a_small_table_shows_no_groups(cells):
    shown = {cell.shown for rounds in cells["little-rivers"].values() for cell in rounds}
    assert shown == {"withheld", "whole"}
    assert all(cell.families is None for rounds in cells["little-rivers"].values() for cell in rounds)


def test_a_wording_breaks_one_series_and_not_the_others(cells):
    new = Version.objects.latest("pk")
    assert Round.objects.filter(version=new).exists()
    redefined, clarified, edited, same = (cells["porch-light"][code] for code in ("M5", "M2", "M4", "M1"))
    assert (redefined[4].series, redefined[4].change, redefined[4].since) == ("redefined", None, None)
    assert redefined[6].begun == 5 and redefined[6].baseline == redefined[4].level
    assert clarified[4].series == "clarified" and clarified[4].begun == 1
    assert (edited[4].series, same[4].series) == ("editorial", "")
    assert {cell.series for cell in cells["little-rivers"]["M5"]} == {""}


def test_every_way_to_show_figures_is_there(cells):
    shown = {cell.shown for by_code in cells.values() for rounds in by_code.values() for cell in rounds}
    assert shown == {"groups", "half", "whole", "withheld"}
    assert cells["prairie-lanterns"]["M1"][1].shown == "withheld"  # too alike
    assert cells["mesa-abierta"]["M7"][0].shown == "withheld"  # hardly anyone could say


def test_a_range_a_drop_a_claim_and_a_gap_that_held(cells):
    assert not cells["palmetto-table"]["M5"][6].agreed
    assert cells["magnolia-circle"]["M4"][5].change == -2
    assert cells["porch-light"]["M7"][6].claimed and not cells["porch-light"]["M6"][6].claimed
    held = cells["mesa-abierta"]["M5"][6]
    assert held.held and held.gap <= -12
    assert cells["palmetto-table"]["M4"][6].held and cells["palmetto-table"]["M4"][6].gap >= 12


def test_a_round_that_did_not_speak_for_all_and_one_that_was_corrected(built, db):
    told = Summary.objects.get(coalition__slug="prairie-lanterns", round_number=7)
    assert not told.participation["representative"]
    assert Release.objects.get(number=2).round.coalition.slug == "porch-light"


def test_a_lead_who_left_and_one_who_came(built, db):
    leads = Seat.objects.filter(coalition__slug="magnolia-circle", lead=True)
    assert [seat.left is None for seat in leads] == [False, True]
    handed = Seat.objects.filter(coalition__slug="porch-light", lead=True)
    assert [seat.name for seat in handed] == ["Abdi Noor"]


def test_three_tables_share_goals_and_reasons(built, db):
    shared = Release.objects.filter(shared_at__isnull=False).values_list(
        "round__coalition__slug", "round__number"
    )
    assert sorted(shared) == [("mesa-abierta", 7), ("porch-light", 7), ("prairie-lanterns", 7)]


def test_one_table_asks_something_of_its_own_and_no_figure_counts_it(built, db):
    asked = Round.objects.filter(version__items__local=True).order_by("number")
    assert [(round.coalition.slug, round.number) for round in asked] == [
        ("prairie-lanterns", 6),
        ("prairie-lanterns", 7),
    ]
    assert all(round.releases.get().document["items"][-1]["local"] for round in asked)
    assert not any("L1" in cells_of(summary) for summary in Summary.objects.all())


def test_words_and_views_leave_the_table_only_as_their_authors_let_them(built, db):
    for table in TABLES.values():
        released = Release.objects.filter(round__coalition__slug=table.slug)
        words = [row["text"] for each in released for item in each.document["items"] for row in item["words"]]
        recorded = [said for said in table.words if said.round not in table.not_recorded]
        assert set(words) == {said.text for said in recorded if said.outside}, table.name
        views = [
            row["text"] for each in released for item in each.document["items"] for row in item["dissents"]
        ]
        assert set(views) - {""} == {view.text for view in table.views if view.let_out}, table.name


def test_they_are_built_only_in_a_demo(db, settings):
    settings.DEMO = False
    with pytest.raises(Exception, match="only at a demo"):
        build(now=timezone.now())
