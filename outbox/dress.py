"""A plain letter as simple HTML. The text stays the one source: here it gets type, and links to our own pages.

Only two things become links: an address of ours that has a line to itself, and the stop link of the letter. So
nothing that people typed does, since what they type never has a line to itself. A link says where it leads in
our own words; the address in full is in the text part.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import escape

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from web.lines import TURNS

INDENT = "    "
TOKEN = 18  # letters, large and small, and nobody can read it; the name of a table is small
CODE = re.compile(r"[0-9](?:[0-9 -]{2,18})[0-9]")
HIDDEN = rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{''.join(sorted(TURNS))}]"
LEFTWARD = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
NOT_SHOWN = re.compile(HIDDEN)
# A name that is read from right to left keeps to itself, so that it cannot move the words beside it.
RUN = re.compile(rf"{LEFTWARD}+(?:[ \u0300-\u036f]+{LEFTWARD}+)*")

# Mail programs keep styles in the tag and often nothing else. Without colours of its own but for the button,
# a letter follows the program into the dark.
HEAD = (
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">'
    "<style>:root{{color-scheme:light dark}}"
    "@media(prefers-color-scheme:dark){{.go{{background:#7fcabd!important;color:#0c2322!important}}}}</style>"
    "\n<title>"
)
BODY = (
    '</title></head><body style="margin:0;padding:16px"><div lang="{language}" style="max-width:600px;margin:0 auto;'
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;overflow-wrap:break-word\">\n"
)
FOOT = "\n</div></body></html>\n"
BUTTON = (
    '<p style="margin:24px 0"><a class="go" href="{}" style="display:inline-block;padding:12px 20px;'
    'border-radius:8px;background:#0f4f4c;color:#fff;font-weight:700;text-decoration:none">{}</a></p>'
)
BIG = (
    '<p style="margin:24px 0;font-size:32px;font-weight:700;line-height:1.2;letter-spacing:3px;'
    'white-space:nowrap">{}</p>'
)
SMALL = '<p style="margin:24px 0 0;font-size:14px">{}</p>'
LINK = '<a href="{}">{}</a>'


def html_of(text: str, language: str, *, subject: str = "", stop: str = "") -> str:
    """`stop` is the stop link in the text, if there is one: its line becomes the small one."""
    site = settings.SITE_URL
    head, body, button = _frame(language, site)
    said = (_block(block, site, stop, button) for block in _safe(text).split("\n\n") if block.strip())
    return head + _safe(subject) + body + "\n".join(said) + FOOT


@cache
def _frame(language: str, site: str) -> tuple[str, str, str]:
    """What all letters in a language share."""
    with override(language):
        words = escape(_("Open %(site)s") % {"site": _without_scheme(site)})
    return HEAD.format(language=language), BODY.format(language=language), BUTTON.format("{}", words)


def _safe(text: str) -> str:
    text = escape(text)
    if text.replace("\n", "").isprintable() and _is_western(text):  # nearly always, and quick to see
        return text
    return RUN.sub(r"<bdi>\g<0></bdi>", NOT_SHOWN.sub("", text))


def _is_western(text: str) -> bool:
    return len(text.encode("latin-1", "ignore")) == len(text)


def _block(block: str, site: str, stop: str, button: str) -> str:
    block = block.strip("\n")
    if block.startswith(INDENT):
        line = block.strip()
        if _is_ours(line, site):
            return button.format(line)
        if CODE.fullmatch(line):
            return BIG.format(line)
    if site not in block:
        return _paragraph(block.split("\n"))
    lines, small = [], ""
    for line in block.split("\n"):
        if stop and stop in line:
            small = SMALL.format(line.strip().replace(stop, LINK.format(stop, _shown(stop)), 1))
        else:
            lines.append(_link(line.strip()) if _is_ours(line.strip(), site) else line)
    return (_paragraph(lines) if lines else "") + small


def _paragraph(lines: Sequence[str]) -> str:
    return "<p>" + "<br>\n".join(lines) + "</p>"


def _is_ours(line: str, site: str) -> bool:
    return line.startswith(site) and line[len(site) : len(site) + 1] == "/" and len(line.split()) == 1


def _link(url: str) -> str:
    return LINK.format(url, _shown(url))


def _shown(url: str) -> str:
    """Where it leads, without what only a machine can read: table.example/stop/…"""
    where, slash, last = _without_scheme(url).rstrip("/").rpartition("/")
    return where + slash + ("…" if len(last) >= TOKEN and not last.islower() else last)


def _without_scheme(url: str) -> str:
    return url.partition("://")[2]
