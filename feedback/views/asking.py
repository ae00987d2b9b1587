"""The form itself: each POST answers with the next question, and only the last one writes."""

import json
import uuid
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from web.seals import Unsealable, seals

from ..access import address_of, anonymous, posted
from ..actions import send
from ..crowd import sends
from ..personal import looks_personal
from ..queries import Published, published
from ..visit import Unfit, Visit, clean, fit, own_words
from ..words import languages
from . import outcome, pages

PURPOSE = "feedback: a visit"
LASTS = 60 * 60 * 24  # seconds
LOOKS_BACK = (
    7 * LASTS
)  # a page older than a day begins anew with what was in it; after a week that is forgotten


@anonymous
def go(request: HttpRequest, code: str) -> HttpResponse:
    form = _form(code)
    if not form.form.is_open(form.coalition.today(timezone.now())):
        return outcome.closed(request, form)
    return pages.start(request, form)


@anonymous
def ask(request: HttpRequest, code: str, language: str) -> HttpResponse:
    if language not in languages():
        raise Http404
    now, form = timezone.now(), _form(code)
    sent = posted(request) if request.method == "POST" else QueryDict()
    kept = (sent or {}).get("visit", "")
    visit = unseal(kept)
    if not _takes(form, visit, now):
        return outcome.closed(request, form, language)
    if request.method != "POST" and language in form.wording.languages:
        visit = Visit(uuid.uuid4(), form.wording.pk, now.timestamp())
        return pages.question(request, form, language, visit, seal(visit))
    if request.method != "POST":
        return pages.start(request, form)
    begun_with = _begun_with(form, visit or unseal(kept, LOOKS_BACK))
    if sent is None or begun_with is None or language not in begun_with.wording.languages:
        return pages.start(request, form, language, note="start_again", typed=_typed(sent))
    if visit is None:
        return _again(request, begun_with, language, sent, now)
    return _answered(request, begun_with, language, visit, sent)


@anonymous
def heard(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Whoever kept their code reads what we answered. The code is never in an address."""
    if language not in languages():
        raise Http404
    typed = (posted(request) or {}).get("code", "") if request.method == "POST" else None
    return outcome.heard(request, _form(code), language, typed)


def _form(code: str) -> Published:
    form = published(code)
    if form is None:
        raise Http404
    return form


def _begun_with(form: Published, visit: Visit | None) -> Published | None:
    """The form in the words that this visit began with."""
    if visit is None or visit.wording == form.wording.pk:
        return form if visit else None
    return published(form.form.code, wording=visit.wording)


def _takes(form: Published, visit: Visit | None, now: datetime) -> bool:
    """Whoever began before the last day was over may finish; a lead who stops a form stops it for everybody."""
    on = [now]
    if visit and now.timestamp() - visit.began < LASTS:
        on.append(datetime.fromtimestamp(visit.began, tz=UTC))
    return any(form.form.is_open(form.coalition.today(each)) for each in on)


def _typed(sent: QueryDict | None) -> str:
    return clean(sent.get("answer", "")) if sent else ""


def _again(
    request: HttpRequest, form: Published, language: str, sent: QueryDict, now: datetime
) -> HttpResponse:
    """The page was open for too long. It is the same visit, so that it is kept once, from the first question on."""
    old = unseal(sent.get("visit", ""), LOOKS_BACK)
    question = form.questions[min(old.at, len(form.questions) - 1)]
    with suppress(Unfit):
        old = old.saying(question, fit(question, sent["answer"])) if "answer" in sent else old
    visit = replace(old, began=now.timestamp(), at=0, looked=False)
    return pages.question(request, form, language, visit, seal(visit), wrong="start_again")


def _answered(
    request: HttpRequest, form: Published, language: str, visit: Visit, sent: QueryDict
) -> HttpResponse:
    """What the button they pressed asks for, with what they wrote in hand."""
    do, answer = sent.get("do", "next"), sent.get("answer", "")
    at = min(visit.at, len(form.questions) - 1)
    question = form.questions[at]
    if do in ("send", "look"):
        return _send(request, form, language, visit, sent)
    try:
        if do == "skip":
            visit = visit.saying(question, "")
        elif "answer" in sent:  # the last page before sending has no field
            visit = visit.saying(question, fit(question, answer))
    except Unfit as unfit:
        return pages.question(
            request, form, language, visit, seal(visit), wrong=str(unfit), sent=clean(answer)
        )
    if do in ("next", "skip") and at + 1 == len(form.questions):
        return _send(request, form, language, visit, sent)
    if do.startswith("to:"):
        codes = [each.code for each in form.questions]
        at = codes.index(do[3:]) if do[3:] in codes else at
        visit = replace(visit, looked=False)
    visit = visit.going(at + {"next": 1, "skip": 1, "back": -1}.get(do, 0))
    return pages.question(request, form, language, visit, seal(visit))


def _send(
    request: HttpRequest, form: Published, language: str, visit: Visit, sent: QueryDict
) -> HttpResponse:
    """The last page before it is kept, if there is a reason for one; the thanks otherwise."""
    now = timezone.now()
    words = own_words(form.questions, visit.said)
    found = [(question, text) for question, text in words if looks_personal(text)]
    trapped = bool(sent.get("website"))  # no person sees this field; a browser may fill it in for them, once
    looks = visit.is_too_quick(now.timestamp()) or (not visit.looked and bool(found or trapped))
    crowded = not looks and _is_crowded(request, form, visit, now)
    if looks or crowded or sent.get("do") == "look":
        looked = replace(visit, looked=True)
        return pages.look(request, form, language, looked, seal(looked), found=found, crowded=crowded)
    if not _takes(published(form.form.code, wording=form.wording.pk, fresh=True) or form, visit, now):
        return outcome.closed(request, form, language)
    kept = replace(visit, answers={}) if trapped else visit
    receipt = send(visit=kept, form=form, language=language, now=now)
    return pages.thanks(request, form, language, receipt, seal(replace(visit, looked=True)))


def _is_crowded(request: HttpRequest, form: Published, visit: Visit, now: datetime) -> bool:
    most, place = settings.ANSWERS_FROM_ONE_PLACE, address_of(request)
    return bool(visit.said) and sends.is_full(
        form=form.form.code, address=place, most=most, now=now.timestamp()
    )


def seal(visit: Visit) -> str:
    return seals(PURPOSE).encrypt(json.dumps(visit.kept(), separators=(",", ":")).encode()).decode()


def unseal(sealed: str, lasts: int = LASTS) -> Visit | None:
    """None for what is too old, or not ours."""
    try:
        return Visit.of(json.loads(seals(PURPOSE).decrypt(sealed.encode(), ttl=lasts)))
    except (Unsealable, ValueError):
        return None
