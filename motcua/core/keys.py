"""Keys of a site: made once, kept as files in the home, or given by the environment."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Keys:
    """Session signing key, and three separate 32-byte keys."""

    session: str
    personal: bytes  # seals personal numbers and answers
    index: bytes  # blind indices
    seal: bytes  # Ed25519 seed: daily seals of the log

    def __repr__(self) -> str:
        """Never show key material in a traceback."""
        return "Keys(…)"


def _once(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of a private file that is made by whoever comes first."""
    while not path.exists():  # two processes may start at once: link() makes exactly one win
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_bytes(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()


def _key(folder: Path, name: str, environ: Mapping[str, str]) -> bytes:
    given = environ.get(f"MOTCUA_KEY_{name.upper()}")
    if given:
        return base64.urlsafe_b64decode(given)
    kept = _once(folder / name, lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)))
    return base64.urlsafe_b64decode(kept)


def load_rsa_key(folder: Path) -> str:
    """The key that signs the statements of an identity provider, as PEM; made once."""
    return _once(folder / "oidc.pem", _new_rsa_key).decode()


def _new_rsa_key() -> bytes:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def load_keys(folder: Path, environ: Mapping[str, str]) -> Keys:
    """Read ``MOTCUA_KEY_{SESSION,PERSONAL,INDEX,SEAL}`` or the files; make missing files once."""
    keys = {name: _key(folder, name, environ) for name in ("session", "personal", "index", "seal")}
    for name, value in keys.items():
        if len(value) != 32:
            raise ValueError(f"key {name} must be 32 bytes in URL-safe base64")
    return Keys(keys["session"].hex(), keys["personal"], keys["index"], keys["seal"])
