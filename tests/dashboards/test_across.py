"""One milestone, changes, gaps and checks across coalitions: true sentences, by name, for evaluators alone."""

import random
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalitions.models import Coalition, Cohort
from dashboards.queries import changes as moved
from dashboards.queries import gaps as apart
from dashboards.queries.across import across
from dashboards.queries.checks import checks
from dashboards.queries.one_milestone import one_milestone, spread
from tests.factories.summaries import CODES, a_cell, a_range, a_summary, coalitions
from tests.factories.tables import a_member

pytestmark = pytest.mark.django_db
SPRING, FALL = date(2026, 4, 1), date(2026, 10, 1)
PAGES = ("across_milestones", "changes", "gaps", "checks", "learning")


def told(evaluator, **params):
    visible = Coalition.objects.evaluated_by(evaluator)
    return across(params, coalitions=visible, cohorts=list(evaluator.cohorts.all()))


def address(name):
    return reverse(name, args=["M1"] if name == "across_milestone" else [])


def read(client, name, **params):
    response = client.get(address(name), params)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", [*PAGES, "across_milestone"])
def test_who_may_look(evaluator, coalition, lead, parent, outsider, site_admin, client_of, visitor, name):
    a_summary(coalition)
    assert client_of(evaluator).get(address(name)).status_code == 200
    for who in (lead, parent, outsider, site_admin):
        assert client_of(who).get(address(name)).status_code == 404
    assert visitor.get(address(name)).status_code == 302


@pytest.mark.parametrize("name", [*PAGES, "across_milestone"])
def test_tables_of_others_are_nobodys(evaluator, coalition, client_of, name):
    theirs = Cohort.objects.create(name="Their cohort")
    hidden = coalitions(1, theirs)[0]
    a_summary(hidden)
    a_summary(coalition)
    page = read(client_of(evaluator), name, cohort=theirs.pk)
    assert hidden.name not in page and "Their cohort" not in page


@pytest.mark.parametrize("name", PAGES)
def test_nothing_yet(evaluator, client_of, name):
    client = client_of(evaluator)
    assert "<h1" in read(client, name)
    assert client.get(reverse("across_milestone", args=["M1"])).status_code == 200
    Coalition.objects.update(cohort=None)
    assert "<h1" in read(client, name)


def test_no_such_milestone(evaluator, coalition, client_of):
    a_summary(coalition)
    for code in ("M9", "m1", "%27", "cells"):
        assert client_of(evaluator).get(f"/e/milestones/{code}/").status_code == 404


@pytest.mark.parametrize("name", [*PAGES[:-1], "across_milestone"])
def test_a_filter_changes_the_page_in_place(evaluator, coalition, client_of, name):
    a_summary(coalition, {code: a_cell(2) for code in CODES}, meets_on=SPRING)
    a_summary(coalition, {code: a_cell(4) for code in CODES}, meets_on=FALL)
    headers = {"HX-Request": "true", "HX-Target": "across"}
    part = client_of(evaluator).get(address(name), {"round": "2026-1"}, headers=headers).content.decode()
    assert part.lstrip().startswith('<div class="wrap" id="across"')
    assert "January to June 2026" in part
    assert "<main" not in part


@pytest.mark.parametrize("name", [*PAGES, "across_milestone"])
def test_the_cost_does_not_grow(evaluator, coalition, client_of, name):
    client, cohort = client_of(evaluator), evaluator.cohorts.get()
    Coalition.objects.exclude(pk=coalition.pk).update(cohort=None)

    def queries():
        with CaptureQueriesContext(connection) as made:
            read(client, name)
        return len(made)

    a_summary(coalition, meets_on=SPRING)
    a_summary(coalition, meets_on=FALL)
    few = queries()
    for table in coalitions(5, cohort):
        a_summary(table, meets_on=SPRING)
        a_summary(table, meets_on=FALL)
    assert queries() == few
    assert few <= 9


# Worlds by chance: what a headline says is counted anew from the cells that were written.


def a_world(seed: int, cohort: Cohort) -> dict[int, dict[str, dict]]:
    """Eight tables with one or two rounds, or none; what each said last in the fall."""
    chance = random.Random(seed)
    fall = {}
    for table in coalitions(8, cohort):
        rounds = chance.choice(("both", "both", "both", "fall", "spring", "none"))
        first = {code: some_cell(chance, "", None) for code in CODES if chance.random() < 0.9}
        if rounds in ("both", "spring"):
            a_summary(table, first, meets_on=SPRING)
        if rounds in ("both", "fall"):
            cells = {}
            for code in CODES:
                if chance.random() < 0.9:
                    before = first.get(code) if rounds == "both" else None
                    cells[code] = some_cell(chance, chance.choice(("", "", "redefined")), before)
            fall[table.pk] = cells
            a_summary(table, cells, meets_on=FALL)
    return fall


def some_cell(chance: random.Random, series: str, before: dict | None) -> dict:
    low = chance.randint(1, 5)
    cell = a_range(low, min(5, low + 1)) if chance.random() < 0.2 else a_cell(low)
    goes_on = before is not None and series == ""
    level = cell["low"] if cell["agreed"] else None
    baseline = before["baseline"] if goes_on else level
    since = level - baseline if goes_on and level is not None and baseline is not None else None
    shown = chance.choice(("groups", "groups", "withheld", "half", "whole"))
    gap = chance.choice((-15, -6, 0, 4)) if shown == "groups" else None
    return {
        **cell, "series": series if before else "", "baseline": baseline, "since": since, "shown": shown, "gap": gap,
        "begun": 1 if goes_on or not before else 2, "held": gap == -15 and chance.random() < 0.5,
        "claimed": cell["agreed"] and low >= 4 and chance.random() < 0.3,
    }  # fmt: skip


@pytest.fixture(params=range(6))
def world(request, evaluator):
    """A half-year in which somebody released, with the cells of those who did."""
    Coalition.objects.update(cohort=None)
    fall = a_world(request.param, evaluator.cohorts.get())
    assert fall
    return fall


def numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", text)]


def test_the_headline_of_a_milestone_is_what_its_table_says(evaluator, world, client_of):
    found = told(evaluator, round="2026-2")
    for item in found.milestones:
        cells = [cells[item.code] for cells in world.values() if item.code in cells]
        agreed = [cell["low"] for cell in cells if cell["agreed"]]
        parts = [f"{len(agreed)} of 8 coalitions agreed a level."]
        names = {level.value: level.name for level in item.version.levels}
        at = [f"{agreed.count(n)} at {n} {names[n]}" for n in range(1, 6) if n in agreed]
        parts += [", ".join(at) + "."] if at else []
        for text, n in (
            ("Without agreement", len(cells) - len(agreed)),
            ("Not assessed", len(world) - len(cells)),
            ("Not released", 8 - len(world)),
        ):
            parts += [f"{text}: {n}."] if n else []
        assert spread(item, found.lines).headline == " ".join(parts)
        page = client_of(evaluator).get(reverse("across_milestone", args=[item.code]), {"round": "2026-2"})
        table = page.content.decode().partition('<table class="heat')[2].partition("</table>")[0]
        last = [row.rpartition("<td")[2] for row in table.split("<tr>")[2:]]
        assert sum(bool(re.match(r' class="c l\d', cell)) for cell in last) == len(agreed)
        assert sum(cell.startswith(' class="c range') for cell in last) == len(cells) - len(agreed)
        assert sum(cell.startswith(' class="c none') for cell in last) == len(world) - len(cells)
        assert sum(cell.startswith(' class="c away') for cell in last) == 8 - len(world)


def test_the_headline_of_changes_is_what_its_lists_say(evaluator, world, client_of):
    found = moved.changes(told(evaluator, round="2026-2"))
    page = read(client_of(evaluator), "changes", round="2026-2")
    comparable = set()
    for each in found:
        since = {pk: cells[each.item.code]["since"] for pk, cells in world.items() if each.item.code in cells}
        comparable |= {pk for pk, steps in since.items() if steps is not None}
        up = sum(1 for steps in since.values() if steps is not None and steps > 0)
        down = sum(1 for steps in since.values() if steps is not None and steps < 0)
        same = sum(1 for steps in since.values() if steps == 0)
        assert numbers(each.headline) == [up, down, same, 8 - up - down - same]
        assert (len(each.up), len(each.down), len(each.same)) == (up, down, same)
        section = page.partition(f'aria-labelledby="m{each.item.position}"')[2].partition("</section>")[0]
        lists = [part.count("<li>") for part in section.split("<h3>")[1:]]
        assert lists == [up, down, same, 8 - up - down - same]
        for rows in (each.up, each.down, each.same):
            names = [row.line.coalition.name for row in rows]
            assert names == sorted(names, key=str.casefold)
        assert all(why for _line, why in each.apart)
    n = len(comparable)
    verb = f"{n} of 8 coalitions can be compared with their own baseline."
    assert verb in page


def test_the_headline_of_gaps_is_what_its_rows_say(evaluator, world, client_of):
    found = apart.gaps(told(evaluator, round="2026-2"))
    page = read(client_of(evaluator), "gaps", round="2026-2")
    held_on = []
    for each in found:
        cells = [cells[each.item.code] for cells in world.values() if each.item.code in cells]
        gaps = [cell["gap"] for cell in cells if cell["gap"] is not None]
        held = sum(1 for cell in cells if cell["held"])
        held_on += [each.item.name] if held else []
        section = page.partition(f'aria-labelledby="m{each.item.position}"')[2].partition("</section>")[0]
        assert section.count('<svg class="gap"') == len(gaps)
        assert section.count("held in two rounds</span>") == held
        assert len(each.shown) + sum(len(lines) for _why, lines in each.hidden) == 8
        if gaps:
            lower, higher = sum(gap < 0 for gap in gaps), sum(gap > 0 for gap in gaps)
            assert numbers(each.headline)[:3] == [len(gaps), lower, higher]
            assert (f"{held} of these gaps held" in each.headline) == bool(held)
        else:
            assert each.headline == "No coalition shows both groups here."
    said = apart.headline(found)
    assert said == (
        f"Gaps that held in two rounds: {', '.join(held_on)}." if held_on else "No gap held in two rounds."
    )


def test_the_headline_of_checks_is_what_stands_below(evaluator, world, client_of):
    found = checks(told(evaluator, round="2026-2"))
    page = read(client_of(evaluator), "checks", round="2026-2")
    below = page.partition('class="lede"')[2]
    concerned = set(re.findall(r"<dt>(.*?)</dt>", below))
    assert numbers(found.headline)[:2] == [len(concerned), 8]
    assert found.headline in page
    by_code = {check.code: check.found for check in found.raised}
    released = {Coalition.objects.get(pk=pk).name for pk in world}
    behind = {each.line.coalition.name for code in ("missing", "late") for each in by_code.get(code, ())}
    assert behind | released == set(
        Coalition.objects.filter(name__startswith="Table").values_list("name", flat=True)
    )
    assert not behind & released
    claimed = sum(cell["claimed"] for cells in world.values() for cell in cells.values())
    assert len(by_code.get("claimed", ())) == claimed
    hidden = sum(cell["gap"] is None for cells in world.values() for cell in cells.values())
    assert len(by_code.get("gap", ())) == hidden


def test_levels_are_never_added_up_and_rows_go_by_name(evaluator, world, client_of):
    for name in ("across_milestone", "changes", "gaps", "checks"):
        page = read(client_of(evaluator), name, round="2026-2")
        assert not re.search(r"\b(total|rank|median|mean)\b", page.partition("<main")[2], re.I)
    one = one_milestone(told(evaluator), "M1")
    names = [line.coalition.name for line, _spots in one.rows]
    assert names == sorted(names, key=str.casefold)


def test_what_somebody_else_may_not_see_is_not_asked_for(evaluator, client_of):
    """Somebody with another cohort sees theirs alone, in the counts too."""
    mine, theirs = coalitions(1, evaluator.cohorts.get()), coalitions(3, Cohort.objects.create(name="Others"))
    for table in [*mine, *theirs]:
        a_summary(table, {code: a_cell(5) for code in CODES})
    Coalition.objects.filter(name__startswith="C").update(cohort=None)
    Coalition.objects.filter(name__startswith="K").update(cohort=None)
    assert "1 of 1 coalition agreed a level." in read(client_of(evaluator), "across_milestone")
    other = a_member("Ed Elsewhere")
    Cohort.objects.get(name="Others").evaluators.add(other)
    assert "3 of 3 coalitions agreed a level." in read(client_of(other), "across_milestone")
