"""Steps of signing in that several tests take."""

import re
import time
import uuid
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from coalitions.models import Seat
from members.actions.links import link_for
from members.models import Member
from outbox.actions.sending import send_all
from tests.members.passkey import Passkey
from tests.members.test_sign_in import ASK, TYPE, code_in

SECOND, STEPS, CONFIRM = "/sign-in/second-step/", "/me/second-step/", "/me/confirm/"
WITH_PASSKEY = "/sign-in/passkey/"


def mailed_code(browser: Client, member: Member, **more) -> str:
    """The address to go to after the code from the mail."""
    cache.clear()  # of how often this address has asked
    browser.post(ASK, {"email": member.email})
    send_all(clock=timezone.now)
    return browser.post(TYPE, {"code": newest_code(), **more}).url


def newest_code() -> str:
    return next(code_in(each) for each in reversed(mail.outbox) if re.search(r"\d{4}-\d{4}", each.subject))


def came_in(member: Member, browser: Client | None = None) -> Client:
    """A browser in which the member typed the code from the mail just now."""
    browser = browser or Client()
    mailed_code(browser, member)
    return browser


def just_signed_in(who: Seat | Member, *, at: float | None = None) -> Client:
    """A browser in which somebody signed in by themselves a moment ago, without the way there."""
    member = who.member if isinstance(who, Seat) else who
    client = Client()
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": at or time.time()}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client


def narrowed(browser: Client, member: Member) -> Client:
    """The same session, as if a link that somebody handed over had begun it."""
    form = uuid.uuid4()
    now = timezone.now()
    link = link_for(member, form=form, path="/", now=now, lasts=timedelta(days=1), only="seat/1")
    link.save()
    session = browser.session
    session["only"], session["link"] = link.only, link.pk
    session.save()
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def later(browser: Client, seconds: float) -> None:
    """The session goes on after so many seconds; what it remembers of signing in has aged."""
    session = browser.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= seconds
    session.save()


def adds_passkey(browser: Client, passkey: Passkey | None = None, name: str = "My phone"):
    """The passkey, and what the site answered."""
    passkey = passkey or Passkey()
    question = browser.post(f"{STEPS}passkey/question/").json()
    said = {"name": name, "credential": passkey.make(question)}
    return passkey, browser.post(f"{STEPS}passkey/", said)


def adds_app(browser: Client, now: datetime | None = None):
    """The secret in the app, and what the site answered."""
    browser.post(f"{STEPS}app/")
    secret = "".join(browser.get(f"{STEPS}app/").context["secret"])
    return secret, browser.post(f"{STEPS}app/", {"code": shown(secret, now)})


def shown(secret: str, now: datetime | None = None, steps: int = 0) -> str:
    """What the app shows, so many half minutes away."""
    at = (now or datetime.now(UTC)).timestamp() if now else time.time()
    return format_hotp_value(hotp_value(secret, int(at) // 30 + steps))


def signs_in_with(passkey: Passkey, browser: Client | None = None, **more):
    browser = browser or Client()
    question = browser.post(f"{WITH_PASSKEY}question/").json()
    return browser, browser.post(WITH_PASSKEY, {"credential": passkey.answer(question), **more})
