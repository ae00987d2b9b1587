"""Somebody sees it differently. Whose view it is stays with them, and so does every choice about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalitions.access import requires, sits
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from ..access import item_at, round_of
from ..actions.agreement import RECORDING
from ..actions.dissent import add_dissent, code_of, let_dissent_out, trace_of, withdraw_dissent
from ..endings import ending_of, view_of
from ..forms.record import DissentForm, TakeBackForm
from ..models import Dissent, Item, Round
from ..queries.record import newest_agreement


@requires(Can.DISSENT)
def dissent(request: HttpRequest, seat: Seat, number: int, position: int) -> HttpResponse:
    round = round_of(seat, number)
    item, _items = item_at(round, position)
    form = DissentForm(
        request.POST if request.method == "POST" else None, initial={"language": get_language()}
    )
    if form.is_bound and form.is_valid():
        try:
            kept = _add(seat, round, item, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, round, item, kept, code_of(form.cleaned_data["form_id"]))
    newest = newest_agreement(round, item)
    context = {
        "round": round,
        "item": item,
        "form": form,
        "agreement": newest and ending_of(newest, item.version.levels, outcome=item.is_outcome),
        "may": newest is not None and round.stage(timezone.now()) in RECORDING,
        "dissents": True,
    }
    return page(request, "milestones/dissent.html", context, status=422 if form.errors else 200)


def _add(seat: Seat, round: Round, item: Item, form: DissentForm) -> Dissent:
    typed = form.cleaned_data
    once = typed["form_id"]
    return add_dissent(
        round=round,
        item=item,
        seat=seat,
        text=typed["text"],
        language=typed["language"],
        named=typed["named"],
        let_out=typed["let_out"],
        code=code_of(once),
        now=timezone.now(),
        form=trace_of(once),
    )


def _saved(request: HttpRequest, round: Round, item: Item, kept: Dissent, code: str) -> HttpResponse:
    """Unnamed, the answer itself shows the code: a redirect would have to keep it beside the person's account."""
    if kept.seat_id or not kept.code:
        messages.success(request, _("Your view is on record beside what the table agreed."))
        return seen_other(request, _board(round, item))
    context = {"round": round, "item": item, "code": code, "let_out": kept.let_out}
    return page(request, "milestones/dissent.html", context)


@sits
def take_back(request: HttpRequest, seat: Seat, number: int, position: int, id: int) -> HttpResponse:
    """For its author alone, whatever their role is by now: by their seat, or by the code."""
    round = round_of(seat, number)
    item, _items = item_at(round, position)
    view = get_object_or_404(round.dissents.select_related("seat__member", "agreement"), item=item, pk=id)
    own = view.seat_id == seat.pk
    if view.seat_id and not own:
        raise Http404
    form = TakeBackForm(request.POST if request.method == "POST" else None, own=own)
    if form.is_bound and not view.withdrawn_at and form.is_valid():
        try:
            messages.success(
                request, _decide(request.POST.get("do", ""), seat, view, form.cleaned_data.get("code", ""))
            )
            return seen_other(request, _board(round, item))
        except Refused as refusal:
            form.add_error("code" if "code" in form.fields else None, str(refusal))
    context = {
        "round": round,
        "item": item,
        "form": form,
        "view": view_of(view, seat=seat),
        "may_change": round.stage(timezone.now()) in RECORDING,
    }
    return page(request, "milestones/take_back.html", context, status=422 if form.errors else 200)


def _decide(do: str, seat: Seat, view: Dissent, code: str) -> Any:
    if do == "withdraw":
        withdraw_dissent(dissent=view, seat=seat, code=code, now=timezone.now())
        return _("Your view was taken back, here and in every release.")
    if do not in ("let_out", "keep_in") or view.round.stage(timezone.now()) not in RECORDING:
        raise Refused(_("Choose what to do with your view."))
    let_dissent_out(dissent=view, seat=seat, code=code, let_out=do == "let_out")
    if do == "let_out":
        return _("Your view will be in the next release.")
    return _("From the next release on it will say: a view was kept at the table.")


def _board(round: Round, item: Item) -> str:
    return reverse("board", args=[round.coalition.slug, round.number, item.position])
