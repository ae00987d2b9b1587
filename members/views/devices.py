from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from web.pages import page, seen_other

from .. import queries
from ..access import own_account
from ..actions import devices as actions
from ..browsers import named
from ..models import Device


@own_account
def devices(request: HttpRequest) -> HttpResponse:
    """The browsers in which a person is signed in."""
    key = request.session.session_key
    this, others = queries.browsers(request.user, session_key=key, now=timezone.now())
    this = this or queries.Browser(queries.spoken(named(request.headers.get("user-agent", ""))))
    return page(request, "members/devices.html", {"this": this, "others": others})


@own_account
def end_device(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("devices")
    others = Device.objects.filter(member=request.user).exclude(session_key=request.session.session_key)
    actions.end_device(get_object_or_404(others, pk=pk))
    messages.success(request, _("That browser is signed out."))
    return seen_other(request, reverse("devices"))


@own_account
def end_all_devices(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("devices")
    sign_out_elsewhere(request)
    messages.success(request, _("You are signed out everywhere else."))
    return seen_other(request, reverse("devices"))


def sign_out_elsewhere(request: HttpRequest) -> None:
    """This browser goes on, under a new key."""
    key = request.session.session_key
    member = actions.end_all_devices(request.user, keep=key)
    update_session_auth_hash(request, member)
    actions.move_device(member, was=key, session_key=request.session.session_key)
