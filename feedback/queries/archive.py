"""What an archive of a table holds of what people outside said: what was gathered, and nothing that still waits.

The words are for readers alone, leads included, so they are in it only where a reader takes it.
"""

import uuid
from base64 import b64decode
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from coalitions.queries.archive import COALITION, LANGUAGE, Taken
from web.archives import Field, Found, Kind, Numbers, Row
from web.archives.kinds import at
from web.archives.shapes import a_code

from ..models import Batch, Form, Recording, Result, SaidAndDone, Voice, Wording
from ..models.forms import Kind as Asked
from ..words import languages


def _forms(taken: Taken) -> Iterable[Form]:
    return taken.coalition.forms.order_by("pk")  # type: ignore[attr-defined]


def _wordings(taken: Taken) -> Iterable[Wording]:
    return Wording.objects.filter(form__coalition=taken.coalition).order_by("form", "number")


def _recordings(taken: Taken) -> Iterable[Recording]:
    return Recording.objects.filter(wording__form__coalition=taken.coalition).order_by("pk")


def _batches(taken: Taken) -> Iterable[Batch]:
    return Batch.objects.filter(form__coalition=taken.coalition).order_by("form", "number")


def _results(taken: Taken) -> Iterable[Result]:
    return Result.objects.filter(wording__form__coalition=taken.coalition).order_by("pk")


def _voices(taken: Taken) -> Iterable[Any]:
    """In the order of their random keys, which tells nothing."""
    if not taken.reads_voices:
        return []
    of = Voice.objects.filter(batch__form__coalition=taken.coalition).select_related("batch")
    return of.annotate(wording_id=F("submission__wording_id")).order_by("pk")


def _said(taken: Taken) -> Iterable[SaidAndDone]:
    return taken.coalition.said_and_done.order_by("on", "pk").prefetch_related("voices")  # type: ignore[attr-defined]


def _answers(row: SaidAndDone, numbers: Numbers) -> list[int]:
    known = numbers["voices"]
    return sorted(known[each.pk] for each in row.voices.all() if each.pk in known)


def _sound(row: Row, found: Found) -> dict[str, Any]:
    return {"sound": b64decode(row["sound"], validate=True)}


def _told_wording(row: Row, found: Found) -> dict[str, Any]:
    return {"wording": at(found, "form_wordings", row["wording"])}


LANGUAGES = {*languages()}
CHOICE = {"code": a_code, "text": {str: str}}
CONTENT = {
    "questions": [{"code": a_code, "kind": {*Asked.values}, "text": {str: str}, "choices?": [CHOICE]}],
    "recorded?": {str: [str]},
}
QUESTION = Field("question", _("The code of the question."), shape=a_code)
KINDS = (
    Kind(
        "forms", Form, _("The forms for people outside."), _forms,
        (
            COALITION,
            Field("code", _("Its address: /go/, and this."), shape=a_code),
            Field("name", _("What the table calls it.")),
            Field("milestone", _("The code of the milestone that it is about, if it is about one."), shape=({""}, a_code)),
            Field("opens_on", _("The first day.")),
            Field("closes_on", _("The last day.")),
            Field("stopped_on", _("The day on which a lead stopped it.")),
            Field("asks_role", _("Whether it asks if they are a parent or a provider.")),
            Field("phone", _("A phone for help.")),
            Field("hotline", _("The state's line for a child in danger.")),
            Field("reply_by", _("The day by which the table answers.")),
        ),
        fresh=lambda: {"form": uuid.uuid4()},
    ),
    Kind(
        "form_wordings", Wording, _("The words of each form. Once published they stay; a change is a new number."), _wordings,
        (
            Field("form", _("Its form."), to="forms"),
            Field("number", _("Its number.")),
            Field("languages", _("Its languages, in their order."), shape=[LANGUAGES]),
            Field("content", _("The questions, in each language."), shape=CONTENT),
            Field("reviewed", _("The languages that a speaker has read through."), shape=[LANGUAGES]),
            Field("published_on", _("The day on which it was published.")),
        ),
    ),
    Kind(
        "recordings", Recording, _("Questions that somebody reads aloud."), _recordings,
        (
            Field("wording", _("The words of the form."), to="form_wordings"),
            QUESTION, LANGUAGE,
            Field("sound", _("The sound, in base 64."), into=_sound),
            Field("media_type", _("What kind of sound it is.")),
        ),
    ),
    Kind(
        "batches", Batch, _("On which days answers were gathered, never fewer than five at a time."), _batches,
        (
            Field("form", _("Its form."), to="forms"),
            Field("number", _("Its number.")),
            Field("on", _("The day.")),
            Field("counted", _("Whether there were enough to count.")),
        ),
        fresh=lambda: {"overwritten": True},
    ),
    Kind(
        "results", Result, _("The counts of each question, as they were shown. The newest number stands."), _results,
        (
            Field("wording", _("The words of the form."), to="form_wordings"),
            QUESTION,
            Field("number", _("Its number.")),
            Field("batch", _("With which answers it was shown."), to="batches"),
            Field("people", _("How many answered.")),
            Field("counts", _("How many gave each answer."), shape={str: int}),
        ),
    ),
    Kind(
        "voices", Voice,
        _("What people outside wrote, once it was gathered. Only readers read it, so without one it is empty here."), _voices,
        (
            Field("batch", _("With which answers it was gathered."), to="batches"),
            Field("wording", _("The words of the form."), to="form_wordings", of=("submission",), into=_told_wording),
            QUESTION,
            Field("text", _("The words; empty where they were hidden.")),
            LANGUAGE,
            Field("week", _("Since which week the words are said to wait.")),
            Field("milestone", _("The code of the milestone that a reader put it to."), shape=({""}, a_code)),
            Field("theme", _("The theme that a reader gave it.")),
            Field("translation", _("A translation by a reader.")),
            Field("translated_into", _("The language of the translation.")),
            Field("hidden_because", _("Why the words were hidden.")),
        ),
    ),
    Kind(
        "said_and_done", SaidAndDone, _("What people said, and what the table did."), _said,
        (
            COALITION,
            Field("done", _("Done, being worked on, or not possible.")),
            Field("said", _("What people said, in each language."), shape={str: str}),
            Field("did", _("What the table did, in each language."), shape={str: str}),
            Field("due", _("The day by which it is to be done.")),
            Field("milestone", _("The code of its milestone."), shape=({""}, a_code)),
            Field("voices", _("Which words it answers."), to="voices", many=True, out=_answers),
            Field("public", _("Whether everybody may read it.")),
            Field("on", _("The day.")),
            LANGUAGE,
        ),
        fresh=lambda: {"form": uuid.uuid4()},
    ),
)  # fmt: skip
