"""The way to one's seat."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from web.pages import page, seen_other

from .. import actions
from ..access import own_seat
from ..models import Seat


@own_seat
def take_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who was given a seat takes it before anything else: nobody sits at a table without a yes."""
    if request.method == "POST":
        actions.take_seat(seat=seat, now=timezone.now())
    elif not seat.arrived:
        return page(request, "coalitions/take_seat.html", {"seat": seat})
    return seen_other(request, reverse("this_round", args=[seat.coalition.slug]))
