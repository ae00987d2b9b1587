"""Seats given one at a time: to somebody new, to somebody who comes back, or under another address than at first.

Whether an address has an account elsewhere changes nothing that the table can see.
"""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from members.actions.links import end_links
from members.models import Link, Member
from web.refusal import Refused

from ..models import Coalition, Event, Seat, Verb
from ..queries import sits_here
from ..roster import FLAGS, Row
from .forgetting import may_have_come
from .seats import is_nobodys, member_of, only_they, record, seat_person, sent_before


@transaction.atomic
def add_seat(*, by: Seat, row: Row, now: datetime, form: uuid.UUID) -> Seat:
    """A seat for one person. Refuses an address that sits here already, and says who that is."""
    coalition = Coalition.objects.select_for_update().get(pk=by.coalition_id)
    if twice := _given_before(coalition, Verb.SEAT_GIVEN, form):
        return twice
    settle_listings(coalition=coalition, now=now)
    _refuse_who_sits_here(coalition, row.email)
    seat = seat_person(coalition=coalition, row=row, today=coalition.today(now))
    record(coalition=coalition, seat=by, verb=Verb.SEAT_GIVEN, about=str(seat.pk), at=now, form=form)
    return seat


def return_seat(*, seat: Seat, by: Seat, now: datetime, form: uuid.UUID) -> Seat:
    """A new seat for somebody who left, as the table knew them then. They take it themselves, as anybody does.

    Whether they are paid is asked anew, since it may have changed what help they get. Refused for an account that
    its person closed.
    """
    if seat.is_closed:
        raise Refused(_("They closed their account. If they want to come back, add them as somebody new."))
    row = Row(
        line=0,
        name=seat.name,
        email=seat.email,
        group=seat.group,
        title=seat.title,
        organization=seat.organization.name if seat.organization else "",
        votes=seat.votes,
        power=seat.positional_power,
        role=seat.role,
        language=seat.language,
        contact=seat.contact,
        **{flag: getattr(seat, flag) for flag in FLAGS},
    )
    return add_seat(by=by, row=row, now=now, form=form)


@transaction.atomic
def readdress_seat(*, seat: Seat, by: Seat, email: str, now: datetime, form: uuid.UUID) -> Seat:
    """Correct the address of somebody who has not come yet. No account changes: the seat goes to whoever has
    the new address, and every link to it that was made for the old one ends."""
    coalition = Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    if twice := _given_before(coalition, Verb.SEAT_READDRESSED, form):
        return twice
    seat = Seat.objects.select_related("member", "coalition").get(pk=seat.pk)
    # In a seat they had before, too: its name, and that they took part, would go with it.
    if any(map(may_have_come, coalition.seats.filter(member=seat.member_id))):
        raise Refused(only_they())
    if seat.left or email == seat.listed_email:
        return seat
    settle_listings(coalition=coalition, now=now)
    _refuse_who_sits_here(coalition, email)
    _move(seat, email, now)
    record(coalition=coalition, seat=by, verb=Verb.SEAT_READDRESSED, about=str(seat.pk), at=now, form=form)
    return seat


def _given_before(coalition: Coalition, verb: Verb, form: uuid.UUID) -> Seat | None:
    """The seat that this form was about when it was sent the first time."""
    event = Event.objects.filter(form=form).first()
    if event is None:
        return None
    if event.coalition_id != coalition.pk or event.verb != verb:
        raise Refused(sent_before())
    return coalition.seats.get(pk=event.about)


def _refuse_who_sits_here(coalition: Coalition, email: str) -> None:
    if here := sits_here(coalition, email):
        who = {"email": email, "name": here.name or _("Somebody without a name")}
        raise Refused(_("%(email)s already sits at this table: %(name)s.") % who)
    # Two listings of one address can meet here only if its owner has another seat that nobody took.
    if coalition.seats.current().filter(member__email=email).exists():
        raise Refused(_("%(email)s already sits at this table.") % {"email": email})


def settle_listings(*, coalition: Coalition, now: datetime) -> None:
    """A seat that nobody took belongs to the address it is listed under, whoever has that address by now.

    Somebody may have changed theirs since. Their new address is then as free to be listed as any other, and what
    is sent to the old one opens nothing of theirs.
    """
    waiting = coalition.seats.current().filter(arrived=None).select_related("member")
    for seat in waiting.exclude(member__email=F("listed_email")):
        taken = coalition.seats.current().filter(member__email=seat.listed_email)
        if not taken.exists():
            _move(seat, seat.listed_email, now)


def _move(seat: Seat, email: str, now: datetime) -> None:
    """Give the seat to whoever has this address. What remains of an address that nobody ever used goes."""
    before, seat.listed_email = seat.member, email
    seat.member = member_of(email, language=seat.listed_language)
    seat.save(update_fields=["member", "listed_email"])
    end_links(Link.objects.filter(invitation__seat=seat), now=now)
    # Whoever has the new address was not asked yet. Who asked the old one stays on record, as an event.
    seat.invitations.all().delete()
    if is_nobodys(before, but=seat):
        Member.objects.filter(pk=before.pk).delete()
