"""What somebody outside sees, in any of the languages. All words come from the data of the form."""

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import dress
from ..queries import Published, readers
from ..queries import heard as find
from ..queries.said import Shown, last_said
from ..receipts import spaced
from ..visit import LONGEST, Question, Visit
from ..words import languages, words
from .days import spelled


def _draw(template: str, form: Published, language: str, status: int = 200, **more: Any) -> HttpResponse:
    told = languages()[language]
    context = {
        "lang": language,
        "dir": told["dir"],
        "own": told["name"],
        "w": words(language),
        "coalition": form.coalition.name,
        "home": form.form.get_absolute_url(),
        "action": _address(form, language),
        "head": dress.HEAD,
        "default": "next",
        "keep": "stay",
    }
    return HttpResponse(render_to_string(f"feedback/{template}.html", context | more), status=status)


def _address(form: Published, language: str, page: str = "ask") -> str:
    return reverse(page, args=[form.form.code, language])


def _offered(form: Published, but: str = "", page: str = "ask") -> list[dict[str, str]]:
    told = languages()
    return [
        {
            "code": code,
            "name": told[code]["name"],
            "dir": told[code]["dir"],
            "url": _address(form, code, page),
        }
        for code in form.wording.languages
        if code != but
    ]


def _both(form: Published, first: str = "") -> list[str]:
    """The two languages of a page on which nobody has picked one yet."""
    known = [first, *form.wording.languages] if first else list(form.wording.languages)
    return list(dict.fromkeys(known))[:2]


def start(
    request: HttpRequest, form: Published, language: str = "", *, note: str = "", typed: str = ""
) -> HttpResponse:
    """`typed` is what they wrote on a page that cannot go on: theirs to copy."""
    spoken = [_welcome(form, each) for each in _both(form, language)]
    main = spoken[0]["lang"]
    more = {
        "spoken": spoken,
        "offered": _offered(form),
        "note": words(main)[note] if note else "",
        "typed": typed,
        "title": form.coalition.name,
    }
    return _draw("go", form, main, 422 if note else 200, **more)


def _welcome(form: Published, language: str) -> dict[str, str]:
    said, n = words(language), len(form.questions)
    about = said["start_one"] if n == 1 else said["start_about"]
    return {
        "lang": language,
        "dir": languages()[language]["dir"],
        "code": said["code_link"],
        "heard": _address(form, language, "heard"),
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
    asked, said, n = form.questions[visit.at], words(language), len(form.questions)
    text = asked.says(language)
    more = {
        "title": text,
        "visit": sealed,
        "others": _offered(form, but=language),
        "question": asked,
        "text": text,
        "text_in": asked.spoken_in(language),
        "choices": [{"code": each.code, "text": each.says(language)} for each in asked.choices],
        "sent": visit.said.get(asked.code, "") if sent is None else sent,
        "place": said["question_of"].format(i=visit.at + 1, n=n),
        "next": said["send"] if visit.at + 1 == n else said["next"],
        "can_go_back": visit.at > 0,
        "longest": LONGEST,
        "aloud": _aloud(asked, language),
        "script": dress.TAIL,
        "wrong": said[wrong].format(n=LONGEST) if wrong else "",
    }
    return _draw("ask", form, language, 422 if wrong else 200, **more, **_promise(form, language))


def _aloud(asked: Question, language: str) -> str:
    return ". ".join([asked.says(language), *(each.says(language) for each in asked.choices)])


def _promise(form: Published, language: str) -> dict[str, str]:
    said, ours = words(language), form.form
    danger = (
        format_html(said["danger"], hotline=_dialled(ours.hotline)) if ours.hotline else said["danger_911"]
    )
    return {
        "promise": said["promise"].format(readers=_who(form, language)),
        "danger": danger,
        "help": format_html(said["help"], phone=_dialled(ours.phone)) if ours.phone else "",
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
        "others": _offered(form, but=language),
        "keep": "look",
        "found": shown,
        "default": "send",
        "busy": said["busy"] if crowded else "",
    }
    return _draw("look", form, language, 429 if crowded else 200, **more, **_promise(form, language))


def thanks(request: HttpRequest, form: Published, language: str, receipt: str, sealed: str) -> HttpResponse:
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
        "others": _offered(form, but=language),
        "keep": "send",
        "default": "send",
        "code_label": said["done_code"].format(code="").strip(),
        "receipt": spaced(receipt),
        "heard": _address(form, language, "heard"),
        "said": _said(form, language),
    }
    return _draw("thanks", form, language, **more)


HOW = {"did": "said_did", "working": "said_working", "cannot": "said_cant"}


def _said(form: Published, language: str) -> list[Mapping[str, str]]:
    return _told(last_said(form.coalition, language), language)


def _told(shown: Iterable[Shown], language: str) -> list[Mapping[str, str]]:
    said = words(language)
    return [
        {
            "said": each.said,
            "said_in": each.said_in,
            "did": each.did,
            "did_in": each.did_in,
            "how": said[HOW[each.done]],
            "by": said["said_by"].format(date=spelled(each.due, language)) if each.due else "",
        }
        for each in shown
    ]


def heard(request: HttpRequest, form: Published, language: str, typed: str | None) -> HttpResponse:
    """The page for a receipt: empty (`typed` is None), unknown, or with what came of it."""
    found = find(form.form, typed, language) if typed is not None else None
    said = words(language)
    note = ""
    if typed is not None and not (found and found.replies):
        note = said["code_waiting"] if found else said["code_unknown"]
    more = {
        "title": said["code_title"],
        "others": _offered(form, but=language, page="heard"),
        "note": note,
        "unknown": typed is not None and found is None,
        "said": _told(found.replies, language) if found else [],
        "here": _address(form, language, "heard"),
    }
    return _draw("heard", form, language, 422 if more["unknown"] else 200, **more)


def closed(request: HttpRequest, form: Published, language: str = "") -> HttpResponse:
    """Not open yet, or not any more: when it opens, or what was done with what people said."""
    opens = form.form.opens_on
    soon = opens is not None and not form.form.is_over(opens) and opens > form.coalition.today(timezone.now())
    spoken = []
    for each in [language] if language else _both(form):
        said = words(each)
        title = said["soon_title"] if soon else said["closed_title"]
        text = said["soon_text"].format(date=spelled(opens, each)) if soon else said["closed_text"]
        code = "" if soon else said["code_link"]
        spoken.append(
            {
                "lang": each,
                "dir": languages()[each]["dir"],
                "title": title,
                "text": text,
                "code": code,
                "heard": _address(form, each, "heard"),
            }
        )
    main = spoken[0]["lang"]
    done = [] if soon else _said(form, main)
    if not soon and not done:
        for each in spoken:
            each["text"] = words(each["lang"])["closed_nothing_yet"]
    more = {"title": spoken[0]["title"], "spoken": spoken, "said": done, "others": _offered(form, but=main)}
    return _draw("closed", form, main, **more)
