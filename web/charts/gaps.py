"""Two averages on the scale from 1 to 5, and how far apart they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from .marks import icon, mark, shape

TOO_CLOSE = 4  # tenths of a level at which two marks would cover each other


def place(tenths: float, of: int = 5, margin: float = 5) -> str:
    """Where a level stands, in per cent of the width: 10 (level 1) at the margin, 50 (level 5) opposite."""
    share = (tenths - 10) / ((of - 1) * 10)
    return f"{margin + share * (100 - 2 * margin):.2f}%"


def tenths(value: int | None) -> str:
    """27 as “2.7”; the decimal point is the same in both of the country's languages."""
    return "" if value is None else f"{value // 10}.{value % 10}"


def gap_dumbbell(label: str, pp_tenths: int | None, others_tenths: int | None) -> SafeString:
    """One gap with both its numbers beside it. `label` is the whole sentence; a group not shown is left out."""
    pairs = (("pp", pp_tenths), ("ot", others_tenths))
    numbers = [f'<span class="{kind}">{mark(kind)}{tenths(n)}</span>' for kind, n in pairs if n is not None]
    return mark_safe(_beside(_drawn(label, pp_tenths, others_tenths), " ".join(numbers)))


def scale(of: int = 5) -> SafeString:
    """The digits above a column of dumbbells that have their numbers beside them."""
    return mark_safe(_beside(_digits(of), ""))


def _beside(drawn: str, numbers: str) -> str:
    return f'<span class="gapped">{drawn}<span class="nums">{numbers}</span></span>'


def _digits(of: int) -> str:
    digits = "".join(f"<i>{n}</i>" for n in range(1, of + 1))
    return f'<span class="ax5" aria-hidden="true">{digits}</span>'


def _drawn(label: str, pp_tenths: int | None, others_tenths: int | None) -> str:
    ticks = "".join(f'<line x1="{place(n)}" x2="{place(n)}" y1="9" y2="17"/>' for n in range(10, 51, 10))
    drawn = [f'<line x1="5%" x2="95%" y1="13" y2="13"/>{ticks}']
    nudge = 0
    if pp_tenths is not None and others_tenths is not None:
        nudge = 4 if abs(pp_tenths - others_tenths) < TOO_CLOSE else 0
        drawn.append(
            f'<line class="between" x1="{place(pp_tenths)}" x2="{place(others_tenths)}" '
            f'y1="{13 - nudge}" y2="{13 + nudge}"/>'
        )
    for kind, value, y in (("ot", others_tenths, 13 + nudge), ("pp", pp_tenths, 13 - nudge)):
        if value is not None:
            drawn.append(
                f'<svg class="{kind}" x="{place(value)}" y="{y}" overflow="visible">'
                f'<g fill="currentColor">{shape(kind, 6.5)}</g></svg>'
            )
    return f'<svg class="gap" height="26" role="img" aria-label="{escape(label)}">{"".join(drawn)}</svg>'


@dataclass(frozen=True, slots=True)
class Apart:
    """One row of dumbbells. `label` is its whole sentence, `apart` the distance as it is read; without averages, `why`
    there are none. `held` and `talk` are marks behind the distance, in words; `here` is the row of this page."""

    name: str
    address: str
    label: str
    pp_tenths: int | None
    others_tenths: int | None
    apart: str
    under: str = ""
    why: str = ""
    held: str = ""
    talk: str = ""
    here: bool = False


def dumbbells(rows: Sequence[Apart], headings: Sequence[str], of: int = 5) -> SafeString:
    """Gaps one below the other, as a table; written at once, since there may be some hundred.

    `headings` are those of the rows, of both groups, and of the distance.
    """
    name, *groups, apart = headings
    heads = "".join(
        f'<th scope="col" class="num">{mark(kind)}<span class="vh">{escape(group)}</span></th>'
        for kind, group in zip(("pp", "ot"), groups, strict=True)
    )
    body = "".join(_row(row) for row in rows)
    return mark_safe(
        f'<table class="dumb"><thead><tr><th scope="col"><span class="vh">{escape(name)}</span></th>'
        f'<td class="drawn">{_digits(of)}</td>{heads}<th scope="col" class="num">{escape(apart)}</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(row: Apart) -> str:
    here = ' aria-current="page"' if row.here else ""
    under = f"<small>{escape(row.under)}</small>" if row.under else ""
    name = f'<a href="{escape(row.address)}"{here}>{escape(row.name)}{under}</a>'
    drawn = (
        f'<td class="drawn">{_drawn(row.label, row.pp_tenths, row.others_tenths)}</td>'
        f'<td class="num pp">{tenths(row.pp_tenths)}</td><td class="num ot">{tenths(row.others_tenths)}</td>'
    )
    if row.why:
        drawn = f'<td class="mute xs" colspan="3">{escape(row.why)}</td>'
    marks = [(icon("gap"), row.held), ('<span class="talk"></span>', row.talk)]
    behind = "".join(f' {drawn}<span class="vh"> {escape(words)}</span>' for drawn, words in marks if words)
    return (
        f'<tr{" class=me" if row.here else ""}><th scope="row">{name}</th>{drawn}'
        f'<td class="num">{escape(row.apart)}{behind}</td></tr>'
    )
