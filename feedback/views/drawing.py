"""A page of a form in one language."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from .. import dress
from ..queries import Published
from ..words import languages, words


def draw(template: str, form: Published, language: str, status: int = 200, **more: Any) -> HttpResponse:
    return HttpResponse(drawn(template, form, language, **more), status=status)


def drawn(template: str, form: Published, language: str, **more: Any) -> str:
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
        "keep": "stay",
    }
    return render_to_string(f"feedback/{template}.html", context | more)


def offered(form: Published, but: str = "", page: str = "ask") -> list[dict[str, str]]:
    told = languages()
    return [
        {
            "code": code,
            "name": told[code]["name"],
            "dir": told[code]["dir"],
            "url": form.address(code, page),
        }
        for code in form.wording.languages
        if code != but
    ]


def both(form: Published, first: str = "") -> list[str]:
    """The two languages of a page on which nobody has picked one yet."""
    known = [first, *form.wording.languages] if first else list(form.wording.languages)
    return list(dict.fromkeys(known))[:2]
