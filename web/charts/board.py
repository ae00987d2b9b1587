"""The board that opens: a real table, one mark per person, and the gap between the groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .gaps import TOO_CLOSE, place
from .marks import mark, shape

ROOM = 12  # marks a cell can hold before people are easier to read as "18 ×"
ROOMY = 12  # tenths from which the words fit on the bar, on a screen wider than a phone
MIDDLE = 38  # where the scale runs, in pixels below the top of its row


@dataclass(frozen=True)
class BoardRow:
    """One group. `counts` has a number per level, or is None when only an average may be shown."""

    kind: str  # pp, pa (parents), pv (providers), ot or all
    label: str  # "Parents and providers, 13 people"
    counts: Sequence[int] | None = None
    average_tenths: int | None = None
    note: str = ""  # "2 can't say yet"
    hidden: str = ""  # what stands in place of the marks when there are none to show


@dataclass(frozen=True)
class BoardGap:
    """A bar between two averages, in tenths of a level."""

    low_kind: str
    low_tenths: int
    high_kind: str
    high_tenths: int
    label: str  # "1.5 levels apart"


def board(
    levels: Sequence[tuple[int, str]],
    rows: Sequence[BoardRow],
    caption: str,
    gaps: Sequence[BoardGap] = (),
    name: str = "board",
    projector: bool = False,
) -> SafeString:
    """One to three groups over the levels; two face each other across the scale, one or three stand above it.

    `caption` says every count in words; `name` starts the ids, for a page with several boards.
    """
    most = max((max(row.counts, default=0) for row in rows if row.counts is not None), default=0)
    heads = "".join(
        format_html('<th scope="col" id="{}-l{}"><b>{}</b> {}</th>', name, n, n, word) for n, word in levels
    )
    blocks: list[str] = [
        _group(row, number, levels, name, most, len(rows) == 2) for number, row in enumerate(rows)
    ]
    axis = _axis(rows, gaps, len(levels))
    blocks.insert(1 if len(rows) == 2 else len(blocks), axis)
    table = format_html(
        '<table class="board"><caption class="vh">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        caption, mark_safe(heads), mark_safe("".join(blocks)),
    )  # fmt: skip
    return format_html('<div class="projector">{}</div>', table) if projector else table


def _group(
    row: BoardRow, number: int, levels: Sequence[tuple[int, str]], name: str, most: int, facing: bool
) -> SafeString:
    low = facing and number == 1
    note = format_html(' <span class="note-in">{}</span>', row.note) if row.note else ""
    who = format_html(
        '<tr class="who{}"><th id="{}-g{}" colspan="{}"><span class="key {}">{}{}</span>{}</th></tr>',
        "" if number else " first", name, number, len(levels), row.kind, mark(row.kind), row.label, note,
    )  # fmt: skip
    if row.counts is None:
        cells = format_html('<tr class="hid"><td colspan="{}">{}</td></tr>', len(levels), row.hidden)
    else:
        inner = "".join(
            _cell(row.kind, count, f"{name}-g{number} {name}-l{level}", most, low)
            for (level, _), count in zip(levels, row.counts, strict=True)
        )
        cells = mark_safe(f"<tr{' class=low' if low else ''}>{inner}</tr>")
    return mark_safe(cells + who) if low else mark_safe(who + cells)


def _cell(kind: str, count: int, headers: str, most: int, low: bool) -> str:
    if most <= ROOM:
        number = f'<span class="ct {kind if count else "none"}">{count}</span>'
        drawn = f'<span class="pile {kind}" aria-hidden="true">{mark(kind) * count}</span>'
    else:
        number = (
            f'<span class="times {kind}">{count}<span aria-hidden="true">&nbsp;×</span>{mark(kind)}</span>'
            if count
            else '<span class="ct none">0</span>'
        )
        tall = round(90 * count / most, 1)
        drawn = (
            f'<svg class="column {kind}" viewBox="0 0 40 90" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect width="40" height="{tall}" y="{0 if low else round(90 - tall, 1)}"/></svg>'
        )
    parts = (drawn, number) if low else (number, drawn)
    return f'<td headers="{conditional_escape(headers)}">{"".join(parts)}</td>'


def _axis(rows: Sequence[BoardRow], gaps: Sequence[BoardGap], of: int) -> str:
    """The scale with each group's average; a bar for every gap. The caption already says it in words."""
    lines = [_gap_line(gap, of) for gap in gaps]
    if not lines:
        means = [(row.kind, row.average_tenths) for row in rows if row.average_tenths is not None]
        if not means:
            return ""
        lines = [_ground() + "".join(_average(kind, at, of) for kind, at in means)]
    return "".join(
        f'<tr class="axis" aria-hidden="true"><td colspan="{of}"><svg height="64">{line}</svg></td></tr>'
        for line in lines
    )


def _ground() -> str:
    return f'<line class="ground" x1="0" x2="100%" y1="{MIDDLE}" y2="{MIDDLE}"/>'


def _at(tenths: float, of: int) -> str:
    """The middle of a column is its level, so the scale keeps half a column at each side."""
    return place(tenths, of, margin=50 / of)


def _average(kind: str, tenths: int, of: int, nudge: int = 0) -> str:
    return (
        f'<svg class="{kind}" x="{_at(tenths, of)}" y="{MIDDLE + nudge}" overflow="visible">'
        f'<g class="under">{shape(kind, 14)}</g><g fill="currentColor">{shape(kind, 11)}</g></svg>'
    )


def _gap_line(gap: BoardGap, of: int) -> str:
    ends = sorted([(gap.low_tenths, gap.low_kind), (gap.high_tenths, gap.high_kind)], key=lambda end: end[0])
    (left, left_kind), (right, right_kind) = ends
    apart = right - left
    bar = f'<rect class="span" x="{_at(left, of)}" y="{MIDDLE - 13}" width="{apart * 10 / of:.2f}%" height="26"/>'
    on_bar, above = "", ""
    if apart >= ROOMY:
        on_bar = format_html(
            '<text class="on-span only-l" x="{}" y="{}" text-anchor="middle">{}</text>',
            _at((left + right) / 2, of),
            MIDDLE + 5,
            gap.label,
        )
        above = " only-s"
    at, anchor = (
        (left, "start") if left + right < 50 else (right, "end") if left + right > 70 else (None, "middle")
    )
    words = format_html(
        '<text class="above{}" x="{}" y="14" text-anchor="{}">{}</text>',
        above,
        _at(at or (left + right) / 2, of),
        anchor,
        gap.label,
    )
    nudge = 9 if apart < TOO_CLOSE - 1 else 0
    marks = _average(left_kind, left, of, -nudge) + _average(right_kind, right, of, nudge)
    return _ground() + bar + marks + on_bar + words
