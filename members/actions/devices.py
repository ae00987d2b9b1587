"""Where somebody is signed in: kept when they sign in, ended by them or by whoever hands out a link."""

from datetime import date, datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from ..browsers import named
from ..models import Device, Link, Member

KEEP_LINKS = timedelta(days=90)


def keep_device(member: Member, *, session_key: str, user_agent: str, today: date) -> Device:
    """The browser of this session, by a coarse name and the day."""
    device, _new = Device.objects.update_or_create(
        session_key=session_key,
        defaults={"member": member, "name": named(user_agent), "since": today, "link": None},
    )
    return device


def move_device(member: Member, *, was: str, session_key: str) -> None:
    """The session goes on under another key."""
    Device.objects.filter(member=member, session_key=was).update(session_key=session_key)


@transaction.atomic
def end_device(device: Device) -> None:
    """That browser is signed out at its next request."""
    Session.objects.filter(session_key=device.session_key).delete()
    device.delete()


@transaction.atomic
def end_all_devices(member: Member, *, keep: str = "") -> Member:
    """Every session of the member ends, listed here or not; the one with the key `keep` may go on.

    A session holds a trace of the password, and nobody has a usable one: another unusable one ends them all. The
    one to keep must get the new trace (`update_session_auth_hash`) in the same request.
    """
    member.set_unusable_password()
    member.save(update_fields=["password"])
    ended = member.devices.exclude(session_key=keep)
    Session.objects.filter(session_key__in=list(ended.values_list("session_key", flat=True))).delete()
    ended.delete()
    return member


def forget_device(session_key: str) -> None:
    """They signed out there."""
    Device.objects.filter(session_key=session_key).delete()


@transaction.atomic
def tidy(*, now: datetime) -> None:
    """Sessions that ran out, browsers whose session is gone, and links long after they let anybody in."""
    Session.objects.filter(expire_date__lt=now).delete()
    Device.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    long_ago = now - KEEP_LINKS
    Link.objects.filter(Q(until__lt=long_ago) | Q(ended_at__lt=long_ago)).delete()
