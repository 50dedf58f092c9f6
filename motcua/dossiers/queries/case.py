"""What rules and conditions need to know of a request."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.catalogue.queries import revision_pack
from motcua.core.actor import Actor
from motcua.core.periods import VIETNAM, local_day
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.rules.actions import Case, OpenStep
from motcua.dossiers.rules.status import Status
from motcua.dossiers.sealed import unseal_answers
from motcua.process.queries import StepRow


def case_of(dossier: Dossier, steps: tuple[StepRow, ...], actor: Actor) -> Case:
    """What the rules need to know of a dossier and of who asks."""
    live = tuple(
        OpenStep(
            s.id, s.key, s.round, s.kind, s.role, s.agency_id, s.state == "waiting", s.assignee_id,
            s.delivered_at is not None, s.kind == "sign" and goes_back(dossier.revision_id, s.key),
        )
        for s in steps
        if s.state in {"open", "waiting"}
    )  # fmt: skip
    kinds = [d.kind for d in dossier.decisions.all()]
    applicant = actor.person_id is not None and actor.person_id == dossier.applicant_id
    filer = actor.user_id is not None and actor.user_id == dossier.filed_by_user_id
    filer = filer and dossier.mandate_id is None  # who files for a business acts in its place or not at all
    return Case(
        status=Status(dossier.status),
        received=dossier.received_at is not None,
        supplements=dossier.supplements,
        apologies=kinds.count("apologise"),
        agency_id=dossier.agency_id,
        receiving_id=dossier.receiving_id,
        is_applicant=applicant or (filer and dossier.filed_by != Dossier.FiledBy.OFFICER),
        steps=live,
        makers=frozenset(s.closed_by_id for s in steps if s.kind == "handle" and s.closed_by_id),
        has_result=bool(dossier.result_token),
        result_revoked="revoke" in kinds,
        awaited=frozenset(dossier.papers_awaited),
        fee=dossier.fee,
        fee_taken=dossier.fee_taken,
    )


def goes_back(revision_id: int, key: str) -> bool:
    """Whether the process of a revision says where a draft goes that is sent back from a step."""
    return any(s.key == key and s.on_reject for s in revision_pack(revision_id).process.steps)


def dossier_facts(dossier: Dossier, steps: tuple[StepRow, ...], now: datetime) -> dict[str, Any]:
    """Answers, dossier, service, finished steps and today."""
    done = {s.key: {**s.findings, "outcome": s.outcome} for s in steps if s.state == "done"}
    return request_facts(
        answers=unseal_answers(dossier.answers_sealed, f"dossier:{dossier.code}"),
        channel=dossier.channel,
        filed_by=dossier.filed_by,
        procedure=dossier.procedure_code,
        agency=dossier.agency.identifier,
        level=dossier.level,
        now=now,
        filed_at=dossier.submitted_at,
        steps=done,
    )


def request_facts(
    *,
    answers: Mapping[str, Any],
    channel: int,
    filed_by: str,
    procedure: str,
    agency: str,
    level: str,
    now: datetime,
    filed_at: datetime | None = None,
    steps: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The one shape of facts, for a request that may or may not be a dossier yet.

    ``dossier.filed_at`` is the moment of filing in Viet Nam: for what is not filed yet, this moment.
    """
    filed = (filed_at or now).astimezone(VIETNAM)
    return {
        "answers": dict(answers),
        "dossier": {
            "channel": channel,
            "filed_by": filed_by,
            "procedure": procedure,
            "filed_at": filed.isoformat(timespec="seconds"),
        },
        "service": {"agency": agency, "level": level},
        "steps": dict(steps or {}),
        "today": local_day(now).isoformat(),
    }


def draft_facts(draft: Draft, answers: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The facts that a draft's conditions may use."""
    agency = draft.agency.identifier if draft.agency else ""
    return request_facts(
        answers=answers, channel=2, filed_by=draft.filed_by, procedure=draft.procedure_code,
        agency=agency, level="full", now=now,
    )  # fmt: skip
