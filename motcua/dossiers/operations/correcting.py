"""A slip that says something wrong is replaced by a new one with its own number, which names the old."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.queries import agency_by_id
from motcua.core.actor import Actor, Role
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents.queries import SlipRef, slips_of
from motcua.dossiers.models import Decision
from motcua.dossiers.operations.common import Held, ReasonNeeded, hold_unchecked, keep
from motcua.dossiers.operations.slips import issue_slip, told
from motcua.dossiers.queries import slip_words as words
from motcua.dossiers.rules.slips import APOLOGY, RECEIPT, REFUSAL, REQUEST

MAKERS = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)


class NotYourSlip(Refusal):
    """Only officers of the agency that issued a slip replace it."""

    code = "not_your_slip"
    cause = Text("Phiếu này do cơ quan khác lập.", "Another agency issued this slip.")
    next_step = Text("Nhờ cơ quan đã lập phiếu.", "Ask the agency that issued it.")


class AlreadyReplaced(Refusal):
    """The newest slip is the one to correct."""

    code = "slip_already_replaced"
    cause = Text(
        "Phiếu này đã được thay bằng phiếu số {number}.", "This slip was replaced by no. {number} already."
    )
    next_step = Text("Sửa phiếu mới nhất.", "Correct the newest one.")


@transaction.atomic
def correct_slip(
    *, code: str, slip: str, because: str, reason: str = "", clause: str = "", actor: Actor, now: datetime
) -> str:
    """Replace a slip; the key of the new one. ``because`` stands on it, with the number of the old.

    ``reason`` and ``clause`` replace those of a refusal or an apology, where given; else the slip is made
    anew from the dossier as it is. Raises ``NotYourSlip``, ``AlreadyReplaced``, ``ReasonNeeded``.
    """
    held = hold_unchecked(code, actor)
    before = _the_slip(held, slip)
    if not because.strip():
        raise ReasonNeeded
    fields = _anew(held, before, reason=reason, clause=clause, now=now)
    fields |= {
        "corrects": before.number, "corrects_on": words.day_words(before.issued_at),
        "because": because.strip()[:500],
    }  # fmt: skip
    after = issue_slip(held, before.kind, before.agency_id, fields, now=now, corrects=before.token)
    keep(held, "dossier.slip_corrected", {**told(after), "corrects": before.number}, now)
    return after.key


def _the_slip(held: Held, key: str) -> SlipRef:
    found = next((s for s in slips_of(held.code) if s.key == key and not s.running), None)
    if found is None or found.kind not in {RECEIPT, REQUEST, REFUSAL, APOLOGY}:
        raise NotFound
    if not any(held.actor.has_role(role, [found.agency_id]) for role in MAKERS):
        raise NotYourSlip
    if found.corrected_by:
        raise AlreadyReplaced(number=found.corrected_by)
    return found


def _anew(held: Held, slip: SlipRef, *, reason: str, clause: str, now: datetime) -> dict[str, Any]:
    dossier, pack = held.dossier, held.pack
    if slip.kind == RECEIPT:
        return words.receipt_words(dossier, pack, words.desk_name(agency_by_id(dossier.receiving_id)))
    if slip.kind == REQUEST:
        return words.request_words(dossier, pack, agency_by_id(dossier.receiving_id))
    kinds = ("apologise",) if slip.kind == APOLOGY else ("refuse", "decline")
    decision = _rewritten(held, kinds, reason, clause)
    if slip.kind == APOLOGY and decision.new_due_at is not None:
        return words.apology_words(
            dossier, pack, reason=decision.reason, new_due_at=decision.new_due_at, now=decision.at
        )
    return words.refusal_words(
        dossier, pack, reason=decision.reason, clause=decision.clause,
        at_intake=decision.kind == "refuse", now=decision.at,
    )  # fmt: skip


def _rewritten(held: Held, kinds: tuple[str, ...], reason: str, clause: str) -> Decision:
    """The decision in its new words; the old ones stay on the slip that was handed over."""
    decision = held.dossier.decisions.filter(kind__in=kinds).order_by("-pk").first()
    if decision is None:
        raise NotFound
    changes: Mapping[str, str] = {"reason": reason.strip()[:4000], "clause": clause.strip()[:300]}
    for name, value in changes.items():
        if value:
            setattr(decision, name, value)
    decision.save(update_fields=["reason", "clause"])
    return decision
