"""Writing the reminders that are due. What is written is decided by the clock and by the roll, each time anew."""

import logging
import uuid
import zoneinfo
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalitions.actions import record
from coalitions.models import Seat, Verb
from members.actions.links import link_for, token_for
from members.models import Link
from members.quiet import next_waking
from milestones.models import Round
from outbox.actions.writing import Letter, enqueue_all
from outbox.channels import CHANNELS
from outbox.links import absolute
from web.refusal import Refused

from .. import letters
from ..cadence import Name, Slot, slot_at
from ..queries import KIND, STILL_WAITING, key_of, next_slot, open_rounds, used_up, waiting
from .forgetting import forget_sealed, form_of

log = logging.getLogger(__name__)


def plan_reminders(*, now: datetime) -> int:
    """The letters of the slot that counts now, for every open round; how many that were. Again, it writes none."""
    forget_sealed()
    return sum(_plan(round, now) for round in open_rounds(now))


def _plan(round: Round, now: datetime) -> int:
    try:
        zone = zoneinfo.ZoneInfo(round.coalition.time_zone)
    except (LookupError, ValueError, OSError):  # a name nobody has, no name at all, the name of a folder
        log.error("Round %s has no reminders: the time zone of its table does not exist.", round.pk)
        return 0
    assert round.started_at  # noqa: S101  an open round has
    slot = slot_at(now, round.started_at, round.closes_at, zone)
    return write_slot(round=round, slot=slot, now=now) if slot else 0


def write_slot(*, round: Round, slot: Slot, now: datetime) -> int:
    """One letter to each person the round still waits for; how many that were."""
    return sum(_write(round, slot, seats, now) for seats in waiting(round, slot.name))


@transaction.atomic
def _write(round: Round, slot: Slot, seats: Sequence[Seat], now: datetime) -> int:
    """Two sweeps at once write the same links and the same letters: what is there already is left out."""
    due = [(seat, _wakes(round, seat, now)) for seat in seats if _has_mailbox(seat)]
    # Who wakes after the slot is over hears from the next one.
    due = [(seat, wakes) for seat, wakes in due if wakes < slot.until]
    Link.objects.bulk_create((_link(round, slot, seat, now) for seat, _when in due), ignore_conflicts=True)
    enqueue_all((_letter(round, slot, seat, wakes) for seat, wakes in due), now=now)
    return len(due)


def _wakes(round: Round, seat: Seat, now: datetime) -> datetime:
    member = seat.member
    return next_waking(now, round.coalition.time_zone, member.quiet_from, member.quiet_until)


def _has_mailbox(seat: Seat) -> bool:
    """One address that mail cannot carry must not keep the other 499 letters."""
    try:
        CHANNELS["mail"].address(seat.member.email)
    except Refused:
        return False
    return True


def _link(round: Round, slot: Slot, seat: Seat, now: datetime) -> Link:
    """The whole account, since it goes to their own mailbox; once, and not longer than the round is open."""
    return link_for(
        seat.member,
        form=form_of(key_of(round, seat, slot.name)),
        path=reverse("this_round", args=[round.coalition.slug]),
        now=now,
        lasts=round.closes_at - now,
    )


def _letter(round: Round, slot: Slot, seat: Seat, wakes: datetime) -> Letter:
    key, member = key_of(round, seat, slot.name), seat.member
    link = absolute(reverse("link", args=[token_for(form_of(key))]))
    with override(member.language):
        subject, text = letters.reminder(round, slot.name, to=member.name, link=link)
    return Letter(
        key=key,
        to=member.email,
        subject=subject,
        text=text,
        kind=KIND,
        language=member.language,
        check=STILL_WAITING,
        not_before=wakes,
        not_after=slot.until,
    )


@transaction.atomic
def send_now(*, round: Round, name: Name, by: Seat, now: datetime, form: uuid.UUID) -> int:
    """The next reminder today, which uses it up: it does not go again on its day. How many letters it has.

    The same again changes nothing. It goes on record, without those it went to. Refuses one that is not the next.
    """
    Round.objects.select_for_update().get(pk=round.pk)
    written = used_up(round, name)
    if written:
        return written
    coming = next_slot(round, now=now)
    if coming is None or coming.name is not name:
        raise Refused(_("Another reminder is the next one by now. Look again before you send it."))
    sent = write_slot(round=round, slot=coming, now=now)
    if sent:
        deed, table = Verb.REMINDED, round.coalition
        record(coalition=table, seat=by, verb=deed, about=round.name, at=now, form=form)
    return sent
