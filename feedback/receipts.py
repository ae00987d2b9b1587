"""The code somebody keeps, to come back and read our answer. It follows from the visit alone, so sending twice shows
the same one; the database holds only a keyed hash of it."""

import re
import unicodedata
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

DIGITS = 16


def receipt_of(visit: UUID) -> str:
    """Sixteen digits."""
    made = salted_hmac("feedback.receipt", visit.hex, algorithm="sha256").digest()
    return f"{int.from_bytes(made[:16]) % 10**DIGITS:0{DIGITS}d}"


def spaced(receipt: str) -> str:
    return " ".join(receipt[at : at + 4] for at in range(0, DIGITS, 4))


def digest(receipt: str, secret: str | None = None) -> str:
    return salted_hmac("feedback.kept", receipt, secret=secret, algorithm="sha256").hexdigest()


def digests(typed: str) -> list[str]:
    """What a typed code could be kept as, under each key in use. A malformed one costs the same as a wrong one.

    Digits are read in any script: an Arabic keyboard types its own.
    """
    receipt = "".join(str(unicodedata.decimal(sign)) for sign in re.sub(r"\D", "", typed[:99])[: DIGITS + 1])
    return [digest(receipt, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
