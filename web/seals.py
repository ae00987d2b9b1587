"""Small texts that leave this server sealed and come back: nobody else can read or make one."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

Unsealable = InvalidToken  # made by somebody else, too old, or sealed with a SECRET_KEY that is gone


def seals(purpose: str) -> MultiFernet:
    """A key of its own for each purpose. The newest SECRET_KEY seals; those before it still open."""
    return _seals(purpose, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=16)
def _seals(purpose: str, known: tuple[str, ...]) -> MultiFernet:
    keys = (HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(each.encode()) for each in known)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
