"""What readers see and do. Nobody else comes in here, leads included, unless they are readers too."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other

from .. import actions
from ..forms.voices import HideForm, VoiceForm, milestones
from ..queries.inbox import Heard, Wanted, Words, inbox, voices_of


@requires(Can.READ_VOICES)
def voices(request: HttpRequest, seat: Seat) -> HttpResponse:
    wanted = _wanted(request)
    found = inbox(
        seat.coalition, wanted=wanted, language=get_language() or "en", page=request.GET.get("page")
    )
    for shelf in found.shelves:
        for asked in shelf.questions:
            for heard in asked.voices:
                heard.voice.form = VoiceForm(voice=heard.voice, items=found.items)
    context = {
        "inbox": found,
        "wanted": wanted,
        "milestones": milestones(found.items)[1:],
        "query": _query(wanted),
    }
    return page(request, "feedback/voices.html", context)


@requires(Can.READ_VOICES)
def voice(request: HttpRequest, seat: Seat, id: UUID) -> HttpResponse:
    """One voice with its place and translation: a page, or the row that HTMX asks for."""
    heard, words = _heard(seat, id)
    form = VoiceForm(request.POST if request.method == "POST" else None, voice=heard.voice, items=words.items)
    wanted = _wanted(request)
    saved = form.is_bound and form.is_valid()
    if saved:
        actions.place_voice(voice=heard.voice, **form.cleaned_data)
        if not request.htmx:
            messages.success(request, _("Saved."))
            return seen_other(request, _back(seat, wanted, id))
        heard, words = _heard(seat, id)
        form = VoiceForm(voice=heard.voice, items=words.items)
    heard.voice.form = form
    context = {
        "heard": heard,
        "form": form,
        "saved": saved,
        "query": _query(wanted),
        "back": _back(seat, wanted, id),
    }
    row = request.htmx.target == f"voice-{id}"
    return TemplateResponse(
        request, "feedback/parts/voice.html" if row else "feedback/voice.html", context,
        status=422 if form.errors else 200,
    )  # fmt: skip


@requires(Can.READ_VOICES)
def hide_voice(request: HttpRequest, seat: Seat, id: UUID) -> HttpResponse:
    heard = _heard(seat, id)[0]
    form = HideForm(request.POST if request.method == "POST" else None)
    back = _back(seat, _wanted(request), id)
    if form.is_bound and form.is_valid():
        actions.hide_voice(
            voice=heard.voice, by=seat, because=form.cleaned_data["because"], now=timezone.now()
        )
        messages.success(request, _("The words are off every page. The reason is on record."))
        return seen_other(request, back)
    context = {"heard": heard, "form": form, "back": back}
    return page(request, "feedback/hide_voice.html", context, status=422 if form.errors else 200)


def _heard(seat: Seat, id: UUID) -> tuple[Heard, Words]:
    found = get_object_or_404(voices_of(seat.coalition), pk=id)
    words = Words(seat.coalition)
    return words.heard(found), words


def _wanted(request: HttpRequest) -> Wanted:
    sent = request.GET
    form = sent.get("form", "")
    return Wanted(
        milestone=sent.get("milestone", "")[:20],
        form=int(form) if form.isascii() and form.isdigit() and len(form) < 10 else None,
        unanswered=bool(sent.get("unanswered")),
    )


def _query(wanted: Wanted) -> str:
    said = {"milestone": wanted.milestone, "form": wanted.form, "unanswered": wanted.unanswered and "1"}
    return urlencode({name: value for name, value in said.items() if value})


def _back(seat: Seat, wanted: Wanted, id: UUID) -> str:
    query = _query(wanted)
    return reverse("voices", args=[seat.coalition.slug]) + (f"?{query}" if query else "") + f"#voice-{id}"
