"""The questions of a draft: added, moved, taken off, and their words side by side."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other
from web.refusal import Refused

from .. import actions
from ..access import made_at
from ..forms import QuestionForm, RecordingForm, tongues
from ..models import Kind, Recording
from ..queries import Made
from ..visit import Question

MOVES = {"up": -1, "down": 1}


def _question(made: Made, code: str) -> Question:
    found = made.question(code)
    if found is None:
        raise Http404
    return found


def _form_page(seat: Seat, pk: int) -> str:
    return reverse("edit_form", args=[seat.coalition.slug, pk]) + "#questions"


@requires(Can.ASK_OUTSIDE)
@require_POST
def add_question(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    kind = request.POST.get("kind", "")
    try:
        code = actions.add_question(form=made_at(seat, pk).form, kind=kind)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return seen_other(request, _form_page(seat, pk))
    if kind not in Kind.values:
        return seen_other(request, _form_page(seat, pk))
    return seen_other(request, reverse("edit_question", args=[seat.coalition.slug, pk, code]))


@requires(Can.ASK_OUTSIDE)
@require_POST
def move_question(request: HttpRequest, seat: Seat, pk: int, question: str) -> HttpResponse:
    form, do = made_at(seat, pk).form, request.POST.get("do", "")
    try:
        if do in MOVES:
            actions.move_question(form=form, code=question, by=MOVES[do])
        elif do == "remove":
            actions.remove_question(form=form, code=question)
            messages.success(request, _("The question is off the form."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return seen_other(request, _form_page(seat, pk))


@requires(Can.ASK_OUTSIDE)
def edit_question(request: HttpRequest, seat: Seat, pk: int, question: str) -> HttpResponse:
    made = made_at(seat, pk)
    asked, do = _question(made, question), request.POST.get("do", "save")
    if made.draft is None:
        return seen_other(request, _form_page(seat, pk))
    form = QuestionForm(request.POST or None, question=asked, languages=made.wording.languages, pressed=do)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_question(form=made.form, code=question, **form.told)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            here = reverse("edit_question", args=[seat.coalition.slug, pk, question])
            return seen_other(request, _form_page(seat, pk) if do == "save" else here)
    context = {"form": form, "made": made, "question": asked, "kind": Kind(asked.kind).label}
    return page(request, "feedback/edit_question.html", context, status=422 if form.is_bound else 200)


@requires(Can.ASK_OUTSIDE)
def question_sounds(request: HttpRequest, seat: Seat, pk: int, question: str) -> HttpResponse:
    """Who reads it aloud, in each language. Published words may get a voice too."""
    made, language = made_at(seat, pk), request.POST.get("language", "")
    asked = _question(made, question)
    form = RecordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and language in made.wording.languages:
        where = {"wording": made.wording, "question": question, "language": language}
        try:
            if request.POST.get("do") == "remove":
                actions.drop_recording(**where)
                return seen_other(request, request.path)
            if form.is_valid():
                actions.keep_recording(**where, raw=form.cleaned_data["sound"], by=seat)
                return seen_other(request, request.path)
        except Refused as refusal:
            form.add_error("sound", str(refusal))
    rows = _sounds(made, asked, form, language)
    context = {"made": made, "question": asked, "form": form, "rows": rows}
    return page(request, "feedback/question_sounds.html", context, status=422 if form.is_bound else 200)


def _sounds(made: Made, asked: Question, form: RecordingForm, language: str) -> list[dict]:
    spoken = made.wording.content.get("recorded", {}).get(asked.code, ())
    return [
        {
            "tongue": tongue,
            "spoken": tongue["code"] in spoken,
            "text": asked.text.get(tongue["code"], ""),
            "choices": [each.text.get(tongue["code"], "") for each in asked.choices],
            "errors": form.errors.get("sound", []) if tongue["code"] == language else [],
        }
        for tongue in tongues(made.wording.languages)
    ]


@requires(Can.ASK_OUTSIDE)
def hear_question(request: HttpRequest, seat: Seat, pk: int, question: str, language: str) -> HttpResponse:
    """For leads, before it is published."""
    wording = made_at(seat, pk).wording
    return as_sound(wording.recordings.filter(question=question, language=language).first())


def as_sound(recording: Recording | None) -> HttpResponse:
    if recording is None:
        raise Http404
    sound = bytes(recording.sound)
    response = HttpResponse(sound, content_type=recording.media_type)
    response.headers["Content-Length"] = str(len(sound))
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
