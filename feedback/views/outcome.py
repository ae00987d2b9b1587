"""What somebody outside reads of what came of it: behind a receipt, and where a form is closed."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..queries import Published
from ..queries import heard as find
from ..queries.said import Shown, last_said
from ..words import languages, words
from .days import spelled
from .drawing import both, draw, offered

HOW = {"did": "said_did", "working": "said_working", "cannot": "said_cant"}


def said_by_now(form: Published, language: str) -> list[Mapping[str, str]]:
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
        "others": offered(form, but=language, page="heard"),
        "note": note,
        "unknown": typed is not None and found is None,
        "said": _told(found.replies, language) if found else [],
        "here": form.address(language, "heard"),
    }
    return draw("heard", form, language, 422 if more["unknown"] else 200, **more)


def closed(request: HttpRequest, form: Published, language: str = "") -> HttpResponse:
    """Not open yet, or not any more: when it opens, or what was done with what people said."""
    opens = form.form.opens_on
    soon = opens is not None and not form.form.is_over(opens) and opens > form.coalition.today(timezone.now())
    spoken = []
    for each in [language] if language else both(form):
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
                "heard": form.address(each, "heard"),
            }
        )
    main = spoken[0]["lang"]
    done = [] if soon else said_by_now(form, main)
    if not soon and not done:
        for each in spoken:
            each["text"] = words(each["lang"])["closed_nothing_yet"]
    more = {"title": spoken[0]["title"], "spoken": spoken, "said": done, "others": offered(form, but=main)}
    return draw("closed", form, main, **more)
