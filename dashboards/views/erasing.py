"""Taking somebody off the list for good who was listed and never came."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from ..actions import erase_listing as erase


@requires(Can.PEOPLE)
def erase_listing(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """What happens, and one button. Whoever is erased already is erased."""
    person = get_object_or_404(seat.coalition.seats.select_related("member", "coalition"), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            erase(seat=person, by=seat, now=timezone.now())
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("The listing is erased."))
    if person.is_closed or (request.method == "POST" and not refused):
        return seen_other(request, reverse("people", args=[seat.coalition.slug]))
    context = {"person": person, "refused": refused}
    return page(request, "dashboards/erase_listing.html", context, status=422 if refused else 200)
