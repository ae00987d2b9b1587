"""How allauth keeps second steps here: their secrets sealed, under our name."""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from web.seals import Unsealable as Unsealable
from web.seals import seals

PURPOSE = "members: secrets of second steps"


class SecondStepAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        """A copy of the database alone opens no account."""
        return seals(PURPOSE).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seals(PURPOSE).decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": settings.SITE_NAME}
