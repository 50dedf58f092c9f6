"""The seal's key: Ed25519, from a seed kept outside the database."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Sealer:
    """Signs and checks seals with one 32-byte seed."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    def sign(self, text: bytes) -> str:
        """Base64 of the signature of ``text``."""
        return base64.b64encode(self._key.sign(text)).decode()

    def verifies(self, text: bytes, signature: str) -> bool:
        """True when ``signature`` (base64) is ours over ``text``."""
        try:
            self._key.public_key().verify(base64.b64decode(signature, validate=True), text)
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True

    def public_key(self) -> str:
        """The public key, base64 of its 32 bytes: published, so that others can check seals."""
        raw = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(raw).decode()
