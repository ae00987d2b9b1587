"""The milestones that a coalition asks besides everybody's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from ..actions.local import MOST_LOCAL, add_local, change_local, leave_out_local
from ..forms.wordings import LocalForm
from ..queries.local import Local, local_items
from ..queries.rounds import newest_version


@requires(Can.RUN_ROUNDS)
def local_milestones(request: HttpRequest, seat: Seat) -> HttpResponse:
    listed = local_items(seat.coalition)
    context = {"listed": listed, "most": MOST_LOCAL, "may_add": len(listed) < MOST_LOCAL}
    return page(request, "milestones/local_milestones.html", context)


def _here(seat: Seat) -> str:
    return reverse("local_milestones", args=[seat.coalition.slug])


@requires(Can.RUN_ROUNDS)
def new_local(request: HttpRequest, seat: Seat) -> HttpResponse:
    levels = newest_version(seat.coalition).levels
    form = LocalForm(request.POST or None, content={}, levels=levels)
    if request.method == "POST" and form.is_valid():
        try:
            add_local(
                coalition=seat.coalition, by=seat, content=form.told(), now=timezone.now(),
                form=form.cleaned_data["form_id"],
            )  # fmt: skip
            messages.success(request, _("Added. The next round asks it."))
            return seen_other(request, _here(seat))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "item": None}
    return page(request, "milestones/edit_local.html", context, status=422 if form.is_bound else 200)


def _at(seat: Seat, code: str) -> Local:
    found = next((each for each in local_items(seat.coalition) if each.item.code == code), None)
    if found is None:
        raise Http404
    return found


@requires(Can.RUN_ROUNDS)
def edit_local(request: HttpRequest, seat: Seat, code: str) -> HttpResponse:
    local = _at(seat, code)
    item = local.item
    form = LocalForm(request.POST or None, content=item.content, levels=item.version.levels)
    if request.method == "POST" and form.is_valid():
        try:
            change_local(item=item, by=seat, content=form.told(), now=timezone.now())
            messages.success(request, _("Saved."))
            return seen_other(request, _here(seat))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "item": item, "asked": local.asked}
    return page(request, "milestones/edit_local.html", context, status=422 if form.is_bound else 200)


@requires(Can.RUN_ROUNDS)
@require_POST
def leave_out_local_page(request: HttpRequest, seat: Seat, code: str) -> HttpResponse:
    leave_out_local(coalition=seat.coalition, code=code, by=seat, now=timezone.now())
    messages.success(request, _("Later rounds do not ask it. What was recorded stays."))
    return seen_other(request, _here(seat))
