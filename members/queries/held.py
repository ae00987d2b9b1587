"""What is kept of a person as a person, for them to read."""

from dataclasses import dataclass
from datetime import date, time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from ..models import Link, Member
from .signing_in import spoken

LATEST = 200


@dataclass(frozen=True)
class AccountHeld:
    name: str
    email: str
    other_emails: tuple[str, ...]
    language: object
    quiet_from: time
    quiet_until: time
    last_sign_in: date | None
    has_calendar_link: bool
    site_admin: bool
    active: bool


@dataclass(frozen=True)
class DeviceHeld:
    name: object
    since: date


@dataclass(frozen=True)
class LinkHeld:
    """A link that was made for the person: when, and what became of it. What was in it is not kept."""

    made_on: date
    until: date
    used_on: date | None
    ended_on: date | None
    one_seat_only: bool


@dataclass(frozen=True)
class SecondStepHeld:
    """A passkey, an app for codes, or a list of codes. Their secrets are sealed and stay so."""

    kind: object
    name: str
    added_on: date
    last_used_on: date | None


@dataclass(frozen=True)
class AdminHeld:
    """A line of the site admin's own log."""

    day: date
    did: object
    to: str


@dataclass(frozen=True)
class Held:
    account: AccountHeld
    devices: tuple[DeviceHeld, ...]
    links: tuple[LinkHeld, ...]
    second_steps: tuple[SecondStepHeld, ...]
    changed_by_site_admin: tuple[AdminHeld, ...]
    did_as_site_admin: tuple[AdminHeld, ...]


SECOND_STEPS = {
    Authenticator.Type.WEBAUTHN: gettext_lazy("Passkey"),
    Authenticator.Type.TOTP: gettext_lazy("App that shows codes"),
    Authenticator.Type.RECOVERY_CODES: gettext_lazy("List of codes"),
}
DID = {
    ADDITION: gettext_lazy("added"),
    CHANGE: gettext_lazy("changed"),
    DELETION: gettext_lazy("deleted"),
}


def held(member: Member) -> Held:
    """All that is kept of a person as a person, in seven queries. No digest, no token, no key of a session."""
    about = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Member), object_id=str(member.pk)
    )
    return Held(
        account=_account(member),
        devices=tuple(DeviceHeld(lazy(spoken, str)(each.name), each.since) for each in member.devices.all()),
        links=tuple(_link(each) for each in member.links.order_by("-made_at")[:LATEST]),
        second_steps=tuple(_second_step(each) for each in Authenticator.objects.filter(user=member)),
        changed_by_site_admin=tuple(_logged(entry) for entry in about[:LATEST]),
        did_as_site_admin=tuple(_logged(entry) for entry in LogEntry.objects.filter(user=member)[:LATEST]),
    )


def _account(member: Member) -> AccountHeld:
    others = EmailAddress.objects.filter(user=member).exclude(email=member.email)
    return AccountHeld(
        name=member.name,
        email=member.email,
        other_emails=tuple(others.order_by("email").values_list("email", flat=True)),
        language=member.get_language_display(),
        quiet_from=member.quiet_from,
        quiet_until=member.quiet_until,
        last_sign_in=timezone.localdate(member.last_login) if member.last_login else None,
        has_calendar_link=bool(member.calendar_token),
        site_admin=member.is_staff,
        active=member.is_active,
    )


def _link(link: Link) -> LinkHeld:
    return LinkHeld(
        made_on=timezone.localdate(link.made_at),
        until=timezone.localdate(link.until),
        used_on=timezone.localdate(link.used_at) if link.used_at else None,
        ended_on=timezone.localdate(link.ended_at) if link.ended_at else None,
        one_seat_only=bool(link.only),
    )


def _second_step(held: Authenticator) -> SecondStepHeld:
    used = held.last_used_at
    return SecondStepHeld(
        kind=SECOND_STEPS[Authenticator.Type(held.type)],
        name=held.data.get("name", ""),
        added_on=timezone.localdate(held.created_at),
        last_used_on=timezone.localdate(used) if used else None,
    )


def _logged(entry: LogEntry) -> AdminHeld:
    return AdminHeld(timezone.localdate(entry.action_time), DID[entry.action_flag], entry.object_repr)
