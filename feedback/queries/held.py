"""What the room of outside voices keeps of one person at a table. Of those outside it knows nobody."""

from dataclasses import dataclass
from datetime import date

from members.models import Member

from ..models import Done, Recording, SaidAndDone


@dataclass(frozen=True)
class ReplyHeld:
    """What they wrote down for the table as said and done."""

    table: str
    day: date
    did: object
    text: str


@dataclass(frozen=True)
class RecordingHeld:
    """A question of a form that they read aloud."""

    table: str
    form: str
    question: str
    language: str


@dataclass(frozen=True)
class Held:
    replies: tuple[ReplyHeld, ...]
    recordings: tuple[RecordingHeld, ...]


def held(member: Member) -> Held:
    """Two queries."""
    replies = SaidAndDone.objects.filter(by__member=member).select_related("coalition").order_by("on", "pk")
    sounds = Recording.objects.filter(by__member=member).defer("sound").order_by("pk")
    return Held(
        replies=tuple(
            ReplyHeld(each.coalition.name, each.on, Done(each.done).label, " / ".join(each.did.values()))
            for each in replies
        ),
        recordings=tuple(
            RecordingHeld(
                each.wording.form.coalition.name, each.wording.form.name, each.question, each.language
            )
            for each in sounds.select_related("wording__form__coalition")
        ),
    )
