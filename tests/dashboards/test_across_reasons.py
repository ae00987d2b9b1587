"""Why something cannot be compared or shown, and what is told of a lead, a wording, a reason: one case each."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Coalition
from dashboards.queries import changes as moved
from dashboards.queries.across import across
from dashboards.queries.checks import checks
from dashboards.queries.gaps import gaps
from dashboards.queries.one_milestone import shortened
from milestones.actions.reading import mark_all_read
from milestones.models import Item, Reading, Release, Version
from tests.factories.rounds import NOW
from tests.factories.summaries import a_cell, a_range, a_summary, participation

pytestmark = pytest.mark.django_db
SPRING, FALL = date(2026, 4, 1), date(2026, 10, 1)


def told(evaluator, **params):
    visible = Coalition.objects.evaluated_by(evaluator)
    return across(params, coalitions=visible, cohorts=list(evaluator.cohorts.all()))


def first(found):
    return next(each for each in found if each.item.code == "M1")


@pytest.fixture
def alone(evaluator, coalition, other_coalition):
    """One coalition, so that a page says one thing."""
    Coalition.objects.filter(pk=other_coalition.pk).update(cohort=None)
    return coalition


@pytest.mark.parametrize(
    ("spring", "fall", "why"),
    [
        (None, a_cell(3), "First round: this is the baseline"),
        (a_cell(2), a_range(2, 4, begun=1), "No agreement: from 2 to 4"),
        (
            a_range(1, 3, baseline=None),
            a_cell(3, baseline=None, begun=1),
            "No level was agreed in Round 1, where the series begins",
        ),
        (a_cell(2), a_cell(3, series="redefined", begun=2), "Redefined: the series starts anew here"),
        (a_cell(2), a_cell(3, series="new", begun=2), "New in this wording: the series starts here"),
        (a_cell(2), None, "Not assessed"),
    ],
)
def test_why_a_level_cannot_be_compared(evaluator, alone, client_of, spring, fall, why):
    if spring:
        a_summary(alone, {"M1": spring}, meets_on=SPRING)
    a_summary(alone, {"M1": fall} if fall else {"M2": a_cell()}, meets_on=FALL)
    each = first(moved.changes(told(evaluator)))
    assert [reason for _line, reason in each.apart] == [why]
    assert why in client_of(evaluator).get(reverse("changes")).content.decode()


def test_a_table_without_a_release_cannot_be_compared(evaluator, coalition, other_coalition):
    a_summary(coalition, {"M1": a_cell(2)}, meets_on=FALL)
    each = first(moved.changes(told(evaluator)))
    assert [(line.coalition, why) for line, why in each.apart][1] == (other_coalition, "Not released")


def test_a_clarified_wording_carries_its_note(evaluator, alone, client_of):
    a_summary(alone, {"M1": a_cell(1)}, meets_on=date(2025, 4, 1))
    old = Version.objects.get()
    new = Version.objects.create(framework=old.framework, label="2027", scale=old.scale, follows=old)
    Item.objects.create(version=new, position=1, code="M1", content=old.items.first().content)
    middle = a_cell(2, series="clarified", begun=1, baseline=1, since=1)
    a_summary(alone, {"M1": middle}, meets_on=SPRING, version=new)
    a_summary(alone, {"M1": a_cell(3, begun=1, baseline=1, since=2)}, meets_on=FALL, version=new)
    up = first(moved.changes(told(evaluator))).up
    assert [(each.steps, each.begun, each.clarified) for each in up] == [(2, "Round 1", ("Round 2",))]
    page = client_of(evaluator).get(reverse("changes")).content.decode()
    assert "1 in Round 1, now 3. Wording clarified in Round 2" in page


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("withheld", "Too few, or too alike, to show"),
        ("half", "Only to the half level, since just a few people came or went"),
        ("whole", "Shown as one group, the whole table"),
    ],
)
def test_why_no_gap_is_shown(evaluator, alone, client_of, shown, why):
    a_summary(alone, {"M1": a_cell(3, shown=shown, gap=None, families=None, others=None)})
    each = first(gaps(told(evaluator)))
    assert each.shown == () and [reason for reason, _lines in each.hidden] == [why]
    assert each.headline == "No coalition shows both groups here."
    page = client_of(evaluator).get(reverse("gaps")).content.decode()
    assert why in page and '<svg class="gap"' not in page
    assert [each.text.partition(": ")[2] for each in by_code(evaluator)["gap"]] == [why]


def test_a_large_gap_is_marked_only_when_it_held(evaluator, alone, client_of):
    a_summary(alone, {"M1": a_cell(3, gap=-15, worth=True, families=20, others=35)})
    client = client_of(evaluator)
    assert (
        "held in two rounds</span>" not in client.get(reverse("gaps")).content.decode().partition("dumb")[2]
    )
    assert first(gaps(told(evaluator))).headline.endswith("None of these gaps held in two rounds.")
    held = a_cell(3, gap=-15, worth=True, held=True, families=20, others=35)
    a_summary(alone, {"M1": held}, meets_on=date(2026, 12, 1))
    assert "held in two rounds</span>" in client.get(reverse("gaps")).content.decode().partition("dumb")[2]


def by_code(evaluator, **params):
    return {check.code: check.found for check in checks(told(evaluator, **params)).raised}


def test_missing_and_late_are_told_apart(evaluator, coalition, other_coalition):
    a_summary(coalition, {"M1": a_cell()}, meets_on=SPRING)
    a_summary(other_coalition, {"M1": a_cell()}, meets_on=date(2027, 3, 1))
    late = by_code(evaluator)["late"]
    assert [(each.line.coalition, each.text) for each in late] == [
        (coalition, "The last one is of Round 1, when the table met on April 1, 2026: 2 half-years before.")
    ]
    missing = by_code(evaluator, round="2026-1")["missing"]
    assert [(each.line.coalition, each.text) for each in missing] == [
        (other_coalition, "Its first release came in January to June 2027.")
    ]


def test_who_answered_too_seldom(evaluator, alone):
    few = participation(
        {"asked": 15, "answered": 8, "took_part": 9},
        {"asked": 6, "answered": 2, "took_part": 3},
        representative=False,
    )
    a_summary(alone, {"M1": a_cell()}, took_part=few)
    (found,) = by_code(evaluator)["representative"]
    assert found.text == "8 of 15 answered everything. Of parents and providers, 2 of 6 did."
    assert found.url == reverse("release_page", args=[alone.slug, 1, 1])


def test_a_correction_and_an_older_wording(evaluator, alone):
    summary = a_summary(alone, {"M1": a_cell(4, claimed=True)})
    Release.objects.filter(pk=summary.pk).update(number=2)
    Version.objects.create(framework=Version.objects.get().framework, label="2027", scale=[])
    found = by_code(evaluator)
    assert found["corrected"][0].url == reverse("release_page", args=[alone.slug, 1, 2])
    assert "The newest is 2027." in found["wording"][0].text
    assert found["claimed"][0].url == reverse("cell", args=[alone.slug, "M1"])
    Version.objects.filter(label="2027").update(draft=True)
    assert "wording" not in by_code(evaluator)


def test_a_lead_changed(evaluator, alone, client_of):
    a_summary(alone, {"M1": a_cell()}, meets_on=SPRING)
    a_summary(alone, {"M1": a_cell()}, meets_on=FALL, took_part=participation(lead_changed=True))
    assert [each.text for each in by_code(evaluator)["lead"]] == ["Since Round 1."]
    assert "lead" not in by_code(evaluator, round="2026-1")
    client = client_of(evaluator)
    assert "Lead changed" in client.get(reverse("checks")).content.decode()
    assert "<b>Lead changed:</b> Since Round 1." in client.get(reverse("states")).content.decode()


def test_both_pages_name_the_same_coalitions(evaluator, coalition, other_coalition, client_of):
    few = a_cell(3, shown="withheld", gap=None, families=None, others=None, stand="no")
    a_summary(coalition, {"M1": a_cell(4, claimed=True), "M2": a_range(2, 4), "M3": few}, meets_on=FALL)
    a_summary(other_coalition, meets_on=SPRING)
    found = checks(told(evaluator))
    assert {check.code for check in found.raised} == {"late", "range", "claimed", "stand", "gap"}
    states, every = (
        client_of(evaluator).get(reverse(name)).content.decode() for name in ("states", "checks")
    )
    for check in found.raised:
        assert f"<b>{check.name}:</b>" in states and f">{check.name}</h2>" in every
    assert found.by_coalition[1][1][0][0] == "Late"
    assert dict(found.by_coalition[0][1])["No gap shown"] == "Same page"


def test_all_is_well(evaluator, alone, lead, client_of):
    a_summary(alone)
    found = checks(told(evaluator))
    assert found.raised == () and found.headline == "Nothing here needs a note before you quote it."
    assert found.headline in client_of(evaluator).get(reverse("checks")).content.decode()


@pytest.mark.parametrize(("length", "cut"), [(10, False), (280, False), (281, True), (2000, True)])
def test_a_reason_is_whole_or_seen_to_be_cut(length, cut):
    text = ("word " * 400)[:length]
    start, was_cut = shortened(text)
    assert was_cut == cut and len(start) <= 280
    assert text.startswith(start)
    assert cut or start == text


def test_a_word_too_long_to_keep_is_cut_too():
    assert shortened("x" * 300) == ("x" * 280, True)


def a_document(why: str, dissents=()) -> dict:
    version = Version.objects.first()
    row = {
        "number": 1, "low": 2, "high": 2, "how": "everyone", "why": why, "stand": "yes", "above_because": "",
        "next_step": "Ask again", "owner": "Director", "due": None, "is_goal": True, "goal_level": 4, "criteria": {},
        "proof": 0,
    }  # fmt: skip
    item = {"code": "M1", "names": {"name": "Table"}, "outcome": False, "agreements": [row], "words": []}
    return {"scale": version.scale, "items": [{**item, "dissents": list(dissents), "evidence": []}]}


def test_reasons_stand_with_the_views_that_were_let_out(evaluator, alone, client_of):
    summary = a_summary(alone, {"M1": a_cell(2)})
    views = [
        {"id": 1, "text": "We were not asked.", "language": "en", "by": "", "kept": False, "withdrawn": False, "answered": 1},
        {"id": 2, "text": "", "language": "en", "by": "", "kept": True, "withdrawn": False, "answered": 1},
        {"id": 3, "text": "", "language": "en", "by": "", "kept": False, "withdrawn": True, "answered": 1},
    ]  # fmt: skip
    Release.objects.filter(pk=summary.pk).update(document=a_document("Long reason. " * 40 + "THE END", views))
    page = client_of(evaluator).get(reverse("across_milestone", args=["M1"])).content.decode()
    for text in (
        "We were not asked.",
        "A view was kept at the table.",
        "A view was withdrawn.",
        "[…]",
        "Director",
    ):
        assert text in page
    assert "THE END" not in page
    assert f"{reverse('release_page', args=[alone.slug, 1, 1])}#m1" in page
    assert "A goal for us now. In a year we want to be at 4 Strong." in page


def test_reading_reasons_is_on_record_and_figures_are_not(evaluator, coalition, other_coalition, client_of):
    for table in (coalition, other_coalition):
        summary = a_summary(table, {"M1": a_cell(2)})
        Release.objects.filter(pk=summary.pk).update(document=a_document("Because"))
    client = client_of(evaluator)
    for name in ("across_milestones", "changes", "gaps", "checks"):
        client.get(reverse(name))
    assert not Reading.objects.exists()
    for _twice in range(2):
        client.get(reverse("across_milestone", args=["M1"]))
    assert {(each.release.round.coalition, each.member) for each in Reading.objects.all()} == {
        (coalition, evaluator),
        (other_coalition, evaluator),
    }
    assert Reading.objects.count() == 2


def test_reading_again_is_on_record_by_day(evaluator, coalition, other_coalition):
    tables = {a_summary(table).pk: table for table in (coalition, other_coalition)}
    for day in (0, 0, 3):
        mark_all_read(releases=tables, by=evaluator, now=NOW + timedelta(days=day))
    days = {(each.first_on, each.last_on) for each in Reading.objects.all()}
    assert days == {(date(2026, 11, 21), date(2026, 11, 24))} and Reading.objects.count() == 2
    with CaptureQueriesContext(connection) as made:
        mark_all_read(releases=tables, by=evaluator, now=NOW + timedelta(days=3))
    assert len(made) == 1
    mark_all_read(releases=tables, by=evaluator, now=NOW)
    assert {each.last_on for each in Reading.objects.all()} == {date(2026, 11, 24)}


def test_the_reason_of_the_chosen_half_year(evaluator, alone, client_of):
    for meets_on, why in ((SPRING, "Spring reason"), (FALL, "Fall reason")):
        summary = a_summary(alone, {"M1": a_cell(2)}, meets_on=meets_on)
        Release.objects.filter(pk=summary.pk).update(document=a_document(why))
    url, client = reverse("across_milestone", args=["M1"]), client_of(evaluator)
    fall, spring = (client.get(url, {"round": which}).content.decode() for which in ("2026-2", "2026-1"))
    assert "Fall reason" in fall and "Spring reason" not in fall
    assert "Spring reason" in spring and "Fall reason" not in spring
