"""No number is only drawn: beside every drawing it stands in a table or as text, in the same words for everyone."""

import re
from html.parser import HTMLParser
from inspect import isfunction

import pytest

from web import charts

from .house import short, templates

# What these show stands beside them wherever they are drawn.
ORNAMENTS = {
    "code_to_scan": "the address it leads to",
    "icon": "a word",
    "key": "a word",
    "mark": "a word",
    "marks": "how many, as a number",
    "scale": "the numbers below it",
    "steps": "digit and word",
    "strip": "the ledger",
}
# And these have their table in the same template, or one press away.
TABLES = {"multiple": ("{% counted ",), "seat_map": ('<table class="flat">', "{% url 'people' ")}


def drawings() -> dict[str, tuple[str, list[str]]]:
    """By name: what is drawn, and its numbers as they are read."""
    row = charts.BoardRow("pp", "Parents", [1, 2, 3, 0, 4], 29)
    cell = charts.HeatCell(
        "3–4", "One, Trust: from 3 to 4", address="/", kind="range", signs=[("gap", "1.2")]
    )
    points = [
        charts.Point("Fall", "3 Partway", level=3),
        charts.Point("Spring", "From 2 to 4", low=2, high=4),
    ]
    apart = charts.Apart("One", "/", "One: 2.1 and 3.8", 21, 38, "1.7 lower")
    return {
        "bars": (charts.bars([("Yes", 12), ("No", 5)], "c", "a", "b"), ["12", "5"]),
        "board": (charts.board([(n, f"L{n}") for n in range(1, 6)], [row], "c"), ["1", "2", "3", "0", "4"]),
        "counted": (charts.counted([("One", "Fall", [7, 8])], caption="c", headings=[]), ["7", "8"]),
        "dumbbells": (charts.dumbbells([apart], ["Table", "Parents", "Others", "Gap"]), ["2.1", "3.8", "1.7"]),
        "gap_dumbbell": (charts.gap_dumbbell("One: 2.1 and 3.8", 21, 38), ["2.1", "3.8"]),
        "heat": (
            charts.heat([(1, "T", "Trust")], [charts.HeatRow("One", "", [cell])], caption="c", name_heading="n"),
            ["3–4", "1.2"],
        ),
        "lines": (charts.lines(points, "label", "s", "r", "l"), ["3 Partway", "From 2 to 4"]),
    }  # fmt: skip


class Text(HTMLParser):
    """What is read as text: not in a drawing, and not hidden from anybody."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if self.hidden or tag == "svg" or ("aria-hidden", "true") in attrs:
            self.hidden += 1

    def handle_endtag(self, tag):
        self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data):
        if not self.hidden:
            self.said.append(data)


def test_every_drawing_is_asked():
    all_of_them = {name for name in charts.__all__ if isfunction(getattr(charts, name))}
    assert all_of_them == {*ORNAMENTS, *TABLES, *drawings()}


@pytest.mark.parametrize("name", drawings())
def test_its_numbers_are_text_too(name):
    drawn, numbers = drawings()[name]
    said = " ".join(Text(re.sub(r"<br>", " ", drawn)).said)
    assert [number for number in numbers if number not in said] == []


@pytest.mark.parametrize("path", templates(), ids=short)
def test_its_table_is_at_hand(path):
    source = path.read_text()
    drawn = [name for name in TABLES if f"{{% {name} " in source]
    assert [name for name in drawn if not any(twin in source for twin in TABLES[name])] == []
