"""Which coalitions and releases an export asks for. Unlike a page across coalitions it has all rounds, if not told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet

from coalitions.models import Coalition, Cohort
from milestones.models import Summary
from milestones.models.framework import SEVEN
from milestones.queries.exports import Chosen

from .filters import Filters, cohort_asked, filters


@dataclass(frozen=True)
class Wanted:
    coalitions: QuerySet[Coalition]
    chosen: Chosen
    filters: Filters
    address: str  # what is appended to the address of a file

    @property
    def summaries(self) -> QuerySet[Summary]:
        return self.chosen.of(Summary.objects.filter(coalition__in=self.coalitions))


def wanted(
    params: Mapping[str, str], *, coalitions: QuerySet[Coalition], cohorts: Sequence[Cohort]
) -> Wanted:
    """What the address asks for, of these coalitions; one query, and `coalitions` is still to be read."""
    cohort, notes = cohort_asked(params, cohorts)
    chosen = coalitions.filter(cohort=cohort) if cohort else coalitions
    there = Summary.objects.filter(coalition__in=chosen, framework=SEVEN)
    pairs = set(there.values_list("season", "version").order_by().distinct())
    asked = filters(
        params, cohort=cohort, cohorts=cohorts, notes=notes,
        seasons=(season for season, _version in pairs), versions=(version for _season, version in pairs),
    )  # fmt: skip
    season = asked.season if params.get("round") else None
    told = {"round": params.get("round", ""), "cohort": str(asked.cohort or ""), "version": asked.version}
    kept = {name: value for name, value in told.items() if value and not asked.notes}
    return Wanted(
        coalitions=chosen.select_related("cohort"),
        chosen=Chosen(season, asked.version),
        filters=asked,
        address=f"?{urlencode(kept)}" if kept else "",
    )
