"""What a figure shows is what its table says, and nothing in it can run or carry a style."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.charts import (
    Apart,
    BoardGap,
    BoardRow,
    HeatCell,
    HeatRow,
    Multiple,
    Point,
    board,
    counted,
    dumbbells,
    gap_dumbbell,
    heat,
    icon,
    key,
    lines,
    marks,
    multiple,
    scale,
    seat_map,
    steps,
    strip,
)

LEVELS = [(1, "Not yet"), (2, "Starting"), (3, "Partway"), (4, "Strong"), (5, "Lasting")]
EVIL = '"><script>alert(1)</script>'
PARENTS = BoardRow("pp", "Parents and providers, 13 people", [3, 6, 3, 1, 0], 22)
OTHERS = BoardRow("ot", "Other members, 11 people", [0, 1, 3, 5, 2], 37)
GAP = BoardGap("pp", 22, "ot", 37, "1.5 levels apart")
POINTS = [
    Point("Fall 2024", "Not assessed"),
    Point("Spring 2025", "2 Starting", level=2),
    Point("Fall 2025", "From 2 to 4", low=2, high=4),
    Point("Spring 2026", "Not released", why="held"),
    Point("Fall 2026", "3 Partway", level=3),
]


def a_timeline(points=POINTS, label="Agreed level by round"):
    return lines(points, label, "Show the numbers as a table", "Round", "Agreed level")


def every_figure(words="words"):
    row = BoardRow("pp", words, [1, 2, 3, 0, 0], 20, note=words)
    none = BoardRow("ot", words, None, None, hidden=words)
    return [
        board([(n, words) for n in range(1, 6)], [row, none], words, [BoardGap("pp", 20, "ot", 40, words)]),
        gap_dumbbell(words, 21, 38),
        seat_map([("pp", True), ("ot", False)], 2, words, words, words),
        lines([Point(words, words, level=1)], words, words, words, words),
        key("pv", words),
        steps(3),
        strip([1, 2, None, 3, 4, 5, 5]),
        marks("pa", 3, 1),
        icon("up"),
        scale(),
        heat(
            [(1, words, words)],
            [
                HeatRow(words, words, [HeatCell(words, words, words, level=3, signs=[("up", words)])], more=[(words, "late")]),
                HeatRow(words, words, absent=words),
            ],
            caption=words, name_heading=words, more_headings=[words], foot=(words, [words]),
        ),
        multiple(Multiple(words, words, {(0, 3): 2}, {(0, 3, 4): 1}), [words, words], most=2),
        counted([(words, words, [1])], caption=words, headings=[words]),
        dumbbells([Apart(words, words, words, 20, 40, words, words, held=words)], [words] * 4),
        dumbbells([Apart(words, words, words, None, None, words, why=words, talk=words, here=True)], [words] * 4),
    ]  # fmt: skip


class Cells(HTMLParser):
    """The text of each data cell, and how many marks it holds."""

    def __init__(self, html):
        super().__init__()
        self.cells, self.inside = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "td" and "headers" in attrs:
            self.inside = True
            self.cells.append({"headers": attrs["headers"], "text": "", "marks": 0})
        if self.inside and tag == "svg" and "column" not in attrs.get("class", ""):
            self.cells[-1]["marks"] += 1

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "td"

    def handle_data(self, data):
        if self.inside:
            self.cells[-1]["text"] += data


@pytest.mark.parametrize("number", range(len(every_figure())))
def test_words_are_escaped_and_nothing_has_a_style(number):
    html = every_figure(EVIL)[number]
    assert "<script" not in html
    assert "style=" not in html
    assert not re.search(r"\son\w+=", html)


counts = st.lists(st.integers(0, 50), min_size=5, max_size=5)


@given(groups=st.lists(counts, min_size=1, max_size=3))
def test_every_cell_says_its_number_and_draws_as_many_marks(groups):
    rows = [BoardRow(kind, kind, row) for kind, row in zip(("pa", "pv", "ot"), groups, strict=False)]
    expected = [count for row in groups for count in row]
    cells = Cells(board(LEVELS, rows, "caption")).cells
    assert [int(re.match(r"\d+", cell["text"]).group()) for cell in cells] == expected
    if max(expected) <= 12:
        assert [cell["marks"] for cell in cells] == expected
    else:  # one mark stands for the number before it
        assert [cell["marks"] for cell in cells] == [1 if count else 0 for count in expected]


def test_every_cell_names_a_group_and_a_level_that_exist():
    html = board(LEVELS, [PARENTS, OTHERS], "caption", [GAP], name="five")
    ids = set(re.findall(r'id="([^"]+)"', html))
    named = {name for cell in Cells(html).cells for name in cell["headers"].split()}
    assert named == ids


def test_two_groups_face_each_other_across_the_scale():
    html = board(LEVELS, [PARENTS, OTHERS], "caption", [GAP])
    assert html.index("Parents and providers") < html.index("1.5 levels apart") < html.index("Other members")


def test_three_groups_stand_above_their_gaps():
    parents, providers = (
        BoardRow("pa", "Parents", [3, 3, 1, 0, 0], 17),
        BoardRow("pv", "Providers", [0, 3, 2, 1, 0], 27),
    )
    gaps = [BoardGap("pa", 17, "pv", 27, "1.0 apart"), GAP]
    html = board(LEVELS, [parents, providers, OTHERS], "caption", gaps)
    assert html.index("Other members") < html.index("1.0 apart") < html.index("1.5 levels apart")
    assert html.count('class="axis"') == 2


def test_a_group_without_marks_says_so_and_keeps_its_average():
    shown = BoardRow("pp", "Parents and providers", None, 25, hidden="The average is near 2.5.")
    html = board(LEVELS, [shown, OTHERS], "caption")
    assert "The average is near 2.5." in html
    assert len(Cells(html).cells) == 5


def test_no_average_draws_no_scale():
    assert "axis" not in board(LEVELS, [BoardRow("all", "Whole table", [1, 4, 3, 1, 0])], "caption")


def test_the_wall_gets_larger_type_and_the_same_table():
    plain, wall = (board(LEVELS, [PARENTS], "caption", projector=wall) for wall in (False, True))
    assert wall == f'<div class="projector">{plain}</div>'


def heights(html):
    return [float(y) for y in re.findall(r'<svg class="(?:pp|ot)" x="[^"]+" y="([^"]+)"', html)]


@pytest.mark.parametrize("apart", range(4))
def test_marks_that_would_cover_each_other_are_nudged_apart(apart):
    others, parents = heights(gap_dumbbell("label", 30, 30 + apart))
    assert parents < others


def test_marks_far_apart_share_the_line():
    assert len(set(heights(gap_dumbbell("label", 20, 35)))) == 1


def test_equal_averages_are_both_seen_on_the_board():
    first, second = heights(
        board(LEVELS, [PARENTS, OTHERS], "caption", [BoardGap("pp", 30, "ot", 30, "No gap")])
    )
    assert first != second


def test_a_gap_is_one_image_with_a_sentence_for_a_name():
    html = gap_dumbbell("Trust: parents and providers 2.7, other members 3.6", 27, 36)
    assert 'role="img" aria-label="Trust: parents and providers 2.7, other members 3.6"' in html


def test_a_group_that_is_not_shown_has_no_mark():
    html = gap_dumbbell("label", None, 36)
    assert 'class="ot"' in html
    assert 'class="pp"' not in html
    assert "between" not in html


def test_one_seat_for_each_person_and_each_empty_chair():
    html = seat_map([("pp", True)] * 3 + [("ot", False)] * 2, 2, "3 of 3 votes", "parents", "Seat map")
    assert html.count('<g class="pp"') == 3
    assert html.count('<g class="ot"') == 2
    assert html.count('<g class="open"') == 2
    assert 'role="img" aria-label="Seat map"' in html


@given(st.integers(0, 120), st.integers(0, 20))
def test_a_table_of_any_size_stays_inside_the_drawing(people, empty):
    html = seat_map([("pp", True)] * people, empty, "0", "votes", "Seat map")
    for x, y in re.findall(r"translate\(([\d.-]+) ([\d.-]+)\)", html):
        assert 10 <= float(x) <= 410
        assert 10 <= float(y) <= 222


def test_the_timeline_has_a_twin_with_the_same_words():
    html = a_timeline()
    twin = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', html)
    assert twin == [(point.round, point.text) for point in POINTS]
    assert re.findall(r'class="digit"[^>]*>(\d)<', html) == ["2", "3"]


def test_each_absence_looks_different_from_a_level_and_from_the_others():
    html = a_timeline()
    assert [html.count(f'class="{kind}"') for kind in ("agreed", "range", "gone", "shut")] == [2, 1, 1, 1]


def test_no_line_is_drawn_across_an_absence():
    assert "path-line" not in a_timeline()
    assert a_timeline([Point("A", "1", level=1), Point("B", "2", level=2)]).count("path-line") == 1


def test_no_round_yet_is_still_a_figure():
    assert "<tbody></tbody>" in a_timeline([])


@pytest.mark.parametrize("level", [None, 1, 5])
def test_steps_fill_up_to_the_level(level):
    assert steps(level).count("class=on") == (level or 0)


def test_the_strip_hatches_what_is_not_agreed():
    assert re.findall(r'class="(v\d)"', strip([4, None, 1])) == ["v4", "v0", "v1"]


def test_a_row_of_people_has_one_mark_each():
    html = marks("ot", 4, 2)
    assert html.count("<svg") == 6
    assert html.count('fill="none"') == 2


def test_absences_in_a_heat_map_look_different():
    cells = [
        HeatCell("3", "a", level=3),
        HeatCell("2–4", "b", kind="range"),
        HeatCell("Not assessed", "c", kind="none"),
    ]
    rows = [HeatRow("One", "", cells), HeatRow("Two", "", absent="Not released")]
    drawn = heat([(n, "", "") for n in (1, 2, 3)], rows, caption="", name_heading="")
    assert [drawn.count(f'class="{ground}"') for ground in ("c l3", "c range", "c none", "away")] == [
        1,
        1,
        1,
        1,
    ]
    assert "<a" not in drawn  # without an address there is nothing to press


@pytest.mark.parametrize(("season", "drawn"), [("Fall", 8), ("Primavera", 4), ("Ronda extraordinaria", 3)])
def test_names_of_rounds_that_would_run_into_each_other_are_thinned_out(season, drawn):
    """On a phone. The latest always has its name, and the table below has them all."""
    html = a_timeline([Point(f"{season} {year}", "2 Starting", level=2) for year in range(2019, 2027)])
    figure = html.partition("<figcaption")[0]
    assert figure.count(f">{season}</tspan>") == drawn
    assert ">2026</tspan>" in figure
    assert html.count(f'<th scope="row">{season}') == 8
