"""The words of one item, part by part: what is missing in a language, and what differs from the wording before.

Content is as in `content/framework.json`: `name` is English, `name_es` Spanish, and so on.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Content = Mapping[str, Any]
Spoken = dict[str, str]  # language -> text

FIRST = "en"
PARTS = ("name", "short_name", "question", "construct")
NOTE = "note"
ONLY_EDITORS = ("construct",)  # said once, in English; nobody who answers reads it


def key(part: str, language: str) -> str:
    return part if language == FIRST else f"{part}_{language}"


def texts(content: Content, languages: Iterable[str]) -> dict[str, Spoken]:
    """Every part in order: "name", "question", "anchor-3", "criterion-M1.2", each in each language."""
    tongues = tuple(languages)
    found = {part: _spoken(content, part, tongues) for part in PARTS}
    found |= {f"anchor-{row['level']}": _spoken(row, "text", tongues) for row in content.get("anchors", ())}
    found |= {
        f"criterion-{row['code']}": _spoken(row, "text", tongues) for row in content.get("criteria", ())
    }
    return found


def _spoken(row: Mapping[str, Any], part: str, languages: tuple[str, ...]) -> Spoken:
    return {language: str(row.get(key(part, language), "")).strip() for language in languages}


def differences(
    before: Content, after: Content, languages: Iterable[str]
) -> list[tuple[str, Spoken, Spoken]]:
    """(part, words before, words after) of each part that reads differently in some language."""
    tongues = tuple(languages)
    old, new = texts(before, tongues), texts(after, tongues)
    silent = dict.fromkeys(tongues, "")
    return [
        (part, old.get(part, silent), new.get(part, silent))
        for part in dict.fromkeys([*new, *old])
        if old.get(part, silent) != new.get(part, silent)
    ]


def same(before: Content, after: Content, languages: Iterable[str]) -> bool:
    """Whether nothing that people read, or that counts, has changed."""
    return not differences(before, after, languages) and _counts(before) == _counts(after)


def _counts(content: Content) -> tuple[Any, ...]:
    return content.get("kind", "both"), [(row["code"], row["type"]) for row in content.get("criteria", ())]


def missing(content: Content, language: str, levels: Iterable[int]) -> list[str]:
    """The parts that people read and that have no words in this language. A short name, and what is measured, may
    be missing; a line of the list may be if it has no words at all."""
    said = {part: spoken[language] for part, spoken in texts(content, [language]).items()}
    needed = ["name", "question", *(f"anchor-{level}" for level in levels)]
    needed += ["short_name"] if content.get("short_name") else []
    needed += [part for part in said if part.startswith("criterion-")]
    return [part for part in needed if not said.get(part)]


def copied(content: Content) -> dict[str, Any]:
    """For the next wording: without the note on what this one clarified."""
    return {name: value for name, value in content.items() if name.partition("_")[0] != NOTE}
