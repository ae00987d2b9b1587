"""What evaluators read: releases of the coalitions they follow, and nothing else of them."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from coalitions.access import evaluates
from coalitions.models import Coalition
from milestones.actions.reading import mark_read
from milestones.queries.released import before, listed, release_at
from milestones.released import read
from web.pages import page


@evaluates
def releases(request: HttpRequest, coalitions: QuerySet[Coalition]) -> HttpResponse:
    """By name, because a table is never ranked."""
    return page(request, "dashboards/releases.html", {"listed": listed(coalitions.select_related("state"))})


@evaluates
def release_page(
    request: HttpRequest, coalitions: QuerySet[Coalition], slug: str, number: int, release: int
) -> HttpResponse:
    coalition = get_object_or_404(coalitions, slug=slug)
    found = release_at(coalition, number=number, release=release)
    if found is None:
        raise Http404
    mark_read(release=found, by=request.user, now=timezone.now())
    context = {
        "table": coalition,
        "release": found,
        "newer": found.newest if found.newest > found.number else None,
        "released": read(found.document, earlier=before(found)),
    }
    return page(request, "dashboards/release_page.html", context)
