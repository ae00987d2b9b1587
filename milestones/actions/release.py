"""What goes out to evaluators is frozen here, with the yes of a parent or provider on record."""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.actions import record
from coalitions.models import Group, Seat, Verb
from web.refusal import Conflict, Refused

from ..models import Release, Round, Stage, Summary, Word
from ..models.record import Audience
from ..queries.document import document
from ..queries.summaries import summarized

RELEASABLE = (Stage.AGREED, Stage.RELEASED)


def fingerprint(document: Mapping[str, Any]) -> str:
    """What the page showed, so that a yes is to exactly that. Never stored."""
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def release_round(
    *, round: Round, by: Seat, yes_by: Seat | None, now: datetime, form: uuid.UUID, shown: str = ""
) -> Release:
    """Freeze release n+1. Every milestone has ended, and a parent or provider who is present said yes.

    `shown` is the fingerprint of what they said yes to; Conflict when the round has changed since.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    twice = Release.objects.filter(form=form).first()
    if twice:
        return twice
    if round.stage(now) not in RELEASABLE:
        raise Refused(_("Every milestone needs an ending first: a level, or no agreement."))
    _check_yes(round, yes_by)
    goes_out = document(round, audience=Audience.EVALUATORS)
    newest = round.releases.last()
    if shown and shown != fingerprint(goes_out):
        raise Conflict(
            _("Something changed since you opened this page. Read it again, then say yes."), newest
        )
    release = Release.objects.create(
        round=round,
        number=newest.number + 1 if newest else 1,
        document=goes_out,
        yes_by=yes_by,
        by=by,
        at=now,
        form=form,
    )
    summarize(release)
    round.released_at = round.released_at or now
    round.save(update_fields=["released_at"])
    about = f"{round.name}, {release.number}"
    record(coalition=round.coalition, seat=by, verb=Verb.RELEASED, about=about, at=now)
    return release


def summarize(release: Release) -> Summary:
    """Write the figures of a release, in the place of those of the release it corrects."""
    summary = summarized(release)
    Summary.objects.filter(release__round=release.round_id).delete()
    summary.save(force_insert=True)
    return summary


def _check_yes(round: Round, yes_by: Seat | None) -> None:
    if yes_by is None or yes_by.coalition_id != round.coalition_id or yes_by.left is not None:
        raise Refused(_("Pick the parent or provider here who says yes to releasing."))
    if Group(yes_by.group).base == "others":
        raise Refused(_("The yes has to come from a parent or a provider."))


@transaction.atomic
def withdraw_words(*, word: Word, now: datetime) -> Word:
    """Its author points at a shared comment. Nobody knows whose it is, so who pointed is not kept."""
    if word.withdrawn_at:
        return word
    word.text = word.translation = ""
    word.withdrawn_at = now
    word.save(update_fields=["text", "translation", "withdrawn_at"])
    blank_in_releases(word.round, kind="words", id=word.pk)
    return word


@transaction.atomic
def withhold_words(*, word: Word, by: Seat, because: str, now: datetime) -> Word:
    """Words that would expose someone come off every page; the reason is on record."""
    if not because.strip():
        raise Refused(_("Write why. The reason stays on record."))
    if word.withheld_because or word.withdrawn_at:
        return word
    word.withheld_because = because.strip()[:240]
    word.save(update_fields=["withheld_because"])
    blank_in_releases(word.round, kind="words", id=word.pk)
    record(
        coalition=word.round.coalition, seat=by, verb=Verb.WORDS_WITHHELD, about=word.withheld_because, at=now
    )
    return word


def blank_in_releases(round: Round, *, kind: str, id: int) -> None:
    """Take a text out of every release of a round, for evaluators and for everybody; the figures beside it stand."""

    def blank(item: dict[str, Any]) -> None:
        for row in item.get(kind, ()):
            if row["id"] == id:
                row.update(text="", translation="", by="", withdrawn=True)

    change_releases(round, change=blank)


def change_releases(round: Round, *, change: Callable[[dict[str, Any]], None]) -> None:
    """Do this to each milestone of each document that went out. For what people take back, and for nothing else."""
    for release in round.releases.select_for_update():
        for went_out in (release.document, release.public):
            for item in went_out["items"] if went_out else ():
                change(item)
        release.save(update_fields=["document", "public"])
