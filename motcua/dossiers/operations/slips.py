"""The slips of a dossier, each issued in the transaction of the act that it tells of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.agencies.queries import agency_by_id
from motcua.documents import operations as documents
from motcua.documents.queries import SlipRef, slips_of
from motcua.dossiers.operations.common import Held, user_of
from motcua.dossiers.queries import slip_words as words
from motcua.dossiers.queries.slip_forms import slip_forms
from motcua.dossiers.rules.slips import APOLOGY, CONTROL, RECEIPT, REFUSAL, REQUEST, form_for
from motcua.process.queries import steps_of


def issue_slip(
    held: Held, kind: str, agency_id: int, fields: Mapping[str, Any], *, now: datetime, running: bool = False,
    corrects: str = "",
) -> SlipRef:  # fmt: skip
    """Number a slip in the agency's book and fix its words."""
    asked = held.pack.slips
    form = slip_forms()[form_for(kind, receipt=asked.receipt, refusal=asked.refusal)]
    head = words.head_words(agency_by_id(agency_id), form.form, held.actor.name, now)
    return documents.issue_slip(
        reference=held.code, kind=kind, form=form.form, title=form.title, number_suffix=form.suffix,
        agency_id=agency_id, fields={**head, **fields}, user_id=user_of(held.actor), corrects=corrects,
        running=running, now=now,
    )  # fmt: skip


def told(slip: SlipRef) -> dict[str, str]:
    """What the event of an act says of its slip."""
    return {"slip": slip.key, "slip_number": slip.number, "slip_form": slip.form}


def issue_receipt(held: Held, now: datetime) -> dict[str, str]:
    """Slip 01 (or the field's own), from the desk that took the dossier in; and the control slip begins."""
    dossier = held.dossier
    desk = words.desk_name(agency_by_id(dossier.receiving_id))
    fields = words.receipt_words(dossier, held.pack, desk)
    slip = issue_slip(held, RECEIPT, dossier.receiving_id, fields, now=now)
    issue_slip(held, CONTROL, dossier.receiving_id, {"code": held.code}, now=now, running=True)
    return told(slip)


def issue_request(held: Held, now: datetime) -> dict[str, str]:
    """Slip 02: from the desk before the dossier is received, from the deciding agency after."""
    dossier = held.dossier
    fields = words.request_words(dossier, held.pack, agency_by_id(dossier.receiving_id))
    agency = dossier.agency_id if held.case.received else dossier.receiving_id
    return told(issue_slip(held, REQUEST, agency, fields, now=now))


def issue_refusal(held: Held, *, reason: str, clause: str, at_intake: bool, now: datetime) -> dict[str, str]:
    """Slip 03 (or the field's own): of the desk at intake, of the deciding agency afterwards."""
    dossier = held.dossier
    fields = words.refusal_words(
        dossier, held.pack, reason=reason, clause=clause, at_intake=at_intake, now=now
    )
    agency = dossier.receiving_id if at_intake else dossier.agency_id
    return told(issue_slip(held, REFUSAL, agency, fields, now=now))


def issue_apology(held: Held, *, reason: str, new_due_at: datetime, now: datetime) -> dict[str, str]:
    """Slip 04, of the agency that owes the result."""
    fields = words.apology_words(held.dossier, held.pack, reason=reason, new_due_at=new_due_at, now=now)
    return told(issue_slip(held, APOLOGY, held.dossier.agency_id, fields, now=now))


def close_control(held: Held, now: datetime) -> None:
    """The dossier has ended: its control slip says from now on what it says today."""
    for slip in slips_of(held.code):
        if slip.kind == CONTROL and slip.running:
            head = words.head_words(agency_by_id(slip.agency_id), CONTROL, held.actor.name, slip.issued_at)
            steps = steps_of(held.code)
            fields = words.control_words(held.dossier, held.pack, steps, as_of=None)
            documents.close_slip(token=slip.token, fields={**head, **fields})
