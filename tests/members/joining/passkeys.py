"""A passkey in software: it answers as the device of a person does (WebAuthn level 2, ES256, no attestation)."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

ORIGIN = "https://testserver"
RP_ID = "testserver"
PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def text(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Passkey:
    """One key pair, kept on one device, for one account."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.user = ""
        self.count = 0

    def client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps(
            {"type": f"webauthn.{kind}", "challenge": challenge, "origin": ORIGIN, "crossOrigin": False}
        ).encode()

    def authenticator_data(self, attested: bytes = b"") -> bytes:
        flags = PRESENT | VERIFIED | (ATTESTED if attested else 0)
        self.count += 1
        head = hashlib.sha256(RP_ID.encode()).digest()
        return head + bytes([flags]) + self.count.to_bytes(4, "big") + attested

    def create(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.create`, as the page posts it."""
        public = options["publicKey"]
        self.user = public["user"]["id"]
        cose = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))  # type: ignore[no-untyped-call]
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        attestation = cbor.encode(
            {"fmt": "none", "authData": self.authenticator_data(attested), "attStmt": {}}
        )
        return self.credential(
            {
                "clientDataJSON": text(self.client_data("create", public["challenge"])),
                "attestationObject": text(attestation),
                "transports": ["internal"],
            },
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.get`, as the page posts it."""
        client_data = self.client_data("get", options["publicKey"]["challenge"])
        data = self.authenticator_data()
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self.credential(
            {
                "clientDataJSON": text(client_data),
                "authenticatorData": text(data),
                "signature": text(signature),
                "userHandle": self.user,
            },
            {},
        )

    def credential(self, response: dict[str, Any], extensions: dict[str, Any]) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "authenticatorAttachment": "platform",
                "response": response,
                "clientExtensionResults": extensions,
            }
        )
