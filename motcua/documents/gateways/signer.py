"""pyHanko: PAdES signatures on our documents, and the check of files that people bring back."""

import asyncio
import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.documents.gateways.authority import demo_authority

T = TypeVar("T")
FIELD = "Motcua"
# Room for the signature in hexadecimal digits: stated, so that pyHanko need not sign twice to measure it.
ROOM, ROOM_WITH_TIME_STAMP = 24_576, 49_152


class SigningUnavailable(Refusal):
    """No key can sign now: a wrong file or password, or a time-stamp server that does not answer."""

    code = "signing_unavailable"
    cause = Text("Chưa ký được: {detail}", "Signing is not possible now: {detail}")
    next_step = Text("Thử lại sau, hoặc báo người vận hành.", "Try again later, or tell the operator.")
    status = 503


class SignatureState(StrEnum):
    """What a file says about itself."""

    OURS = "ours"  # signed by our key, every byte of it covered
    BROKEN = "broken"  # carries a signature that does not hold, or something added after it
    NONE = "none"  # no signature of ours


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Where the key is. Without ``p12`` the demo authority of ``home`` signs (a trial)."""

    home: str
    p12: str = ""
    password: str = ""
    timestamp_url: str = ""

    @property
    def demo(self) -> bool:
        """True when the demo authority signs."""
        return not self.p12

    def __repr__(self) -> str:
        """Never show the password in a traceback."""
        return f"SigningKey({self.p12 or 'demo'})"


def sign(pdf: bytes, *, key: SigningKey, reason: str, location: str) -> bytes:
    """The PDF with a PAdES signature over the whole of it: B-B, or B-T with a time-stamp server."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers, timestamps

    spec = fields.SigFieldSpec(FIELD, invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
    )
    clock = timestamps.HTTPTimeStamper(key.timestamp_url, timeout=10) if key.timestamp_url else None
    out = io.BytesIO()
    try:
        worker = signers.PdfSigner(metadata, _signer(key), timestamper=clock, new_field_spec=spec)
        room = ROOM_WITH_TIME_STAMP if clock else ROOM
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        _apart(lambda: worker.sign_pdf(writer, bytes_reserved=room, output=out))
    except OSError as error:  # requests' and timestamp errors are OSErrors too
        raise SigningUnavailable(detail=type(error).__name__) from error
    return out.getvalue()


def _apart(work: Callable[[], T]) -> T:
    """Do work that starts an event loop of its own: beside the caller's thread where one runs already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(work).result()


def signature_state(pdf: bytes, *, key: SigningKey) -> SignatureState:
    """Judge a file that anyone may have made: never raises for bad content."""
    try:
        return _judge(pdf, key)
    except SigningUnavailable:
        raise
    except Exception as error:  # a hostile file may break the reader anywhere
        logging.getLogger(__name__).info("unreadable file offered for checking: %s", type(error).__name__)
        return SignatureState.BROKEN if b"/ByteRange" in pdf else SignatureState.NONE


def _judge(pdf: bytes, key: SigningKey) -> SignatureState:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not found:
        return SignatureState.NONE
    signer = _signer(key)
    context = ValidationContext(
        trust_roots=[signer.signing_cert, *signer.cert_registry],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = _apart(lambda: validate_pdf_signature(found[-1], context, skip_diff=True))
    ours = found[-1].signer_cert is not None and found[-1].signer_cert.dump() == signer.signing_cert.dump()
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if ours and len(found) == 1 and whole and status.intact and status.valid:
        return SignatureState.OURS
    return SignatureState.BROKEN if ours or not status.intact else SignatureState.NONE


def _signer(key: SigningKey) -> Any:
    path = Path(key.p12) if key.p12 else demo_authority(Path(key.home) / "authority") / "signing.p12"
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        raise SigningUnavailable(detail="no certificate file") from error
    return _load(str(path), key.password, stamp)


@lru_cache(maxsize=4)
def _load(path: str, password: str, _stamp: int) -> Any:
    from pyhanko.sign import signers

    loader: Any = signers.SimpleSigner  # untyped
    signer = loader.load_pkcs12(path, passphrase=password.encode() if password else None)
    if signer is None:
        raise SigningUnavailable(detail="the certificate file or its password is wrong")
    _keep_key_loaded(signer)
    return signer


def _keep_key_loaded(signer: Any) -> None:
    """pyHanko reads and checks the private key anew for each signature (140 ms for RSA): read it once."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    key = load_der_private_key(signer.signing_key.dump(), password=None)
    mechanism = signer.get_signature_mechanism_for_digest("sha256").signature_algo

    def digest(name: str) -> hashes.HashAlgorithm:
        made: hashes.HashAlgorithm = getattr(hashes, name.upper())()
        return made

    if isinstance(key, rsa.RSAPrivateKey) and mechanism == "rsassa_pkcs1v15":
        scheme = padding.PKCS1v15()
        signer.sign_raw = lambda data, name: key.sign(data, scheme, digest(name))
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        signer.sign_raw = lambda data, name: key.sign(data, ec.ECDSA(digest(name)))
