"""What tables let the other tables of their cohort read: goals and reasons, never a level or a figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coalitions.models import Coalition

from ..models import Release
from ..models.framework import spoken


@dataclass(frozen=True)
class Learned:
    """One milestone of one table. `goal` is None where the table did not say; `owner` is a title."""

    code: str
    name: str
    goal: bool | None
    why: str
    next_step: str
    owner: str
    due: date | None


@dataclass(frozen=True)
class Shared:
    """What one coalition shares, of the round its table met on `meets_on`."""

    coalition: Coalition
    round_name: str
    meets_on: date
    milestones: tuple[Learned, ...]


def learned(document: Mapping[str, Any]) -> tuple[Learned, ...]:
    """All that others read of a release. Its level, its range and whether it was agreed stay behind, and so do
    words of members, dissent, evidence, and milestones of one coalition alone."""
    found = []
    for item in document["items"]:
        if item.get("local") or not item["agreements"]:
            continue
        newest = item["agreements"][-1]
        found.append(
            Learned(
                code=item["code"],
                name=spoken(item["names"], "name"),
                goal=newest["is_goal"],
                why=newest["why"],
                next_step=newest["next_step"],
                owner=newest["owner"],
                due=date.fromisoformat(newest["due"]) if newest["due"] else None,
            )
        )
    return tuple(found)


def shared_by(coalitions: Iterable[Coalition]) -> list[Shared]:
    """Of each of these that shares something its newest shared release, by name; one query besides theirs."""
    found: dict[int, Shared] = {}
    known = {coalition.pk: coalition for coalition in coalitions}
    releases = Release.objects.filter(round__coalition__in=known, shared_at__isnull=False)
    rows = releases.order_by("round__number", "number").values_list("round__coalition", "document")
    for coalition, document in rows:
        of = document["round"]
        found[coalition] = Shared(
            known[coalition], of["name"], date.fromisoformat(of["meets_on"]), learned(document)
        )
    return sorted(found.values(), key=lambda shared: shared.coalition.name.casefold())


def shared_release(coalition: Coalition) -> Release | None:
    """The one the other tables read now, without its document."""
    shared = Release.objects.filter(round__coalition=coalition, shared_at__isnull=False)
    return shared.select_related("round").defer("document").order_by("-round__number", "-number").first()
