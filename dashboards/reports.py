"""The tables with which reports begin, ready to read."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from milestones import headlines
from milestones.told import Told

from .queries.absences import why_no_level
from .queries.across import Across


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


def heat_rows(told: Across) -> list[dict[str, Any]]:
    """Each coalition by name with its cells in the order of the milestones; of an absence, why."""
    return [
        {
            "line": line,
            "cells": [
                (cell, why_no_level(line, item.code), _signed(cell.since if cell else None))
                for item in told.milestones
                for cell in [line.cell(item.code)]
            ],
        }
        for line in told.lines
    ]


def _signed(steps: int | None) -> str:
    return f"{'+' if steps > 0 else '−'}{abs(steps)}" if steps else ""


def heat_sentence(told: Across) -> str:
    """How many of these tables released in the half-year that is shown."""
    there = sum(1 for line in told.lines if line.now)
    return ngettext(
        "%(there)s of %(all)s coalition released a round in %(season)s.",
        "%(there)s of %(all)s coalitions released a round in %(season)s.",
        len(told.lines),
    ) % {"there": there, "all": len(told.lines), "season": told.filters.season_name}
