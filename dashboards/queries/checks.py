"""What to know before quoting a release: each line says one thing of one coalition, and leads to where it is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coalitions.queries.leads import lead_changed
from milestones.models import Version
from milestones.models.framework import SEVEN
from milestones.queries.summaries import Cell

from .absences import why_no_gap
from .across import Across, Line, Now, Past
from .filters import season_name


@dataclass(frozen=True)
class Found:
    """`url` is the cell or the release it is about; empty where there is none yet."""

    line: Line
    text: str
    url: str = ""


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
    """Of what is shown in every wording. Three queries besides those of `told`."""
    found = [Check(code, str(name), str(why), tuple(finder(told))) for code, name, why, finder in KINDS]
    return Checks(
        raised=tuple(check for check in found if check.found),
        clear=tuple(check for check in found if not check.found),
        coalitions=len(told.lines),
    )


def release_url(line: Line, now: Now) -> str:
    return reverse("release_page", args=[line.coalition.slug, now.past.number, now.release])


def _released(told: Across) -> Iterator[tuple[Line, Now]]:
    return ((line, line.now) for line in told.lines if line.now)


def _before(line: Line, season: int | None) -> list[Past]:
    """What this coalition released in half-years before, oldest first."""
    return [past for past in line.rounds if season is not None and past.season < season]


def missing(told: Across) -> Iterator[Found]:
    for line in told.lines:
        if line.now is None and not _before(line, told.filters.season):
            first = season_name(line.rounds[0].season) if line.rounds else ""
            yield Found(
                line,
                _("Its first release came in %(season)s.") % {"season": first}
                if first
                else _("No release yet."),
            )


def late(told: Across) -> Iterator[Found]:
    """How long ago the last one was: in half-years, since tables pick their own day."""
    season = told.filters.season or 0
    for line in told.lines:
        before = _before(line, season)
        if line.now is None and before:
            last = before[-1]
            yield Found(line, _ago(last, season - last.season))


def _ago(last: Past, halves: int) -> str:
    return ngettext(
        "The last one is of %(round)s, when the table met on %(day)s: %(n)s half-year before.",
        "The last one is of %(round)s, when the table met on %(day)s: %(n)s half-years before.",
        halves,
    ) % {"round": last.name, "day": date_format(last.meets_on, "SHORT_DATE_FORMAT"), "n": halves}


def not_representative(told: Across) -> Iterator[Found]:
    for line, now in _released(told):
        if not now.participation["representative"]:
            everyone, families = now.participation["everyone"], now.participation["families"]
            text = _(
                "%(answered)s of %(asked)s answered everything. Of parents and providers, %(f_answered)s of %(f_asked)s did."
            ) % {
                "answered": everyone["answered"],
                "asked": everyone["asked"],
                "f_answered": families["answered"],
                "f_asked": families["asked"],
            }
            yield Found(line, text, release_url(line, now))


def claimed(told: Across) -> Iterator[Found]:
    return _cells(
        told, lambda cell: f"{cell.low}" if cell.claimed else "", _("%(milestone)s: level %(what)s")
    )


def lead(told: Across) -> Iterator[Found]:
    """Between the day the table met for the round released before and the day it met for this one."""
    between = {}
    for line, now in _released(told):
        before = [past for past in line.rounds if past.number < now.past.number]
        if before:
            between[line.coalition.pk] = (before[-1].meets_on, now.past.meets_on)
    changed = lead_changed(between) if between else set()
    for line, now in _released(told):
        if line.coalition.pk in changed:
            before = [past for past in line.rounds if past.number < now.past.number]
            yield Found(line, _("Since %(round)s.") % {"round": before[-1].name}, release_url(line, now))


def corrected(told: Across) -> Iterator[Found]:
    for line, now in _released(told):
        if now.release > 1:
            text = _("Release %(number)s of %(round)s, of %(day)s.") % {
                "number": now.release,
                "round": now.past.name,
                "day": date_format(now.at, "SHORT_DATE_FORMAT"),
            }
            yield Found(line, text, release_url(line, now))


def wording(told: Across) -> Iterator[Found]:
    published = Version.objects.published().filter(framework__slug=SEVEN)
    newest = published.order_by("-pk").values_list("label", flat=True).first()
    for line, now in _released(told):
        if now.past.version != newest:
            text = _("It answered wording %(its)s. The newest is %(newest)s.")
            yield Found(line, text % {"its": now.past.version, "newest": newest}, release_url(line, now))


def no_gap(told: Across) -> Iterator[Found]:
    return _cells(told, why_no_gap, _("%(milestone)s: %(what)s"))


def _cells(told: Across, says: Callable[[Cell], str], text: str) -> Iterator[Found]:
    for line, now in _released(told):
        for item in told.milestones:
            cell = now.cells.get(item.code)
            what = says(cell) if cell else ""
            if what:
                url = reverse("cell", args=[line.coalition.slug, item.code]) + told.filters.address
                yield Found(line, text % {"milestone": item.name, "what": what}, url)


Finder = Callable[[Across], Iterable[Found]]
KINDS: tuple[tuple[str, object, object, Finder], ...] = (
    (
        "missing",
        gettext_lazy("Missing"),
        gettext_lazy("No release of theirs reaches this half-year."),
        missing,
    ),
    ("late", gettext_lazy("Late"), gettext_lazy("They released before, and not in this half-year."), late),
    (
        "representative",
        gettext_lazy("Not representative"),
        gettext_lazy(
            "Fewer than 60 of 100 people answered, at the whole table or among parents and providers."
        ),
        not_representative,
    ),
    (
        "claimed",
        gettext_lazy("Claimed without evidence"),
        gettext_lazy("A 4 or 5 on a change outside the table, with no proof linked."),
        claimed,
    ),
    (
        "lead",
        gettext_lazy("Lead changed"),
        gettext_lazy(
            "Other people led when the table met than in the round released before. No name is told."
        ),
        lead,
    ),
    (
        "corrected",
        gettext_lazy("Corrected"),
        gettext_lazy("A newer release took the place of an earlier one. Check what you quoted before."),
        corrected,
    ),
    (
        "wording",
        gettext_lazy("Another wording"),
        gettext_lazy("These tables did not answer the newest wording of the milestones."),
        wording,
    ),
    (
        "gap",
        gettext_lazy("No gap shown"),
        gettext_lazy(
            "Whether groups differ here is not known outside the table. Do not read it as “no gap”."
        ),
        no_gap,
    ),
)
