"""What a person says in a check-in, which the whole table reads with their name."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from coalitions.actions import sent_before
from coalitions.models import Seat
from milestones.actions.answers import add_evidence
from milestones.models import Item
from milestones.models.record import Kind
from web.refusal import Refused

from .. import months
from ..models import Checkin, How, Reply, StepNews
from ..queries.replies import Mine, evidence_round, mine


@dataclass(frozen=True)
class News:
    """How one next step stands, by the number of its agreement."""

    agreement: int
    how: str
    due: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Seen:
    """Something the table has seen, to be kept with its milestone."""

    item: Item
    title: str
    note: str = ""


@transaction.atomic
def reply(
    *,
    checkin: Checkin,
    seat: Seat,
    words: str,
    news: Sequence[News],
    seen: Seen | None,
    language: str,
    now: datetime,
    form: uuid.UUID,
) -> Reply:
    """Say it, or say it again until the month is over: what is left out is taken back. The same form again
    changes nothing. Refused once the month is over.
    """
    # Of two rows read together only the seat: whoever holds the table may wait for it.
    held = Seat.objects.select_for_update(of=("self",), no_key=True)
    seat = held.select_related("coalition").get(pk=seat.pk)
    twice = Reply.objects.filter(form=form).first()
    if twice and (twice.checkin_id, twice.seat_id) == (checkin.pk, seat.pk):
        return twice
    if twice:
        raise Refused(sent_before())
    today = seat.coalition.today(now)
    if not checkin.is_asked or checkin.month != months.month_of(today):
        raise Refused(_("This check-in is over. Your words are still below, to copy."))
    _tell(mine(checkin, seat), seat, news, language=language, today=today, form=form)
    if seen:
        _show(seat, seen, now=now, form=form)
    # Nothing says who added a piece of evidence, so its title is what this person said.
    told = words.strip() or (seen.title.strip() if seen else "")
    said = {"words": told, "language": language, "on": today, "form": form}
    return Reply.objects.update_or_create(checkin=checkin, seat=seat, defaults=said)[0]


def _tell(
    before: Mine, seat: Seat, news: Sequence[News], *, language: str, today: date, form: uuid.UUID
) -> None:
    own = {step.agreement.pk for step in before.steps}
    if not {each.agreement for each in news} <= own:
        raise Refused(_("A next step has changed since you opened this page. Look again, then send it."))
    for each in news:
        if each.how == How.MOVED and (each.due is None or each.due < today):
            raise Refused(_("Pick a new day for the step. It can be today or later."))
        due = each.due if each.how == How.MOVED else None
        said: dict[str, object] = {"how": each.how, "due": due, "words": each.words.strip()}
        _write(before.news.get(each.agreement), each.agreement, seat, said, language, today, form)
    silent = own - {each.agreement for each in news}
    taken_back = [told.pk for agreement, told in before.news.items() if agreement in silent]
    StepNews.objects.filter(pk__in=taken_back).delete()


def _write(
    known: StepNews | None,
    agreement: int,
    seat: Seat,
    said: dict[str, object],
    language: str,
    today: date,
    form: uuid.UUID,
) -> None:
    """What was not changed keeps its day and its language."""
    if known is None:
        own = uuid.uuid5(form, f"step {agreement} in {today:%Y-%m}")
        StepNews.objects.create(
            agreement_id=agreement, seat=seat, language=language, on=today, form=own, **said
        )
    elif any(getattr(known, name) != value for name, value in said.items()):
        said |= {"language": language, "on": today}
        StepNews.objects.filter(pk=known.pk).update(**said)


def _show(seat: Seat, seen: Seen, *, now: datetime, form: uuid.UUID) -> None:
    round = evidence_round(seat.coalition, now=now)
    if round is None or seen.item.version_id != round.version_id:
        raise Refused(_("A round is running. Add what you have seen there."))
    add_evidence(
        round=round,
        seat=seat,
        item=seen.item,
        kind=Kind.RECORD,
        title=seen.title.strip(),
        note=seen.note.strip(),
        url="",
        now=now,
        form=_form_of_what_was_seen(form),
    )


def _form_of_what_was_seen(form: uuid.UUID) -> uuid.UUID:
    """The same again is the same evidence. It has no author, so nobody works out the reply that it came with."""
    return uuid.UUID(bytes=salted_hmac("checkins.seen", str(form), algorithm="sha256").digest()[:16])
