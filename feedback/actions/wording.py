"""The questions of a draft. Codes of questions and answers are random: they say nothing, and none comes back."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.refusal import Refused

from ..models import Form, Kind, Recording, Wording
from ..queries.making import ready_question
from .making import LETTERS, draft_of

MOST_QUESTIONS = 12
MOST_CHOICES = 9
FIRST_CHOICES = {Kind.CHOICE: 2, Kind.SCALE: 3}  # how many empty answers a new question starts with

Texts = Mapping[str, str]


def new_code(first: str) -> str:
    return first + "".join(secrets.choice(LETTERS) for _letter in range(10))


@transaction.atomic
def add_question(*, form: Form, kind: str) -> str:
    """Its code. `kind` is one of Kind, or the code of a ready-made question."""
    draft = draft_of(form)
    rows = draft.content["questions"]
    if len(rows) >= MOST_QUESTIONS:
        raise Refused(_most())
    ready = ready_question(kind)
    if ready is None and kind not in Kind.values:
        raise Refused(_("Pick what to add from the list."))
    if ready and any(row["code"] == kind for row in rows):
        raise Refused(_("This question is on the form already."))
    row: dict[str, Any] = dict(ready) if ready else {"code": new_code("q"), "kind": kind, "text": {}}
    if not ready and kind in FIRST_CHOICES:
        row["choices"] = [{"code": new_code("a"), "text": {}} for _each in range(FIRST_CHOICES[Kind(kind)])]
    _keep(draft, [*rows, row], changed_in=ready["text"] if ready else ())
    return row["code"]


def _most() -> str:
    said = ngettext(
        "A form has %(n)s question at most. Take one off first.",
        "A form has %(n)s questions at most. Take one off first.",
        MOST_QUESTIONS,
    )
    return said % {"n": MOST_QUESTIONS}


@transaction.atomic
def change_question(
    *, form: Form, code: str, text: Texts, choices: Iterable[tuple[str, Texts]] | None = None
) -> None:
    """`choices` in their new order; an empty code is a new answer. Languages that are not said stay as they are."""
    draft = draft_of(form)
    rows = draft.content["questions"]
    before = _row(rows, code)
    known = {each["code"]: each["text"] for each in before.get("choices", ())}
    after = {**before, "text": _said(before["text"], text)}
    if choices is not None and "choices" in before:
        after["choices"] = [
            {"code": each if each in known else new_code("a"), "text": _said(known.get(each, {}), said)}
            for each, said in choices
        ]
    if len(after.get("choices", ())) > MOST_CHOICES:
        raise Refused(_("A question has %(n)s answers at most. Take one off first.") % {"n": MOST_CHOICES})
    changed = _changed_in(before, after)
    for language in changed:  # who reads it aloud, or has read it through, did so with other words
        _unsay(draft, code, language)
    _keep(draft, [after if row["code"] == code else row for row in rows], changed_in=changed)


def _said(before: Texts, said: Texts) -> dict[str, str]:
    return {language: text for language, text in {**before, **said}.items() if text}


def _changed_in(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The languages in which a question reads differently now."""

    def reads(row: Mapping[str, Any], language: str) -> list[str]:
        texts = [row["text"], *(each["text"] for each in row.get("choices", ()))]
        return [text.get(language, "") for text in texts]

    texts = [row["text"] for row in (before, after)]
    texts += [each["text"] for row in (before, after) for each in row.get("choices", ())]
    spoken = {language for text in texts for language in text}
    return {language for language in spoken if reads(before, language) != reads(after, language)}


@transaction.atomic
def move_question(*, form: Form, code: str, by: int) -> None:
    """-1 is one up. At either end nothing moves."""
    draft = draft_of(form)
    rows = list(draft.content["questions"])
    at = rows.index(_row(rows, code))
    rows.insert(min(max(0, at + by), len(rows)), rows.pop(at))
    _keep(draft, rows)


@transaction.atomic
def remove_question(*, form: Form, code: str) -> None:
    """Taken off twice is taken off once."""
    draft = draft_of(form)
    for language in draft.content.get("recorded", {}).get(code, ()):
        _unsay(draft, code, language)
    _keep(draft, [row for row in draft.content["questions"] if row["code"] != code])


def _row(rows: list[dict[str, Any]], code: str) -> dict[str, Any]:
    found = next((row for row in rows if row["code"] == code), None)
    if found is None:
        raise Refused(
            _("Somebody took this question off the form. Go back to the form and look at it again.")
        )
    return found


def _unsay(draft: Wording, code: str, language: str) -> None:
    Recording.objects.filter(wording=draft, question=code, language=language).delete()
    draft.content = without_recording(draft.content, code=code, language=language)


def without_recording(content: Mapping[str, Any], *, code: str, language: str) -> dict[str, Any]:
    recorded = {key: [*spoken] for key, spoken in content.get("recorded", {}).items()}
    recorded[code] = [each for each in recorded.get(code, ()) if each != language]
    return {**content, "recorded": {key: spoken for key, spoken in recorded.items() if spoken}}


def _keep(draft: Wording, rows: list[dict[str, Any]], changed_in: Iterable[str] = ()) -> None:
    draft.content = {**draft.content, "questions": rows}
    draft.reviewed = [each for each in draft.reviewed if each not in set(changed_in)]
    draft.save(update_fields=["content", "reviewed"])
