"""Small pictures side by side: how many stand at each level, half-year by half-year, and how they moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from django.utils.safestring import SafeString, mark_safe

WIDE, HIGH, LEFT, TOP, FOOT = 176, 116, 20, 10, 20  # of the drawing, in its own units
SMALL, LARGE = 2.4, 7.5  # the radius of one, and of all
WIDTHS = 4  # of lines, from one to all


@dataclass(frozen=True, slots=True)
class Multiple:
    """`at` is (column, level) -> how many; `moves` is (column, level, level in the next column) -> how many."""

    name: str
    label: str
    at: Mapping[tuple[int, int], int]
    moves: Mapping[tuple[int, int, int], int]


def multiple(each: Multiple, columns: Sequence[str], *, most: int, of: int = 5) -> SafeString:
    """One picture. `columns` are short names below, of which the first and the last are drawn; `most` is how many
    the largest circle stands for, the same in every picture beside it."""
    xs = [_x(number, len(columns)) for number in range(len(columns))]
    ys = {level: TOP + (HIGH - TOP - FOOT) * (of - level) / max(of - 1, 1) for level in range(1, of + 1)}
    drawn = "".join(
        f'<line class="ax" x1="{LEFT}" x2="{WIDE}" y1="{y:g}" y2="{y:g}"/>' for y in ys.values()
    ) + "".join(f'<text class="tx" x="0" y="{ys[level] + 4:g}">{level}</text>' for level in (1, of))
    for width, path in sorted(_paths(each.moves, xs, ys, most).items()):
        drawn += f'<path class="w{width}" d="{path}"/>'
    drawn += "".join(
        f'<circle cx="{xs[column]:g}" cy="{ys[level]:g}" r="{_radius(count, most):g}"/>'
        for (column, level), count in sorted(each.at.items())
    )
    ends = [(name, LEFT, "start") for name in columns[:1]]
    ends += [(name, WIDE, "end") for name in columns[1:][-1:]]
    drawn += "".join(
        f'<text class="tx" x="{x}" y="{HIGH - 1}" text-anchor="{anchor}">{escape(name)}</text>'
        for name, x, anchor in ends
    )
    return mark_safe(
        f'<figure><figcaption>{escape(each.name)}</figcaption><svg class="small" viewBox="0 0 {WIDE} {HIGH}" '
        f'role="img" aria-label="{escape(each.label)}">{drawn}</svg></figure>'
    )


def _x(number: int, of: int) -> float:
    room = WIDE - LEFT - 2 * LARGE
    return round(LEFT + LARGE + (room * number / (of - 1) if of > 1 else room / 2), 1)


def _radius(count: int, most: int) -> float:
    return round(SMALL + (LARGE - SMALL) * sqrt((count - 1) / max(most - 1, 1)), 1)


def _paths(
    moves: Mapping[tuple[int, int, int], int], xs: Sequence[float], ys: Mapping[int, float], most: int
) -> dict[int, str]:
    """The lines of each width as one path."""
    found: dict[int, list[str]] = {}
    for (column, start, end), count in sorted(moves.items()):
        width = 1 + round((WIDTHS - 1) * (count - 1) / max(most - 1, 1))
        found.setdefault(width, []).append(f"M{xs[column]:g} {ys[start]:g}L{xs[column + 1]:g} {ys[end]:g}")
    return {width: "".join(parts) for width, parts in found.items()}


def counted(
    rows: Sequence[tuple[str, str, Sequence[int]]], *, caption: str, headings: Sequence[str]
) -> SafeString:
    """The same numbers as a table: (picture, column, how many at each level)."""
    heads = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(column)}</td>'
        + "".join(f'<td class="num">{number}</td>' for number in numbers)
        + "</tr>"
        for name, column, numbers in rows
    )
    return mark_safe(
        f'<table class="plain counted"><caption class="vh">{escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
