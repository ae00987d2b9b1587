"""Every number above the table is in the table: made-up worlds, and what a reader would count on the page."""

import re
from html.parser import HTMLParser

from django.template.loader import render_to_string
from hypothesis import given, settings

from coalitions.models import Coalition, State
from dashboards import headlines
from dashboards.histories import histories
from dashboards.matrix import matrix, middle
from dashboards.queries.across import Across, Line
from dashboards.queries.checks import checks
from dashboards.queries.filters import filters
from dashboards.queries.gaps import held
from tests.dashboards.worlds import SEASON, a_past, items, worlds
from tests.factories.summaries import CODES
from web.charts import counted, heat, multiple


class Reader(HTMLParser):
    """What stands in the rows of a heat map, as a reader sees it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[dict] = []
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.inside = {"tbody": "body", "tfoot": "foot"}.get(tag, self.inside)
        if self.inside != "body":
            return
        if tag == "tr":
            self.rows.append({"labels": [], "away": False})
        if tag == "td" and "away" in (told.get("class") or ""):
            self.rows[-1]["away"] = True
        if tag == "a":
            self.rows[-1]["labels"].append(told["aria-label"])


def the_table(told) -> tuple[str, list[dict]]:
    found = matrix(told)
    html = heat(
        found.columns,
        found.rows,
        caption="c",
        name_heading="n",
        more_headings=found.headings,
        foot=found.foot,
    )
    return html, Reader(html).rows


def number(pattern: str, sentence: str) -> int:
    found = re.search(pattern, sentence)
    return int(found[1]) if found else 0


@given(told=worlds())
@settings(max_examples=100, deadline=None)
def test_each_number_of_the_headline_is_counted_in_the_table(told):
    html, rows = the_table(told)
    labels = [label for row in rows for label in row["labels"]]
    said, under = headlines.headline(told), headlines.under(told)
    up, down = sum(", up " in each for each in labels), sum(", down " in each for each in labels)
    assert number(r"(\d+) levels? went up", said) == up
    assert number(r"(\d+) went down", said) == down
    if "no level can be compared" not in said:
        assert ("no level went up" in said) == (up == 0)
        assert ("none went down" in said) == (down == 0)
    else:
        assert up == down == 0
    there = sum(1 for row in rows if not row["away"])
    assert under.startswith(f"{there} of {len(rows)} coalition")
    held = [sum("held in two rounds" in each for each in row["labels"]) for row in rows]
    assert number(r"in two rounds on (\d+) milestone", under) == sum(held)
    assert number(r"at (\d+) coalition", under) == sum(1 for each in held if each)
    assert html.count("M5 0l5 5-5 5-5-5z") == sum(held)  # the mark itself


@given(told=worlds())
@settings(max_examples=60, deadline=None)
def test_what_stands_below_agrees_with_the_table_too(told):
    _html, rows = the_table(told)
    assert len(held(told)) == sum("held in two rounds" in each for row in rows for each in row["labels"])
    cautious = {table.name: dict(notes) for table, notes in checks(told).by_coalition}
    for line, row in zip(told.lines, rows, strict=True):
        name = line.coalition.name
        fell = any(", down " in each for each in row["labels"])
        assert ("Lower than in the round before" in cautious.get(name, {})) == fell
        claimed = any("claimed" in each for each in row["labels"])
        assert ("Claimed without evidence" in cautious.get(name, {})) == claimed
        assert (line.now is None) == row["away"]


@given(told=worlds())
@settings(max_examples=60, deadline=None)
def test_the_pictures_hold_what_their_table_says(told):
    found = histories(told)
    for each, item in zip(found.multiples, told.milestones, strict=True):
        drawn = multiple(each, found.columns, most=found.most, of=found.of)
        rows = [numbers for name, _season, numbers in found.rows if name == item.name]
        assert drawn.count("<circle") == sum(1 for numbers in rows for n in numbers[:-1] if n)
        there = sum(1 for line in told.lines for past in line.by_season.values() if item.code in past.levels)
        assert sum(map(sum, rows)) == there
        for (column, start, end), count in each.moves.items():
            assert each.at[column, start] >= count <= each.at[column + 1, end]
    assert counted(found.rows, caption="c", headings=found.headings).count("<tr>") == len(found.rows) + 1


def test_no_line_leads_over_a_new_wording():
    def line_with(breaks):
        levels = dict.fromkeys(CODES, (2, 2))
        table = Coalition(pk=1, name="One", slug="one", state=State(name="Kentucky"))
        rounds = (a_past(SEASON - 1, 1, levels, frozenset()), a_past(SEASON, 2, levels, frozenset(breaks)))
        asked = filters({}, cohort=None, cohorts=[], seasons=[SEASON], versions=["1"])
        return histories(Across(asked, (Line(table, None, None, rounds),), items(), "1"))

    assert [sum(each.moves.values()) for each in line_with(()).multiples] == [1] * 7
    assert [sum(each.moves.values()) for each in line_with({"M3"}).multiples] == [1, 1, 0, 1, 1, 1, 1]


def test_the_middle_is_a_level_or_the_two_beside_it():
    assert [middle(each) for each in ([], [2], [1, 3, 5], [2, 2, 3, 4], [1, 1, 4, 4])] == [
        "–", "2", "3", "2–3", "1–4",
    ]  # fmt: skip


def test_the_key_names_every_sign():
    key = render_to_string("dashboards/parts/heat_key.html", {"levels": []})
    for words in (
        "held in two rounds",
        "claimed",
        "new wording",
        "too few, or too alike",
        "not released",
        "a range",
    ):
        assert words in key
