"""Coalitions side by side, by name and never ranked, and one milestone of one of them."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from coalitions.access import evaluates
from coalitions.models import Coalition
from web.pages import page

from ..queries.across import across


@evaluates
def states(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    told = across(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    context = {"told": told, "filters": told.filters}
    return page(request, "dashboards/states.html", context, parts=("across",))


@evaluates
def cell(request: HttpRequest, coalitions: QuerySet[Coalition], slug: str, code: str) -> HttpResponse:
    coalition = get_object_or_404(coalitions, slug=slug)
    told = across(request.GET, coalitions=coalitions.filter(pk=coalition.pk), cohorts=request.cohorts)
    item = next((each for each in told.milestones if each.code == code), None)
    if item is None:
        raise Http404
    context = {"told": told, "filters": told.filters, "item": item, "line": told.lines[0]}
    return page(request, "dashboards/cell.html", context, parts=("cell",))
