"""What people say about their messages, and forgetting them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outbox.models import Message, ProblemAddress, StopLink

KEPT = timedelta(days=1)
PAUSES = {"3": timedelta(days=3), "7": timedelta(days=7)}  # by what the buttons send


def heed(*, said: Mapping[str, str], to: str, kind: str, now: datetime) -> bool:
    """What the buttons say, on every page that has them: `again`, `pause` or else stop. False: not understood."""
    if "again" in said:
        allow(to=to, kind=kind)
    elif "pause" not in said:
        stop(to=to, kind=kind, now=now)
    elif said["pause"] in PAUSES:
        pause(to=to, kind=kind, until=noon_from(now + PAUSES[said["pause"]]), now=now)
    else:
        return False
    return True


def noon_from(moment: datetime) -> datetime:
    """The first noon by the clock of this site. What waited for it is not to come in the middle of a night."""
    noon = timezone.localtime(moment).replace(hour=12, minute=0, second=0, microsecond=0)
    return noon if noon >= moment else noon + timedelta(days=1)


@transaction.atomic
def stop(*, to: str, kind: str, now: datetime) -> None:
    """This address gets no more messages of this kind, those already waiting included."""
    link, _new = StopLink.objects.get_or_create(to=to.lower(), kind=kind)
    StopLink.objects.filter(pk=link.pk, stopped_at=None).update(stopped_at=now, paused_until=None)
    _look_again(to, kind)


@transaction.atomic
def pause(*, to: str, kind: str, until: datetime, now: datetime) -> None:
    """Until then messages of this kind wait, or are dropped if they mean nothing any more by then.

    What is stopped stays stopped. A pause that is over counts as none.
    """
    if until <= now:
        return
    link, _new = StopLink.objects.get_or_create(to=to.lower(), kind=kind)
    StopLink.objects.filter(pk=link.pk, stopped_at=None).update(paused_until=until)
    _look_again(to, kind)


@transaction.atomic
def allow(*, to: str, kind: str) -> None:
    """They want them again, and now what waited for the end of a pause."""
    StopLink.objects.filter(to=to.lower(), kind=kind).update(stopped_at=None, paused_until=None)
    _look_again(to, kind)


def _look_again(to: str, kind: str) -> None:
    """What waits for the end of a pause is due now, so that the next sweep decides by the new wish."""
    paused = Message.objects.paused().filter(to=to.lower(), kind=kind)
    paused.update(next_try_at=F("not_before"), problem="")


@transaction.atomic
def follow(*, was: str, to: str, now: datetime) -> None:
    """Somebody has another address: what they said of their mail goes with them, beside what is said there."""
    for link in StopLink.objects.filter(to=was.lower()):
        if link.stopped_at:
            stop(to=to, kind=link.kind, now=now)
        elif until := link.pause(now):
            pause(to=to, kind=link.kind, until=until, now=now)


def try_again(*, to: str) -> None:
    """Somebody says that an address that was refused works now."""
    ProblemAddress.objects.filter(to=to.lower()).delete()


def forget(*, to: str) -> None:
    """Nothing here names this address any more. What it stopped is forgotten too: a new seat is a new start."""
    for rows in (Message, StopLink, ProblemAddress):
        rows.objects.filter(to=to.lower()).delete()  # type: ignore[attr-defined]


def forget_keys(*, beginning: str) -> None:
    """Deletes the messages whose key begins so, sent or not: who was reminded of a round says who was late."""
    Message.objects.filter(key__startswith=beginning).delete()


def forget_over(*, kind: str, now: datetime) -> None:
    """Deletes messages of a kind that nothing writes again once their time is up."""
    Message.objects.filter(kind=kind, next_try_at=None, not_after__lte=now).delete()


def tidy(*, now: datetime) -> None:
    """What people asked for themselves leaves no row a day after it stopped meaning anything.

    The others stay, since their key is what keeps them from being sent again.
    """
    Message.objects.filter(kind="", next_try_at=None, not_after__lt=now - KEPT).delete()
    StopLink.objects.filter(paused_until__lte=now).update(paused_until=None)
