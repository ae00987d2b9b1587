"""Bringing a form to people: a poster, a text message, paper, and what came back on paper."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.access import requires
from coalitions.models import Seat
from coalitions.roles import Can
from web.pages import page, seen_other

from .. import actions
from ..access import anonymous, made_at
from ..forms import PaperForm, tongues
from ..models import Recording
from ..queries import Made, Published, as_published, made_forms
from ..queries.making import State
from ..visit import Visit
from ..words import languages, words
from .asking import seal, unseal
from .pages import promise_of
from .questions import as_sound


def _given_out(seat: Seat, pk: int) -> Published | None:
    """What people outside read now; a draft has no poster."""
    live = made_at(seat, pk).live
    return as_published(live) if live else None


def _publish_first(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    messages.error(request, _("Publish the form first. Until then its address opens nothing."))
    return redirect("edit_form", seat.coalition.slug, pk)


def _in(form: Published, language: str) -> dict:
    """What a sheet of paper needs: words of its language, and the address to scan."""
    if language not in form.wording.languages:
        raise Http404
    address = settings.SITE_URL + form.address(language)
    said = words(language)
    time = said["poster_time"].format(minutes=form.minutes)
    return {
        "asked": form,
        "tongue": tongues([language])[0],
        "others": [each for each in tongues(form.wording.languages) if each["code"] != language],
        "w": said,
        "address": address,
        "short": (settings.SITE_URL + form.home).partition("://")[2],
        "who": said["start_who"].format(state=form.coalition.state.name),
        "time": time,
        "text_message": f"{said['start_title']} {time} {form.coalition.name}\n{address}",
    }


@requires(Can.ASK_OUTSIDE)
def hand_out(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    form = _given_out(seat, pk)
    if form is None:
        return _publish_first(request, seat, pk)
    rows = [_in(form, language) for language in form.wording.languages]
    return page(request, "feedback/hand_out.html", {"asked": form, "rows": rows})


@requires(Can.ASK_OUTSIDE)
def poster(request: HttpRequest, seat: Seat, pk: int, language: str) -> HttpResponse:
    form = _given_out(seat, pk)
    if form is None:
        return _publish_first(request, seat, pk)
    return page(request, "feedback/poster.html", _in(form, language))


@requires(Can.ASK_OUTSIDE)
def paper_form(request: HttpRequest, seat: Seat, pk: int, language: str) -> HttpResponse:
    form = _given_out(seat, pk)
    if form is None:
        return _publish_first(request, seat, pk)
    asked = [
        {
            "number": number,
            "text": each.says(language),
            "text_in": each.spoken_in(language),
            "is_open": each.is_open,
            "choices": [choice.says(language) for choice in each.choices],
        }
        for number, each in enumerate(form.questions, 1)
    ]
    back = words(language)["paper_return"].format(who=form.coalition.name) if language in languages() else ""
    context = {**_in(form, language), **promise_of(form, language), "questions": asked, "back": back}
    return page(request, "feedback/paper_form.html", context)


@requires(Can.ENTER_PAPER)
def papers(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Which forms take answers from paper today."""
    today = seat.coalition.today(timezone.now())
    made = [each for each in made_forms(seat.coalition) if each.state(today) == State.OPEN]
    return page(request, "feedback/papers.html", {"made": made})


@requires(Can.ENTER_PAPER)
def enter_paper(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """All questions on one page. One press keeps it, and shows an empty one again."""
    made = made_at(seat, pk)
    now = timezone.now()
    if made.live is None or made.state(seat.coalition.today(now)) != State.OPEN:
        messages.error(request, _("This form takes no answers now. A lead can change its days."))
        return redirect("papers", seat.coalition.slug)
    asked = as_published(made.live)
    language = _spoken(request, made)
    form = PaperForm(request.POST or None, asked=asked, language=language)
    visit = unseal(request.POST.get("visit", "")) if request.method == "POST" else None
    if request.method == "POST" and form.is_valid() and visit and visit.wording == asked.wording.pk:
        kept = Visit(visit.id, visit.wording, visit.began, answers=form.answers)
        actions.send(visit=kept, form=asked, language=language, now=now)
        messages.success(request, _("Kept. Destroy the paper now. Here is the page for the next one."))
        return seen_other(request, f"{request.path}?language={language}")
    return _paper(request, asked, language, form, visit)


def _spoken(request: HttpRequest, made: Made) -> str:
    wanted = request.POST.get("language") or request.GET.get("language", "")
    offered = made.live.languages if made.live else []
    return wanted if wanted in offered else offered[0]


def _paper(
    request: HttpRequest, asked: Published, language: str, form: PaperForm, visit: Visit | None
) -> HttpResponse:
    known = visit if visit and visit.wording == asked.wording.pk else None
    if form.is_bound and not form.errors:
        form.add_error(None, _("This page was open too long. Check what you typed, then save it again."))
    visit = known or Visit(uuid.uuid4(), asked.wording.pk or 0, timezone.now().timestamp())
    context = {
        "asked": asked,
        "form": form,
        "sealed": seal(visit),
        "tongue": tongues([language])[0],
        "others": [each for each in tongues(asked.wording.languages) if each["code"] != language],
    }
    return page(request, "feedback/enter_paper.html", context, status=422 if form.is_bound else 200)


@anonymous
def sound(request: HttpRequest, code: str, language: str, question: str) -> HttpResponse:
    """A question read aloud. Like the page it belongs to it stays nowhere: a phone may be shared."""
    found = Recording.objects.filter(
        wording__form__code=code,
        wording__published_on__isnull=False,
        question=question,
        language=language,
    )
    return as_sound(found.order_by("-wording__number").first())
