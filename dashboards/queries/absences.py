"""Why something is not there, in words that never look alike."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from milestones.queries.summaries import Cell

from .across import Absence, Line

NO_GAP = {
    "withheld": gettext_lazy("Too few, or too alike, to show"),
    "half": gettext_lazy("Only to the half level, since just a few people came or went"),
    "whole": gettext_lazy("Shown as one group, the whole table"),
    "": gettext_lazy("No gap is shown"),
}


def why_no_level(line: Line, code: str) -> str:
    """Empty when this table agreed a level on this milestone in the chosen half-year."""
    absence, cell = line.absent(code), line.cell(code)
    if absence is None:
        return ""
    if cell is not None:
        return _("No agreement: from %(low)s to %(high)s") % {"low": cell.low, "high": cell.high}
    return {
        Absence.NOT_RELEASED: _("Not released"),
        Absence.NOT_ASSESSED: _("Not assessed"),
    }[absence]


def why_no_gap(cell: Cell) -> str:
    """Why a release shows no gap here; empty when it does."""
    if cell.gap is not None:
        return ""
    return str(NO_GAP.get(cell.shown, NO_GAP[""]))
