"""How a view says who may come in. Every view says it, or the site does not start."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from . import queries

View = Callable[..., HttpResponse]
LATELY = timedelta(minutes=15)


def public(view: View) -> View:
    """Anyone may come in, signed in or not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    guarded.access = "public"  # type: ignore[attr-defined]
    return guarded


def signed_in(view: View) -> View:
    """Anyone with an account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.access = "signed in"  # type: ignore[attr-defined]
    return guarded


def own_account(view: View) -> View:
    """Only who signed in by themselves: a link that somebody handed over opens a seat, never the account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if only(request):
            return render(request, "members/only_a_seat.html", status=403)
        return view(request, *args, **kwargs)

    guarded.access = "own account"  # type: ignore[attr-defined]
    return guarded


def own_account_lately(view: View) -> View:
    """Their own account, by somebody who showed a few minutes ago that it is them: a screen may be left open."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not showed_lately(request):
            return redirect(f"{reverse('confirm')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return own_account(guarded)


def showed_lately(request: HttpRequest) -> bool:
    """By a code or a link from the mail; whoever has a second step, by that one."""
    since = time.time() - LATELY.total_seconds()
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    ways = {record["method"] for record in records if record["at"] > since}
    return "mfa" in ways or (bool(ways & {"code", "link"}) and not queries.has_second_step(request.user.pk))


def showed_second_step(request: HttpRequest) -> bool:
    """In this session, however long ago: one that began before there was a second step never did."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record["method"] == "mfa" for record in records)


def site_admin(view: View) -> View:
    """Whoever runs this site, signed in by themselves. To anybody else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if only(request) or not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.access = "site admin"  # type: ignore[attr-defined]
    return guarded


def site_admin_proved(view: View) -> View:
    """A site admin who took their second step in this session, as the admin pages ask: for what reaches every table."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.has_second_step(request.user.pk):
            return redirect("second_step")
        if not showed_second_step(request):
            return redirect(f"{reverse('confirm')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return site_admin(guarded)


def only(request: HttpRequest) -> str:
    """The one thing this session may reach, as its link said; empty is all that is the person's."""
    return str(request.session.get("only", ""))


def inside(request: HttpRequest, going: str, *, otherwise: str) -> str:
    """Where somebody asked to go on to, if that is on this site."""
    return going if url_has_allowed_host_and_scheme(going, allowed_hosts={request.get_host()}) else otherwise


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and back here afterwards; a fragment would otherwise swallow the page."""
    response = redirect_to_login(request.get_full_path())
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(response.url)
    return response
