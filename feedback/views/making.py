"""Forms as leads make them: the list, a new one, its dates, and what becomes of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from .. import actions
from ..access import made_at
from ..actions.making import nobody_reads, print_of
from ..forms import DatesForm, NewForm, tongues
from ..models import Form, Kind
from ..queries import Made, made_forms
from ..queries.making import may_be_read, missing, unreviewed, unwritten
from .shown import questions_for_adding, questions_of_sets, rows_of


@requires(Can.ASK_OUTSIDE)
def forms(request: HttpRequest, seat: Seat) -> HttpResponse:
    today = seat.coalition.today(timezone.now())
    made = [(each, each.state(today)) for each in made_forms(seat.coalition)]
    return page(request, "feedback/forms.html", {"made": made, "readable": may_be_read(seat.coalition)})


@requires(Can.ASK_OUTSIDE)
def new_form(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = NewForm(request.POST or None, initial={"languages": ["en", "es"]})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_form(coalition=seat.coalition, **form.told)
            return seen_other(request, _home(made))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "sets": questions_of_sets(form["questions"])}
    return page(request, "feedback/new_form.html", context, status=422 if form.is_bound else 200)


@requires(Can.ASK_OUTSIDE)
def edit_form(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    made = made_at(seat, pk)
    form = DatesForm(request.POST or None, made=made)
    if request.method == "POST" and form.is_valid():
        actions.change_form(form=made.form, **form.told)
        messages.success(request, _("Saved."))
        return seen_other(request, _home(made.form))
    made = made_at(seat, pk) if form.is_bound else made  # a form that is refused has changed nothing
    context = {
        "form": form,
        "made": made,
        "state": made.state(seat.coalition.today(timezone.now())),
        "rows": rows_of(made.wording, made.questions),
        "kinds": Kind.choices,
        "ready": questions_for_adding(made),
        "unreviewed": tongues(unreviewed(made.wording)),
        "first_language": made.wording.languages[0],
    }
    return page(request, "feedback/edit_form.html", context, status=422 if form.is_bound else 200)


@requires(Can.ASK_OUTSIDE)
@require_POST
def change_words(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    actions.change_words(form=made_at(seat, pk).form)
    messages.success(request, _("Change what you like. People read the old words until you publish again."))
    return seen_other(request, reverse("edit_form", args=[seat.coalition.slug, pk]))


@requires(Can.ASK_OUTSIDE)
@require_POST
def drop_draft(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    made = made_at(seat, pk)
    try:
        gone = actions.drop_draft(form=made.form)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return seen_other(request, _home(made.form))
    messages.success(request, _("It is gone. Nobody outside ever saw it."))
    return seen_other(request, reverse("forms", args=[seat.coalition.slug]) if gone else _home(made.form))


@requires(Can.ASK_OUTSIDE)
def publish_form(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """What is missing, once more, and the yes."""
    made, refused = made_at(seat, pk), ""
    if made.draft is None:
        return seen_other(request, _home(made.form))
    if request.method == "POST":
        try:
            actions.publish_form(
                form=made.form, by=seat, seen=request.POST.get("seen", ""), now=timezone.now()
            )
            messages.success(request, _("The form is published. Print the poster, or send the link."))
            return seen_other(request, reverse("hand_out", args=[seat.coalition.slug, pk]))
        except Refused as refusal:
            refused = str(refusal)
    context = {"made": made, "refused": refused, "seen": print_of(made.draft), **_lacking(seat, made)}
    return page(request, "feedback/publish_form.html", context, status=422 if refused else 200)


def _lacking(seat: Seat, made: Made) -> dict:
    """What stands in the way, and what a lead should know before people read it."""
    gaps = missing(made.wording)
    return {
        "gaps": [(tongue, gaps[tongue["code"]]) for tongue in tongues(list(gaps))],
        "unreviewed": tongues(unreviewed(made.wording)),
        "bare": unwritten(made.wording),
        "unread": "" if may_be_read(seat.coalition) else nobody_reads(),
    }


@requires(Can.ASK_OUTSIDE)
@require_POST
def stop_form(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """The switch, both ways."""
    form = made_at(seat, pk).form
    if request.POST.get("do") == "start":
        actions.start_form(form=form)
        messages.success(request, _("The form is on again, within its dates."))
    else:
        actions.stop_form(form=form, by=seat, now=timezone.now())
        messages.success(
            request, _("The form is stopped. Whoever opens it reads what you did with the answers.")
        )
    return seen_other(request, _home(form))


@requires(Can.ASK_OUTSIDE)
@require_POST
def review_words(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    form = made_at(seat, pk).form
    actions.mark_reviewed(form=form, language=request.POST.get("language", ""))
    messages.success(request, _("Marked as read by a speaker, until its words change."))
    return seen_other(request, _home(form))


def _home(form: Form) -> str:
    return reverse("edit_form", args=[form.coalition.slug, form.pk])
