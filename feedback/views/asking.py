"""The form itself: each POST answers with the next question, and only the last one writes."""

import json
import uuid
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from web.seals import Unsealable, seals

from ..access import anonymous
from ..actions import send
from ..personal import looks_personal
from ..queries import Published, published
from ..visit import Unfit, Visit, fit, own_words
from ..words import languages
from . import pages

PURPOSE = "feedback: a visit"
LASTS = 60 * 60 * 24  # seconds


@anonymous
def go(request: HttpRequest, code: str) -> HttpResponse:
    form = _form(code)
    if not form.form.is_open(form.coalition.today(timezone.now())):
        return pages.closed(request, form)
    return pages.start(request, form)


@anonymous
def ask(request: HttpRequest, code: str, language: str) -> HttpResponse:
    if language not in languages():
        raise Http404
    now = timezone.now()
    form = _form(code)
    if not form.form.is_open(form.coalition.today(now)):
        return pages.closed(request, form, language)
    if request.method != "POST":
        visit = Visit(uuid.uuid4(), form.wording.pk, now.timestamp())
        return pages.question(request, form, language, visit, seal(visit))
    visit = unseal(request.POST.get("visit", ""))
    begun_with = published(code, wording=visit.wording) if visit else None
    if visit is None or begun_with is None:
        return pages.start(request, form, language, note="start_again")
    return _answered(request, begun_with, language, visit)


@anonymous
def heard(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Whoever kept their code reads what we answered. The code is never in an address."""
    if language not in languages():
        raise Http404
    typed = request.POST.get("code", "") if request.method == "POST" else None
    return pages.heard(request, _form(code), language, typed)


def _form(code: str) -> Published:
    form = published(code)
    if form is None:
        raise Http404
    return form


def _answered(request: HttpRequest, form: Published, language: str, visit: Visit) -> HttpResponse:
    """What the button they pressed asks for, with what they wrote in hand."""
    do, sent = request.POST.get("do", "next"), request.POST.get("answer", "")
    at = min(visit.at, len(form.questions) - 1)
    question = form.questions[at]
    if do == "send":
        return _send(request, form, language, visit)
    try:
        if do == "skip":
            visit = visit.saying(question, "")
        elif "answer" in request.POST:  # the last page before sending has no field
            visit = visit.saying(question, fit(question, sent))
    except Unfit as unfit:
        return pages.question(request, form, language, visit, seal(visit), unfit=str(unfit), sent=sent)
    if do in ("next", "skip") and at + 1 == len(form.questions):
        return _send(request, form, language, visit)
    if do.startswith("to:"):
        codes = [each.code for each in form.questions]
        at = codes.index(do[3:]) if do[3:] in codes else at
        visit = replace(visit, looked=False)
    visit = visit.going(at + {"next": 1, "skip": 1, "back": -1}.get(do, 0))
    return pages.question(request, form, language, visit, seal(visit))


def _send(request: HttpRequest, form: Published, language: str, visit: Visit) -> HttpResponse:
    """The last page before it is kept, if there is a reason for one; the thanks otherwise."""
    now = timezone.now()
    found = [
        (question, text) for question, text in own_words(form.questions, visit.said) if looks_personal(text)
    ]
    quick = visit.is_too_quick(now.timestamp())
    if not visit.looked and (found or quick):
        looked = replace(visit, looked=True)
        return pages.look(request, form, language, looked, seal(looked), found=found)
    if request.POST.get("website"):  # no person sees this field
        visit = replace(visit, answers={})
    receipt = send(visit=visit, form=form, language=language, now=now)
    return pages.thanks(request, form, language, receipt)


def seal(visit: Visit) -> str:
    return seals(PURPOSE).encrypt(json.dumps(visit.kept(), separators=(",", ":")).encode()).decode()


def unseal(sealed: str) -> Visit | None:
    """None for what is too old, or not ours."""
    try:
        return Visit.of(json.loads(seals(PURPOSE).decrypt(sealed.encode(), ttl=LASTS)))
    except (Unsealable, ValueError):
        return None
