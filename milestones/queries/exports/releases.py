"""Release after release, by the name of the coalition, with flat memory: what every sheet is written from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Case, QuerySet, Value, When

from coalitions.models import Coalition
from web.sheets import Cell

from ...models import Summary
from ...models.framework import SEVEN
from ...seasons import slug_of
from .columns import NOT_APPLICABLE, NOT_GIVEN

AT_ONCE = 25  # coalitions that one query reads
DOCUMENTS = 20  # that are in memory at once


@dataclass(frozen=True)
class Chosen:
    """Which releases: of one half-year, of one wording of the seven milestones; without either, all."""

    season: int | None = None
    version: str = ""

    def of(self, summaries: "QuerySet[Summary]") -> "QuerySet[Summary]":
        if self.season is not None:
            summaries = summaries.filter(season=self.season)
        if self.version:
            summaries = summaries.filter(framework=SEVEN, version=self.version)
        return summaries


def by_name(coalitions: Iterable[Coalition]) -> list[Coalition]:
    return sorted(coalitions, key=lambda coalition: (coalition.name.casefold(), coalition.pk))


def of_each(
    coalitions: Sequence[Coalition], chosen: Chosen, *, unread: Sequence[str] = ()
) -> Iterator[tuple[Coalition, Iterator[Summary]]]:
    """Each coalition with the newest release of each of its rounds, oldest round first; a query for 25 of them.

    The releases of one coalition are to be read before the next is asked for. `unread` are columns nobody needs.
    """
    for start in range(0, len(coalitions), AT_ONCE):
        some = coalitions[start : start + AT_ONCE]
        place = Case(*[When(coalition=each.pk, then=Value(n)) for n, each in enumerate(some)])
        rows = chosen.of(Summary.objects.filter(coalition__in=[each.pk for each in some]))
        rows = rows.select_related("release").defer("release__public", *unread)
        rows = rows.order_by(place, "framework", "round_number")
        groups = groupby(rows.iterator(chunk_size=DOCUMENTS), key=lambda summary: summary.coalition_id)
        ahead = next(groups, None)
        for coalition in some:
            if ahead is not None and ahead[0] == coalition.pk:
                yield coalition, ahead[1]
                ahead = next(groups, None)
            else:
                yield coalition, iter(())


def where(coalition: Coalition, summary: Summary) -> tuple[Cell, ...]:
    """The cells of the columns WHERE."""
    return (
        *whose(coalition), slug_of(summary.season), summary.round_number, summary.round_name,
        summary.meets_on.isoformat(), summary.framework, summary.version, summary.release.number,
        coalition.today(summary.at).isoformat(),
    )  # fmt: skip


def whose(coalition: Coalition) -> tuple[Cell, ...]:
    cohort = coalition.cohort.name if coalition.cohort else NOT_APPLICABLE
    return coalition.name, coalition.state_id, cohort


def named(item: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The cells of the columns MILESTONE."""
    return item["code"], item["names"]["name"], item["names"].get("name_es") or NOT_GIVEN


def yes_no(value: bool | None) -> str:
    return NOT_GIVEN if value is None else "yes" if value else "no"
