"""Issuing, showing as a draft and revoking documents."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents import rules
from motcua.documents.gateways import store
from motcua.documents.gateways.codes import Lines
from motcua.documents.gateways.signer import sign
from motcua.documents.gateways.typesetter import Sheet, typeset
from motcua.documents.models import IssuedDocument
from motcua.documents.operations.numbering import next_number
from motcua.documents.queries import changes_of, code_signer, seal_fields, signing_key, trial, verify_url

REPLACED = Text("Đính chính: thay bằng văn bản số {number}", "Corrected: replaced by document no. {number}")


class AlreadyRevoked(Refusal):
    """The document was revoked before."""

    code = "already_revoked"
    cause = Text("Giấy này đã bị thu hồi.", "This document has already been revoked.")


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that has just been signed and stored."""

    token: str
    number: str
    sha256: str
    storage_name: str


@transaction.atomic
def issue(
    *,
    reference: str,
    template: str,
    fields: Mapping[str, object],
    title: Text,
    agency_id: int,
    book: str,
    number_suffix: str,
    valid_until_on: date | None,
    signer_user_id: int,
    signer_name: str,
    actor: Actor,
    now: datetime,
) -> Issued:
    """Take the next number, set, sign and store a document; all or nothing.

    ``fields`` go to the template together with number, issued_on, valid_until_on, signer_name,
    verify_url and qr_svg. Raises ``TemplateFault``, ``Unprintable``, ``SigningUnavailable``.
    """
    token, on = secrets.token_urlsafe(18), local_day(now)
    number = rules.document_number(next_number(rules.book_name(agency_id, book, now)), number_suffix)
    facts = {"number": number, "issued_on": on, "valid_until_on": valid_until_on, "signer_name": signer_name}
    content = _signed(template, {**fields, **facts}, title, token)
    kept = store.keep(content, folder="issued", on=on, ending=".pdf")
    issued = Issued(token, number, hashlib.sha256(content).hexdigest(), kept)
    IssuedDocument.objects.create(
        token=token,
        reference=reference,
        number=number,
        title_vi=title.vi,
        title_en=title.en,
        agency_id=agency_id,
        signed_by_id=signer_user_id,
        storage_name=issued.storage_name,
        sha256=issued.sha256,
        size=len(content),
        issued_at=now,
        valid_until_on=valid_until_on,
        trial=trial(),
    )
    return issued


def render_draft(
    *, template: str, fields: Mapping[str, object], title: Text, agency_name: str, now: datetime
) -> bytes:
    """The document as it would look, marked as a draft: no number, no QR, no signature, not kept."""
    marks = (*((rules.TRIAL_MARK,) if trial() else ()), rules.DRAFT_MARK)
    unsigned: dict[str, object] = {"number": "", "issued_on": None, "valid_until_on": None, "signer_name": ""}
    given = {**fields, **unsigned, "agency_name": agency_name}
    return typeset(Sheet(template, given, title.vi, agency_name, local_day(now), marks))


def render_form(*, template: str, fields: Mapping[str, object], title: Text, made_on: date) -> bytes:
    """A blank form to print and fill in by hand; no number, no signature, not kept."""
    marks = (rules.TRIAL_MARK,) if trial() else ()
    return typeset(Sheet(template, fields, title.vi, "Motcua", made_on, marks))


@transaction.atomic
def revoke(*, token: str, reason: str, actor: Actor, now: datetime) -> None:
    """From ``now`` on the public check says revoked. Raises ``NotFound``, ``AlreadyRevoked``."""
    row = IssuedDocument.objects.select_for_update().filter(token=token).first()
    if row is None:
        raise NotFound()
    if row.revoked_at is not None:
        raise AlreadyRevoked()
    row.revoked_at, row.revocation_reason = now, reason[:300]
    row.save(update_fields=["revoked_at", "revocation_reason"])


@transaction.atomic
def replace(*, token: str, by: str, changes: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """A document gives way to another: the public check of the old one names the number of the new one.

    ``changes``: the values that the new one prints otherwise than its dossier would say, kept with those of
    the old one. Raises ``NotFound``, ``AlreadyRevoked``.
    """
    new = IssuedDocument.objects.select_related(None).filter(token=by).first()
    if new is None:
        raise NotFound()
    revoke(token=token, reason=REPLACED.vi.format(number=new.number), actor=actor, now=now)
    new.corrects = IssuedDocument.objects.get(token=token)
    new.changes_sealed = seal_fields(by, {**changes_of(token), **changes})
    new.save(update_fields=["corrects", "changes_sealed"])


def _signed(template: str, fields: Mapping[str, Any], title: Text, token: str) -> bytes:
    agency_name = str(fields.get("agency_name", ""))
    sheet = Sheet(
        template=template,
        fields=fields,
        title=f"{title.vi} {fields['number']}",
        agency_name=agency_name,
        made_on=fields["issued_on"],
        marks=(rules.TRIAL_MARK,) if trial() else (),
        verify_url=verify_url(token),
        qr_text=f"{verify_url(token)}#{_code(fields, title, token)}",
    )
    place = str(fields.get("place") or agency_name)
    return sign(typeset(sheet), key=signing_key(), reason=title.vi, location=place)


def _code(fields: Mapping[str, Any], title: Text, token: str) -> str:
    """What the QR code says by itself: the lines that the public check shows."""
    agency_name = str(fields.get("agency_name", ""))
    lines = Lines(
        fields["number"], title.vi, agency_name, fields["issued_on"], fields["valid_until_on"], trial()
    )
    return code_signer().code(token, lines)
