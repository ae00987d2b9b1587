"""The reminders of the open round: sending the next one now, and turning them off for one person."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from .. import actions
from ..cadence import Name
from ..forms import SendNowForm, TurnForm
from ..letters import previews
from ..queries import open_rounds, plan_of
from ..queries.besides import besides
from ..queries.whom import whom


@requires(Can.SEE_WHO_ANSWERED)
def reminders(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = SendNowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        round = open_rounds(now).filter(coalition=seat.coalition).first()
        name, number = Name(form.cleaned_data["slot"]), form.cleaned_data["form"]
        try:
            if round is None:
                raise Refused(_("No round is open, so there is nobody to remind."))
            sent = actions.send_now(round=round, name=name, by=seat, now=now, form=number)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            said = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", sent)
            return _done(request, seat, said % {"n": sent})
    return _reminders(request, seat, form)


@requires(Can.SEE_WHO_ANSWERED)
def turn_off(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    return _turn(request, seat, pk, actions.silence, _("%(name)s gets no more reminders."))


@requires(Can.SEE_WHO_ANSWERED)
def turn_on(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    return _turn(request, seat, pk, actions.unsilence, _("%(name)s gets reminders again."))


def _turn(request: HttpRequest, by: Seat, pk: int, turn: Callable[..., None], said: str) -> HttpResponse:
    seat = get_object_or_404(by.coalition.seats.current().select_related("coalition", "member"), pk=pk)
    if request.method != "POST":
        return seen_other(request, reverse("reminders", args=[by.coalition.slug]))
    form = TurnForm(request.POST)
    if form.is_valid():
        try:
            turn(seat=seat, by=by, now=timezone.now(), form=form.cleaned_data["form"])
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _done(request, by, said % {"name": seat.known_as})
    return _reminders(request, by, form)


def _done(request: HttpRequest, seat: Seat, said: str) -> HttpResponse:
    messages.success(request, said)
    return seen_other(request, reverse("reminders", args=[seat.coalition.slug]))


def _reminders(request: HttpRequest, seat: Seat, form: Any) -> HttpResponse:
    now = timezone.now()
    round = open_rounds(now).filter(coalition=seat.coalition).first()
    plan = plan_of(round, now=now) if round else None
    people = whom(seat.coalition, round)
    context = {
        "form": form,
        "round": round,
        "plan": plan,
        "new_form": SendNowForm(),
        "on": _each_with_a_number(people.on),
        "off": _each_with_a_number(people.off),
        "by_hand": people.by_hand,
        "besides": besides(seat.coalition, now=now),
        "previews": previews(round, plan.next.name) if round and plan and plan.next else [],
    }
    return page(request, "checkins/reminders.html", context, status=422 if form.errors else 200)


def _each_with_a_number(rows: Iterable[Any]) -> list[tuple[Any, uuid.UUID]]:
    """Each form has its own, or the second of two presses would be taken for the first again."""
    return [(row, uuid.uuid4()) for row in rows]
