"""The way to one's seat."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from members.access import only
from members.models import Link
from members.views.links import come_in, link_over, speak, why_over
from web.pages import page, seen_other

from .. import actions
from ..access import own_seat, public
from ..models import Invitation, Seat


@own_seat
def take_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who was given a seat takes it before anything else: nobody sits at a table without a yes."""
    if request.method == "POST" and not only(request):
        actions.take_seat(seat=seat, now=timezone.now())
    elif not seat.arrived and not only(request):
        return page(request, "coalitions/take_seat.html", {"seat": seat})
    return seen_other(request, reverse("this_round", args=[seat.coalition.slug]))


@public
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What a link to a seat opens. Only the button signs in, takes the seat and uses the link up."""
    known = Invitation.objects.select_related("link__member", "seat__coalition", "seat__member", "by__member")
    asked = known.filter(link__digest=Link.digest_of(token)).first()
    if asked is None:
        return link_over(request)
    link, now = asked.link, timezone.now()
    speak(request, link.member.language if asked.way == Invitation.MAIL else asked.seat.language)
    if request.method == "POST" and "again" in request.POST:
        actions.send_again(invitation=asked, now=now)
        return page(request, "coalitions/link_sent.html", {})
    if asked.seat.left or why_over(link):
        return _over(request, asked)
    if request.method == "POST":
        return _come_to_the_seat(request, asked) or _over(request, asked)
    return page(
        request, "coalitions/invitation.html", {"invitation": asked, "seat": asked.seat, "link": link}
    )


def _come_to_the_seat(request: HttpRequest, asked: Invitation) -> HttpResponse | None:
    """By mail, the seat is theirs once they are in. By hand, what was private to the seat is gone once more."""
    seat, now = asked.seat, timezone.now()
    if asked.way == Invitation.HANDED:
        before = partial(actions.clear_private, seat=seat, now=now)
        return come_in(request, asked.link, before=before, language=seat.language)
    answer = come_in(request, asked.link)
    if answer and request.user == asked.link.member:  # a second step may still stand between
        actions.take_seat(seat=seat, now=now)
    return answer


def _over(request: HttpRequest, asked: Invitation) -> HttpResponse:
    return link_over(request, asked.link, again=asked.way == Invitation.MAIL and not asked.seat.left)
