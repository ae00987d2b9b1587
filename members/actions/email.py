"""A person changes their own address. It changes once they typed the code that went to the new one.

What was asked is kept in the session of the browser that asked: the new address, when the code ends, how many
tries are left, and a keyed digest of the code. Whether the new address has an account changes nothing but the
words of the one mail that goes to it.
"""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.core.internal.cryptokit import generate_user_code
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from outbox.actions import wishes
from outbox.actions.writing import Letter, enqueue
from outbox.channels import CHANNELS
from outbox.queries import deliveries
from web.refusal import Refused

from ..models import Member

KEY = "new_email"
LASTS = timedelta(minutes=20)
TRIES = 5
AN_HOUR, ASKS = timedelta(hours=1), 5


@dataclass(frozen=True)
class Asked:
    email: str
    digest: str
    until: float
    tries: int = TRIES


def asked_in(session: SessionBase) -> Asked | None:
    return Asked(**session[KEY]) if KEY in session else None


@transaction.atomic
def ask_for_email(*, member: Member, email: str, session: SessionBase, now: datetime) -> Asked:
    """One mail to the new address. Refused if mail cannot get there, if it is theirs already, or too often."""
    Member.objects.select_for_update().get(pk=member.pk)
    email = CHANNELS["mail"].address(email)
    if email == member.email:
        raise Refused(_("This is your email already."))
    lately = deliveries(beginning=f"email/{member.pk}/").filter(not_before__gt=now - AN_HOUR)
    if lately.count() >= ASKS:
        raise Refused(_("That was too many tries. Wait an hour, then ask for a new code."))
    code = generate_user_code(length=8, numeric=True)
    owner = Member.objects.filter(email=email).first()
    _send_to(member, email, owner, code, now)
    # With an account already, no code leads there: the one that nobody was sent is as good as any.
    asked = Asked(email, _digest(member, email, code), (now + LASTS).timestamp())
    session[KEY] = asdict(asked)
    return asked


def _send_to(member: Member, email: str, owner: Member | None, code: str, now: datetime) -> None:
    name = "has_account" if owner else "confirm_email"
    _send(name, email, owner.language if owner else get_language(), member, now, code=code)


def _send(name: str, to: str, language: str | None, member: Member, now: datetime, **said: object) -> None:
    language = language or settings.LANGUAGE_CODE
    with override(language):
        said |= {"site_name": settings.SITE_NAME}
        subject, text = (
            render_to_string(f"members/email/{name}_{part}.txt", said) for part in ("subject", "message")
        )
    letter = Letter(
        key=f"email/{member.pk}/{uuid.uuid4()}", to=to, subject=subject, text=text, language=language
    )
    enqueue(letter, now=now, at_once=True)


def _digest(member: Member, email: str, code: str) -> str:
    """Eight digits are quickly tried out, so the digest is worth nothing without this site's key."""
    digits = "".join(filter(str.isdecimal, code))
    return salted_hmac("members.email", f"{member.pk}/{email}/{digits}", algorithm="sha256").hexdigest()


def confirm_email(*, member: Member, code: str, session: SessionBase, now: datetime) -> Member:
    """The address changes. Refused for another code, and when it is too late or was tried too often."""
    try:
        with transaction.atomic():
            asked = _take_one_try(member, session, now)
            right = constant_time_compare(asked.digest, _digest(member, asked.email, code))
            taken = Member.objects.filter(email=asked.email).exists()
            if right and not taken:
                _change(member, asked.email, now)
    except IntegrityError:  # somebody got an account with it at the same moment
        right = False
    if not right or taken:
        raise Refused(_("This is not the code we sent. Look at the newest mail from us."))
    del session[KEY]
    return member


def _take_one_try(member: Member, session: SessionBase, now: datetime) -> Asked:
    """Counted in the database while nobody else can, since many requests at once share one session."""
    Member.objects.select_for_update().get(pk=member.pk)
    kept = type(session)(session.session_key)
    asked = asked_in(kept)
    if asked is None or asked.tries < 1 or now.timestamp() > asked.until:
        raise Refused(_("This code does not work any more. Ask for a new one."))
    kept[KEY] = asdict(asked) | {"tries": asked.tries - 1}
    kept.save()
    return asked


def _change(member: Member, email: str, now: datetime) -> None:
    was = member.email
    wishes.follow(was=was, to=email, now=now)
    member.email = email
    member.save(update_fields=["email"])
    # What the old address could still let in, it lets in no more.
    EmailAddress.objects.filter(user=member).delete()
    member.links.alive(now).update(ended_at=now)
    _send("email_changed", was, member.language, member, now)
