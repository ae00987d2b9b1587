"""Where parents and providers see it differently from other members, milestone by milestone, from releases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.headlines import tenths
from milestones.models import Item
from milestones.queries.summaries import Cell
from web.charts import Apart

from .absences import why_no_gap, why_no_level
from .across import Across, Line


def says(gap: int) -> str:
    """A gap in tenths of a level, in words."""
    if not gap:
        return _("the same")
    said = _("%(apart)s lower") if gap < 0 else _("%(apart)s higher")
    return said % {"apart": tenths(abs(gap))}


@dataclass(frozen=True)
class Gaps:
    """One milestone: where both groups are `shown`, and the same in `rows` to be drawn, by name; `hidden` as (why,
    coalitions by name). A gap is marked when it was large in two rounds, the same way."""

    item: Item
    shown: tuple[Cell, ...]
    rows: tuple[Apart, ...]
    hidden: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def held(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.shown if cell.held)

    @property
    def headline(self) -> str:
        n = len(self.shown)
        if not n:
            return _("No coalition shows both groups here.")
        lower = sum(1 for each in self.shown if (each.gap or 0) < 0)
        higher = sum(1 for each in self.shown if (each.gap or 0) > 0)
        said = ngettext(
            "Of %(n)s coalition that shows both groups, parents and providers are lower in %(lower)s and higher in %(higher)s.",
            "Of %(n)s coalitions that show both groups, parents and providers are lower in %(lower)s and higher in %(higher)s.",
            n,
        ) % {"n": n, "lower": lower, "higher": higher}
        return f"{said} {self._held}"

    @property
    def _held(self) -> str:
        n = len(self.held)
        if not n:
            return _("None of these gaps held in two rounds.")
        return ngettext(
            "%(n)s of these gaps held in two rounds.", "%(n)s of these gaps held in two rounds.", n
        ) % {"n": n}


def gaps(told: Across) -> list[Gaps]:
    return [_gaps(item, told) for item in told.milestones]


def headline(found: Sequence[Gaps]) -> str:
    """On which milestones a gap held somewhere: their names, never a sum."""
    held = [each.item.name for each in found if each.held]
    if held:
        return _("Gaps that held in two rounds: %(milestones)s.") % {"milestones": ", ".join(held)}
    if any(each.shown for each in found):
        return _("No gap held in two rounds.")
    return _("No coalition shows a gap here.")


def held(told: Across) -> list[Apart]:
    """Those of all milestones that held in two rounds, by name."""
    return [
        replace(_drawn(line, item, cell, told), under=item.short_name)
        for line in told.lines
        for item in told.milestones
        if (cell := line.cell(item.code)) and cell.held
    ]


def unknown(told: Across) -> list[tuple[str, str]]:
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


def _gaps(item: Item, told: Across) -> Gaps:
    shown: list[Cell] = []
    rows: list[Apart] = []
    hidden: dict[str, list[Line]] = {}
    for line in told.lines:
        cell = line.cell(item.code)
        if cell is not None and cell.gap is not None:
            shown.append(cell)
            rows.append(_drawn(line, item, cell, told))
        else:
            why = why_no_gap(cell) if cell else why_no_level(line, item.code)
            hidden.setdefault(why, []).append(line)
    return Gaps(item, tuple(shown), tuple(rows), tuple((why, tuple(there)) for why, there in hidden.items()))


def _drawn(line: Line, item: Item, cell: Cell, told: Across) -> Apart:
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
        address=reverse("cell", args=[line.coalition.slug, item.code]) + told.filters.address,
        label=label,
        pp_tenths=cell.families,
        others_tenths=cell.others,
        apart=says(cell.gap or 0),
        held=_("held in two rounds") if cell.held else "",
    )
