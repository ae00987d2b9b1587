"""What people say about their messages, and forgetting them."""

from datetime import datetime, timedelta

from outbox.models import Message, ProblemAddress, StopLink

KEPT = timedelta(days=1)


def stop(*, to: str, kind: str, now: datetime) -> None:
    """This address gets no more messages of this kind, those already waiting included."""
    link, _new = StopLink.objects.get_or_create(to=to.lower(), kind=kind)
    StopLink.objects.filter(pk=link.pk, stopped_at=None).update(stopped_at=now)


def allow(*, to: str, kind: str) -> None:
    """They want them again."""
    StopLink.objects.filter(to=to.lower(), kind=kind).update(stopped_at=None)


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
