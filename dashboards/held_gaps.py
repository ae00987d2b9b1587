"""Where parents and providers see it differently from other members, in two rounds in a row; by name."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from milestones.headlines import tenths
from milestones.models import Item
from milestones.queries.summaries import Cell
from web.charts import Apart

from .queries.across import Across, Line


@dataclass(frozen=True, slots=True)
class HeldGaps:
    """`left_out` are (why, the tables of which nothing can be said)."""

    held: list[Apart]
    left_out: list[tuple[str, str]]


def held_gaps(told: Across) -> HeldGaps:
    held = [
        _row(line, item, cell, told)
        for line in told.lines
        for item in told.milestones
        if (cell := line.cell(item.code)) and cell.held
    ]
    return HeldGaps(held, _left_out(told))


def _row(line: Line, item: Item, cell: Cell, told: Across) -> Apart:
    label = _(
        "%(table)s, %(milestone)s: parents and providers %(families)s, other members %(others)s, on a scale of 1 to %(top)s"
    ) % {
        "table": line.coalition.name,
        "milestone": item.name,
        "families": tenths(cell.families),
        "others": tenths(cell.others),
        "top": len(told.levels),
    }
    return Apart(
        name=line.coalition.name,
        under=item.short_name or item.name,
        address=reverse("cell", args=[line.coalition.slug, item.code]) + told.filters.address,
        label=label,
        pp_tenths=cell.families or 0,
        others_tenths=cell.others or 0,
        apart=tenths(abs(cell.gap or 0)),
    )


def _left_out(told: Across) -> list[tuple[str, str]]:
    """Tables of which no gap can be known to have held, each under the first reason that is true."""
    reasons = {
        "released": _("No release to show"),
        "first": _("Fewer than two released rounds"),
        "few": _("Too few, or too alike, to show both groups on any milestone"),
    }
    found: dict[str, list[str]] = {reason: [] for reason in reasons}
    for line in told.lines:
        if line.now is None:
            found["released"].append(line.coalition.name)
        elif not any(past.number < line.now.past.number for past in line.rounds):
            found["first"].append(line.coalition.name)
        elif not any(cell.gap is not None for cell in line.now.cells.values()):
            found["few"].append(line.coalition.name)
    return [(why, ", ".join(found[reason])) for reason, why in reasons.items() if found[reason]]
