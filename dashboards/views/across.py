"""Pages across coalitions, beside the States: one milestone, changes, gaps, and what to check before quoting."""

from dataclasses import replace

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.access import evaluates
from coalitions.models import Coalition
from milestones.actions.reading import mark_all_read
from milestones.headlines import gap_headings
from milestones.queries.series import clarifications
from web.pages import page

from ..queries import changes as moved
from ..queries import checks as quoting
from ..queries import gaps as apart
from ..queries.across import Across, across
from ..queries.one_milestone import one_milestone, spread


@evaluates
def across_milestones(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    told = across(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    return _seven(request, told)


@evaluates
def across_milestone(request: HttpRequest, coalitions: QuerySet[Coalition], code: str) -> HttpResponse:
    told = across(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    if not told.milestones:  # a filter may leave nothing, and then there is nothing to name
        return _seven(request, told)
    found = one_milestone(told, code)
    if found is None:
        raise Http404
    releases = {reason.release: reason.line.coalition for reason in found.reasons}
    mark_all_read(releases=releases, by=request.user, now=timezone.now())
    notes = clarifications(code) if found.clarified else []
    context = {"told": told, "filters": told.filters, "found": found, "notes": notes}
    return page(request, "dashboards/across_milestone.html", context, parts=("across",))


@evaluates
def changes(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    told = across(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    found = moved.changes(told)
    context = {"told": told, "filters": told.filters, "found": found, "headline": moved.headline(told, found)}
    return page(request, "dashboards/changes.html", context, parts=("across",))


@evaluates
def gaps(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    told = across(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    found = apart.gaps(told)
    context = {
        "told": told,
        "filters": told.filters,
        "found": found,
        "headline": apart.headline(found),
        "headings": gap_headings(_("Coalition")),
        "top": len(told.levels),
    }
    return page(request, "dashboards/gaps.html", context, parts=("across",))


@evaluates
def checks(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    """Of every wording: that a table answered another one is itself something to check."""
    asked = {name: value for name, value in request.GET.items() if name != "version"}
    told = across(asked, coalitions=coalitions, cohorts=request.cohorts)
    told = replace(told, filters=replace(told.filters, versions=()))
    context = {"told": told, "filters": told.filters, "found": quoting.checks(told)}
    return page(request, "dashboards/checks.html", context, parts=("across",))


def _seven(request: HttpRequest, told: Across) -> HttpResponse:
    spreads = [spread(item, told.lines) for item in told.milestones]
    context = {"told": told, "filters": told.filters, "spreads": spreads}
    return page(request, "dashboards/across_milestones.html", context, parts=("across",))
