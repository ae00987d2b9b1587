"""One seat at a time: given, changed, ended, given again; and what is on record about it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from web.pages import page, seen_other
from web.refusal import Refused

from .. import actions, queries
from ..access import requires, sits
from ..forms import AddressForm, AddSeatForm, SeatForm, SentOnce
from ..models import Seat
from ..roles import Can


def _current(seat: Seat, pk: int) -> Seat:
    return get_object_or_404(seat.coalition.seats.current().select_related("member", "organization"), pk=pk)


def _added(request: HttpRequest, given: Seat) -> HttpResponse:
    """Back to people, where the next thing to do is to invite them."""
    return seen_other(request, reverse("people", args=[given.coalition.slug]) + f"?added={given.pk}")


@requires(Can.PEOPLE)
def add_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = AddSeatForm(request.POST or None, coalition=seat.coalition)
    if request.method == "POST" and form.is_valid():
        try:
            sent = form.cleaned_data["form"]
            return _added(request, actions.add_seat(by=seat, row=form.row(), now=timezone.now(), form=sent))
        except Refused as error:
            form.add_error("email", str(error))
    return page(request, "coalitions/add_seat.html", {"form": form}, status=422 if form.is_bound else 200)


@requires(Can.PEOPLE)
def edit_seat(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    person = _current(seat, pk)
    form = SeatForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_seat(
                seat=person,
                by=seat,
                organization=form.cleaned_data["organization"],
                changed=[name for name in form.changed_data if name != "form"],
                now=timezone.now(),
                form=form.cleaned_data["form"],
            )
        except Refused as error:
            form.add_error("lead" if "lead" in form.changed_data else None, str(error))
        else:
            messages.success(request, _("The seat is saved."))
            return seen_other(request, reverse("people", args=[seat.coalition.slug]))
    context = {"form": form, "person": person, "erasable": not actions.may_have_come(person)}
    return page(request, "coalitions/edit_seat.html", context, status=422 if form.is_bound else 200)


@requires(Can.PEOPLE)
def readdress_seat(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Only until they come. Afterwards the address is theirs, and the page says so."""
    person = _current(seat, pk)
    form = AddressForm(request.POST or None, initial={"email": person.email})
    if actions.may_have_come(person):
        messages.error(request, actions.only_they())
        return seen_other(request, reverse("edit_seat", args=[seat.coalition.slug, pk]))
    if request.method == "POST" and form.is_valid():
        try:
            actions.readdress_seat(seat=person, by=seat, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The address is saved. Older links to this seat have ended."))
            return _added(request, person)
        except Refused as error:
            form.add_error("email", str(error))
    context = {"form": form, "person": person}
    return page(request, "coalitions/readdress_seat.html", context, status=422 if form.is_bound else 200)


@requires(Can.PEOPLE)
def end_seat(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    person = get_object_or_404(seat.coalition.seats.select_related("member"), pk=pk)
    if request.method == "POST":
        try:
            actions.end_seat(seat=person, by=seat, now=timezone.now())
        except Refused as error:
            messages.error(request, str(error))
            return seen_other(request, reverse("edit_seat", args=[seat.coalition.slug, pk]))
        messages.success(
            request, _("%(name)s has left the table.") % {"name": person.name or _("That person")}
        )
        # Who ended their own seat may not read the people page any more.
        if person == seat:
            return seen_other(request, reverse("tables"))
    return seen_other(request, reverse("people", args=[seat.coalition.slug]))


@requires(Can.PEOPLE)
def seat_history(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Of anybody who sits here or sat here."""
    person = get_object_or_404(seat.coalition.seats.select_related("member", "organization"), pk=pk)
    context = {"person": person, "history": queries.history(person, for_a_lead=True)}
    return page(request, "coalitions/seat_history.html", context)


@sits
def my_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What the table has on record about the visitor's own seat, all of it."""
    context = {"person": seat, "history": queries.history(seat, for_a_lead=False)}
    return page(request, "coalitions/my_seat.html", context)


@sits
def past_people(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Names and days for everybody; addresses, and a way back, for who keeps the list."""
    keeps_people = seat.can(Can.PEOPLE)
    past = queries.past_people(seat.coalition, for_a_lead=keeps_people)
    context = {"past": [(each, uuid.uuid4()) for each in past], "keeps_people": keeps_people}
    return page(request, "coalitions/past_people.html", context)


@requires(Can.PEOPLE)
def return_seat(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    past = get_object_or_404(
        seat.coalition.seats.filter(left__isnull=False).select_related("organization"), pk=pk
    )
    form = SentOnce(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.return_seat(
                seat=past, by=seat, now=timezone.now(), form=form.cleaned_data["form"]
            )
            return _added(request, given)
        except Refused as error:
            messages.error(request, str(error))
    return seen_other(request, reverse("past_people", args=[seat.coalition.slug]))
