"""A passkey in software: it makes a key for a site, and signs what the site asks, as a phone would."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

ORIGIN = "https://testserver"
PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


@dataclass
class Passkey:
    verifies: bool = True  # that it is its owner: a finger, a face, a PIN
    origin: str = ORIGIN
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    owner: str = ""

    def make(self, question: dict) -> str:
        """What the browser says after `navigator.credentials.create`."""
        asked = question["publicKey"]
        self.owner = asked["user"]["id"]
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        seen = self._seen(asked["rp"]["id"], HOLDS_KEY) + held
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": seen})
        client = self._client("webauthn.create", asked)
        return self._said({"clientDataJSON": client, "attestationObject": attested})

    def answer(self, question: dict) -> str:
        """What the browser says after `navigator.credentials.get`."""
        asked = question["publicKey"]
        seen = self._seen(asked["rpId"])
        client = self._client("webauthn.get", asked)
        signature = self.key.sign(seen + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": client, "authenticatorData": seen, "signature": signature}
        return self._said(response, userHandle=self.owner)

    def _seen(self, site: str, more: int = 0) -> bytes:
        flags = PRESENT | more | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + bytes(4)

    def _client(self, kind: str, asked: dict) -> bytes:
        assert len(websafe_decode(asked["challenge"])) >= 16
        said = {
            "type": kind,
            "challenge": asked["challenge"],
            "origin": self.origin,
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _said(self, response: dict[str, bytes], **more: str) -> str:
        own = websafe_encode(self.id)
        written = {name: websafe_encode(value) for name, value in response.items()} | more
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": written})
