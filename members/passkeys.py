"""What a browser and a passkey say to each other and to us. Whatever cannot be read is refused, never an error.

Each question is a challenge that waits in the session; a right answer uses it up.
"""

import json
import struct
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.cose import UnsupportedKey
from fido2.webauthn import RegistrationResponse

from web.refusal import Refused

from .models import Member

NOT_TAKEN = _("That passkey did not work. Try again, or take another way.")
# What the libraries raise about bytes that a stranger made up.
UNREADABLE = (
    ValidationError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
    struct.error,
    InvalidSignature,
    UnsupportedAlgorithm,
)


def question_for_new(member: Member) -> dict[str, Any]:
    """For a passkey that signs in by itself, so it knows its owner and checks that it is them."""
    return auth.begin_registration(member, passwordless=True)


def question(member: Member | None) -> dict[str, Any]:
    """For a passkey of this member; of anyone, if nobody is known yet, and then it names no passkey."""
    return auth.begin_authentication(member)


def made(said: str) -> dict[str, Any]:
    """What to keep of a new passkey. Refused unless it answers our question."""
    try:
        credential = _texts(said)
        data = auth.complete_registration(credential).credential_data
        response = RegistrationResponse.from_dict(credential).response
        usable = not isinstance(data.public_key, UnsupportedKey)
    except UNREADABLE as error:
        raise Refused(NOT_TAKEN) from error
    if not usable:
        raise Refused(NOT_TAKEN)
    # Read and written again: of what a browser sends, only what we need and know is kept.
    again = dict(RegistrationResponse(raw_id=data.credential_id, response=response))
    return {name: again[name] for name in ("id", "rawId", "type", "response")}


def used(said: str, member: Member | None = None) -> Authenticator:
    """The passkey that answered, of this member or of whoever it says. Refused in the same words for any reason."""
    try:
        credential = _texts(said)
        return auth.complete_authentication(member or auth.extract_user_from_response(credential), credential)
    except UNREADABLE as error:
        raise Refused(NOT_TAKEN) from error


def _texts(said: str) -> dict[str, Any]:
    """Its parts, each a text. The library takes a number for a length, and would set aside as many bytes."""
    sent = json.loads(said)
    parts = {name: sent[name] for name in ("id", "rawId", "type")}
    response = {name: text for name, text in sent["response"].items() if text is not None}
    if not all(isinstance(text, str) for text in (*parts.values(), *response.values())):
        raise TypeError
    return {**parts, "response": response}
