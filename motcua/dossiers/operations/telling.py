"""News of a dossier in words, for those whom it concerns."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.agencies.queries import agency_by_id, holders
from motcua.catalogue.queries import revision_pack
from motcua.core.actor import Role
from motcua.core.links import sign
from motcua.core.periods import local_day
from motcua.core.texts import Text
from motcua.documents.queries import verify_url
from motcua.dossiers.models import Decision, Dossier
from motcua.dossiers.queries.naming import with_names
from motcua.dossiers.queries.slip_forms import complaint_lines
from motcua.dossiers.rules.status import Status
from motcua.notices.operations import queue, queue_news
from motcua.notices.queries import anybody_listens
from motcua.people.queries import Contact, contact_of_user, contacts_for
from motcua.people.queries.mandates import mandate_in_force
from motcua.process.queries import StepRow, steps_of

# event kind → message template; a kind that is not here is not told
TEMPLATES = {
    "dossier.submitted": "submitted",
    "dossier.received": "received",
    "dossier.refused": "refused",
    "dossier.supplement_requested": "supplement",
    "dossier.signed": "result",
    "dossier.declined": "declined",
    "dossier.stopped": "stopped",
    "dossier.withdrawn": "withdrawn",
    "dossier.apologised": "late",
    "dossier.result_revoked": "revoked",
    "dossier.result_corrected": "corrected",
    "dossier.slip_corrected": "slip",
}


# what the agency that is asked hears of: a question of an officer's own, and the reminder
ASKED = frozenset({"dossier.consulted", "dossier.consultation_reminded", "dossier.step_completed"})


def _asked_steps(code: str, data: Mapping[str, Any]) -> list[StepRow]:
    keys = {str(data.get("step", ""))} | {
        o["key"] for o in data.get("opened") or [] if o["kind"] == "consult"
    }
    return [s for s in steps_of(code) if s.kind == "consult" and s.state == "open" and s.key in keys]


def _tell_asked(code: str, event_id: int, data: Mapping[str, Any], now: datetime) -> None:
    """Tell the officers who may answer that a question waits, without anything of the person in it."""
    for step in _asked_steps(code, data):
        dossier = Dossier.objects.select_related("revision__procedure").get(code=code)
        for holder in holders(step.agency_id, Role(step.role), now=now):
            contact = contact_of_user(holder.user_id)
            queue(
                key=f"event:{event_id}:{step.id}:{holder.user_id}", user_id=holder.user_id,
                address=contact.email, template="consultation", locale=contact.locale,
                context=_question(dossier, step, contact), reference=code, now=now,
            )  # fmt: skip


def _question(dossier: Dossier, step: StepRow, contact: Contact) -> dict[str, Any]:
    procedure, english = dossier.revision.procedure, contact.locale.startswith("en")
    return {
        "code": dossier.code,
        "procedure": procedure.name_en if english and procedure.name_en else procedure.name_vi,
        "agency": agency_by_id(dossier.agency_id).name.to(contact.locale),
        "applicant": "",
        "reason": "",
        "due_at": step.due_at,
        "link": f"{settings.PUBLIC_URL}/mot-cua/{dossier.code}/",
    }


def template_for(kind: str, data: Mapping[str, Any]) -> str | None:
    """The message that an event makes: a draft to confirm goes before all else."""
    opened = data.get("opened") or []
    if any(o["kind"] == "confirm" for o in opened):
        return "draft"
    if kind == "dossier.signed" and not data.get("token"):
        return None  # one of several signatures
    if kind == "dossier.submitted" and data.get("filed_by") == Dossier.FiledBy.OFFICER:
        return None  # who stands at the counter gets the receipt there
    if kind == "dossier.step_completed" and data.get("status") == Status.PROCESSED:
        return "recorded"  # a process that ends without a signature
    return TEMPLATES.get(kind)


def _filer(dossier: Dossier, now: datetime) -> int | None:
    """The account that filed, where it is told: no officer, nobody whose mandate has ended."""
    ended = dossier.mandate_id and mandate_in_force(dossier.mandate_id, on=local_day(now)) is None
    own = dossier.filed_by != Dossier.FiledBy.OFFICER and not ended
    return dossier.filed_by_user_id if own else None


def tell(*, kind: str, code: str, event_id: int, data: Mapping[str, Any], now: datetime) -> None:
    """Queue the message of one event to the applicant and to the one who filed."""
    if kind in ASKED:
        _tell_asked(code, event_id, data, now)
    template = template_for(kind, data)
    if template is None:
        return
    rows = with_names(Dossier.objects.all()).prefetch_related("decisions", "supplement_requests")
    dossier = rows.get(code=code)
    filer = _filer(dossier, now)
    for contact in contacts_for(person_id=dossier.applicant_id, user_id=filer):
        queue(
            key=f"event:{event_id}:{contact.user_id or contact.email}", user_id=contact.user_id,
            address=contact.email, template=template, locale=contact.locale,
            context=_context(dossier, contact, data), reference=code, now=now,
        )  # fmt: skip


def announce(*, event_id: int, kind: str, at: datetime, data: Mapping[str, Any], now: datetime) -> None:
    """Queue an event for the systems of its applicant, its filer and its agencies; no personal data in it."""
    if not anybody_listens():
        return
    dossier = Dossier.objects.get(code=str(data["code"]))
    filer = _filer(dossier, now)
    contacts = contacts_for(person_id=dossier.applicant_id, user_id=filer)
    told = {name: data.get(name) for name in ("code", "status", "outcome", "due_at", "paused")}
    queue_news(
        event_id=event_id, kind=kind, at=at, subject=dossier.code,
        data={**told, "procedure": dossier.procedure_code},
        owners=[c.user_id for c in contacts if c.user_id is not None],
        agencies={dossier.agency_id, dossier.receiving_id}, now=now,
    )  # fmt: skip


def _context(dossier: Dossier, contact: Contact, data: Mapping[str, Any]) -> dict[str, Any]:
    procedure, english = dossier.revision.procedure, contact.locale.startswith("en")
    decision = max(dossier.decisions.all(), key=lambda d: d.pk, default=None)
    asked = max(dossier.supplement_requests.all(), key=lambda r: r.pk, default=None)
    new = "filed_by" in data  # just filed: its only step is the desk's check
    check_by = next((s.due_at for s in steps_of(dossier.code)), None) if new else None
    return {
        "code": dossier.code,
        "procedure": procedure.name_en if english and procedure.name_en else procedure.name_vi,
        "agency": agency_by_id(dossier.agency_id).name.to(contact.locale),
        "applicant": dossier.applicant_name,
        "due_at": dossier.due_at,
        "filed_at": dossier.submitted_at,
        "check_by": check_by,
        "by_filing": revision_pack(dossier.revision_id).by_filing.to(contact.locale) if new else "",
        "reason": decision.reason if decision else "",
        "clause": decision.clause if decision else "",
        "items": [i["text"] or i["component"] for i in asked.items] if asked else [],
        "link": f"{settings.PUBLIC_URL}/ho-so/{dossier.code}/",
        "rating_link": f"{settings.PUBLIC_URL}/danh-gia/{sign('rating', dossier.code)}/",
        "verify_link": verify_url(dossier.result_token) if dossier.result_token else "",
        "new_due_at": datetime.fromisoformat(data["new_due_at"]) if data.get("new_due_at") else None,
        "late": bool(data.get("late")),
        **_paper(dossier, decision, contact.locale, data),
    }


def _paper(
    dossier: Dossier, decision: Decision | None, locale: str, data: Mapping[str, Any]
) -> dict[str, Any]:
    """Where the slip of the event is, and how one complains against a decision."""
    key = data.get("slip")
    lines: tuple[Text, ...] = ()
    if decision is not None and decision.kind in {"refuse", "decline"}:
        lines = complaint_lines(agency_by_id(dossier.agency_id).name, local_day(decision.at))
    return {
        "slip_number": str(data.get("slip_number", "")),
        "slip_link": f"{settings.PUBLIC_URL}/ho-so/{dossier.code}/phieu/{key}.pdf" if key else "",
        "complaint": [line.to(locale) for line in lines],
    }
