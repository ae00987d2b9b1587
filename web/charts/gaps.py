"""Two averages on the scale from 1 to 5, and how far apart they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .marks import icon, shape

TOO_CLOSE = 4  # tenths of a level at which two marks would cover each other


def place(tenths: float, of: int = 5, margin: float = 5) -> str:
    """Where a level stands, in per cent of the width: 10 (level 1) at the margin, 50 (level 5) opposite."""
    share = (tenths - 10) / ((of - 1) * 10)
    return f"{margin + share * (100 - 2 * margin):.2f}%"


def gap_dumbbell(label: str, pp_tenths: int | None, others_tenths: int | None) -> SafeString:
    """A row's gap. `label` is the whole sentence with both numbers; a group not shown leaves its mark out."""
    ticks = "".join(f'<line x1="{place(n)}" x2="{place(n)}" y1="9" y2="17"/>' for n in range(10, 51, 10))
    drawn = [f'<line x1="5%" x2="95%" y1="13" y2="13"/>{ticks}']
    nudge = 0
    if pp_tenths is not None and others_tenths is not None:
        nudge = 4 if abs(pp_tenths - others_tenths) < TOO_CLOSE else 0
        drawn.append(
            f'<line class="between" x1="{place(pp_tenths)}" x2="{place(others_tenths)}" '
            f'y1="{13 - nudge}" y2="{13 + nudge}"/>'
        )
    for kind, tenths, y in (("ot", others_tenths, 13 + nudge), ("pp", pp_tenths, 13 - nudge)):
        if tenths is not None:
            drawn.append(
                f'<svg class="{kind}" x="{place(tenths)}" y="{y}" overflow="visible">'
                f'<g fill="currentColor">{shape(kind, 6.5)}</g></svg>'
            )
    return format_html(
        '<svg class="gap" height="26" role="img" aria-label="{}">{}</svg>', label, mark_safe("".join(drawn))
    )


@dataclass(frozen=True, slots=True)
class Apart:
    """One row of dumbbells. `label` is its whole sentence, `apart` the distance as it is read."""

    name: str
    under: str
    address: str
    label: str
    pp_tenths: int
    others_tenths: int
    apart: str


def dumbbells(rows: Sequence[Apart], heading: str, of: int = 5) -> SafeString:
    """Gaps that held, one below the other; written at once, since there may be some hundred."""
    mark = icon("gap")
    body = "".join(
        f'<li><a href="{escape(row.address)}">{escape(row.name)}<small>{escape(row.under)}</small></a>'
        f'{gap_dumbbell(row.label, row.pp_tenths, row.others_tenths)}<span class="num">{mark} {escape(row.apart)}</span></li>'
        for row in rows
    )
    return format_html(
        '<ul class="dumb"><li class="h" aria-hidden="true"><span></span>{}<span>{}</span></li>{}</ul>',
        scale(of), heading, mark_safe(body),
    )  # fmt: skip


def scale(of: int = 5) -> SafeString:
    """The digits above a column of dumbbells."""
    digits = "".join(f"<i>{n}</i>" for n in range(1, of + 1))
    return mark_safe(f'<span class="ax5" aria-hidden="true">{digits}</span>')
