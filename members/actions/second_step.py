"""What a member adds to signing in, and takes away again. Each change is told by mail."""

import uuid
from contextlib import suppress
from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from outbox.actions.writing import Letter, enqueue
from outbox.links import absolute
from web.refusal import Refused

from ..mfa import Unsealable
from ..models import Member
from ..queries import HAS_ACCOUNT

MOST_PASSKEYS = 10
PASSKEY, APP, CODES = (
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.TOTP,
    Authenticator.Type.RECOVERY_CODES,
)


@transaction.atomic
def add_passkey(member: Member, *, name: str, credential: dict[str, Any], now: datetime) -> Authenticator:
    _alone(member)
    if Authenticator.objects.filter(user=member, type=PASSKEY).count() >= MOST_PASSKEYS:
        raise Refused(_("You have ten passkeys. Remove one first."))
    passkey = WebAuthn.add(member, name, credential).instance
    return _added(passkey, now)


@transaction.atomic
def add_app(member: Member, *, secret: str, code: str, now: datetime) -> Authenticator:
    """Refused unless the app shows a code that fits the secret, so that nobody locks themselves out."""
    _alone(member)
    if Authenticator.objects.filter(user=member, type=APP).exists():
        raise Refused(_("You already use an app. Remove it first."))
    step = _step_of(secret, code, now)
    if step is None:
        raise Refused(_("This is not the code in the app now. Look again: it changes every 30 seconds."))
    app = TOTP.activate(member, secret).instance
    app.data["last_step"] = step
    return _added(app, now)


def name_passkey(passkey: Authenticator, *, name: str) -> Authenticator:
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])
    return passkey


@transaction.atomic
def remove_second_step(authenticator: Authenticator, *, now: datetime) -> None:
    """Recovery codes go with the last one, since they would stand in for nothing."""
    member = Member.objects.select_for_update().get(pk=authenticator.user_id)
    what = authenticator.type
    authenticator.delete()
    held = Authenticator.objects.filter(user=member)
    if not held.exclude(type=CODES).exists():
        held.delete()
    _tell(member, f"{what}_removed", now)


@transaction.atomic
def make_recovery_codes(member: Member, *, now: datetime) -> list[str]:
    """New ones, for their owner to see this once; the old ones stop working."""
    _alone(member)
    held = Authenticator.objects.filter(user=member)
    if not held.exclude(type=CODES).exists():
        raise Refused(_("Add a passkey or an app first."))
    held.filter(type=CODES).delete()
    codes = RecoveryCodes.activate(member)
    _on_a_day(codes.instance, now)
    _tell(member, "recovery_codes_made", now)
    return codes.generate_codes()


@transaction.atomic
def accept_code(member: Member, *, code: str, now: datetime) -> Authenticator:
    """The app or the list that this code is from. Refused if there is none, or if the code was used before."""
    for held in Authenticator.objects.select_for_update().filter(user=member, type__in=(APP, CODES)):
        with suppress(Unsealable):
            if held.type == APP and _is_new_code_of(held, code, now):
                return held
            if held.type == CODES and RecoveryCodes(held).validate_code(code):
                return held
    raise Refused(_("This code is not right, or it was used before."))


@transaction.atomic
def take_off_second_steps(member: Member, *, now: datetime) -> int:
    """For somebody who lost them all and whom the operator knows: how many there were."""
    _alone(member)
    count = Authenticator.objects.filter(user=member).exclude(type=CODES).count()
    Authenticator.objects.filter(user=member).delete()
    if count:
        _tell(member, "all_removed", now)
    return count


def _alone(member: Member) -> None:
    """Two requests at once must not each find room."""
    Member.objects.select_for_update().get(pk=member.pk)


def _is_new_code_of(app: Authenticator, code: str, now: datetime) -> bool:
    """A code counts once. The row remembers the last one, since a cache is not shared by every process."""
    step = _step_of(decrypt(app.data["secret"]), code, now)
    if step is None or step <= app.data.get("last_step", 0):
        return False
    app.data["last_step"] = step
    app.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """In which half minute the app shows this code: this one, or one beside it, for clocks that are a little off."""
    current = int(now.timestamp()) // app_settings.TOTP_PERIOD
    for step in (current, current - 1, current + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _added(authenticator: Authenticator, now: datetime) -> Authenticator:
    _on_a_day(authenticator, now)
    _tell(Member.objects.get(pk=authenticator.user_id), f"{authenticator.type}_added", now)
    return authenticator


def _on_a_day(authenticator: Authenticator, now: datetime) -> None:
    """The day, not the moment; by the site's own clock, which is the one its pages show."""
    authenticator.created_at = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    authenticator.save()


CHANGES = {
    "webauthn_added": _("A passkey was added to your account"),
    "webauthn_removed": _("A passkey was removed from your account"),
    "totp_added": _("An app for codes was added to your account"),
    "totp_removed": _("The app for codes was removed from your account"),
    "recovery_codes_made": _("New recovery codes were made for your account"),
    "all_removed": _("The second step was taken off your account"),
}


def _tell(member: Member, change: str, now: datetime) -> None:
    """That something changed, and where to undo it: no name of a device, no place, no code."""
    with override(member.language):
        words = {"change": CHANGES[change], "site_name": settings.SITE_NAME}
        links = {"second_step": absolute(reverse("second_step")), "devices": absolute(reverse("devices"))}
        letter = Letter(
            key=f"second-step/{uuid.uuid4()}",
            to=member.email,
            subject=str(CHANGES[change]),
            text=render_to_string("members/email/second_step_changed.txt", {**words, **links}).strip(),
            language=member.language,
            check=HAS_ACCOUNT,
        )
    with suppress(Refused):  # an address that mail cannot reach
        enqueue(letter, now=now)
