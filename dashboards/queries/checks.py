"""What to know before quoting a release: found once, to be read by what it is or by coalition."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coalitions.models import Coalition
from milestones.models import Item
from milestones.queries.summaries import Cell

from .absences import why_no_gap
from .across import BREAKS, Absence, Across, Line, Now, Past
from .filters import season_name


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to know of one coalition: of its release, or of the level on `item`, and then `says` may be empty."""

    line: Line
    says: str
    item: Item | None = None

    @property
    def text(self) -> str:
        return ": ".join(part for part in (self.item.name if self.item else "", self.says) if part)

    @property
    def url(self) -> str:
        """The cell or the release it is about; empty where nothing is released."""
        slug, now = self.line.coalition.slug, self.line.now
        if self.item:
            return reverse("cell", args=[slug, self.item.code])
        return reverse("release_page", args=[slug, now.past.number, now.release]) if now else ""


@dataclass(frozen=True)
class Check:
    code: str
    name: str
    why: str
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Checks:
    """`raised` found something; `clear` did not. Nothing is weighed, so nothing is a score."""

    raised: tuple[Check, ...]
    clear: tuple[Check, ...]
    coalitions: int

    @property
    def by_coalition(self) -> list[tuple[Coalition, list[tuple[str, str]]]]:
        """Those of which there is something to know, by name: (name of the check, what it found there)."""
        told: dict[Coalition, list[tuple[str, str]]] = {}
        for check in self.raised:
            for coalition, found in groupby(check.found, key=lambda each: each.line.coalition):
                told.setdefault(coalition, []).append((check.name, _in_short(list(found))))
        return sorted(told.items(), key=lambda each: (each[0].name.casefold(), each[0].pk))

    @property
    def concerned(self) -> int:
        return len({each.line.coalition.pk for check in self.raised for each in check.found})

    @property
    def headline(self) -> str:
        if not self.concerned:
            return _("Nothing here needs a note before you quote it.")
        return ngettext(
            "There is something to know about %(n)s of %(all)s coalition before you quote it.",
            "There is something to know about %(n)s of %(all)s coalitions before you quote them.",
            self.coalitions,
        ) % {"n": self.concerned, "all": self.coalitions}


def checks(told: Across) -> Checks:
    """No query besides those of `told`."""
    found = [Check(code, str(name), str(why), tuple(finder(told))) for code, name, why, finder in KINDS]
    return Checks(
        raised=tuple(check for check in found if check.found),
        clear=tuple(check for check in found if not check.found),
        coalitions=len(told.lines),
    )


def _in_short(found: list[Found]) -> str:
    """What one check found at one coalition: its sentence, or on which milestones."""
    items = [each.item for each in found if each.item]
    if not items:
        return found[0].says
    now = found[0].line.now
    if now and 1 < len(items) == len(now.cells):
        return _("all milestones")
    return ", ".join(item.short_name or item.name for item in items)


Finder = Callable[[Across], Iterable[Found]]


def _of_lines(says: Callable[[Line, Across], str]) -> Finder:
    return lambda told: (Found(line, said) for line in told.lines if (said := says(line, told)))


def _of_releases(says: Callable[[Line, Now, Across], str]) -> Finder:
    return _of_lines(lambda line, told: says(line, line.now, told) if line.now else "")


def _of_levels(says: Callable[[Cell], str | None]) -> Finder:
    """None is nothing to know, and an empty text is that the name of the check says it all."""

    def find(told: Across) -> Iterator[Found]:
        for line in told.lines:
            for item in told.milestones:
                cell = line.cell(item.code)
                said = says(cell) if cell else None
                if said is not None:
                    yield Found(line, said, item)

    return find


def _before(line: Line, told: Across) -> list[Past]:
    """What this coalition released in half-years before, oldest first."""
    return [past for past in line.rounds if past.season < (told.filters.season or 0)]


def _missing(line: Line, told: Across) -> str:
    if line.absence != Absence.NOT_RELEASED or _before(line, told):
        return ""
    if line.rounds:
        return _("Its first release came in %(season)s.") % {"season": season_name(line.rounds[0].season)}
    return _("No release yet.")


def _late(line: Line, told: Across) -> str:
    """How long ago the last one was: in half-years, since tables pick their own day."""
    before = _before(line, told)
    if line.absence != Absence.NOT_RELEASED or not before:
        return ""
    last, halves = before[-1], (told.filters.season or 0) - before[-1].season
    return ngettext(
        "The last one is of %(round)s, when the table met on %(day)s: %(n)s half-year before.",
        "The last one is of %(round)s, when the table met on %(day)s: %(n)s half-years before.",
        halves,
    ) % {"round": last.name, "day": date_format(last.meets_on, "SHORT_DATE_FORMAT"), "n": halves}


def _not_representative(line: Line, now: Now, told: Across) -> str:
    if now.participation["representative"]:
        return ""
    everyone, families = now.participation["everyone"], now.participation["families"]
    return _(
        "%(answered)s of %(asked)s answered everything. Of parents and providers, %(f_answered)s of %(f_asked)s did."
    ) % {**everyone, "f_answered": families["answered"], "f_asked": families["asked"]}


def _lead(line: Line, now: Now, told: Across) -> str:
    if not now.participation.get("lead_changed"):  # releases from before this was asked do not say it
        return ""
    before = [past for past in line.rounds if past.number < now.past.number]
    return _("Since %(round)s.") % {"round": before[-1].name} if before else _("Since the round before.")


def _corrected(line: Line, now: Now, told: Across) -> str:
    if now.release == 1:
        return ""
    return _("Release %(number)s of %(round)s, of %(day)s.") % {
        "number": now.release,
        "round": now.past.name,
        "day": date_format(now.at, "SHORT_DATE_FORMAT"),
    }


def _wording(line: Line, told: Across) -> str:
    if line.absence == Absence.NOT_ASSESSED:
        return _("It answered another wording in this half-year.")
    its = line.now.past.version if line.now else told.newest
    if its == told.newest:
        return ""
    return _("It answered wording %(its)s. The newest is %(newest)s.") % {"its": its, "newest": told.newest}


def _no_agreement(cell: Cell) -> str | None:
    return None if cell.agreed else _("from %(low)s to %(high)s") % {"low": cell.low, "high": cell.high}


def _lower(cell: Cell) -> str | None:
    steps = -(cell.change or 0)
    return _("down %(n)s, to level %(level)s") % {"n": steps, "level": cell.low} if steps > 0 else None


def _claimed(cell: Cell) -> str | None:
    return _("level %(level)s") % {"level": cell.low} if cell.claimed else None


KINDS: tuple[tuple[str, object, object, Finder], ...] = (
    (
        "missing",
        gettext_lazy("Missing"),
        gettext_lazy("No release of theirs reaches this half-year."),
        _of_lines(_missing),
    ),
    (
        "late",
        gettext_lazy("Late"),
        gettext_lazy("They released before, and not in this half-year."),
        _of_lines(_late),
    ),
    (
        "representative",
        gettext_lazy("Not representative"),
        gettext_lazy(
            "Fewer than 60 of 100 people answered, at the whole table or among parents and providers."
        ),
        _of_releases(_not_representative),
    ),
    (
        "range",
        gettext_lazy("No agreement"),
        gettext_lazy("The table recorded a range. Quote both its ends, and no level between them."),
        _of_levels(_no_agreement),
    ),
    (
        "lower",
        gettext_lazy("Lower than in the round before"),
        gettext_lazy("Read why before you quote it: a lower level can be a more honest one."),
        _of_levels(_lower),
    ),
    (
        "claimed",
        gettext_lazy("Claimed without evidence"),
        gettext_lazy("A 4 or 5 on a change outside the table, with no proof linked."),
        _of_levels(_claimed),
    ),
    (
        "stand",
        gettext_lazy("Parents and providers do not stand behind it"),
        gettext_lazy("The level is what the table recorded. The parents and providers there said no to it."),
        _of_levels(lambda cell: "" if cell.stand == "no" else None),
    ),
    (
        "lead",
        gettext_lazy("Lead changed"),
        gettext_lazy(
            "Other people led when the table met than in the round released before. No name is told."
        ),
        _of_releases(_lead),
    ),
    (
        "corrected",
        gettext_lazy("Corrected"),
        gettext_lazy("A newer release took the place of an earlier one. Check what you quoted before."),
        _of_releases(_corrected),
    ),
    (
        "wording",
        gettext_lazy("Another wording"),
        gettext_lazy("These tables did not answer the newest wording of the milestones."),
        _of_lines(_wording),
    ),
    (
        "anew",
        gettext_lazy("New wording, so not compared"),
        gettext_lazy("The milestone asks something else than in the round before. Its series starts anew."),
        _of_levels(lambda cell: "" if cell.series in BREAKS else None),
    ),
    (
        "gap",
        gettext_lazy("No gap shown"),
        gettext_lazy(
            "Whether groups differ here is not known outside the table. Do not read it as “no gap”."
        ),
        _of_levels(lambda cell: why_no_gap(cell) or None),
    ),
)
