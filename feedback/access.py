"""Who may come to a form: anybody, without a cookie, and nothing is kept of the visit. And who of the table may take
its counts to a milestone."""

from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coalitions.access import sits
from coalitions.models import Seat
from coalitions.roles import Can
from members.access import View

from . import dress


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


def brings_evidence(view: View) -> View:
    """Whoever adds what they have seen, or records for the table."""

    @wraps(view)
    def asked(request: HttpRequest, seat: Seat, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (seat.can(Can.ADD_EVIDENCE) or seat.can(Can.RECORD)):
            raise PermissionDenied
        return view(request, seat, *args, **kwargs)

    guarded = sits(asked)
    guarded.access = Can.ADD_EVIDENCE  # type: ignore[attr-defined]
    return guarded


def is_from_here(request: HttpRequest) -> bool:
    """By what the browser says of where a form was; one too old to say is believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin in (None, "null") or urlsplit(origin).netloc == request.get_host()
