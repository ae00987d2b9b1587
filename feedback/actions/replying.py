"""“You said, we did”: what the table does with what people said."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from coalitions.actions import record, sent_before
from coalitions.models import Seat, Verb
from web.refusal import Refused

from ..models import SaidAndDone, Voice


@dataclass(frozen=True)
class Told:
    """`said` and `did` are language -> text; `language` is the one it was written in first."""

    done: str
    said: Mapping[str, str]
    did: Mapping[str, str]
    language: str
    due: date | None = None
    milestone: str = ""
    public: bool = False
    voices: Iterable[uuid.UUID] = field(default=())


@transaction.atomic
def reply(*, by: Seat, told: Told, now: datetime, form: uuid.UUID) -> SaidAndDone:
    """Sent twice it counts once. Words of another table, or hidden ones, are nobody's to reply to."""
    coalition = by.coalition
    made, new = SaidAndDone.objects.get_or_create(
        form=form,
        defaults={
            **_fields(told),
            "coalition": coalition,
            "on": coalition.today(now),
            "by": by,
            "language": told.language,
        },
    )
    if made.coalition_id != coalition.pk:
        raise Refused(sent_before())
    if new:
        theirs = Voice.objects.filter(batch__form__coalition=coalition, hidden_because="")
        made.voices.set(theirs.filter(pk__in=list(told.voices)))
        record(coalition=coalition, seat=by, verb=Verb.REPLIED, at=now)
    return made


@transaction.atomic
def change_reply(*, reply: SaidAndDone, told: Told, now: datetime) -> SaidAndDone:
    """Once it is done, or cannot be, it is news again. The words it answers stay."""
    reply = SaidAndDone.objects.select_for_update().select_related("coalition").get(pk=reply.pk)
    if reply.done != told.done:
        reply.on = reply.coalition.today(now)
    for name, value in _fields(told).items():
        setattr(reply, name, value)
    reply.save()
    return reply


def _fields(told: Told) -> dict[str, object]:
    return {
        "done": told.done,
        "said": dict(told.said),
        "did": dict(told.did),
        "due": told.due,
        "milestone": told.milestone,
        "public": told.public,
    }
