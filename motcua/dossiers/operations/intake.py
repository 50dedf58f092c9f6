"""At the desk: receive, refuse, ask once for a supplement; and the applicant's answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.catalogue.rules.pack import limit_for
from motcua.core.actor import Actor
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.documents.queries import papers_of_owner
from motcua.dossiers.models import DossierPaper, Supplement
from motcua.dossiers.operations.common import Held, clause_of, decide, facts_of, hold, keep, move_to, user_of
from motcua.dossiers.operations.findings import clean_findings
from motcua.dossiers.operations.moving import (
    close_handling,
    finish_step,
    first_look,
    still_asked,
    the_step,
)
from motcua.dossiers.operations.slips import issue_receipt, issue_refusal, issue_request
from motcua.dossiers.rules.status import Action, Status
from motcua.process import operations as process
from motcua.process.rules.clock import Unit


class ItemsNeeded(Refusal):
    """A supplement request names each missing paper and content."""

    code = "supplement_items_needed"
    cause = Text("Chưa nêu giấy tờ hoặc nội dung nào cần bổ sung.", "No paper or content to add was named.")
    next_step = Text(
        "Nêu tất cả các mục cần bổ sung trong một lần.", "Name everything that is missing, at once."
    )
    status = 422


class NothingSent(Refusal):
    """A supplement without words or papers is none."""

    code = "supplement_empty"
    cause = Text("Chưa có nội dung bổ sung nào.", "The supplement is empty.")
    next_step = Text("Viết trả lời hoặc thêm giấy tờ.", "Write an answer or add a paper.")
    status = 422


@transaction.atomic
def receive(*, code: str, findings: Mapping[str, Any] | None = None, actor: Actor, now: datetime) -> None:
    """Take a complete dossier in: the legal clock starts and the first step of handling opens.

    What the desk found (a case is complicated) may decide the time limit.
    """
    held = hold(code, Action.RECEIVE, actor)
    intake = the_step(held, "intake")
    found, facts = clean_findings(held, intake, findings or {}), facts_of(held, now)
    facts["steps"] = {**facts["steps"], intake.key: {**found, "outcome": "complete"}}
    limit = limit_for(held.pack, facts)
    due = process.start_clock(
        reference=code, agency_id=held.dossier.agency_id, amount=limit.amount, unit=Unit(limit.unit), now=now
    )
    held.dossier.received_at, held.dossier.due_at = now, due
    move_to(held, Action.RECEIVE)
    opened = finish_step(held, intake, outcome="complete", findings=found, now=now, actor=actor)
    told = {"opened": opened, "amount": limit.amount, "unit": str(limit.unit)}
    keep(held, "dossier.received", {**told, **issue_receipt(held, now)}, now)


@transaction.atomic
def refuse(
    *, code: str, reason: str, clause: str = "", ground: str = "", actor: Actor, now: datetime
) -> None:
    """Refuse at intake, in writing, by a clause or a published ground; raises ``ReasonNeeded``."""
    held = hold(code, Action.REFUSE, actor)
    clause = clause_of(held, clause=clause, ground=ground, now=now)
    decide(held, "refuse", reason=reason, clause=clause, now=now)
    process.cancel_steps(reference=code, keys=None, now=now)
    Supplement.objects.filter(dossier=held.dossier, answered_at__isnull=True).update(answered_at=now)
    close_handling(held, outcome="refused", now=now)
    held.dossier.supplement_requested_at = None
    move_to(held, Action.REFUSE)
    slip = issue_refusal(held, reason=reason, clause=clause, at_intake=True, now=now)
    keep(held, "dossier.refused", slip, now)


def _items(held: Held, items: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    known = {p.key for p in held.pack.papers}
    clean = [
        {
            "component": str(i.get("component", "")) if str(i.get("component", "")) in known else "",
            "reason": str(i.get("reason", ""))[:60],
            "text": str(i.get("text", "")).strip()[:2000],
        }
        for i in items
    ]
    clean = [i for i in clean if i["text"] or i["component"]]
    if not clean:
        raise ItemsNeeded
    return clean


@transaction.atomic
def request_supplement(*, code: str, items: Sequence[Mapping[str, Any]], actor: Actor, now: datetime) -> None:
    """Ask the applicant for everything that is missing, once; the clock stands still meanwhile."""
    held = hold(code, Action.REQUEST_SUPPLEMENT, actor)
    clean = _items(held, items)
    Supplement.objects.create(
        dossier=held.dossier, items=clean, requested_at=now, requested_by_id=user_of(actor)
    )
    process.pause(reference=code, reason="supplement", now=now)
    held.dossier.supplements += 1
    held.dossier.supplement_requested_at = now
    move_to(held, Action.REQUEST_SUPPLEMENT)
    components = [i["component"] for i in clean if i["component"]]
    told = {"components": components, "items": len(clean), **issue_request(held, now)}
    keep(held, "dossier.supplement_requested", told, now)


@transaction.atomic
def supplement(
    *, code: str, answer: str = "", papers: Sequence[Mapping[str, Any]] = (), actor: Actor, now: datetime
) -> None:
    """The applicant's answer: papers are added, the clock goes on from where it stood."""
    held = hold(code, Action.SUPPLEMENT, actor)
    good = _taken(held, papers, {p.key for p in held.pack.papers}, now)
    if not answer.strip() and not good:
        raise NothingSent
    asked = Supplement.objects.get(dossier=held.dossier, answered_at__isnull=True)
    asked.answer, asked.answered_at = answer.strip()[:4000], now
    asked.save(update_fields=["answer", "answered_at"])
    _go_on(held, asked.requested_at, now)
    keep(held, "dossier.supplemented", {"papers": len(good)}, now)


@transaction.atomic
def add_paper(*, code: str, papers: Sequence[Mapping[str, Any]] = (), actor: Actor, now: datetime) -> None:
    """The applicant hands in what the pack allows to follow later; nothing is asked, no clock moves.

    Raises ``NoPaperAwaited``, ``NothingSent``.
    """
    held = hold(code, Action.ADD_PAPER, actor)
    good = _taken(held, papers, held.case.awaited, now)
    if not good:
        raise NothingSent
    held.dossier.papers_awaited = [k for k in held.dossier.papers_awaited if k not in good]
    keep(held, "dossier.paper_added", {"components": good}, now)


def _taken(
    held: Held, papers: Sequence[Mapping[str, Any]], components: Collection[str], now: datetime
) -> list[str]:
    """Add those of the papers that are the sender's own and belong to one of the components; which."""
    sent = [str(p["paper"]) for p in papers if p.get("paper")]
    owned = papers_of_owner(sent, owner_id=held.actor.user_id)
    good = [p for p in papers if str(p.get("paper")) in owned and str(p.get("component")) in components]
    DossierPaper.objects.bulk_create(
        DossierPaper(
            dossier=held.dossier, component=str(p["component"]), paper_id=p["paper"],
            copy_kind=int(p.get("copy_kind", 2)), added_at=now,
        )
        for p in good
    )  # fmt: skip
    return [str(p["component"]) for p in good]


def _go_on(held: Held, requested_at: datetime, now: datetime) -> None:
    dossier = held.dossier
    dossier.supplement_requested_at = None
    if still_asked(held):
        process.wake_steps(reference=held.code, now=now)
    else:
        look = first_look(dossier.receiving_id, now)
        dossier.due_at = process.resume(reference=held.code, now=now, first_look=look)
    if dossier.received_at is None:
        dossier.status = Status.NEW
        return
    dossier.paused_minutes += int((now - requested_at).total_seconds() // 60)
    move_to(held, Action.SUPPLEMENT)
