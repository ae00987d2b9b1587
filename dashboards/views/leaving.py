"""Leaving: one table, or all of it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.actions import leave_seat as leave
from coalitions.models import Coalition, Seat
from dashboards.actions import close_account as close
from members.access import own_account, own_account_lately
from members.models import Member
from web.pages import page, seen_other
from web.refusal import Refused


@own_account
def leave_seat(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens, and one button. Whoever has left already has left."""
    table = get_object_or_404(Coalition.objects.filter(seats__member=request.user.pk).distinct(), slug=slug)
    seat = Seat.objects.current().filter(member=request.user.pk, coalition=table).first()
    refused = ""
    if request.method == "POST" and seat:
        try:
            leave(seat=seat, now=timezone.now())
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("You have left %(table)s.") % {"table": table})
    if seat is None or (request.method == "POST" and not refused):
        return seen_other(request, reverse("me"))
    context = {"table": table, "refused": refused}
    return page(request, "dashboards/leave_seat.html", context, status=422 if refused else 200)


@own_account_lately
def close_account(request: HttpRequest) -> HttpResponse:
    refused = ""
    if request.method == "POST":
        try:
            close(member=Member.objects.get(pk=request.user.pk), now=timezone.now())
        except Refused as error:
            refused = str(error)
        else:
            logout(request)
            messages.success(request, _("Your account is closed. Thank you for having been at the table."))
            return seen_other(request, reverse("front"))
    return page(
        request, "dashboards/close_account.html", {"refused": refused}, status=422 if refused else 200
    )
