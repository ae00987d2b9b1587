"""What somebody outside sees, in any of the languages. All words come from the data of the form."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from .. import dress
from ..queries import Published, readers
from ..queries import heard as find
from ..queries.said import Shown, last_said
from ..receipts import spaced
from ..visit import LONGEST, Question, Visit
from ..words import languages, words


def _draw(template: str, form: Published, language: str, status: int = 200, **more: Any) -> HttpResponse:
    told = languages()[language]
    context = {
        "lang": language,
        "dir": told["dir"],
        "own": told["name"],
        "w": words(language),
        "coalition": form.coalition.name,
        "home": form.home,
        "action": form.address(language),
        "way_out": form.way_out,
        "head": dress.HEAD,
        "default": "next",
    }
    return HttpResponse(render_to_string(f"feedback/{template}.html", context | more), status=status)


def _offered(form: Published, but: str = "") -> list[dict[str, str]]:
    told = languages()
    return [
        {"code": code, "name": told[code]["name"], "dir": told[code]["dir"], "url": form.address(code)}
        for code in form.wording.languages
        if code != but
    ]


def _both(form: Published, first: str = "") -> list[str]:
    """The two languages of a page on which nobody has picked one yet."""
    known = [first, *form.wording.languages] if first else list(form.wording.languages)
    return list(dict.fromkeys(known))[:2]


def start(request: HttpRequest, form: Published, language: str = "", note: str = "") -> HttpResponse:
    spoken = [_welcome(form, each) for each in _both(form, language)]
    main = spoken[0]["lang"]
    said = words(main)[note] if note else ""
    more = {"spoken": spoken, "offered": _offered(form), "note": said, "title": form.coalition.name}
    return _draw("go", form, main, 422 if note else 200, **more)


def _welcome(form: Published, language: str) -> dict[str, str]:
    said, n = words(language), len(form.questions)
    about = said["start_one"] if n == 1 else said["start_about"]
    return {
        "lang": language,
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
    unfit: str = "",
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
        "recording": form.recording(asked, language),
        "aloud": _aloud(asked, language),
        "script": dress.TAIL,
        "unfit": said[unfit].format(n=LONGEST) if unfit else "",
    }
    return _draw("ask", form, language, 422 if unfit else 200, **more, **promise_of(form, language))


def _aloud(asked: Question, language: str) -> str:
    return ". ".join([asked.says(language), *(each.says(language) for each in asked.choices)])


def promise_of(form: Published, language: str) -> dict[str, str]:
    said, ours = words(language), form.form
    danger = said["danger"].format(hotline=ours.hotline) if ours.hotline else said["danger_911"]
    return {
        "promise": said["promise"].format(readers=_who(form, language)),
        "danger": danger,
        "help": said["help"].format(phone=ours.phone) if ours.phone else "",
    }


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
) -> HttpResponse:
    said = words(language)
    shown = [{"question": each.says(language), "code": each.code, "text": text} for each, text in found]
    more = {
        "title": said["warning_title"] if shown else said["review_title"],
        "visit": sealed,
        "found": shown,
        "default": "send",
    }
    return _draw("look", form, language, **more, **promise_of(form, language))


def thanks(request: HttpRequest, form: Published, language: str, receipt: str) -> HttpResponse:
    said, by = words(language), form.form.reply_by
    who = _who(form, language)
    told = (
        said["done_text"].format(readers=who, date=_day(by, language))
        if by
        else said["done_text_no_date"].format(readers=who)
    )
    more = {
        "title": said["done_title"],
        "told": told,
        "code_label": said["done_code"].format(code="").strip(),
        "receipt": spaced(receipt),
        "said": _said(form, language),
    }
    return _draw("thanks", form, language, **more)


DAYS = {"es": r"j \d\e F", "vi": r"\n\g\à\y j \t\h\á\n\g n", "zh-Hans": "n月j日", "ar": "j F"}
HAITIAN = (
    *("janvye", "fevriye", "mas", "avril", "me", "jen"),
    *("jiyè", "out", "septanm", "oktòb", "novanm", "desanm"),
)
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
            "by": said["said_by"].format(date=_day(each.due, language)) if each.due else "",
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
        "note": note,
        "unknown": typed is not None and found is None,
        "said": _told(found.replies, language) if found else [],
        "here": reverse("heard", args=[form.form.code, language]),
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
        text = said["soon_text"].format(date=_day(opens, each)) if soon else said["closed_text"]
        spoken.append({"lang": each, "dir": languages()[each]["dir"], "title": title, "text": text})
    main = spoken[0]["lang"]
    done = [] if soon else _said(form, main)
    if not soon and not done:
        for each in spoken:
            each["text"] = words(each["lang"])["closed_nothing_yet"]
    return _draw("closed", form, main, title=spoken[0]["title"], spoken=spoken, said=done)


def _day(day: date, language: str) -> str:
    """“January 15”, without an article. Django writes no dates in Haitian Creole, so its months stand here."""
    if language == "ht":
        return f"{day.day} {HAITIAN[day.month - 1]}"
    with override(language):
        return date_format(day, DAYS.get(language, "F j"))
