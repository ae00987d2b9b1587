"""The check-in of this month: to answer it, to read what the others said, and to choose its question."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalitions.access import requires, sits
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from ..actions import reply, set_question
from ..forms import CheckinForm, QuestionForm
from ..models import Checkin
from ..queries.replies import asked_now, evidence_items, evidence_round, mine, month_by_month, question_of
from ..queries.replies import coming as next_one
from ..questions import suggestions


@sits
def checkin(request: HttpRequest, seat: Seat) -> HttpResponse:
    """“How do our promises stand?” Whoever may read the table reads it; members answer."""
    now = timezone.now()
    asked = asked_now(seat.coalition, today=seat.coalition.today(now))
    form = _form(seat, asked) if asked and seat.can(Can.CHECK_IN) else None
    return _page(request, seat, asked, form)


@requires(Can.CHECK_IN)
def answer_checkin(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The form on the page of the check-in."""
    asked = asked_now(seat.coalition, today=seat.coalition.today(timezone.now()))
    if request.method != "POST":
        return redirect("checkin", seat.coalition.slug)
    if asked is None:
        messages.error(request, _("No check-in is asked now, so nothing was saved."))
        return seen_other(request, reverse("checkin", args=[seat.coalition.slug]))
    form = _form(seat, asked, request.POST)
    if form.is_valid():
        try:
            reply(
                checkin=asked, seat=seat, words=form.cleaned_data["words"], news=form.news(), seen=form.seen(),
                language=get_language() or "en", now=timezone.now(), form=form.cleaned_data["form_id"],
            )  # fmt: skip
            messages.success(request, _("Thank you. Your table can read it now."))
            return seen_other(request, reverse("checkin", args=[seat.coalition.slug]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, seat, asked, form, status=422)


def _form(seat: Seat, asked: Checkin, *typed: Any) -> CheckinForm:
    now = timezone.now()
    items = evidence_items(evidence_round(seat.coalition, now=now)) if seat.can(Can.ADD_EVIDENCE) else []
    today = seat.coalition.today(now)
    return CheckinForm(*typed, mine=mine(asked, seat), items=items, today=today)


def _page(
    request: HttpRequest, seat: Seat, asked: Checkin | None, form: CheckinForm | None, *, status: int = 200
) -> HttpResponse:
    months = month_by_month(seat)
    context = {
        "asked": asked,
        "form": form,
        "replied": form.mine.reply if form else None,
        "question": question_of(asked) if asked else ("", ""),
        "months": months[:1] if asked else [],
        "earlier": months[1:] if asked else months,
        "coming": next_one(seat.coalition, now=timezone.now()),
        "runs": seat.can(Can.RUN_ROUNDS),
    }
    return page(request, "checkins/checkin.html", context, status=status)


@requires(Can.RUN_ROUNDS)
def checkin_question(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The lead's open question for the next check-in."""
    now = timezone.now()
    coming = next_one(seat.coalition, now=now)
    form = QuestionForm(request.POST or None, said=coming.question, initial={"month": coming.month})
    if request.method == "POST" and form.is_valid():
        try:
            set_question(
                coalition=seat.coalition, by=seat, month=form.cleaned_data["month"], said=form.said,
                now=now, form=form.cleaned_data["form_id"],
            )  # fmt: skip
            messages.success(request, _("Your question is saved."))
            return seen_other(request, reverse("checkin", args=[seat.coalition.slug]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "coming": coming, "suggestions": suggestions()}
    return page(request, "checkins/checkin_question.html", context, status=422 if form.errors else 200)
