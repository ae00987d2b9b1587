"""Releases, and nothing that is still being written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from coalitions.models import Coalition

from ..models import Release


@dataclass(frozen=True)
class Listed:
    """One release as a line of a list, without its document."""

    round_number: int
    round_name: str
    number: int
    at: datetime
    participation: dict[str, Any]
    replaced: bool


def listed(coalitions: Iterable[Coalition]) -> list[tuple[Coalition, list[Listed]]]:
    """Every coalition by name with its releases, newest first; two queries."""
    by_name = sorted(coalitions, key=lambda coalition: coalition.name.casefold())
    found: dict[int, list[Listed]] = {coalition.pk: [] for coalition in by_name}
    rows = Release.objects.filter(round__coalition__in=found).order_by("-round__number", "-number")
    for of, round_number, number, at, name, participation in rows.values_list(
        "round__coalition",
        "round__number",
        "number",
        "at",
        "document__round__name",
        "document__participation",
    ):
        # Newest first, so a round that is on the list already has a later release.
        replaced = any(each.round_number == round_number for each in found[of])
        found[of].append(Listed(round_number, name, number, at, participation, replaced))
    return [(coalition, found[coalition.pk]) for coalition in by_name]


def release_at(coalition: Coalition, *, number: int, release: int) -> Release | None:
    """With the number of the newest release of its round as `newest`. One query."""
    found = Release.objects.filter(round__coalition=coalition, round__number=number, number=release)
    newest = Release.objects.filter(round=OuterRef("round")).order_by("-number").values("number")[:1]
    release_found = found.select_related("round").annotate(newest=Subquery(newest)).first()
    if release_found:
        release_found.round.coalition = coalition
    return release_found


@dataclass(frozen=True)
class Reader:
    """An evaluator who opened a release: a name, never an address."""

    name: str
    first_on: date
    last_on: date


def readers(release: Release) -> list[Reader]:
    """In the order in which they came; one query."""
    rows = release.readings.values_list("member__name", "first_on", "last_on")
    return [Reader(name or _("An evaluator"), first, last) for name, first, last in rows]


def newer(release: Release) -> int | None:
    """The number of the release that corrects this one, if there is one."""
    later = Release.objects.filter(round=release.round_id, number__gt=release.number)
    return later.order_by("-number").values_list("number", flat=True).first()


def before(release: Release) -> dict[str, Any] | None:
    """The document of the round released before this one: its newest release, on the same framework."""
    return before_round(
        release.round.coalition_id, release.round.number, release.document["framework"]["slug"]
    )


def before_round(coalition: int, number: int, framework: str) -> dict[str, Any] | None:
    earlier = Release.objects.filter(
        round__coalition=coalition, round__number__lt=number, document__framework__slug=framework
    )
    newest = earlier.order_by("-round__number", "-number").first()
    return newest.document if newest else None
