"""How somebody shows that it is them: with a second step, or with a code from their mail."""

import time
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from outbox.links import absolute
from web.refusal import Refused

from . import passkeys
from .actions import second_step
from .models import Member

MAILED = "confirm"  # in the session: a digest of the code that is on its way, and since when
TOO_MANY = _("That was too many tries. Wait five minutes.")
WORKS_FOR = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def by_second_step(request: HttpRequest, member: Member, *, code: str = "", credential: str = "") -> None:
    """Remembers in the session that it is them; Refused if it is not."""
    _count_try(request, member)
    if credential:
        remember(request, passkeys.used(credential, member))
    else:
        remember(request, second_step.accept_code(member, code=code, now=timezone.now()))
    _forget_tries(request, member)


def remember(request: HttpRequest, authenticator: Authenticator, **how: bool) -> None:
    record_authentication(
        request, authenticator.user, "mfa", id=authenticator.pk, type=authenticator.type, **how
    )


def mail_code(request: HttpRequest, member: Member) -> None:
    if not ratelimit.consume(request, action="request_login_code", key=member.email.lower()):
        raise Refused(TOO_MANY)
    adapter = get_adapter(request)
    code = adapter.generate_login_code()
    request.session[MAILED] = {"digest": _digest(code), "at": time.time()}
    devices = absolute(reverse("devices"))
    adapter.send_mail("members/email/confirm_code", member.email, {"code": code, "devices": devices})


def code_is_mailed(request: HttpRequest) -> bool:
    at = request.session.get(MAILED, {}).get("at", 0)
    return bool(time.time() - at < WORKS_FOR.total_seconds())


def by_mailed_code(request: HttpRequest, member: Member, code: str) -> None:
    """Remembers in the session that it is them, and uses the code up; Refused if it is another."""
    _count_try(request, member)
    if not code_is_mailed(request) or not constant_time_compare(
        _digest(code), request.session[MAILED]["digest"]
    ):
        raise Refused(_("This is not the code we sent. Look at the newest mail from us."))
    del request.session[MAILED]
    record_authentication(request, member, "code", reauthenticated=True)
    _forget_tries(request, member)


def _digest(code: str) -> str:
    return salted_hmac("members.confirm", normalize_user_code(code)).hexdigest()


def _count_try(request: HttpRequest, member: Member) -> None:
    if not ratelimit.consume(request, action="login_failed", key=f"proof-{member.pk}"):
        raise Refused(TOO_MANY)


def _forget_tries(request: HttpRequest, member: Member) -> None:
    ratelimit.clear(request, action="login_failed", key=f"proof-{member.pk}")
