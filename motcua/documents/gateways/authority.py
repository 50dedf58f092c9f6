"""The demo authority of a home: a root and a signing certificate whose names say what they are."""

import os
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

# Wide dates: a demo home may live in any simulated year.
_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_TO = datetime(2060, 1, 1, tzinfo=UTC)


def demo_authority(folder: Path) -> Path:
    """The folder with ``root.pem`` and ``signing.p12``; made once, whole, by whoever is first."""
    while not (folder / "signing.p12").exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
        draft.mkdir(mode=0o700)
        try:
            _write(draft)
            os.rename(draft, folder)  # refused when another process has put its own there
        except OSError:
            if not (folder / "signing.p12").exists():
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _write(folder: Path) -> None:
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    root_name = _name("Motcua DEMO root / BẢN THỬ")
    root = _certificate(root_name, root_name, root_key, root_key, authority=True)
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    signing = _certificate(
        _name("Motcua DEMO signing / BẢN THỬ, KHÔNG CÓ GIÁ TRỊ"), root_name, key, root_key, False
    )
    store = pkcs12.serialize_key_and_certificates(
        b"signing", key, signing, [root], serialization.NoEncryption()
    )
    _private(folder / "signing.p12", store)
    _private(folder / "root.pem", root.public_bytes(serialization.Encoding.PEM))


def _private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Motcua DEMO"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, signer: rsa.RSAPrivateKey, authority: bool
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_TO)
        .add_extension(
            x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True
        )
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .sign(signer, hashes.SHA256())
    )
