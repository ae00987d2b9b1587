"""Released rounds in figures, written at once: for pages across coalitions, which read nothing else."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from coalitions.models import Coalition, Cohort, State
from milestones.models import Release, Round, Summary, Version
from milestones.models.framework import SEVEN
from milestones.seasons import season_of
from tests.factories.rounds import seven_milestones

CODES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7")
EVERYONE, FAMILIES = (
    {"asked": 24, "answered": 22, "took_part": 23},
    {"asked": 13, "answered": 12, "took_part": 12},
)
PLAIN: dict[str, Any] = {
    "low": 3, "high": 3, "agreed": True, "claimed": False, "stand": "yes", "goal": None, "shown": "groups",
    "families": 25, "others": 31, "families_half": None, "others_half": None, "people": 12, "other_people": 11,
    "gap": -6, "worth": False, "held": False, "series": "", "change": None, "since": None, "baseline": 3,
    "begun": 1, "evidence": 1, "dissents": 0,
}  # fmt: skip


def a_cell(level: int = 3, **said: Any) -> dict[str, Any]:
    return {**PLAIN, "low": level, "high": level, "baseline": level, **said}


def a_range(low: int, high: int, **said: Any) -> dict[str, Any]:
    return a_cell(low, high=high, agreed=False, **said)


def participation(
    everyone=EVERYONE, families=FAMILIES, *, representative=True, lead_changed=False
) -> dict[str, Any]:
    return {
        "everyone": dict(everyone),
        "families": dict(families),
        "representative": representative,
        "lead_changed": lead_changed,
    }


def a_summary(
    coalition: Coalition,
    cells: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    meets_on: date = date(2026, 10, 1),
    number: int | None = None,
    version: Version | None = None,
    took_part: Mapping[str, Any] | None = None,
) -> Summary:
    """A round, its release with an empty document, and the summary of it."""
    version = version or Version.objects.filter(framework__slug=SEVEN).first() or seven_milestones()
    number = number or coalition.rounds.count() + 1
    at = datetime.combine(meets_on, time(18), UTC)
    round = Round.objects.create(
        coalition=coalition, version=version, number=number, name=f"Round {number}", meets_on=meets_on,
        closes_at=at, started_at=at, sealed_at=at, opened_at=at, agreed_at=at, released_at=at,
    )  # fmt: skip
    release = Release.objects.create(round=round, number=1, document={}, at=at)
    found = {code: a_cell() for code in CODES} if cells is None else dict(cells)
    return Summary.objects.create(
        release=release, coalition=coalition, season=season_of(meets_on), round_number=number,
        round_name=round.name, meets_on=meets_on, framework=SEVEN, version=version.label, at=at,
        participation=took_part or participation(),
        levels=[[code, cell["low"], cell["high"]] for code, cell in found.items()], cells=found,
    )  # fmt: skip


def coalitions(count: int, cohort: Cohort | None) -> list[Coalition]:
    """Tables with invented names, of any states."""
    states = list(State.objects.all())
    start = Coalition.objects.count()
    return Coalition.objects.bulk_create(
        Coalition(name=f"Table {n:04}", slug=f"table-{n:04}", state=states[n % len(states)], cohort=cohort)
        for n in range(start, start + count)
    )
