"""Frozen values as JSON records."""

from typing import Any

from motcua.core.texts import Text
from motcua.dossiers.queries.views import DossierView


def name_record(text: Text) -> dict[str, str]:
    """A text in both languages (Vietnamese stands in where there is no English)."""
    return {"vi": text.vi, "en": text.en or text.vi}


def _clock(view: DossierView) -> dict[str, Any] | None:
    clock = view.clock
    if clock is None:
        return None
    return {
        "started_at": clock.started_at, "amount": clock.amount, "unit": clock.unit, "due_at": clock.due_at,
        "paused": clock.paused, "stopped": clock.stopped, "left_minutes": clock.left_minutes,
        "late": clock.late,
    }  # fmt: skip


def _steps(view: DossierView) -> list[dict[str, Any]]:
    return [
        {
            "key": s.key, "round": s.round, "name": name_record(s.name), "kind": s.kind, "role": s.role,
            "agency": s.agency.identifier, "state": s.state, "opened_at": s.opened_at, "due_at": s.due_at,
            "closed_at": s.closed_at, "outcome": s.outcome, "question": s.question,
            "findings": [
                {"key": f.key, "label": name_record(f.label), "type": f.type, "required": f.required,
                 "options": [o.key for o in f.options]}
                for f in s.findings_defs
            ],
        }
        for s in view.steps
    ]  # fmt: skip


def _result(view: DossierView) -> dict[str, Any] | None:
    result = view.result
    if result is None:
        return None
    return {
        "token": result.token, "number": result.number, "title": name_record(result.title),
        "verify_url": result.verify_url, "issued_at": result.issued_at,
        "valid_until_on": result.valid_until_on, "state": str(result.state),
        "pdf": f"/api/v1/dossiers/{view.code}/result.pdf",
    }  # fmt: skip


def _supplement(view: DossierView) -> dict[str, Any] | None:
    asked = view.supplement
    if asked is None:
        return None
    items = [
        {"component": i.component, "label": name_record(i.label), "reason": i.reason, "text": i.text}
        for i in asked.items
    ]
    return {
        "items": items, "requested_at": asked.requested_at, "answered_at": asked.answered_at,
        "answer": asked.answer,
    }  # fmt: skip


def _dates(view: DossierView) -> dict[str, Any]:
    names = ("submitted_at", "received_at", "due_at", "promised_at", "finished_at", "returned_at")
    return {name: getattr(view, name) for name in names}


def _history(view: DossierView) -> list[dict[str, Any]]:
    return [
        {"at": t.at, "kind": t.kind, "title": name_record(t.title), "detail": name_record(t.detail),
         "by": name_record(t.by)}
        for t in view.timeline
    ]  # fmt: skip


def _papers(view: DossierView) -> list[dict[str, Any]]:
    return [
        {"id": p.id, "component": p.component, "label": name_record(p.label), "name": p.name,
         "state": p.state, "copy_kind": p.copy_kind}
        for p in view.papers
    ]  # fmt: skip


def _slips(view: DossierView) -> list[dict[str, Any]]:
    return [
        {
            "key": s.key, "kind": s.kind, "form": s.form, "title": name_record(s.title), "number": s.number,
            "issued_at": s.issued_at, "corrects": s.corrects or None, "corrected_by": s.corrected_by or None,
            "running": s.running, "pdf": f"/api/v1/dossiers/{view.code}/slips/{s.key}.pdf",
        }
        for s in view.slips
    ]  # fmt: skip


def _actions(view: DossierView) -> dict[str, Any]:
    refused = [a for a in view.actions if not a.allowed]
    return {
        "actions": [a.name for a in view.actions if a.allowed],
        "actions_refused": [
            {"action": a.name, "code": a.code, "cause": name_record(a.why_not)} for a in refused
        ],
    }


def _fee(view: DossierView) -> dict[str, Any]:
    fee = view.fee
    return {
        "amount": fee.amount, "currency": "VND", "note": name_record(fee.note), "taken": fee.taken,
        "left": fee.left,
        "receipts": [
            {"receipt": r.receipt, "amount": r.amount, "at": r.at, "agency": r.agency, "moment": r.moment}
            for r in fee.receipts
        ],
    }  # fmt: skip


def dossier_record(view: DossierView) -> dict[str, Any]:
    """A dossier as the contract gives it."""
    pauses = view.clock.pauses if view.clock else ()
    return {
        "code": view.code, "procedure": view.procedure_code,
        "procedure_name": name_record(view.procedure_name), "revision": view.revision,
        "agency": view.agency.identifier, "receiving_agency": view.receiving.identifier,
        "channel": view.channel, "filed_by": view.filed_by,
        "filer": view.filer, "representative": view.representative, "status": view.status,
        "status_name": name_record(view.status_text), "outcome": view.outcome or None,
        **_dates(view), **_actions(view),
        "pauses": [{"from_at": p.from_at, "until_at": p.until_at, "reason": p.reason} for p in pauses],
        "clock": _clock(view), "timeline": _history(view), "steps": _steps(view),
        "answers": [
            {"key": a.key, "label": name_record(a.label), "value": name_record(a.value)} for a in view.answers
        ],
        "papers": _papers(view),
        "awaited_papers": [{"component": key, "name": name_record(name)} for key, name in view.awaited],
        "fees": [_fee(view)],
        "supplement": _supplement(view),
        "decisions": [
            {"kind": d.kind, "reason": d.reason, "clause": d.clause, "at": d.at, "new_due_at": d.new_due_at}
            for d in view.decisions
        ],
        "warnings": [name_record(w) for w in view.warnings],
        "slips": _slips(view),
        "result": _result(view),
    }  # fmt: skip
