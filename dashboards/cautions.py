"""What to know before a level is quoted: by coalition, from what it released and what it did not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coalitions.models import Coalition
from milestones.models import Item

from .queries.across import Absence, Across, Line, Now
from .queries.filters import season_name


@dataclass(frozen=True, slots=True)
class Caution:
    coalition: Coalition
    sentences: tuple[str, ...]


def cautions(told: Across) -> list[Caution]:
    """By name, only those of which there is something to know."""
    found = [Caution(line.coalition, tuple(_of(line, told))) for line in told.lines]
    return [each for each in found if each.sentences]


def _of(line: Line, told: Across) -> Iterable[str]:
    if line.now is None:
        return [_missing(line)]
    said = (_turnout(line.now), _wording(line.now, told), _correction(line.now))
    return [each for each in (*said, *_levels(line.now, told.milestones)) if each]


def _missing(line: Line) -> str:
    if line.absence == Absence.NOT_ASSESSED:
        return _("It answered another wording in this half-year.")
    if not line.rounds:
        return _("It has not released any round yet.")
    return _("It released nothing in this half-year. Its newest is from %(season)s.") % {
        "season": season_name(line.rounds[-1].season)
    }


def _turnout(now: Now) -> str:
    if now.participation["representative"]:
        return ""
    everyone, families = now.participation["everyone"], now.participation["families"]
    return _(
        "Not representative: %(answered)s of %(asked)s answered everything. Of parents and providers, %(f_answered)s of %(f_asked)s did."
    ) % {**everyone, "f_answered": families["answered"], "f_asked": families["asked"]}


def _wording(now: Now, told: Across) -> str:
    newest = told.milestones[0].version.label if told.milestones else now.past.version
    if now.past.version == newest:
        return ""
    return _("It answered the wording %(version)s, not %(newest)s.") % {
        "version": now.past.version,
        "newest": newest,
    }


def _correction(now: Now) -> str:
    return (
        _("Release %(number)s, which corrects an earlier one.") % {"number": now.release}
        if now.release > 1
        else ""
    )


def _levels(now: Now, items: Iterable[Item]) -> Iterable[str]:
    known = [(item.short_name or item.name, now.cells[item.code]) for item in items if item.code in now.cells]

    def names(keep: Callable) -> str:  # type: ignore[type-arg]
        found = [name for name, cell in known if keep(cell)]
        return _("all milestones") if len(found) == len(known) > 1 else ", ".join(found)

    kinds = (
        (_("No agreement: %(names)s."), names(lambda cell: not cell.agreed)),
        (_("Lower than in the round before: %(names)s."), names(lambda cell: (cell.change or 0) < 0)),
        (_("Claimed, without proof yet: %(names)s."), names(lambda cell: cell.claimed)),
        (
            _("New wording, so not compared: %(names)s."),
            names(lambda cell: cell.series in ("redefined", "new")),
        ),
        (
            _("Parents and providers do not stand behind it: %(names)s."),
            names(lambda cell: cell.stand == "no"),
        ),
        (
            _("Groups too few, or too alike, to show: %(names)s."),
            names(lambda cell: cell.shown == "withheld"),
        ),
    )
    return [sentence % {"names": found} for sentence, found in kinds if found]
