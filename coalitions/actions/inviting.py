"""Asking people to their seats: by mail, or with a link that somebody hands over.

A mailed invitation opens the whole account, since whoever reads the mailbox is its owner. A link that is handed
over passes through a lead's hands. It opens one seat, shuts out whoever sits there, deletes what is private to the
seat, is on record and is told to the person; so a lead gains nothing by opening it, and is seen trying.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from members.actions.devices import end_all_devices
from members.actions.links import end_links, link_for, token_for
from members.models import Link
from members.quiet import next_waking
from outbox.actions.writing import Letter, enqueue, enqueue_all
from outbox.links import absolute
from outbox.models import Message
from outbox.queries import stopped
from web.refusal import Refused

from .. import letters
from ..models import Coalition, Event, Invitation, Seat, Verb
from ..registry import PRIVATE
from .seats import record, sent_before

MAILED_FOR = timedelta(days=letters.MAILED_DAYS)
HANDED_FOR = timedelta(days=letters.HANDED_DAYS)
PAUSE = timedelta(minutes=10)
MOST_A_DAY = 5
AT_ONCE = 500
KIND, STANDS = "invitations", "coalitions.invitation_stands"


@transaction.atomic
def invite(*, seat: Seat, by: Seat | None, now: datetime, form: uuid.UUID) -> Invitation:
    """Mail one person a link to their seat. The same form again is the same invitation.

    An earlier one ends, unless it went out less than ten minutes ago: then that one stands. Refuses to ask
    somebody who has left, is here already, or answered an invitation of this table with "no more".
    """
    _hold(seat)
    if seat.arrived:
        raise Refused(_("%(name)s is here already.") % {"name": seat.known_as})
    known = _sent_before(seat, form, Invitation.MAIL) or _just_sent(seat, now)
    if known:
        return known
    if _wants_no_more(seat):
        raise Refused(
            _("%(name)s stopped invitations by mail. Make a link to hand over.") % {"name": seat.known_as}
        )
    _not_too_many(seat, now)
    return _ask_by_mail([seat], by, [form], now)[0]


@transaction.atomic
def invite_all(*, coalition: Coalition, by: Seat, now: datetime, form: uuid.UUID) -> int:
    """Mail everybody who is listed, is not here and was never asked; how many that were."""
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    seats = list(coalition.seats.uninvited().select_related("member", "coalition"))
    for at in range(0, len(seats), AT_ONCE):
        some = seats[at : at + AT_ONCE]
        _ask_by_mail(some, by, [uuid.uuid5(form, str(seat.pk)) for seat in some], now)
    return len(seats)


@transaction.atomic
def hand_link(*, seat: Seat, by: Seat, now: datetime, form: uuid.UUID) -> Invitation:
    """A link for a person without mail at hand. `address_of` has its address; the same form is the same link.

    Whoever sits there is signed out, and what is private to the seat is deleted.
    """
    _hold(seat)
    if seat.pk == by.pk:
        raise Refused(_("You are here already. Sign in with a code on your other device."))
    known = _sent_before(seat, form, Invitation.HANDED)
    if known:
        return known
    _not_too_many(seat, now)
    if seat.arrived:
        end_all_devices(seat.member)
    clear_private(seat=seat, now=now)
    invitation = _write([seat], by, [form], now, way=Invitation.HANDED)[0]
    record(coalition=seat.coalition, seat=by, verb=Verb.LINK_MADE, about=str(seat.pk), at=now)
    _tell(seat, by, now)
    return invitation


def clear_private(*, seat: Seat, now: datetime) -> None:
    """What only the person in this seat may read is deleted: when a link to it is made, and when it is used."""
    for forget in PRIVATE:
        forget(seat, now=now)


@transaction.atomic
def end_invitation(*, seat: Seat, by: Seat, now: datetime) -> None:
    """Take back whatever would still let somebody into this seat. Nothing to take back leaves no trace."""
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    standing = Link.objects.alive(now).filter(invitation__seat=seat)
    if standing.exists():
        end_links(standing, now=now)
        record(coalition=seat.coalition, seat=by, verb=Verb.INVITATION_ENDED, about=str(seat.pk), at=now)


@transaction.atomic
def send_again(*, invitation: Invitation, now: datetime) -> None:
    """The person asks for a new link. It goes to their mailbox, or nowhere; the page cannot tell which."""
    seat = invitation.seat
    today = seat.invitations.filter(at__gt=now - timedelta(days=1))
    newest = seat.invitations.select_related("link").first()
    taken_back = newest is None or newest.link is None or newest.link.ended_at is not None
    if seat.left is None and not seat.arrived and not taken_back and today.count() < MOST_A_DAY:
        invite(seat=seat, by=invitation.by, now=now, form=uuid.uuid5(invitation.form, now.isoformat()))


def address_of(invitation: Invitation) -> str:
    """The link's address, made anew from the form it was made with: only its digest is kept."""
    handed = invitation.way == Invitation.HANDED
    token = token_for(invitation.form, only=invitation.seat.scope if handed else "")
    return absolute(reverse("invitation", args=[token]))


def stands(message: Message) -> bool:
    """Asked by the outbox just before an invitation leaves."""
    number = message.key.rpartition("/")[2]
    asked = Invitation.objects.filter(pk=number, link__used_at=None, link__ended_at=None)
    return asked.filter(seat__left=None, seat__arrived=None, seat__member__is_active=True).exists()


def _hold(seat: Seat) -> None:
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    seat.refresh_from_db(fields=["left", "arrived"])
    if seat.left:
        raise Refused(_("%(name)s has left the table.") % {"name": seat.known_as})


def _not_too_many(seat: Seat, now: datetime) -> None:
    """Each one is a mail to the person."""
    if seat.invitations.filter(at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused(_("That is enough for one day. Ask the person first, and try again tomorrow."))


def _sent_before(seat: Seat, form: uuid.UUID, way: str) -> Invitation | None:
    known = Invitation.objects.select_related("link").filter(form=form).first()
    if known and (known.seat_id, known.way) != (seat.pk, way):
        raise Refused(sent_before())
    return known


def _wants_no_more(seat: Seat) -> bool:
    """Asked only of who was mailed from here before: what they told other tables is not this one's to know."""
    mailed = seat.invitations.filter(way=Invitation.MAIL).exists()
    return mailed and bool(stopped([seat.member.email], kind=KIND))


def _just_sent(seat: Seat, now: datetime) -> Invitation | None:
    recent = seat.invitations.filter(way=Invitation.MAIL, at__gt=now - PAUSE)
    return recent.filter(link__used_at=None, link__ended_at=None).first()


def _write(
    seats: Sequence[Seat], by: Seat | None, forms: Sequence[uuid.UUID], now: datetime, *, way: str
) -> list[Invitation]:
    """One link each, in place of any other that still lets somebody into the seat."""
    end_links(Link.objects.filter(invitation__seat__in=seats), now=now)
    handed = way == Invitation.HANDED
    links = Link.objects.bulk_create(
        link_for(
            seat.member,
            form=form,
            path=reverse("this_round", args=[seat.coalition.slug]),
            now=now,
            lasts=HANDED_FOR if handed else MAILED_FOR,
            only=seat.scope if handed else "",
        )
        for seat, form in zip(seats, forms, strict=True)
    )
    return Invitation.objects.bulk_create(
        Invitation(seat=seat, by=by, way=way, link=link, form=form, at=now)
        for seat, link, form in zip(seats, links, forms, strict=True)
    )


def _ask_by_mail(
    seats: Sequence[Seat], by: Seat | None, forms: Sequence[uuid.UUID], now: datetime
) -> list[Invitation]:
    invitations = _write(seats, by, forms, now, way=Invitation.MAIL)
    enqueue_all([_letter(each, now) for each in invitations], now=now)
    Event.objects.bulk_create(
        Event(coalition=seat.coalition, seat=by, verb=Verb.INVITED, about=str(seat.pk), at=now)
        for seat in seats
    )
    return invitations


def _letter(invitation: Invitation, now: datetime) -> Letter:
    seat, member = invitation.seat, invitation.seat.member
    zone = seat.coalition.time_zone
    with override(member.language):
        subject, text = letters.invitation(seat, invitation.by, link=address_of(invitation))
    return Letter(
        key=f"invitation/{invitation.pk}",
        to=member.email,
        subject=subject,
        text=text,
        kind=KIND,
        language=member.language,
        check=STANDS,
        not_before=next_waking(now, zone, member.quiet_from, member.quiet_until),
        not_after=now + MAILED_FOR,
    )


def _tell(seat: Seat, by: Seat, now: datetime) -> None:
    """A link that a lead makes is told to the person, at any hour and whatever mail they stopped."""
    with override(seat.member.language):
        subject, text = letters.link_made(seat, by)
    letter = Letter(
        key=f"link made/{seat.pk}/{uuid.uuid4()}",
        to=seat.member.email,
        subject=subject,
        text=text,
        language=seat.member.language,
    )
    enqueue(letter, now=now)
