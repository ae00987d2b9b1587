"""The fixed words of a form in every language it can speak, as data: no visitor has an account, and a catalog of
ours holds only two languages."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
COMPLETE = ("en", "es")  # the others are marked until a speaker has read them


@cache
def _said() -> dict[str, Any]:
    return json.loads((CONTENT / "words.json").read_text(encoding="utf-8"))


def languages() -> dict[str, dict[str, str]]:
    """code -> {"name": in its own words, "dir": "ltr" or "rtl"}, in the order in which they are offered."""
    return _said()["languages"]


@cache
def words(language: str) -> Mapping[str, str]:
    """key -> text, English where this language has none. LookupError for a language we do not speak."""
    if language not in languages():
        raise LookupError(language)
    return {key: said.get(language) or said["en"] for key, said in _said()["words"].items()}


@cache
def ready_made() -> list[dict[str, Any]]:
    """The sets of questions a lead can start from."""
    return json.loads((CONTENT / "questions.json").read_text(encoding="utf-8"))["sets"]
