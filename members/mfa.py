"""How allauth keeps second steps here: their secrets sealed, under our name."""

from base64 import urlsafe_b64encode

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"members: secrets of second steps"
Unsealable = InvalidToken  # sealed with a SECRET_KEY that is gone


class SecondStepAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        """A copy of the database alone opens no account."""
        return _seals().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seals().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": settings.SITE_NAME}


def _seals() -> MultiFernet:
    """The newest key seals; those before it still open what they sealed."""
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = (HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(each.encode()) for each in known)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
