"""What the table decides. Nothing here is computed from answers; people type it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.models import Seat
from web.refusal import Conflict, Refused

from ..models import Agreement, Evidence, Item, Round, Stage
from ..models.record import How, Mark, Stand
from ..queries.board import families_average
from ..scoring import asks_for_reason

RECORDING = (Stage.OPENED, Stage.AGREED, Stage.RELEASED)


@dataclass(frozen=True)
class Said:
    """What the recorder typed. Levels are on the framework's scale; low equals high when all agree."""

    low: int
    high: int
    how: str
    why: str
    stand: str
    above_because: str = ""
    next_step: str = ""
    owner: Seat | None = None
    due: date | None = None
    is_goal: bool | None = None
    goal_level: int | None = None
    criteria: Mapping[str, str] = field(default_factory=dict)
    evidence: Iterable[int] = ()


@transaction.atomic
def record_agreement(
    *, round: Round, item: Item, by: Seat, said: Said, seen: int, now: datetime, form: uuid.UUID
) -> Agreement:
    """Write the next version of what the table agrees.

    `seen` is the number of the version the recorder had before them (0 for none). Raises Conflict,
    with the winner, when somebody recorded in between; Refused when the round or the words are not ready.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    twice = Agreement.objects.filter(form=form).first()
    if twice:
        return twice
    if round.stage(now) not in RECORDING:
        raise Refused(
            _("What the table agrees is recorded after the opening, and before the next round starts.")
        )
    newest = round.agreements.filter(item=item).select_related("by__member").last()
    if newest and newest.number != seen:
        raise Conflict(_("Somebody recorded this before you. Your words are kept below."), newest)
    _check(round, item, said)
    agreement = _write(
        round, item, said, number=newest.number + 1 if newest else 1, by=by, now=now, form=form
    )
    _all_agreed(round, now)
    return agreement


def _write(
    round: Round, item: Item, said: Said, *, number: int, by: Seat, now: datetime, form: uuid.UUID
) -> Agreement:
    agreement = Agreement.objects.create(
        round=round,
        item=item,
        number=number,
        low=said.low,
        high=said.high,
        how=said.how,
        why=said.why.strip(),
        stand=said.stand,
        above_because=said.above_because.strip(),
        next_step=said.next_step.strip(),
        owner=said.owner,
        owner_title=_title(said.owner),
        due=said.due,
        is_goal=said.is_goal,
        goal_level=said.goal_level,
        criteria=dict(said.criteria),
        by=by,
        at=now,
        form=form,
    )
    shared = Evidence.objects.filter(coalition=round.coalition, private_to=None, hidden=False)
    agreement.evidence.set(shared.about(item.code).filter(pk__in=list(said.evidence)))
    return agreement


def _title(owner: Seat | None) -> str:
    """Outside the table an owner is a title, never a name."""
    return (owner.title or owner.get_group_display()) if owner else ""


def _check(round: Round, item: Item, said: Said) -> None:
    levels = {level.value for level in item.version.levels}
    if said.how not in How.values or said.stand not in Stand.values:
        raise Refused(_("Say how you got there, and whether parents and providers stand behind it."))
    if said.low not in levels or said.high not in levels:
        raise Refused(_("Pick the level you record today."))
    if said.how == How.NO_AGREEMENT and said.low >= said.high:
        raise Refused(_("You did not agree, so record a range: from a lower level to a higher one."))
    if said.how != How.NO_AGREEMENT and said.low != said.high:
        raise Refused(_("You agreed, so record one level. For a range, pick “We did not agree”."))
    if not said.why.strip():
        raise Refused(_("Write one or two sentences: why this level?"))
    if said.goal_level is not None and said.goal_level not in levels:
        raise Refused(_("Pick the level you want to reach in a year."))
    if not set(said.criteria.values()) <= set(Mark.values):
        raise Refused(_("Mark each line as met, partly, not yet, or does not apply."))
    if said.owner and said.owner.coalition_id != round.coalition_id:
        raise Refused(_("Pick somebody at this table for the next step."))
    average = families_average(round, item)
    if asks_for_reason(said.low, average) and not said.above_because.strip():
        raise Refused(_("Parents and providers answered lower than this. Write why the table records more."))


def _all_agreed(round: Round, now: datetime) -> None:
    ended = round.agreements.values("item").distinct().count()
    if not round.agreed_at and ended == round.version.items.count():
        round.agreed_at = now
        round.save(update_fields=["agreed_at"])
