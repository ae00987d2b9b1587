"""A browser in which somebody signed in by themselves a moment ago, as a code from the mail does."""

import time

from django.test import Client

from coalitions.models import Seat
from members.models import Member


def just_signed_in(who: Seat | Member, *, at: float | None = None) -> Client:
    member = who.member if isinstance(who, Seat) else who
    client = Client()
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": at or time.time()}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client
