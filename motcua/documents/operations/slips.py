"""Slips: numbered in the transaction of the act that they tell of, set as PDF afterwards, once."""

import hashlib
import logging
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.documents import rules
from motcua.documents.gateways import store
from motcua.documents.gateways.typesetter import Sheet, typeset
from motcua.documents.models import Slip
from motcua.documents.operations.numbering import next_number
from motcua.documents.queries import SlipRef, seal_fields, slip_fields, slip_ref, trial, verify_url

log = logging.getLogger(__name__)
_FOLDER = Path(__file__).resolve().parent.parent / "typst" / "slips"
SIDEWAYS = frozenset({"05", "06"})  # forms that are wide tables


@transaction.atomic
def issue_slip(
    *, reference: str, kind: str, form: str, title: Text, number_suffix: str, agency_id: int,
    fields: Mapping[str, object], user_id: int, corrects: str = "", running: bool = False, now: datetime,
) -> SlipRef:  # fmt: skip
    """Give a slip the next number of its agency's book and fix what it says; its PDF is made later.

    ``corrects`` is the token of the slip that this one replaces: it keeps its number and its words, and
    its public check says so. Raises ``NotFound`` where that one is not of the reference or replaced already.
    """
    before = _replaceable(reference, corrects) if corrects else None
    earlier = Slip.objects.filter(reference=reference, kind=kind).count()
    book = rules.book_name(agency_id, f"slip-{kind}", now)
    sequence, token = next_number(book), secrets.token_urlsafe(18)
    row = Slip.objects.create(
        token=token, reference=reference, kind=kind, form=form,
        key=kind if not earlier else f"{kind}-{earlier + 1}",
        number=rules.document_number(sequence, number_suffix), book=book, sequence=sequence,
        title_vi=title.vi, title_en=title.en, agency_id=agency_id, issued_by_id=user_id, issued_at=now,
        corrects=before, trial=trial(), running=running, fields_sealed=seal_fields(token, fields),
    )  # fmt: skip
    return slip_ref(row)


def _replaceable(reference: str, token: str) -> Slip:
    row = Slip.objects.select_for_update().filter(token=token, reference=reference, running=False).first()
    if row is None or Slip.objects.filter(corrects=row).exists():
        raise NotFound
    return row


@transaction.atomic
def close_slip(*, token: str, fields: Mapping[str, object]) -> None:
    """Fix what a running slip says; from now on it is as any other. One that is closed stays as it is."""
    Slip.objects.filter(token=token, running=True).update(
        running=False, fields_sealed=seal_fields(token, fields)
    )


def slip_file(*, token: str) -> bytes:
    """The PDF of a slip, made now if it was not yet; the caller has checked who asks. Raises ``NotFound``."""
    row = Slip.objects.select_related("agency").filter(token=token, running=False).first()
    if row is None:
        raise NotFound
    return store.fetch(row.storage_name or _make(row))


def make_slips_due(*, limit: int = 50) -> int:
    """Make the PDFs that are not made yet, oldest first; how many. One that fails holds up no other."""
    rows = Slip.objects.select_related("agency").filter(storage_name="", running=False)
    made = 0
    for row in rows.order_by("id")[:limit]:
        try:
            _make(row)
            made += 1
        except rules.TemplateFault:
            log.exception("slip %s of %s could not be set", row.number, row.reference)
    return made


def _make(row: Slip) -> str:
    """Set the PDF and keep it; of two that do so at once the first one's bytes count for both."""
    fields = {**slip_fields(row.token, row.fields_sealed), "number": row.number}
    content = set_slip(
        row.form, fields, title=f"{row.title_vi} {row.number}", agency_name=row.agency.name_vi,
        now=row.issued_at, trial_site=row.trial, address=verify_url(row.token),
    )  # fmt: skip
    name = store.keep(content, folder="slips", on=local_day(row.issued_at), ending=".pdf")
    first = Slip.objects.filter(pk=row.pk, storage_name="").update(
        storage_name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content)
    )
    if not first:
        store.drop([name])
        row.refresh_from_db()
        return row.storage_name
    return name


def set_slip(
    form: str, fields: Mapping[str, Any], *, title: str, agency_name: str, now: datetime,
    trial_site: bool | None = None, address: str = "",
) -> bytes:  # fmt: skip
    """The PDF of a form with these fields; nothing is kept. Letters without a glyph are shown as □."""
    marks = (rules.TRIAL_MARK,) if (trial() if trial_site is None else trial_site) else ()
    plain = rules.plain_fields(fields)
    day, sideways = local_day(now), form in SIDEWAYS
    try:
        return typeset(Sheet(_template(form), plain, title, agency_name, day, marks, address, sideways))
    except rules.Unprintable:
        shown = {**rules.printable(plain), "unprintable": True}
        return typeset(Sheet(_template(form), shown, title, agency_name, day, marks, address, sideways))


@cache
def _template(form: str) -> str:
    return (_FOLDER / f"{form}.typ").read_text("utf-8")
