"""A new table, and the person who leads it."""

import uuid
from datetime import datetime
from itertools import chain, count

from django.db import transaction
from django.utils.text import slugify

from members.models import Member

from ..models import ROOM_NAMES, Coalition, Event, State, Verb
from ..roster import Row
from .arriving import take_seat
from .inviting import invite
from .seats import record, seat_person


@transaction.atomic
def start_table(
    *,
    by: Member,
    name: str,
    state: State,
    time_zone: str,
    main_language: str,
    lead: Row,
    now: datetime,
    form: uuid.UUID,
) -> Coalition:
    """A coalition with its first lead, who is `by` or somebody who is asked by mail. The same form is the same."""
    known = Event.objects.filter(form=form, verb=Verb.TABLE_STARTED).select_related("coalition").first()
    if known:
        return known.coalition
    coalition = Coalition.objects.create(
        name=name, slug=_free_slug(name), state=state, time_zone=time_zone, main_language=main_language
    )
    seat = seat_person(coalition=coalition, row=lead, today=coalition.today(now))
    record(coalition=coalition, seat=None, verb=Verb.TABLE_STARTED, at=now, form=form)
    if seat.member_id == by.pk:
        take_seat(seat=seat, now=now)
    else:
        invite(seat=seat, by=None, now=now, form=uuid.uuid5(form, "lead"))
    return coalition


def _free_slug(name: str) -> str:
    """The name as an address, with a number when another table or a room has it."""
    plain = slugify(name)[:50].strip("-") or "table"
    taken = set(Coalition.objects.filter(slug__startswith=plain).values_list("slug", flat=True)) | ROOM_NAMES
    numbered = (f"{plain}-{number}" for number in count(2))
    return next(slug for slug in chain([plain], numbered) if slug not in taken)
