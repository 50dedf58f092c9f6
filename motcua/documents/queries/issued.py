"""Reads of issued documents, and the public answer to "is this real?"."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.documents.gateways import codes, store
from motcua.documents.gateways.signer import SignatureState, SigningKey, signature_state
from motcua.documents.models import IssuedDocument, Slip
from motcua.documents.queries.slips import slip_fields
from motcua.documents.rules import MAX_BYTES, VerificationState, state_on

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class IssuedRef:
    """An issued document without its bytes."""

    token: str
    reference: str
    number: str
    title: Text
    agency_id: int
    issued_at: datetime
    valid_until_on: date | None
    revoked_at: datetime | None
    sha256: str
    size: int
    trial: bool
    verify_url: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What the public check tells: never personal data. All but ``state`` is empty when unknown."""

    state: VerificationState
    trial: bool
    number: str = ""
    title: Text = NOTHING
    agency_name: Text = NOTHING
    issued_on: date | None = None
    valid_until_on: date | None = None
    revoked_on: date | None = None
    signed: bool = True  # slips carry no signature of their own: the paper is compared with this answer
    replaced_by: str = ""  # the number of the document or slip that stands in its place


@dataclass(frozen=True, slots=True)
class FileCheck:
    """``state``: intact, changed or not_ours; ``token`` of the document when intact."""

    state: str
    token: str | None = None


def trial() -> bool:
    """True until an operator has both installed a certificate and declared it real."""
    return bool(settings.TRIAL) or not settings.SIGNING_P12


def signing_key() -> SigningKey:
    """Where this site's signing key is."""
    return SigningKey(
        home=str(settings.HOME),
        p12=settings.SIGNING_P12,
        password=settings.SIGNING_PASSWORD,
        timestamp_url=settings.TIMESTAMP_URL,
    )


def verify_url(token: str) -> str:
    """The address printed in the QR code of a document."""
    return f"{settings.PUBLIC_URL}/verify/{token}"


def code_signer() -> codes.CodeSigner:
    """Who signs what the QR codes of this site say."""
    return codes.CodeSigner(settings.KEYS.seal)


def published_keys() -> dict[str, str]:
    """The public keys by which this site's QR codes are checked, by their names."""
    signer = code_signer()
    return {signer.key_id: signer.public_key}


def read_code(text: str, *, keys: dict[str, str] | None = None) -> codes.Read:
    """Judge the text of a QR code without asking the database: by ``keys``, or by this site's own."""
    return codes.read(text, published_keys() if keys is None else keys)


def verification(token: str, *, now: datetime) -> Verification:
    """State of the document behind a token, for anybody."""
    row = (
        IssuedDocument.objects.filter(token=token).select_related("agency", "corrected_by").first()
        if _plausible(token)
        else None
    )
    if row is None:
        return _slip_verification(token)
    state = state_on(local_day(now), valid_until_on=row.valid_until_on, revoked=row.revoked_at is not None)
    return Verification(
        state=state,
        trial=row.trial,
        number=row.number,
        title=Text(row.title_vi, row.title_en),
        agency_name=Text(row.agency.name_vi, row.agency.name_en),
        issued_on=local_day(row.issued_at),
        valid_until_on=row.valid_until_on,
        revoked_on=local_day(row.revoked_at) if row.revoked_at else None,
        replaced_by=row.corrected_by.number if hasattr(row, "corrected_by") else "",
    )


def _slip_verification(token: str) -> Verification:
    rows = Slip.objects.filter(token=token).select_related("agency", "corrected_by")
    row = rows.first() if _plausible(token) else None
    if row is None:
        return Verification(VerificationState.UNKNOWN, trial())
    after = getattr(row, "corrected_by", None)
    return Verification(
        state=VerificationState.REVOKED if after else VerificationState.VALID,
        trial=row.trial,
        number=row.number,
        title=Text(row.title_vi, row.title_en),
        agency_name=Text(row.agency.name_vi, row.agency.name_en),
        issued_on=local_day(row.issued_at),
        revoked_on=local_day(after.issued_at) if after else None,
        signed=False,
        replaced_by=after.number if after else "",
    )


def verification_state(ref: IssuedRef, now: datetime) -> VerificationState:
    """State of a document that was already read."""
    return state_on(local_day(now), valid_until_on=ref.valid_until_on, revoked=ref.revoked_at is not None)


def issued(token: str) -> IssuedRef:
    """One issued document; the caller has checked who asks. Raises ``NotFound``."""
    return _issued_ref(_issued_row(token))


def issued_for(reference: str) -> tuple[IssuedRef, ...]:
    """Documents issued for a dossier, newest first; the caller has checked who asks."""
    rows = IssuedDocument.objects.filter(reference=reference).order_by("-issued_at", "-id")
    return tuple(_issued_ref(row) for row in rows)


def issued_bytes(token: str) -> bytes:
    """The signed PDF; the caller has checked who asks. Raises ``NotFound``."""
    return store.fetch(_issued_row(token).storage_name)


def check_file(content: bytes) -> FileCheck:
    """Is this file a document that this site signed, byte for byte? Takes any bytes, never fails on them."""
    if len(content) > MAX_BYTES:
        return FileCheck("not_ours")
    state = signature_state(content, key=signing_key())
    known = IssuedDocument.objects.filter(sha256=hashlib.sha256(content).hexdigest()).order_by("id").first()
    if known is not None and state == SignatureState.OURS:
        return FileCheck("intact", known.token)
    return FileCheck("not_ours" if state == SignatureState.NONE else "changed")


def changes_of(token: str) -> dict[str, Any]:
    """What a document that was corrected says otherwise than its dossier; the caller has checked who asks."""
    row = _issued_row(token)
    return slip_fields(row.token, row.changes_sealed) if row.changes_sealed else {}


def _plausible(token: str) -> bool:
    return 0 < len(token) <= 40 and "\0" not in token


def _issued_row(token: str) -> IssuedDocument:
    row = IssuedDocument.objects.filter(token=token).first() if _plausible(token) else None
    if row is None:
        raise NotFound()
    return row


def _issued_ref(row: IssuedDocument) -> IssuedRef:
    return IssuedRef(
        token=row.token,
        reference=row.reference,
        number=row.number,
        title=Text(row.title_vi, row.title_en),
        agency_id=row.agency_id,
        issued_at=row.issued_at,
        valid_until_on=row.valid_until_on,
        revoked_at=row.revoked_at,
        sha256=row.sha256,
        size=row.size,
        trial=row.trial,
        verify_url=verify_url(row.token),
    )
