"""Coalitions side by side, by name and never ranked, and one milestone of one of them."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import push_url

from coalitions.access import evaluates
from coalitions.models import Coalition
from milestones.actions.reading import mark_read
from milestones.headlines import gap_headings
from web.pages import page

from .. import headlines
from ..histories import histories
from ..matrix import matrix
from ..queries import gaps as apart
from ..queries.across import Across, across
from ..queries.cells import Told, cell_told
from ..queries.checks import checks
from ..queries.filters import KEPT


@evaluates
def states(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    """`?cell=ky-table/M5` has that level beside the table, as a press on it would without leaving the page."""
    told = across(request.GET, coalitions=coalitions, cohorts=request.cohorts)
    slug, _slash, code = request.GET.get("cell", "").partition("/")
    context = {
        "filters": told.filters,
        "lines": told.lines,
        "levels": told.levels,
        "headline": headlines.headline(told),
        "under": headlines.under(told),
        "matrix": matrix(told),
        "histories": histories(told),
        "gaps": apart.held(told),
        "unknown": apart.unknown(told),
        "headings": gap_headings(_("Coalition")),
        "cautions": checks(told).by_coalition,
        "told": _read(request, told, slug, code) if code else None,
    }
    return page(request, "dashboards/states.html", context, parts=("across",))


@evaluates
def cell(request: HttpRequest, coalitions: QuerySet[Coalition], slug: str, code: str) -> HttpResponse:
    alone = across(request.GET, coalitions=coalitions, cohorts=request.cohorts, only=slug)
    told = _read(request, alone, slug, code)
    if told is None:
        raise Http404
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    context = {"told": told, "kept": urlencode({**kept, "cell": f"{slug}/{code}"}, safe="/")}
    # A link that fills the drawer leaves the address of the page as it is.
    return push_url(page(request, "dashboards/cell.html", context, parts=("cell",)), False)


def _read(request: HttpRequest, told: Across, slug: str, code: str) -> Told | None:
    """One level to read, and that its release was read is on record."""
    found = cell_told(told, slug=slug, code=code)
    if found and found.release:
        mark_read(release=found.release, by=request.user, now=timezone.now())
    return found
