"""Forgetting who was reminded: once a round is sealed, it would only say who was late. And forgetting a person."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.crypto import salted_hmac

from members.actions.links import token_for
from members.models import Link, Member
from milestones.models import Round
from outbox.actions.wishes import forget_keys
from outbox.queries import deliveries

from ..models import Reply, Silence, StepNews
from ..queries import beginning, checkin_beginning, past_checkins, reminded_rounds

AT_ONCE = 500


def form_of(key: str) -> uuid.UUID:
    """The form of the link in the reminder of this key, which nobody but this site can work out.

    Other links are made with forms that a browser sends: one who knew this form could have a link of their own
    stand in the place of somebody else's.
    """
    return uuid.UUID(bytes=salted_hmac("checkins.reminder", key, algorithm="sha256").digest()[:16])


def forget_sealed() -> int:
    """How many rounds were forgotten: sealed, or gone, and none of their reminders is still on its way.

    No round that is sealed is planned for, so a meaning that is forgotten here is not sent a second time.
    """
    reminded = reminded_rounds()
    running = set(Round.objects.filter(pk__in=reminded, sealed_at=None).values_list("pk", flat=True))
    over = [pk for pk in reminded if pk not in running]
    return sum(_forget(beginning(pk)) for pk in over)


def forget_past_checkins(*, now: datetime) -> int:
    """How many check-ins were forgotten whose letters mean nothing any more: they say who had not answered then.

    A check-in that was asked is not asked again, so none of them is sent a second time.
    """
    return sum(_forget(checkin_beginning(pk)) for pk in past_checkins(now))


@transaction.atomic
def forget(*, member: Member) -> None:
    """Somebody closes their account: what they said is gone. How a step stands is the table's, and stays unsigned."""
    Reply.objects.filter(seat__member=member).delete()
    Silence.objects.filter(seat__member=member).delete()
    StepNews.objects.filter(seat__member=member).update(seat=None, words="")


@transaction.atomic
def _forget(keys: str) -> bool:
    sent = deliveries(beginning=keys)
    paused = sent.paused().values(
        "pk"
    )  # a round that is closed early is not remembered until a pause is over
    if sent.waiting().exclude(pk__in=paused).exists():
        return False
    found = sent.values_list("key", flat=True).iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        _forget_links(some)
    forget_keys(beginning=keys)
    return True


def _forget_links(keys: Iterable[str]) -> None:
    """A link has its person and the minute it was made."""
    digests = [Link.digest_of(token_for(form_of(key))) for key in keys]
    Link.objects.filter(digest__in=digests).delete()
