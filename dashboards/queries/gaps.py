"""Where parents and providers see it differently from other members, milestone by milestone, from releases."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones.headlines import tenths
from milestones.models import Item
from milestones.queries.summaries import Cell

from .absences import why_no_gap, why_no_level
from .across import Across, Line


@dataclass(frozen=True)
class Gap:
    """One coalition whose two groups are shown. It is marked when it was large in two rounds, the same way."""

    line: Line
    cell: Cell

    @property
    def apart(self) -> str:
        return tenths(abs(self.cell.gap or 0))

    @property
    def says(self) -> str:
        gap = self.cell.gap or 0
        if not gap:
            return _("the same")
        said = _("%(apart)s lower") if gap < 0 else _("%(apart)s higher")
        return said % {"apart": self.apart}

    @property
    def families(self) -> str:
        return tenths(self.cell.families)

    @property
    def others(self) -> str:
        return tenths(self.cell.others)

    @property
    def label(self) -> str:
        return _("%(table)s: parents and providers %(families)s, other members %(others)s") % {
            "table": self.line.coalition.name,
            "families": self.families,
            "others": self.others,
        }


@dataclass(frozen=True)
class Gaps:
    """One milestone: `shown` by name, and `hidden` as (why, coalitions by name)."""

    item: Item
    shown: tuple[Gap, ...]
    hidden: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def held(self) -> tuple[Gap, ...]:
        return tuple(each for each in self.shown if each.cell.held)

    @property
    def headline(self) -> str:
        n = len(self.shown)
        if not n:
            return _("No coalition shows both groups here.")
        lower = sum(1 for each in self.shown if (each.cell.gap or 0) < 0)
        higher = sum(1 for each in self.shown if (each.cell.gap or 0) > 0)
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
    return [_gaps(item, told.lines) for item in told.milestones]


def headline(found: Sequence[Gaps]) -> str:
    """On which milestones a gap held somewhere: their names, never a sum."""
    held = [each.item.name for each in found if each.held]
    if held:
        return _("Gaps that held in two rounds: %(milestones)s.") % {"milestones": ", ".join(held)}
    if any(each.shown for each in found):
        return _("No gap held in two rounds.")
    return _("No coalition shows a gap here.")


def _gaps(item: Item, lines: Sequence[Line]) -> Gaps:
    shown: list[Gap] = []
    hidden: dict[str, list[Line]] = {}
    for line in lines:
        cell = line.cell(item.code)
        if cell is not None and cell.gap is not None:
            shown.append(Gap(line, cell))
        else:
            why = why_no_gap(cell) if cell else why_no_level(line, item.code)
            hidden.setdefault(why, []).append(line)
    return Gaps(item, tuple(shown), tuple((why, tuple(rows)) for why, rows in hidden.items()))
