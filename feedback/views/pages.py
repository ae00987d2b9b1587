"""What somebody outside sees, in any of the languages. All words come from the data of the form."""

import re
from collections.abc import Callable, Iterable
from functools import reduce

from django.http import HttpRequest, HttpResponse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from .. import dress
from ..queries import Published, readers
from ..receipts import spaced
from ..visit import LONGEST, Question, Visit
from ..words import languages, words
from .days import spelled
from .drawing import both, draw, drawn, offered
from .outcome import said_by_now

VISIT = "\0"  # stands for the sealed visit: no other text on a page can hold it


def start(
    request: HttpRequest, form: Published, language: str = "", *, note: str = "", typed: str = ""
) -> HttpResponse:
    """`typed` is what they wrote on a page that cannot go on: theirs to copy."""
    if not note and not language:
        return HttpResponse(form.drawn.get("start") or form.drawn.setdefault("start", _start(form)))
    return HttpResponse(_start(form, language, note, typed), status=422 if note else 200)


def _start(form: Published, language: str = "", note: str = "", typed: str = "") -> str:
    spoken = [_welcome(form, each) for each in both(form, language)]
    main = spoken[0]["lang"]
    more = {
        "spoken": spoken,
        "offered": offered(form),
        "note": words(main)[note] if note else "",
        "typed": typed,
        "title": form.coalition.name,
    }
    return drawn("go", form, main, **more)


def _welcome(form: Published, language: str) -> dict[str, str]:
    said, n = words(language), len(form.questions)
    about = said["start_one"] if n == 1 else said["start_about"]
    return {
        "lang": language,
        "dir": languages()[language]["dir"],
        "code": said["code_link"],
        "heard": form.address(language, "heard"),
        "title": said["start_title"],
        "about": about.format(n=n, minutes=form.minutes),
        "who": said["start_who"].format(state=form.coalition.state.name),
    }


def question(
    request: HttpRequest,
    form: Published,
    language: str,
    visit: Visit,
    sealed: str,
    *,
    wrong: str = "",
    sent: str | None = None,
) -> HttpResponse:
    """Many people see the same page, but for the visit in it and what they wrote: it is drawn for all of them."""
    asked = form.questions[visit.at]
    said = visit.said.get(asked.code, "") if sent is None else sent
    if wrong or (asked.is_open and said):
        html = _question(form, language, visit.at, said, wrong)
    else:
        key = (language, visit.at, said)
        html = form.drawn.get(key) or form.drawn.setdefault(key, _question(form, language, visit.at, said))
    return HttpResponse(html.replace(VISIT, sealed), status=422 if wrong else 200)


def _question(form: Published, language: str, at: int, sent: str, wrong: str = "") -> str:
    asked, said, n = form.questions[at], words(language), len(form.questions)
    text = asked.says(language)
    more = {
        "title": text,
        "visit": VISIT,
        "others": offered(form, but=language),
        "question": asked,
        "text": text,
        "text_in": asked.spoken_in(language),
        "choices": [{"code": each.code, "text": each.says(language)} for each in asked.choices],
        "sent": sent,
        "place": said["question_of"].format(i=at + 1, n=n),
        "next": said["send"] if at + 1 == n else said["next"],
        "can_go_back": at > 0,
        "longest": LONGEST,
        "recording": form.recording(asked, language),
        "aloud": _aloud(asked, language),
        "script": dress.TAIL,
        "wrong": said[wrong].format(n=LONGEST) if wrong else "",
    }
    return drawn("ask", form, language, **more, **promise_of(form, language, number=_dialled))


def _aloud(asked: Question, language: str) -> str:
    return ". ".join([asked.says(language), *(each.says(language) for each in asked.choices)])


def promise_of(
    form: Published, language: str, *, number: Callable[[str], str] = conditional_escape
) -> dict[str, str]:
    """`number` dresses a number that can be called; on paper it is only itself."""
    said, ours = words(language), form.form
    danger = format_html(said["danger"], hotline=number(ours.hotline)) if ours.hotline else said["danger_911"]
    return {
        "promise": said["promise"].format(readers=_who(form, language)),
        "danger": danger,
        "help": format_html(said["help"], phone=number(ours.phone)) if ours.phone else "",
    }


def _dialled(number: str) -> SafeString:
    """A number stays in its own order inside writing that runs the other way, and a tap calls it."""
    shown = format_html('<bdi dir="ltr">{}</bdi>', number)
    plain = re.sub(r"[\s().-]", "", number)
    return (
        format_html('<a href="tel:{}">{}</a>', plain, shown) if re.fullmatch(r"\+?\d{3,15}", plain) else shown
    )


def _who(form: Published, language: str) -> str:
    """“A parent at our table and an organizer at our table”: those who read, as the subject of a sentence."""
    said = words(language)
    *first, last = [said[f"reader_{group}"] for group in readers(form.coalition)] or [said["reader_other"]]
    joined = reduce(lambda so_far, each: said["readers_and"].format(first=so_far, last=each), [*first, last])
    return joined[:1].upper() + joined[1:]


def look(
    request: HttpRequest,
    form: Published,
    language: str,
    visit: Visit,
    sealed: str,
    *,
    found: Iterable[tuple[Question, str]],
    crowded: bool = False,
) -> HttpResponse:
    said = words(language)
    shown = [{"question": each.says(language), "code": each.code, "text": text} for each, text in found]
    more = {
        "title": said["warning_title"] if shown else said["review_title"],
        "visit": sealed,
        "others": offered(form, but=language),
        "keep": "look",
        "found": shown,
        "default": "send",
        "busy": said["busy"] if crowded else "",
    }
    return draw(
        "look", form, language, 429 if crowded else 200, **more, **promise_of(form, language, number=_dialled)
    )


def thanks(
    request: HttpRequest, form: Published, language: str, receipt: str, sealed: str = ""
) -> HttpResponse:
    """With the visit in it: sent again it is kept once, so another language is one press away here too."""
    said, by = words(language), form.form.reply_by
    who = _who(form, language)
    told = (
        said["done_text"].format(readers=who, date=spelled(by, language))
        if by
        else said["done_text_no_date"].format(readers=who)
    )
    more = {
        "title": said["done_title"],
        "told": told,
        "visit": sealed,
        "others": offered(form, but=language),
        "keep": "send",
        "default": "send",
        "code_label": said["done_code"].format(code="").strip(),
        "receipt": spaced(receipt),
        "heard": form.address(language, "heard"),
        "said": said_by_now(form, language),
    }
    return draw("thanks", form, language, **more)
