"""Somebody goes for good: what tables keep of them is a seat that ended, without a name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.actions.forgetting import nobody
from members.actions.links import end_links
from members.models import Link, Member
from outbox.actions import wishes
from web.refusal import Refused

from ..models import Coalition, Import, Invitation, Organization, Seat, Verb
from .seats import end_seat, is_nobodys, leave_seat, record


@transaction.atomic
def forget(*, member: Member, now: datetime) -> None:
    """End every seat and blank what it says of the person. Refused while a table would be without a lead."""
    seats = list(Seat.objects.filter(member=member).select_related("coalition"))
    for seat in seats:
        if seat.left is None:
            _leave(seat, now)
    organizations = {seat.organization_id for seat in seats if seat.organization_id}
    _forget_addresses(seats, member)
    Seat.objects.filter(member=member).update(
        listed_name="", listed_email="", title="", contact="", paid="", organization=None
    )
    # A provider's organization is often themselves.
    Organization.objects.filter(pk__in=organizations, seats=None).delete()
    Import.objects.filter(seat__member=member).delete()
    Invitation.objects.filter(seat__member=member).delete()
    member.cohorts.clear()


@transaction.atomic
def set_apart(*, seat: Seat, by: Seat | None, now: datetime) -> Member:
    """End the seat of somebody who never came, and give it to an account of nobody's, for every room to forget.

    The address is an account's elsewhere or is gone. Refused for a seat that somebody sat in, or may have.
    """
    Coalition.objects.select_for_update().get(pk=seat.coalition_id)
    seat = Seat.objects.select_related("member", "coalition").get(pk=seat.pk)
    if may_have_come(seat):
        raise Refused(
            _(
                "They were here, so what they left is theirs. They can close their account, or whoever runs this site can."
            )
        )
    end_seat(seat=seat, by=by, now=now)
    end_links(Link.objects.filter(invitation__seat=seat), now=now)
    before, seat.member = seat.member, nobody()
    seat.save(update_fields=["member"])
    record(coalition=seat.coalition, seat=by, verb=Verb.LISTING_ERASED, about=str(seat.pk), at=now)
    if is_nobodys(before, but=seat):
        Member.objects.filter(pk=before.pk).delete()
    return seat.member


def may_have_come(seat: Seat) -> bool:
    """Whether its person took it, or somebody came in with a link to it. Of an old link nothing says that nobody did."""
    handed = seat.invitations.filter(way=Invitation.HANDED)
    came = handed.filter(link=None) | handed.filter(link__used_at__isnull=False)
    return bool(seat.arrived or seat.arrived_elsewhere) or came.exists()


def _leave(seat: Seat, now: datetime) -> None:
    try:
        leave_seat(seat=seat, now=now)
    except Refused:
        raise Refused(
            _("You are the only lead of %(table)s. Make somebody else a lead first.")
            % {"table": seat.coalition}
        ) from None


def _forget_addresses(seats: list[Seat], member: Member) -> None:
    """A table may have listed another address than the account's; by now it may be somebody else's account."""
    listed = {seat.listed_email for seat in seats} - {"", member.email}
    others = Member.objects.filter(email__in=listed).values_list("email", flat=True)
    for address in sorted(listed - set(others)):
        wishes.forget(to=address)
