"""Somebody sees it differently. Only the author can sign it, let it out, or take it back."""

import hashlib
import secrets
import uuid
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.models import Seat
from web.refusal import Refused

from ..models import Dissent, Item, Round
from .agreement import RECORDING
from .release import blank_in_releases

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread aloud or on paper


def new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def code_of(form: uuid.UUID) -> str:
    """The one-time code that goes with a form: sent twice, it shows the same code."""
    digest = hashlib.sha256(b"the code of dissent " + form.bytes).digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:12])
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def trace_of(form: uuid.UUID) -> uuid.UUID:
    """What is kept of a form, to know it again. It leads neither back to the form nor to the code."""
    return uuid.UUID(bytes=hashlib.sha256(b"the trace of dissent " + form.bytes).digest()[:16])


@transaction.atomic
def add_dissent(
    *,
    round: Round,
    item: Item,
    seat: Seat,
    text: str,
    language: str,
    named: bool,
    let_out: bool,
    code: str,
    now: datetime,
    form: uuid.UUID,
) -> Dissent:
    """Keep a different view beside the agreement it answers.

    Unnamed, it stores no seat: only the one-time `code`, hashed, lets its author come back to it.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    twice = Dissent.objects.filter(form=form).first()
    if twice:
        return twice
    agreement = round.agreements.filter(item=item).last()
    if round.stage(now) not in RECORDING or agreement is None:
        raise Refused(_("You can add a different view once the table has recorded a level."))
    if not text.strip():
        raise Refused(_("Write how you see it."))
    return Dissent.objects.create(
        round=round,
        item=item,
        agreement=agreement,
        text=text.strip(),
        language=language,
        seat=seat if named else None,
        code="" if named else make_password(code),
        let_out=let_out,
        form=form,
    )


def is_author(dissent: Dissent, *, seat: Seat, code: str = "") -> bool:
    """Whether this seat signed it, or whoever holds the code that came with it."""
    if dissent.seat_id:
        return dissent.seat_id == seat.pk
    return bool(dissent.code) and check_password(code.strip().lower(), dissent.code)


@transaction.atomic
def withdraw_dissent(*, dissent: Dissent, seat: Seat, code: str, now: datetime) -> Dissent:
    """Blank it everywhere, releases included; that something was withdrawn stays."""
    if not is_author(dissent, seat=seat, code=code):
        raise Refused(_("Only its author can take this back. Check the code."))
    dissent.text, dissent.withdrawn_at, dissent.seat, dissent.code = "", now, None, ""
    dissent.save(update_fields=["text", "withdrawn_at", "seat", "code"])
    blank_in_releases(dissent.round, kind="dissents", id=dissent.pk)
    return dissent


@transaction.atomic
def let_dissent_out(*, dissent: Dissent, seat: Seat, code: str, let_out: bool) -> Dissent:
    """The author decides again, for the next release; what was released stays as it was."""
    if not is_author(dissent, seat=seat, code=code):
        raise Refused(_("Only its author can change this. Check the code."))
    dissent.let_out = let_out
    dissent.save(update_fields=["let_out"])
    return dissent
