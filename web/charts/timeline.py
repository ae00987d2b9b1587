"""What a table agreed on one milestone, round after round."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

TOP, STEP = 16, 30  # pixels: above the highest level, and between two levels
LEFT = 6  # per cent of the width kept for the digits of the scale
LETTERS = (
    56  # of names that fit side by side on a phone, with a space behind each; of more, only some are drawn
)


@dataclass(frozen=True)
class Point:
    """One round. A level, or a range from `low` to `high`, or neither.

    `why` says which absence it is: "none" (nobody assessed it) or "held" (assessed, not released).
    """

    round: str
    text: str  # what the table beside the figure says: "3 Partway", "Not assessed", "From 2 to 4"
    level: int | None = None
    low: int | None = None
    high: int | None = None
    why: str = "none"
    anew: bool = False  # the wording changed, so no line leads here


def lines(
    points: Sequence[Point],
    label: str,
    show_numbers: str,
    round_heading: str,
    level_heading: str,
    of: int = 5,
) -> SafeString:
    """The figure and its twin, a table with the same words. The scale runs from 1 to `of`."""
    rows = format_html_join(
        "", '<tr><th scope="row">{}</th><td>{}</td></tr>', ((point.round, point.text) for point in points)
    )
    return format_html(
        '<figure>{}<figcaption class="sm"><details><summary>{}</summary><table class="plain narrow">'
        '<thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>'
        "</details></figcaption></figure>",
        _figure(points, label, of), show_numbers, round_heading, level_heading, rows,
    )  # fmt: skip


def _figure(points: Sequence[Point], label: str, of: int) -> SafeString:
    share = (100 - LEFT) / max(len(points), 1)
    placed = [(point, LEFT + share * (number + 0.5)) for number, point in enumerate(points)]
    foot = TOP + STEP * (of - 1)
    longest = max((len(line) for point in points for line in _lines_of(point.round)), default=0)
    every = max(1, ceil(len(points) * (longest + 1) / LETTERS))
    named = placed[::-1][::every]  # counted from the latest round, which always has its name
    drawn = [
        *(
            f'<line class="ax" x1="{LEFT}%" x2="100%" y1="{_y(n, of)}" y2="{_y(n, of)}"/>'
            f'<text class="tx" x="4" y="{_y(n, of) + 5}">{n}</text>'
            for n in range(1, of + 1)
        ),
        *(
            f'<line class="path-line" x1="{x1:.2f}%" x2="{x2:.2f}%" '
            f'y1="{_y(a.level, of)}" y2="{_y(b.level, of)}"/>'
            for (a, x1), (b, x2) in pairwise(placed)
            if a.level and b.level and not b.anew
        ),
        *(f'<svg x="{x:.2f}%" overflow="visible">{_draw(point, of)}</svg>' for point, x in placed),
        *(_name(point.round, x, foot + 32, point is points[-1]) for point, x in named),
    ]
    return format_html(
        '<svg class="chart rounds" height="{}" role="img" aria-label="{}">{}</svg>',
        foot + 56,
        label,
        mark_safe("".join(drawn)),
    )


def _y(level: int, of: int) -> int:
    return TOP + STEP * (of - level)


def _name(round_name: str, x: float, y: int, latest: bool) -> str:
    """A round's name in two lines, so that "Spring" stands above "2026" on a narrow screen."""
    return format_html(
        '<svg x="{}%" y="{}" overflow="visible"><text class="tx{}" text-anchor="middle">'
        '<tspan x="0">{}</tspan><tspan x="0" dy="17">{}</tspan></text></svg>',
        f"{x:.2f}",
        y,
        " now" if latest else "",
        *_lines_of(round_name),
    )


def _lines_of(round_name: str) -> tuple[str, str]:
    first, _, rest = round_name.rpartition(" ")
    return (first, rest) if first else (rest, "")


def _draw(point: Point, of: int) -> str:
    if point.level is not None:
        y = _y(point.level, of)
        return (
            f'<circle class="agreed" cy="{y}" r="12"/>'
            f'<text class="digit" y="{y + 5}" text-anchor="middle">{point.level}</text>'
        )
    if point.low is not None and point.high is not None:
        top, bottom = _y(point.high, of) - 11, _y(point.low, of) + 11
        return f'<rect class="range" x="-11" y="{top}" width="22" height="{bottom - top}" rx="4"/>'
    middle = TOP + STEP * (of - 1) // 2
    if point.why == "held":  # a closed lock: it exists, and stays at the table
        return (
            f'<g class="shut" transform="translate(0 {middle})">'
            '<rect x="-9" y="-4" width="18" height="14" rx="2"/>'
            '<path d="M-5-4v-4a5 5 0 0 1 10 0v4"/></g>'
        )
    return f'<circle class="gone" cy="{middle}" r="11"/>'
