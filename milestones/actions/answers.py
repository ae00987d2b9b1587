"""A person's own answers, until the round closes. Saving again writes over; the last write wins."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.models import Group, Seat
from web.refusal import Refused

from ..models import Draft, Evidence, Item, Part, Round, Stage, Tick
from ..models.answers import CANNOT_SAY, Show
from ..queries.roll import asks, part_of


class RoundClosed(Refused):
    """Past closing every write is refused by the clock, whether or not anything has sealed yet."""

    def __init__(self) -> None:
        super().__init__(
            _("The round has closed, so this was not saved. Your words are still below, to copy.")
        )


def _hold_open(round: Round, now: datetime) -> Round:
    """The round, held against sealing until this write is whole."""
    held = Round.objects.select_for_update().get(pk=round.pk)
    if held.stage(now) != Stage.OPEN:
        raise RoundClosed
    return held


def _part(round: Round, seat: Seat) -> Part:
    """People may join until closing, so the roll grows when a newcomer first writes."""
    part = part_of(round, seat)
    if not asks(part, seat):
        raise Refused(_("This round does not ask you. You answer from the next one."))
    return part or Part.objects.create(round=round, seat=seat, group=seat.group)


@transaction.atomic
def confirm_group(*, round: Round, seat: Seat, group: str, now: datetime) -> Part:
    """The person says which group they answer in. Theirs to correct until their first save."""
    _hold_open(round, now)
    part = _part(round, seat)
    if part.saved:
        raise Refused(_("You have saved an answer, so your group stays as it is for this round."))
    if group not in Group.values:
        raise Refused(_("Pick one of the groups."))
    part.group, part.confirmed = group, True
    part.save(update_fields=["group", "confirmed"])
    return part


@transaction.atomic
def save_answer(
    *,
    round: Round,
    seat: Seat,
    item: Item,
    pick: int | None,
    words: str,
    now: datetime,
    language: str = "en",
    ticks: Iterable[int] | None = None,
) -> Draft:
    """Keep one milestone's answer: a level, CANNOT_SAY, or none yet.

    `ticks` are ids of evidence this seat may see; None leaves them as they are. Words that change
    are private again until they are shared again. Raises RoundClosed past closing.
    """
    _hold_open(round, now)
    if pick is not None and pick != CANNOT_SAY and pick not in {level.value for level in item.version.levels}:
        raise Refused(_("Pick a level, or choose “I can’t say yet”."))
    part = _part(round, seat)
    draft, _new = Draft.objects.get_or_create(round=round, seat=seat, item=item)
    if words != draft.words:
        # The language is that of the page the words were typed on, whatever language it is read in later.
        draft.words, draft.language, draft.shared = words, language, None
    draft.pick = pick if pick is not None else draft.pick
    draft.save()
    if ticks is not None:
        _tick(draft, set(ticks))
    part.saved = Draft.objects.filter(round=round, seat=seat, pick__isnull=False).count()
    part.confirmed = True
    part.save(update_fields=["saved", "confirmed"])
    return draft


@transaction.atomic
def forget_drafts(seat: Seat, *, now: datetime) -> None:
    """What only this person may read is gone: answers and evidence of a round that is still open."""
    for round in Round.objects.select_for_update().filter(coalition=seat.coalition_id, sealed_at=None):
        if round.stage(now) == Stage.OPEN:
            Draft.objects.filter(round=round, seat=seat).delete()
            Evidence.objects.filter(round=round, private_to=seat).delete()
            asked = Part.objects.filter(round=round, seat=seat, saved__isnull=False)
            asked.update(saved=0, confirmed=False)


def _tick(draft: Draft, wanted: set[int]) -> None:
    seen = Evidence.objects.filter(coalition_id=draft.round.coalition_id).about(draft.item.code)
    allowed = set(seen.seen_by(draft.seat).filter(pk__in=wanted).values_list("pk", flat=True))
    draft.ticks.exclude(evidence__in=allowed).delete()
    Tick.objects.bulk_create(
        (Tick(draft=draft, evidence_id=pk) for pk in sorted(allowed)), ignore_conflicts=True
    )


@transaction.atomic
def share_words(
    *,
    round: Round,
    seat: Seat,
    item: Item,
    share: bool,
    show: str,
    translation: str,
    quotable: bool,
    now: datetime,
) -> Draft:
    """The choice made beneath the preview: how the words will stand on the board, or not at all."""
    _hold_open(round, now)
    draft = Draft.objects.filter(round=round, seat=seat, item=item).first()
    if draft is None or not draft.words.strip():
        raise Refused(_("There are no words to share yet."))
    if show not in Show.values:
        raise Refused(_("Pick how your words will appear."))
    if share and show != Show.ORIGINAL and not translation.strip():
        raise Refused(_("Type your translation, or pick “As I wrote it”."))
    draft.shared, draft.show, draft.translation = share, show, translation.strip()
    draft.quotable = quotable and share
    draft.save(update_fields=["shared", "show", "translation", "quotable"])
    return draft


@transaction.atomic
def add_evidence(
    *,
    round: Round,
    seat: Seat,
    item: Item,
    kind: str,
    title: str,
    note: str,
    url: str,
    now: datetime,
    form: uuid.UUID,
) -> Evidence:
    """Something a member has seen. While a round is open only they see it, until the opening."""
    scoring = round.stage(now) == Stage.OPEN
    if scoring:
        _hold_open(round, now)
    elif round.stage(now) in (Stage.CLOSED, Stage.LOCKED):
        raise RoundClosed
    evidence, _new = Evidence.objects.get_or_create(
        form=form,
        defaults={
            "coalition": round.coalition,
            "item_code": item.code,
            "round": round,
            "kind": kind,
            "title": title,
            "note": note,
            "url": url,
            "private_to": seat if scoring else None,
        },
    )
    return evidence
