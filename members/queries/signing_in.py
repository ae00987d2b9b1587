"""In which browsers a person is signed in, and what they sign in with."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from outbox.models import Message

from ..browsers import parts
from ..models import Device, Member

HAS_ACCOUNT = "members.has_account"


def has_account(message: Message) -> bool:
    """Asked by the outbox just before a code leaves."""
    return Member.objects.filter(email__iexact=message.to).exists()


@dataclass(frozen=True)
class Browser:
    """One line of the page of browsers; `pk` is None for one that was never listed."""

    name: str
    since: date | None = None
    pk: int | None = None


def browsers(member: Member, *, session_key: str, now: datetime) -> tuple[Browser | None, list[Browser]]:
    """The one of this session, if it is listed, and the others in which the member is signed in; newest first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    listed = list(Device.objects.filter(member=member, session_key__in=alive))
    this = next((_browser(device) for device in listed if device.session_key == session_key), None)
    return this, [_browser(device) for device in listed if device.session_key != session_key]


def spoken(name: str) -> str:
    """A coarse name in the language of the page."""
    browser, system = parts(name)
    if not browser:
        return _("A browser")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser


def _browser(device: Device) -> Browser:
    return Browser(spoken(device.name), device.since, device.pk)


def second_steps(member: Member) -> dict[str, list[Authenticator]]:
    """What the member signs in with besides the mail, oldest first: passkeys, app, recovery codes."""
    held = list(Authenticator.objects.filter(user=member).order_by("pk"))
    kinds = {"passkeys": "webauthn", "apps": "totp", "codes": "recovery_codes"}
    return {name: [each for each in held if each.type == kind] for name, kind in kinds.items()}


def has_second_step(member_pk: int | None) -> bool:
    """A passkey or an app; recovery codes stand in for one."""
    return Authenticator.objects.filter(user_id=member_pk, type__in=("webauthn", "totp")).exists()


def is_last_step(authenticator: Authenticator) -> bool:
    """Whether the member would sign in by mail alone without it."""
    held = Authenticator.objects.filter(user=authenticator.user_id, type__in=("webauthn", "totp"))
    return not held.exclude(pk=authenticator.pk).exists()
