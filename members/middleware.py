from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from .access import only
from .models import Link


def end_with_the_link(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A session that a handed-over link began is over when that link is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and only(request):
            began_with = Link.objects.filter(pk=request.session.get("link", 0), ended_at=None)
            if not began_with.exists():
                logout(request)
        return get_response(request)

    return middleware


def speak_their_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A new phone speaks the member's language before they look for the button."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            translation.activate(request.session.get("language") or request.user.language)
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
