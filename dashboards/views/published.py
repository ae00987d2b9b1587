"""What a coalition chose to publish, for anyone. Nobody is known here: no cookie comes in, and none goes out."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from coalitions.access import public
from coalitions.models import Coalition
from feedback.queries.said import let_out
from milestones.queries.public import published as published_by
from milestones.released import read
from web.pages import page


@public
@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """Its newest round that is public."""
    return _page(request, slug, None)


@public
@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def published_round(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _page(request, slug, number)


def _page(request: HttpRequest, slug: str, number: int | None) -> HttpResponse:
    """No such table, and a table that published nothing, are the same. Asked again each time, so what is taken
    back is gone at once."""
    asked = request.GET.get("language")
    if asked in dict(settings.LANGUAGES):
        translation.activate(asked)
    table = Coalition.objects.filter(slug=slug).select_related("state").first()
    releases = list(published_by(table)) if table else []
    release = next((each for each in releases if number in (None, each.round.number)), None)
    if table is None or release is None:
        raise Http404
    context = {
        "table": table,
        "release": release,
        "released": read(release.public),
        "others": [each for each in releases if each != release],
        "has_said": bool(let_out(table, translation.get_language() or "en")),
    }
    return page(request, "dashboards/published.html", context)
