"""A link opens a page with one button, since programs open the links in a mail. Only its button signs in."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from web.pages import page, seen_other

from ..access import only, public
from ..actions.links import use_link
from ..adapter import keep_to
from ..models import Link


@public
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    # One that reaches only a part is opened by the room that knows what the part is, and what may be shown of it.
    whole = Link.objects.select_related("member").filter(only="")
    found = whole.filter(digest=Link.digest_of(token)).first()
    if found is None:
        return link_over(request)
    speak(request, found.member.language)
    if request.method == "POST":
        return come_in(request, found) or link_over(request, found)
    if why_over(found):
        return link_over(request, found)
    return page(request, "members/link.html", {"link": found})


@transaction.atomic
def come_in(
    request: HttpRequest, link: Link, *, before: Callable[[], None] | None = None, unknown: str = ""
) -> HttpResponse | None:
    """Use the link up and sign its person in, `before` first. None if it could not be used any more.

    Whoever made a link for somebody they only listed may not learn that there is an account, or how it is kept:
    with `unknown`, the language they were listed with, it asks for no second step and speaks that language.
    """
    if not link.member.is_active or not use_link(link, now=timezone.now()):
        return None
    if before:
        before()
    if link.only and unknown:
        return _reach_one_thing(request, link, unknown)
    if request.user == link.member and not only(request):
        return seen_other(request, link.path)
    if request.user.is_authenticated:
        logout(request)  # a phone that somebody else was signed in on
    if not link.only:
        record_authentication(request, link.member, method="link")
    login = Login(user=link.member, redirect_url=link.path, signal_kwargs={"link": link.pk})
    return perform_login(request, login)


def _reach_one_thing(request: HttpRequest, link: Link, language: str) -> HttpResponse:
    logout(request)
    get_adapter(request).login(request, link.member)
    request.session["language"] = language
    keep_to(request, link)
    return seen_other(request, link.path)


def why_over(link: Link) -> str:
    """Why the link lets nobody in, or nothing if it still does."""
    if link.ended_at:
        return "ended"
    if link.used_at:
        return "used"
    return "late" if link.until <= timezone.now() else ""


def link_over(request: HttpRequest, link: Link | None = None, **context: Any) -> HttpResponse:
    """The link is wrong, used or over; here is the way to another. In which language, the caller has said."""
    if link and request.user == link.member and link.used_at:
        return seen_other(request, link.path)  # their own, and they are in already
    why = why_over(link) if link else "unknown"
    return page(request, "members/link_over.html", {"why": why, **context}, status=410 if link else 404)


def speak(request: HttpRequest, language: str) -> None:
    """The person's language, on a phone that has not chosen one."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
