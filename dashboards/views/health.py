"""For those who watch the site. Nobody's session is looked at."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coalitions.access import public
from dashboards.queries.health import OK, readiness


@public
@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """This process answers; whatever it leans on."""
    return HttpResponse("ok", content_type="text/plain")


@public
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """All that the site leans on is there."""
    states = readiness(now=timezone.now())
    return JsonResponse(states, status=200 if set(states.values()) == {OK} else 503)
