from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.access import only
from web.pages import page, seen_other

from .. import actions, queries
from ..access import requires, signed_in, sits
from ..forms import SettingsForm, WantedSeatForm
from ..models import Coalition, Group, Seat
from ..roles import Can


@signed_in
def tables(request: HttpRequest) -> HttpResponse:
    """Where a member goes after signing in: to their table, or to what they came for."""
    seats = [
        seat
        for seat in Seat.objects.current().filter(member=request.user.pk).select_related("coalition__state")
        if only(request) in ("", seat.scope) and (seat.can(Can.READ_TABLE) or not seat.arrived)
    ]
    if len(seats) == 1:
        return redirect(seats[0].coalition)
    if not seats and not only(request) and request.user.cohorts.exists():  # type: ignore[union-attr]
        return redirect("states")
    if not seats and request.user.is_staff and not only(request):
        return redirect("admin:index" if Coalition.objects.exists() else "start")
    return page(request, "coalitions/tables.html", {"seats": seats})


@sits
def people(request: HttpRequest, seat: Seat) -> HttpResponse:
    return _people(request, seat, WantedSeatForm())


def _people(request: HttpRequest, seat: Seat, form: WantedSeatForm, status: int = 200) -> HttpResponse:
    keeps_people = seat.can(Can.PEOPLE)
    parts = queries.people(seat.coalition, for_a_lead=keeps_people)
    added = request.GET.get("added", "")
    wanted = list(seat.coalition.wanted_seats.order_by("pk"))
    context = {
        "parts": parts,
        "wanted": wanted,
        "map": queries.seat_map(parts, wanted),
        "keeps_people": keeps_people,
        "added": next((each for part in parts for each in part.seats if str(each.pk) == added), None),
        "groups": Group.choices,
        "form": form,
    }
    return page(request, "coalitions/people.html", context, status=status)


@requires(Can.PEOPLE)
def want_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The small form on the people page."""
    if request.method != "POST":
        return redirect("people", seat.coalition.slug)
    form = WantedSeatForm(request.POST)
    if not form.is_valid():
        return _people(request, seat, form, status=422)
    actions.want_seat(coalition=seat.coalition, **form.cleaned_data)
    messages.success(request, _("The empty seat is on the list."))
    return seen_other(request, reverse("people", args=[seat.coalition.slug]))


@requires(Can.PEOPLE)
def fill_seat(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Take a seat off the list of empty ones: somebody has it now, or nobody is wanted for it."""
    if request.method == "POST":
        seat.coalition.wanted_seats.filter(pk=pk).delete()
        messages.success(request, _("The seat is off the list."))
    return seen_other(request, reverse("people", args=[seat.coalition.slug]))


@requires(Can.SETTINGS)
def settings_page(request: HttpRequest, seat: Seat) -> HttpResponse:
    # A copy of its own, so that words that were refused do not appear in the page's masthead.
    coalition = type(seat.coalition).objects.get(pk=seat.coalition.pk)
    form = SettingsForm(request.POST or None, instance=coalition)
    if request.method == "POST" and form.is_valid():
        changed = [name for name in form.changed_data if name != "form"]
        actions.save_settings(
            coalition=coalition, by=seat, changed=changed, now=timezone.now(), form=form.cleaned_data["form"]
        )
        messages.success(request, _("The settings are saved."))
        return seen_other(request, reverse("settings_page", args=[coalition.slug]))
    context = {"form": form, "deeds": queries.deeds(coalition)}
    return page(request, "coalitions/settings_page.html", context, status=422 if form.is_bound else 200)
