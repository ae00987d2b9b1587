"""What pages across coalitions show: a half-year, a cohort, a wording; said in the address, so that it can be kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from coalitions.models import Cohort
from milestones.seasons import from_slug, slug_of

KEPT = ("round", "cohort", "version")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for, as far as it can be shown. `notes` say what could not, in whole sentences.

    `season` is None while nothing is released, `cohort` None for all of the visitor's, `version` empty for all.
    """

    season: int | None
    cohort: int | None
    version: str
    rounds: tuple[Choice, ...]
    cohorts: tuple[Choice, ...]
    versions: tuple[Choice, ...]
    notes: tuple[str, ...]

    @property
    def address(self) -> str:
        """What is appended to an address to keep the choice: "?round=2026-1&cohort=3", or nothing when all is usual."""
        newest = self.rounds[0].value if self.rounds else ""
        told = {
            "round": slug_of(self.season) if self.season else "",
            "cohort": str(self.cohort or ""),
            "version": self.version,
        }
        asked = {name: value for name, value in told.items() if value and (name, value) != ("round", newest)}
        return f"?{urlencode(asked)}" if asked else ""

    @property
    def season_name(self) -> str:
        return season_name(self.season) if self.season else ""


def season_name(season: int) -> str:
    """A half-year in words."""
    year, second = divmod(season, 2)
    said = _("July to December %(year)s") if second else _("January to June %(year)s")
    return said % {"year": year}


def short_season(season: int) -> str:
    """The same in two words, for the foot of a drawing."""
    year, second = divmod(season, 2)
    return (_("late %(year)s") if second else _("early %(year)s")) % {"year": year}


def cohort_asked(params: Mapping[str, str], cohorts: Sequence[Cohort]) -> tuple[Cohort | None, list[str]]:
    """The cohort in the address if it is one of these, and what to say when it is not."""
    asked = params.get("cohort", "")
    found = next((cohort for cohort in cohorts if str(cohort.pk) == asked), None)
    if asked and not found:
        return None, [_("That cohort is not one of yours. This shows all of them.")]
    return found, []


def season_asked(params: Mapping[str, str]) -> int | None:
    """A half-year that is written right, whether or not anything was released in it."""
    return from_slug(params.get("round", ""))


def filters(
    params: Mapping[str, str],
    *,
    cohort: Cohort | None,
    cohorts: Sequence[Cohort],
    seasons: Iterable[int],
    versions: Iterable[str],
    notes: Iterable[str] = (),
) -> Filters:
    """`seasons` and `versions` are those in which something visible was released."""
    there, wordings, said = sorted(set(seasons), reverse=True), sorted(set(versions)), list(notes)
    season = season_asked(params)
    if season not in there:
        season = there[0] if there else None
        if params.get("round"):
            said.append(_nothing_then(season))
    version = params.get("version", "")
    if version and version not in wordings:
        version = ""
        said.append(_("No release has that wording. This shows every wording."))
    return Filters(
        season=season,
        cohort=cohort.pk if cohort else None,
        version=version,
        rounds=tuple(Choice(slug_of(each), season_name(each), each == season) for each in there),
        cohorts=tuple(Choice(str(each.pk), each.name, each == cohort) for each in cohorts),
        versions=tuple(Choice(each, each, each == version) for each in wordings),
        notes=tuple(said),
    )


def _nothing_then(season: int | None) -> str:
    if season is None:
        return _("Nothing is released yet.")
    return _("Nothing was released in that half-year. This shows %(season)s.") % {
        "season": season_name(season)
    }
