"""What every answer carries, and what no request may carry."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def refuse_unstorable_text(get_response: Handler) -> Handler:
    """A NUL byte is a 500 on PostgreSQL and passes on SQLite, so it is refused for both.

    The forms of people outside look for themselves, and say it in the language of the page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(settings.WITHOUT_COOKIES):
            return get_response(request)
        try:
            sent = [request.path, *_texts(request.GET), *_texts(request.POST)]
        except (TooManyFieldsSent, UnicodeError, ValueError):
            return HttpResponseBadRequest("We could not read what was sent.")
        if any("\x00" in text or _is_broken(text) for text in sent):
            return HttpResponseBadRequest("We could not read what was sent.")
        return get_response(request)

    return middleware


def _texts(fields) -> list[str]:
    return [text for key, values in fields.lists() for text in (key, *values)]


def _is_broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def careful_headers(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        patch_vary_headers(response, ("HX-Request", "HX-Target", "Cookie"))
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def no_cookies(get_response: Handler) -> Handler:
    """Where nobody is to be known, no cookie comes in, and none goes out: the browser of somebody who is signed in
    is a stranger there too. First of all, so that nothing else has seen one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.WITHOUT_COOKIES):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        response.cookies.clear()
        return response

    return middleware
