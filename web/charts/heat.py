"""Many places beside each other: a real table whose cells are links, coloured by level.

Written as strings, because a template takes forty times as long for 56 rows of 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .marks import ICONS

SIGNS = {
    name: f'<svg class="ico" viewBox="0 0 10 10" aria-hidden="true">{drawn}</svg>'
    for name, drawn in ICONS.items()
}


@dataclass(frozen=True, slots=True)
class HeatCell:
    """`text` is what one reads in the cell, `label` the same in whole words, as the name of the link. `signs` are
    (icon, words beside it). Without a `level` the ground is that of `kind`: "range" or "none"."""

    text: str
    label: str
    address: str = ""
    level: int | None = None
    kind: str = ""
    signs: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`absent` stands in place of all cells; `more` are the plain columns behind them, each (text, sign)."""

    name: str
    under: str
    cells: Sequence[HeatCell] = ()
    absent: str = ""
    more: Sequence[tuple[str, str]] = ()


def heat(
    columns: Sequence[tuple[int, str, str]],
    rows: Sequence[HeatRow],
    *,
    caption: str,
    name_heading: str,
    more_headings: Sequence[str] = (),
    foot: tuple[str, Sequence[str]] | None = None,
    here: str = "",
) -> SafeString:
    """`columns` are (number, short name, whole name); `foot` is one line below, by column; `here` is the address of
    the cell that is read beside the table."""
    heads = "".join(
        f'<th scope="col"><b>{number}</b><span aria-hidden="true">{escape(short)}</span>'
        f'<span class="vh">{escape(whole)}</span></th>'
        for number, short, whole in columns
    )
    more = "".join(f'<th scope="col" class="x">{escape(heading)}</th>' for heading in more_headings)
    body = "".join(_row(row, len(columns), len(more_headings), here) for row in rows)
    last = ""
    if foot:
        below = "".join(f"<td>{escape(text)}</td>" for text in foot[1]) + "<td></td>" * len(more_headings)
        last = f'<tfoot><tr><th scope="row">{escape(foot[0])}</th>{below}</tr></tfoot>'
    return mark_safe(
        f'<table class="heat"><caption class="vh">{escape(caption)}</caption><thead><tr>'
        f'<th scope="col">{escape(name_heading)}</th>{heads}{more}</tr></thead><tbody>{body}</tbody>{last}</table>'
    )


def _row(row: HeatRow, columns: int, more: int, here: str) -> str:
    name = f'<tr><th scope="row">{escape(row.name)}<small>{escape(row.under)}</small></th>'
    if row.absent:
        return f'{name}<td class="away" colspan="{columns + more}">{escape(row.absent)}</td></tr>'
    cells = "".join([_cell(cell, here) for cell in row.cells])
    behind = "".join(
        f'<td class="x">{escape(text)}{f" {SIGNS[sign]}" if sign else ""}</td>' for text, sign in row.more
    )
    return f"{name}{cells}{behind}</tr>"


def _cell(cell: HeatCell, here: str) -> str:
    signs = "<br>".join([f"{SIGNS[icon]}{escape(words)}" for icon, words in cell.signs])
    ground = f"l{cell.level}" if cell.level else cell.kind
    inside = escape(cell.text) + (f"<small>{signs}</small>" if signs else "")
    if not cell.address:
        return f'<td class="c {ground}"><span>{inside}</span></td>'
    current = ' aria-current="true"' if cell.address == here else ""
    return (
        f'<td class="c {ground}"><a href="{escape(cell.address)}" aria-label="{escape(cell.label)}"{current}>'
        f"{inside}</a></td>"
    )
