"""Coalitions side by side, by name and never ranked, and one milestone of one of them."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django_htmx.http import push_url

from coalitions.access import evaluates
from coalitions.models import Coalition
from milestones.actions.reading import mark_read
from web.pages import page

from .. import headlines
from ..cautions import cautions
from ..held_gaps import held_gaps
from ..histories import histories
from ..matrix import matrix
from ..queries.across import across
from ..queries.cells import cell_told
from ..queries.filters import KEPT


@evaluates
def states(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    told = across(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    context = {
        "filters": told.filters,
        "lines": told.lines,
        "levels": told.levels,
        "headline": headlines.headline(told),
        "under": headlines.under(told),
        "matrix": matrix(told),
        "histories": histories(told),
        "gaps": held_gaps(told),
        "cautions": cautions(told),
    }
    return page(request, "dashboards/states.html", context, parts=("across",))


@evaluates
def cell(request: HttpRequest, coalitions: QuerySet[Coalition], slug: str, code: str) -> HttpResponse:
    told = cell_told(request.GET, coalitions=coalitions, cohorts=request.cohorts, slug=slug, code=code)
    if told is None:
        raise Http404
    if told.release:
        mark_read(release=told.release, by=request.user, now=timezone.now())
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    context = {"told": told, "kept": f"?{urlencode(kept)}" if kept else ""}
    # A link that fills the drawer leaves the address of the page as it is.
    return push_url(page(request, "dashboards/cell.html", context, parts=("cell",)), False)
