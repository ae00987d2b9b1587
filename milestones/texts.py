"""The texts people trust us by, in the reader's language. They are data, beside the framework."""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import formats
from django.utils.translation import get_language

from .models import Round

FILE = Path(__file__).parent / "content" / "words.json"


@cache
def _texts() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))["texts"]


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def text(key: str) -> str:
    """A whole text, such as `cannot_say`."""
    return _texts()[key][_language()]


def talk_prompts(low: str = "", high: str = "") -> list[str]:
    """The questions for the talk; the example levels become the lowest and highest on this board."""
    examples = {"en": ("Starting", "Strong"), "es": ("Empezando", "Fuerte")}[_language()]
    levels = {example: level or example for example, level in zip(examples, (low, high), strict=True)}
    named = re.compile("|".join(examples))
    return [
        named.sub(lambda found: levels[found[0]], prompt[_language()]) for prompt in _texts()["talk_prompts"]
    ]


def agree(key: str) -> str:
    """A text of the agreement: `label`, `second_question`, `read_back`."""
    return _texts()["agree"][f"{key}_{_language()}"]


def agree_how() -> list[str]:
    """The ways a table can have got there, in the order of `How`."""
    return [how[_language()] for how in _texts()["agree"]["how"]]


def day(moment: date) -> str:
    """“December 4”, “4 de diciembre”."""
    return formats.date_format(moment, "MONTH_DAY_FORMAT")


def promise(round: Round) -> str:
    """What the page before the first answer says, with this round's day and this table's contact."""
    said = text("promise_before_first_answer")
    said = said.replace("December 4", day(round.meets_on)).replace("4 de diciembre", day(round.meets_on))
    said = said.replace("[N]", str(round.coalition.backup_days))
    contact = round.coalition.outside_contact
    if contact:
        return re.sub(r"\[[^\]]+\]", lambda _bracket: contact, said)
    # Without somebody outside to call, the sentence that names them is left out whole.
    return re.sub(r"[^.]*\[[^\]]+\]\.", "", said).strip()


def opening_sentence(said: str) -> tuple[str, str]:
    """The first sentence, and the rest for whoever wants to read on."""
    first, _stop, rest = said.partition(". ")
    return (f"{first}." if rest else first), rest
