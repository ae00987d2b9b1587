"""Writing the reminders that are due. What is written is decided by the clock and by the roll, each time anew."""

import logging
import uuid
from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalitions.actions import record
from coalitions.models import Seat, Verb
from members.actions.links import link_for, token_for
from members.models import Link, Member
from milestones.models import Round
from outbox.actions.writing import Letter, enqueue_all
from outbox.channels import has_mailbox
from outbox.links import absolute
from web.refusal import Refused

from .. import letters
from ..cadence import Name, Slot, slot_at
from ..queries import KIND, STILL_WAITING, key_of, next_slot, open_rounds, rests, used_up, waiting
from ..zones import zone_named
from .apart import apart
from .forgetting import forget_sealed, form_of

HERE = "a-token"
log = logging.getLogger(__name__)


def plan_reminders(*, now: datetime) -> int:
    """The letters of the slot that counts now, for every open round; how many that were. Again, it writes none.

    Rounds in the same slot are planned together, so that many small tables cost no more than one large one.
    """
    forget_sealed()
    due: dict[Name, list[tuple[Round, Slot]]] = {name: [] for name in Name}
    for round in open_rounds(now):
        if slot := _slot(round, now):
            due[slot.name].append((round, slot))
    return sum(_together_or_apart(each, now) for each in due.values() if each)


def _together_or_apart(due: Sequence[tuple[Round, Slot]], now: datetime) -> int:
    """What all have in common is worked out once; should one of them stumble, each is planned alone."""
    try:
        return write_slots(due, now=now)
    except Exception as trouble:  # its words could hold a name or an address
        log.error("Reminders are planned one round at a time: %s", type(trouble).__name__)
    slots = dict(due)
    return apart(
        lambda round: write_slots([(round, slots[round])], now=now), slots, name="reminders of the round"
    )


def _slot(round: Round, now: datetime) -> Slot | None:
    zone = zone_named(round.coalition.time_zone)
    if zone is None:
        log.error("Round %s has no reminders: the time zone of its table does not exist.", round.pk)
        return None
    assert round.started_at  # noqa: S101  an open round has
    return slot_at(now, round.started_at, round.closes_at, zone)


def write_slots(due: Sequence[tuple[Round, Slot]], *, now: datetime) -> int:
    """One letter to each person whom these rounds still wait for, all with the same slot; how many that were."""
    slots = {round.pk: slot for round, slot in due}
    name = due[0][1].name
    return sum(_write(pairs, slots, now) for pairs in waiting([round for round, _slot in due], name))


def _write(pairs: Sequence[tuple[Round, Seat]], slots: dict[int, Slot], now: datetime) -> int:
    """Two sweeps at once write the same links and the same letters: what is there already is left out."""
    desk = _Desk(now)
    written = [
        desk.write(round=round, slot=slots[round.pk], seat=seat)
        for round, seat in pairs
        if has_mailbox(seat.member.email)
    ]
    due = [each for each in written if each]
    with transaction.atomic():
        Link.objects.bulk_create((link for link, _letter in due), ignore_conflicts=True)
        enqueue_all((letter for _link, letter in due), now=now)
    return len(due)


class _Desk:
    """Writes the letters of one batch, and works out only once what is the same for many of them."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.blanks: dict[tuple[int, str, bool], letters.Blank] = {}
        self.wakings: dict[tuple[str, time, time], datetime] = {}
        self.paths: dict[int, str] = {}
        self.way_in = absolute(reverse("link", args=[HERE]))

    def write(self, *, round: Round, slot: Slot, seat: Seat) -> tuple[Link, Letter] | None:
        """Nothing for who wakes after the slot is over: they hear from the next one."""
        member, wakes = seat.member, self._wakes(round, seat.member)
        if wakes >= slot.until:
            return None
        key = key_of(round, seat, slot.name)
        form = form_of(key)
        blank = self._blank(round, slot.name, member)
        letter = Letter(
            key=key,
            to=member.email,
            subject=blank.subject,
            text=blank.filled(to=member.name, link=self.way_in.replace(HERE, token_for(form))),
            kind=KIND,
            language=member.language,
            check=STILL_WAITING,
            not_before=wakes,
            not_after=slot.until,
        )
        return self._link(round, member, form), letter

    def _wakes(self, round: Round, member: Member) -> datetime:
        asked = (round.coalition.time_zone, member.quiet_from, member.quiet_until)
        if asked not in self.wakings:
            self.wakings[asked] = member.wakes(self.now, round.coalition.time_zone)
        return self.wakings[asked]

    def _blank(self, round: Round, name: Name, member: Member) -> letters.Blank:
        kind = (round.pk, member.language, bool(member.name))
        if kind not in self.blanks:
            with override(member.language):
                self.blanks[kind] = letters.Blank(round, name, named=bool(member.name))
        return self.blanks[kind]

    def _link(self, round: Round, member: Member, form: uuid.UUID) -> Link:
        """The whole account, since it goes to their own mailbox; once, and not longer than the round is open."""
        if round.pk not in self.paths:
            self.paths[round.pk] = reverse("this_round", args=[round.coalition.slug])
        path, lasts = self.paths[round.pk], round.closes_at - self.now
        return link_for(member, form=form, path=path, now=self.now, lasts=lasts)


@transaction.atomic
def send_now(*, round: Round, name: Name, by: Seat, now: datetime, form: uuid.UUID) -> int:
    """The next reminder today, which uses it up: it does not go again on its day. How many letters it has.

    The same again changes nothing. It goes on record, without those it went to. Refuses one that is not the next,
    and one within a day of the last, so that nobody finds two on one morning.
    """
    Round.objects.select_for_update().get(pk=round.pk)
    written = used_up(round, name)
    if written:
        return written
    coming = next_slot(round, now=now)
    if coming is None or coming.name is not name:
        raise Refused(_("Another reminder is the next one by now. Look again before you send it."))
    if rests(round, now=now):
        raise Refused(_("A reminder went out less than a day ago, or is about to. Send the next one later."))
    sent = write_slots([(round, coming)], now=now)
    if sent:
        deed, table = Verb.REMINDED, round.coalition
        record(coalition=table, seat=by, verb=deed, about=round.name, at=now, form=form)
    return sent
