"""The one place that decides who may see what at a table.

`@requires(Can.ANSWER) def score(request, seat, ...)` turns the slug in the address into the
visitor's own seat. No seat is 404, as if there were no such coalition; too small a role is 403.
"""

import zoneinfo
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from members.access import View, only, own_account, public, signed_in, site_admin, to_sign_in
from web.pages import seen_other

from .models import Coalition, Seat
from .nav import evaluation, rooms
from .roles import BY_A_HANDED_LINK, Can

__all__ = ["evaluates", "own_account", "own_seat", "public", "requires", "signed_in", "site_admin", "sits"]


def requires(*what: Can) -> Callable[[View], View]:
    """Any one of these is enough; the first says what the page is for."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            seat = _seat(request, slug)
            # Whoever came with a link that was handed over sits as listed: it proves nothing about the account.
            if not seat.arrived and not only(request):
                return seen_other(request, reverse("take_seat", args=[slug]))
            if not any(seat.can(each) for each in what):
                raise PermissionDenied
            request.seat, request.coalition = seat, seat.coalition  # type: ignore[attr-defined]
            request.nav = rooms(request, seat)  # type: ignore[attr-defined]
            timezone.activate(zoneinfo.ZoneInfo(seat.coalition.time_zone))
            try:
                response = view(request, seat, *args, **kwargs)
                # A template writes times as it renders, so it renders here, in the table's time zone.
                if hasattr(response, "render"):
                    response.render()
                return response
            finally:
                timezone.deactivate()

        guarded.access = what[0]  # type: ignore[attr-defined]
        return guarded

    return guard


sits = requires(Can.READ_TABLE)


def own_seat(view: View) -> View:
    """Whoever has a seat here, before they took it too."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, _seat(request, slug), *args, **kwargs)

    guarded.access = "own seat"  # type: ignore[attr-defined]
    return guarded


def _seat(request: HttpRequest, slug: str) -> Seat:
    """The visitor's own seat at this table. No seat looks as if there were no such table."""
    seat = (
        Seat.objects.current()
        .select_related("coalition__state", "member")
        .filter(coalition__slug=slug, member=request.user.pk)
        .first()
    )
    if seat is None or only(request) not in ("", seat.scope):
        raise Http404
    if only(request):
        seat.capabilities &= BY_A_HANDED_LINK  # a link that a lead made never leads
    return seat


def evaluates(view: View) -> View:
    """An evaluator reads releases of the cohorts assigned to them: `view(request, coalitions, ...)`.

    The cohorts themselves are in `request.cohorts`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        cohorts = [] if only(request) else list(request.user.cohorts.order_by("name"))
        if not cohorts:
            raise Http404
        request.cohorts, request.nav = cohorts, evaluation(request)  # type: ignore[attr-defined]
        return view(request, Coalition.objects.evaluated_by(request.user), *args, **kwargs)

    guarded.access = "evaluates"  # type: ignore[attr-defined]
    return guarded
