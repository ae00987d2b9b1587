"""The table with which the report of a round begins, ready to read."""

from typing import Any

from django.utils.translation import gettext as _

from milestones import headlines
from milestones.told import Told


def level_row(told: Told, change: int | None, series: str, *, first: bool) -> dict[str, Any]:
    """`change` is in whole levels since the round before, `series` what became of the wording since."""
    return {
        **headlines.gap_row(told.board),
        "told": told,
        "change": change,
        "steps": abs(change or 0),
        "no_change": _why_none(series, first=first) if change is None else "",
    }


def _why_none(series: str, *, first: bool) -> str:
    if first:
        return _("first round")
    if series in ("redefined", "new"):
        return _("new wording")
    return "–"
