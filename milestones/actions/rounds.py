"""A round's life up to closing. Its moments are written once and never taken back."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from coalitions.actions import record
from coalitions.models import Coalition, Seat, Verb
from coalitions.roles import Can
from web.refusal import Refused

from ..models import Part, Round, Stage, Version
from ..queries.rounds import progress
from .local import wording_to_ask

UNFINISHED = (Stage.DRAFT, Stage.OPEN, Stage.CLOSED)


@transaction.atomic
def plan_round(
    *,
    coalition: Coalition,
    name: str,
    meets_on: date,
    closes_at: datetime,
    now: datetime,
    version: Version | None = None,
    form: uuid.UUID | None = None,
) -> Round:
    """A draft of the next round. Refuses while another has not been opened yet, and dates that have passed.

    It asks `version`, else the newest wording with the coalition's own milestones.
    `closes_at` is a moment; `meets_on` is a day in the coalition's time zone, not before it.
    """
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    if form and (twice := Round.objects.filter(form=form).first()):
        return twice
    waiting = [other for other in coalition.rounds.all() if other.stage(now) in UNFINISHED]
    if waiting:
        raise Refused(_("“%(round)s” is not finished. Open its answers first.") % {"round": waiting[0].name})
    _check_dates(closes_at=closes_at, meets_on=meets_on, now=now)
    last = coalition.rounds.aggregate(last=Max("number"))["last"] or 0
    return Round.objects.create(
        coalition=coalition,
        version=version or wording_to_ask(coalition=coalition),
        number=last + 1,
        name=name,
        meets_on=meets_on,
        closes_at=closes_at,
        form=form,
    )


def _check_dates(*, closes_at: datetime, meets_on: date, now: datetime) -> None:
    if closes_at <= now:
        raise Refused(_("The closing time has passed. Pick a later one."))
    if meets_on < closes_at.date():
        raise Refused(_("The meeting is before the round closes. Pick a later day."))


@transaction.atomic
def open_round(*, round: Round, by: Seat, now: datetime) -> Round:
    """Ask everyone: the wording freezes, the roll is written, and the round before is locked."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.started_at:
        return round
    if now >= round.closes_at:
        raise Refused(_("The closing time has passed. Pick a later one."))
    here = list(round.coalition.seats.current())
    if not any(seat.can(Can.ANSWER) for seat in here):
        raise Refused(_("Nobody is at the table yet. Add people first."))
    Version.objects.filter(pk=round.version_id, frozen_at=None).update(frozen_at=now)
    Part.objects.bulk_create(
        Part(round=round, seat=seat, group=seat.group, saved=0 if seat.can(Can.ANSWER) else None)
        for seat in here
    )
    round.coalition.rounds.filter(number__lt=round.number, locked_at=None).update(locked_at=now)
    round.started_at = now
    round.save(update_fields=["started_at"])
    record(coalition=round.coalition, seat=by, verb=Verb.ROUND_OPENED, about=round.name, at=now)
    return round


@transaction.atomic
def ask_seat(*, round: Round, seat: Seat, by: Seat, now: datetime) -> Part:
    """Add somebody on purpose who became a member while the round was open. Again, it changes nothing."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.stage(now) != Stage.OPEN:
        raise Refused(_("This round is not open."))
    if seat.left or not seat.can(Can.ANSWER):
        raise Refused(_("Only a member can be asked. Change their role first."))
    part, _new = Part.objects.get_or_create(round=round, seat=seat, defaults={"group": seat.group})
    if part.saved is None:
        part.group, part.saved = seat.group, 0
        part.save(update_fields=["group", "saved"])
        about = f"{seat.pk}:asked"
        record(coalition=round.coalition, seat=by, verb=Verb.SEAT_CHANGED, about=about, at=now)
    return part


@transaction.atomic
def extend_round(*, round: Round, by: Seat, closes_at: datetime, meets_on: date, now: datetime) -> Round:
    """More time, while there still is some. A round that has closed is never opened again."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.stage(now) not in (Stage.DRAFT, Stage.OPEN):
        raise Refused(_("This round has closed. It cannot be opened again."))
    if closes_at < round.closes_at and round.started_at:
        raise Refused(_("People were told they had until then. You can only give more time."))
    _check_dates(closes_at=closes_at, meets_on=meets_on, now=now)
    round.closes_at, round.meets_on = closes_at, meets_on
    round.save(update_fields=["closes_at", "meets_on"])
    if round.started_at:
        record(coalition=round.coalition, seat=by, verb=Verb.ROUND_EXTENDED, about=round.name, at=now)
    return round


@transaction.atomic
def close_early(*, round: Round, by: Seat, now: datetime) -> Round:
    """Bring closing forward to now; only when nobody is left to hear from."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.stage(now) != Stage.OPEN:
        raise Refused(_("This round is not open."))
    so_far = progress(round)
    if so_far.answered < so_far.asked:
        raise Refused(_("Some people have not answered yet. The round stays open for them."))
    round.closes_at = now
    round.save(update_fields=["closes_at"])
    record(coalition=round.coalition, seat=by, verb=Verb.ROUND_CLOSED_EARLY, about=round.name, at=now)
    return round
