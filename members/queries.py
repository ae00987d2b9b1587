from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from .browsers import parts
from .models import Device, Member


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
