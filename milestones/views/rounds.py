"""Rounds as a lead plans and follows them."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalitions.access import requires, sits
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from ..access import round_of
from ..actions.rounds import ask_seat as ask
from ..actions.rounds import close_early, extend_round, open_round, plan_round
from ..forms.rounds import RoundForm, as_planned, first_guess
from ..models import Stage
from ..queries.local import untranslated
from ..queries.roll import asks, not_asked, part_of
from ..queries.rounds import all_rounds, latest_round, minutes, newest_version, progress


@sits
def this_round(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Where the person is needed next."""
    round = latest_round(seat.coalition)
    if round is None:
        return redirect("rounds" if seat.can(Can.RUN_ROUNDS) else "home", seat.coalition.slug)
    stage = round.stage(timezone.now())
    asked = stage == Stage.OPEN and asks(part_of(round, seat), seat)
    if asked and not seat.can(Can.RUN_ROUNDS):
        return redirect("next_milestone", seat.coalition.slug, round.number)
    if stage in (Stage.DRAFT, Stage.OPEN):
        return redirect("round", seat.coalition.slug, round.number)
    return redirect("opening", seat.coalition.slug, round.number)


@sits
def rounds(request: HttpRequest, seat: Seat) -> HttpResponse:
    now = timezone.now()
    listed = [(round, round.stage(now)) for round in all_rounds(seat.coalition)]
    may_plan = seat.can(Can.RUN_ROUNDS) and not any(
        stage in (Stage.DRAFT, Stage.OPEN, Stage.CLOSED) for _round, stage in listed
    )
    context = {"rounds": listed, "may_plan": may_plan}
    if not listed:
        context["minutes"] = minutes(newest_version(seat.coalition).items.count())
    return page(request, "milestones/rounds.html", context)


@requires(Can.RUN_ROUNDS)
def new_round(request: HttpRequest, seat: Seat) -> HttpResponse:
    zone, now = seat.coalition.time_zone, timezone.now()
    form = RoundForm(request.POST or None, zone=zone, initial=first_guess(now, zone, uuid.uuid4()))
    if request.method == "POST" and form.is_valid():
        try:
            round = plan_round(
                coalition=seat.coalition,
                name=form.cleaned_data["name"],
                meets_on=form.cleaned_data["meets_on"],
                closes_at=form.closes_at,
                now=now,
                form=form.cleaned_data["form_id"],
            )
            return seen_other(request, round.get_absolute_url())
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return page(request, "milestones/new_round.html", {"form": form, "round": None}, status=status)


@requires(Can.RUN_ROUNDS)
def edit_round(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    round = round_of(seat, number)
    zone = seat.coalition.time_zone
    form = RoundForm(request.POST or None, zone=zone, initial=as_planned(round, zone))
    form.fields["name"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            extend_round(
                round=round,
                by=seat,
                closes_at=form.closes_at,
                meets_on=form.cleaned_data["meets_on"],
                now=timezone.now(),
            )
            return seen_other(request, round.get_absolute_url())
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return page(request, "milestones/new_round.html", {"form": form, "round": round}, status=status)


@sits
def round(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    round = round_of(seat, number)
    stage = round.stage(timezone.now())
    so_far = progress(round) if stage in (Stage.DRAFT, Stage.OPEN) else None
    part, runs = part_of(round, seat), seat.can(Can.RUN_ROUNDS)
    context = {
        "round": round,
        "stage": stage,
        "progress": so_far,
        "runs": runs,
        "sees_who": seat.can(Can.SEE_WHO_ANSWERED),
        "opens": seat.can(Can.OPEN_ANSWERS),
        "answers": asks(part, seat),
        "from_the_next": stage == Stage.OPEN and seat.can(Can.ANSWER) and not asks(part, seat),
        "not_asked": not_asked(round) if runs and stage == Stage.OPEN else [],
        "part": part,
        "items": round.version.items.count(),
        "untranslated": untranslated(round.version) if runs and stage == Stage.DRAFT else [],
        "all_in": bool(so_far and so_far.asked and so_far.asked == so_far.answered),
    }
    return page(request, "milestones/round.html", context, parts=("progress",))


@requires(Can.RUN_ROUNDS)
@require_POST
def start_round(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    return _move(request, seat, number, open_round, _("The round is open. Everyone can answer now."))


@requires(Can.RUN_ROUNDS)
@require_POST
def end_round(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    return _move(
        request, seat, number, close_early, _("The round is closed. You can open the answers together.")
    )


@requires(Can.RUN_ROUNDS)
@require_POST
def ask_seat(request: HttpRequest, seat: Seat, number: int, pk: int) -> HttpResponse:
    person = get_object_or_404(seat.coalition.seats.current(), pk=pk)
    done = _("They are asked in this round too.")
    return _move(request, seat, number, partial(ask, seat=person), done)


def _move(request: HttpRequest, seat: Seat, number: int, action, done: str) -> HttpResponse:
    round = round_of(seat, number)
    try:
        action(round=round, by=seat, now=timezone.now())
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return seen_other(request, round.get_absolute_url())
