"""The private link by which a calendar follows a person's tables."""

import secrets

from django.db import transaction

from ..models import Member


@transaction.atomic
def renew_calendar(*, member: Member) -> Member:
    """A new link; the one before leads nowhere from now on."""
    member.calendar_token = secrets.token_urlsafe(32)
    member.save(update_fields=["calendar_token"])
    return member


@transaction.atomic
def end_calendar(*, member: Member) -> Member:
    member.calendar_token = None
    member.save(update_fields=["calendar_token"])
    return member
