"""Who may come to a form: anybody, without a cookie, and nothing is kept of the visit.

Leads come to the same form through their seat: `made_at`.
"""

from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    QueryDict,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coalitions.models import Seat
from members.access import View

from . import dress
from .queries import Made, made_form


def anonymous(view: View) -> View:
    """`web.middleware.no_cookies` has taken away every cookie, so there is no session that a forged form could use."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_from_here(request):
            return HttpResponseForbidden("This came from another site.", content_type="text/plain")
        response = view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = dress.POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    guarded.access = "anonymous"  # type: ignore[attr-defined]
    return guarded


def is_from_here(request: HttpRequest) -> bool:
    """By what the browser says of where a form was; one too old to say is believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin in (None, "null") or urlsplit(origin).netloc == request.get_host()


def address_of(request: HttpRequest) -> str:
    """Where it comes from, as far as we can know: behind a proxy the last address that one of ours added. What a
    visitor claims stands before it."""
    behind = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if not behind:
        return request.META.get("REMOTE_ADDR", "")
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    return passed[-min(behind, len(passed))].strip()


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or None if it cannot be read: too much of it, broken off, no form at all."""
    try:
        return request.POST
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError, ValueError):
        return None


def made_at(seat: Seat, pk: int) -> Made:
    """A form of their own table; any other is not found."""
    made = made_form(seat.coalition, pk)
    if made is None:
        raise Http404
    return made
