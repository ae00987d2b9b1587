"""The life of a form: made, dated, published, stopped, changed."""

import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.actions import record, sent_before
from coalitions.models import Coalition, Seat, Verb
from web.refusal import Refused

from ..models import Form, Recording, Wording
from ..queries.making import in_order, may_be_read, ready_set, unwritten

LETTERS = "bcdfghjkmnpqrstvwxyz"  # none that looks like another; no vowels, so that they spell nothing
LETTERS_IN_ADDRESS = 8
DATED = ("name", "opens_on", "closes_on", "reply_by", "phone", "hotline", "asks_role")


@transaction.atomic
def make_form(
    *,
    coalition: Coalition,
    questions: str,
    name: str,
    languages: Sequence[str],
    form: uuid.UUID,
    **dates: Any,
) -> Form:
    """A form of a ready-made set of questions, not published yet. The same page again is the same form."""
    known = Form.objects.filter(form=form).first()
    if known:
        if known.coalition_id != coalition.pk:
            raise Refused(sent_before())
        return known
    start = ready_set(questions)
    if start is None:
        raise Refused(_("Pick one of the sets of questions."))
    made = Form.objects.create(
        coalition=coalition,
        code=_free_address(),
        name=name,
        milestone=start["milestone"] or "",
        form=form,
        **dates,
    )
    Wording.objects.create(
        form=made, number=1, languages=in_order([*languages]), content={"questions": start["questions"]}
    )
    return made


def _free_address() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _letter in range(LETTERS_IN_ADDRESS))
        if not Form.objects.filter(code=code).exists():
            return code


@transaction.atomic
def change_form(*, form: Form, said: Mapping[str, Any], languages: Sequence[str]) -> None:
    """Dates, numbers and name count at once; languages are part of the words, so only a draft takes new ones."""
    for name in DATED:
        if name in said:
            setattr(form, name, said[name])
    form.save(update_fields=DATED)
    if languages:
        Wording.objects.filter(form=form, published_on=None).update(languages=in_order([*languages]))


def draft_of(form: Form) -> Wording:
    """The words that may be changed, locked: two leads who change different questions lose nothing."""
    Form.objects.select_for_update().get(pk=form.pk)
    draft = Wording.objects.filter(form=form, published_on=None).first()
    if draft is None:
        raise Refused(_("These words are published and stay as they are. Press “Change the words” first."))
    return draft


@transaction.atomic
def change_words(*, form: Form) -> Wording:
    """A draft of the next version, with everything the last one had. Answers to that one stay with it."""
    Form.objects.select_for_update().get(pk=form.pk)
    newest = Wording.objects.filter(form=form).order_by("-number")[0]
    if newest.published_on is None:
        return newest
    draft = Wording.objects.create(
        form=form,
        number=newest.number + 1,
        languages=newest.languages,
        content=newest.content,
        reviewed=newest.reviewed,
    )
    spoken = list(Recording.objects.filter(wording=newest))
    for each in spoken:
        each.pk, each.wording = None, draft
    Recording.objects.bulk_create(spoken)
    return draft


@transaction.atomic
def drop_draft(*, form: Form) -> bool:
    """Take back a change that nobody outside has seen. Whether the form itself went with it."""
    draft_of(form).delete()
    if form.wordings.exists():  # type: ignore[attr-defined]
        return False
    form.delete()
    return True


def print_of(wording: Wording) -> str:
    """What tells one state of a draft from the next, so that a lead publishes what they have seen."""
    said = [wording.number, wording.languages, wording.content, wording.reviewed]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def publish_form(*, form: Form, by: Seat, seen: str, now: datetime) -> Wording:
    """From now on people outside read these words, and nobody changes them any more."""
    draft = draft_of(form)
    if seen != print_of(draft):
        raise Refused(_("Somebody changed the form meanwhile. Look at this page again, then publish."))
    if not draft.content["questions"]:
        raise Refused(_("The form asks nothing yet. Add a question first."))
    if bare := unwritten(draft):
        raise Refused(
            _(
                "Question %(n)s has no words yet, or an answer without words. Write them, or take it off the form."
            )
            % {"n": bare[0]}
        )
    if not may_be_read(form.coalition):
        raise Refused(nobody_reads())
    draft.published_on = form.coalition.today(now)
    draft.save(update_fields=["published_on"])
    record(coalition=form.coalition, seat=by, verb=Verb.FORM_PUBLISHED, about=form.name, at=now)
    return draft


def nobody_reads() -> str:
    return _(
        "Two people must read what comes in: a parent, and somebody from another group. "
        "Give two people the job on the page People. They count once they have come."
    )


@transaction.atomic
def stop_form(*, form: Form, by: Seat, now: datetime) -> None:
    """The switch: no more answers, whatever the dates say."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    if form.stopped_on is None:
        form.stopped_on = form.coalition.today(now)
        form.save(update_fields=["stopped_on"])
        record(coalition=form.coalition, seat=by, verb=Verb.FORM_STOPPED, about=form.name, at=now)


def start_form(*, form: Form) -> None:
    Form.objects.filter(pk=form.pk).update(stopped_on=None)


@transaction.atomic
def mark_reviewed(*, form: Form, language: str) -> None:
    """A speaker of this language has read the newest words through."""
    Form.objects.select_for_update().get(pk=form.pk)
    newest = Wording.objects.filter(form=form).order_by("-number")[0]
    if language in newest.languages and language not in newest.reviewed:
        newest.reviewed = [*newest.reviewed, language]
        newest.save(update_fields=["reviewed"])
