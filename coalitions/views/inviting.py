"""A lead asks people to their seats."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from web.pages import page, seen_other
from web.refusal import Refused

from .. import actions
from ..access import requires
from ..forms import SentOnce
from ..letters import HANDED_DAYS, previews
from ..models import Seat
from ..roles import Can

SENT = gettext_lazy("The invitation for %(name)s is on its way.")
JUST_SENT = gettext_lazy("%(name)s was invited less than ten minutes ago. That invitation still works.")


def _person(seat: Seat, pk: int) -> Seat:
    people = seat.coalition.seats.current().select_related("member", "coalition")
    return get_object_or_404(people, pk=pk)


@requires(Can.PEOPLE)
def invite(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Ask one person, by mail or with a link to hand over."""
    person = _person(seat, pk)
    form = SentOnce(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.invite(seat=person, by=seat, now=timezone.now(), form=form.cleaned_data["form"])
        except Refused as error:
            form.add_error(None, str(error))
        else:
            new = asked.form == form.cleaned_data["form"]
            said = SENT if new else JUST_SENT
            messages.success(request, said % {"name": person.known_as})
            return seen_other(request, reverse("people", args=[seat.coalition.slug]))
    return _invite(request, seat, person, form)


def _invite(request: HttpRequest, seat: Seat, person: Seat, form: SentOnce) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "person": person,
        "hand_over": uuid.uuid4(),
        "standing": person.invitations.standing(timezone.now()).select_related("by__member").first(),
        "previews": previews([person], by=seat),
    }
    return page(request, "coalitions/invite.html", context, status=422 if form.errors else 200)


@requires(Can.PEOPLE)
def invite_all(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask everybody who is on the list, is not here and was never asked."""
    form = SentOnce(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = actions.invite_all(
            coalition=seat.coalition, by=seat, now=timezone.now(), form=form.cleaned_data["form"]
        )
        said = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", asked)
        messages.success(request, said % {"n": asked})
        return seen_other(request, reverse("people", args=[seat.coalition.slug]))
    waiting = list(seat.coalition.seats.uninvited().select_related("member"))
    context = {"form": form, "waiting": waiting, "previews": previews(waiting, by=seat)}
    return page(request, "coalitions/invite_all.html", context, status=422 if form.errors else 200)


@requires(Can.PEOPLE)
def hand_link(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """The link is on the page that the button leads to, and nowhere else."""
    person = _person(seat, pk)
    form = SentOnce(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return seen_other(request, reverse("invite", args=[seat.coalition.slug, pk]))
    try:
        invitation = actions.hand_link(
            seat=person, by=seat, now=timezone.now(), form=form.cleaned_data["form"]
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _invite(request, seat, person, form)
    context = {"person": person, "invitation": invitation, "address": actions.address_of(invitation)}
    context["days"] = HANDED_DAYS
    return page(request, "coalitions/hand_link.html", context)


@requires(Can.PEOPLE)
def end_invitation(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    person = _person(seat, pk)
    if request.method == "POST":
        actions.end_invitation(seat=person, by=seat, now=timezone.now())
        messages.success(request, _("The invitation is taken back. Its link does not work any more."))
    return seen_other(request, reverse("invite", args=[seat.coalition.slug, pk]))
