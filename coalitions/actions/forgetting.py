"""Somebody closes their account: what tables keep of them is a seat that ended, without a name."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.models import Member
from outbox.actions import wishes
from web.refusal import Refused

from ..models import Import, Invitation, Organization, Seat
from .seats import leave_seat


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
