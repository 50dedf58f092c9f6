"""Complaints against what was done to a dossier, and proposals that a procedure go online."""

from typing import Annotated, Any

from django.conf import settings
from ninja import Router, Status
from pydantic import Field

from motcua.voice import operations, queries
from motcua.web.api.v1 import schemas
from motcua.web.api.v1.attachments import attachment_records
from motcua.web.api.v1.auth import READ, WRITE, acting
from motcua.web.api.v1.complaint_schemas import (
    ComplaintActIn,
    ComplaintIn,
    ComplaintOut,
    ComplaintPage,
    ComplaintSentOut,
    ProposalActIn,
    ProposalIn,
    ProposalPage,
    ProposalSentOut,
    ProposalVotedOut,
)
from motcua.web.api.v1.records import name_record
from motcua.web.requests import EdgeRequest

router = Router(tags=["voice"])
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422), schemas.Problem)


@router.post("/complaints", auth=WRITE, response={201: ComplaintSentOut, **PROBLEMS})
def file_complaint(request: EdgeRequest, body: ComplaintIn) -> Status[dict[str, Any]]:
    """Complain about a dossier of one's own; the clock of its acceptance starts."""
    filed = operations.file_complaint(**body.model_dump(), actor=acting(request), now=request.now)
    url = f"{settings.PUBLIC_URL}/khieu-nai/{filed.code}/"
    return Status(201, {"code": filed.code, "accept_due_at": filed.accept_due_at, "url": url})


@router.get("/complaints", auth=READ, response={200: ComplaintPage, **PROBLEMS})
def complaints(request: EdgeRequest, dossier: Annotated[str, Field(max_length=60)] = "") -> dict[str, Any]:
    """My complaints about a dossier; without one, what waits for a decision of mine, by deadline."""
    actor = acting(request)
    if dossier:
        items = queries.complaints_of(dossier, actor=actor, now=request.now)
    else:
        items = queries.complaints_at(actor, now=request.now).items
    return {"items": [_complaint(one) for one in items], "next": None}


@router.get("/complaints/{complaint}", auth=READ, response={200: ComplaintOut, **PROBLEMS})
def one_complaint(request: EdgeRequest, complaint: str) -> dict[str, Any]:
    """One complaint: mine, or one of my agency's to settle, or below me."""
    return _complaint(queries.complaint_for(complaint, actor=acting(request), now=request.now))


@router.post("/complaints/{complaint}/actions", auth=WRITE, response={200: ComplaintOut, **PROBLEMS})
def act_on_complaint(request: EdgeRequest, complaint: str, body: ComplaintActIn) -> dict[str, Any]:
    """Do one of the complaint's ``actions``; a decision has words."""
    actor, now = acting(request), request.now
    if body.action == "withdraw":
        operations.withdraw_complaint(code=complaint, actor=actor, now=now)
    else:
        operations.handle_complaint(code=complaint, act=body.action, words=body.words, actor=actor, now=now)
    return _complaint(queries.complaint_for(complaint, actor=actor, now=now))


@router.get("/proposals", auth=READ, response={200: ProposalPage, **PROBLEMS})
def proposals(
    request: EdgeRequest,
    state: Annotated[str, Field(pattern="^(open|accepted|refused)$")] = "open",
    after: Annotated[str | None, Field(max_length=30)] = None,
) -> dict[str, Any]:
    """Proposals of a state, most votes first."""
    page = queries.proposals(actor=acting(request), state=state, after=after)
    return {"items": [_proposal(one) for one in page.items], "next": page.next}


@router.post("/proposals", auth=WRITE, response={201: ProposalSentOut, **PROBLEMS})
def propose(request: EdgeRequest, body: ProposalIn) -> Status[dict[str, Any]]:
    """Propose that a procedure go (further) online; its author's vote is the first."""
    code = operations.propose(
        procedure=body.procedure, words=body.words, actor=acting(request), now=request.now
    )
    return Status(201, {"code": code, "votes": 1})


@router.post("/proposals/{proposal}/actions", auth=WRITE, response={200: ProposalVotedOut, **PROBLEMS})
def act_on_proposal(request: EdgeRequest, proposal: str, body: ProposalActIn) -> dict[str, Any]:
    """Vote, once for an account, or take it back; or, as a procedure controller, accept or refuse it."""
    actor, now = acting(request), request.now
    if body.action == "vote":
        operations.vote(code=proposal, actor=actor, now=now)
    elif body.action == "unvote":
        operations.withdraw_vote(code=proposal, actor=actor, now=now)
    else:
        accept = body.action == "accept"
        operations.answer_proposal(code=proposal, accept=accept, words=body.words, actor=actor, now=now)
    return {"code": proposal, "done": body.action}


def _complaint(view: queries.ComplaintView) -> dict[str, Any]:
    return {
        "code": view.code, "dossier": view.dossier, "agency": view.agency.identifier,
        "against": name_record(view.against), "words": view.words, "wanted": view.wanted,
        "state": view.state, "state_name": name_record(view.state_text), "filed_at": view.filed_at,
        "accept_due_at": view.accept_due_at, "decide_due_at": view.decide_due_at, "ended_at": view.ended_at,
        "due_at": view.due_at, "late": view.late, "decision": view.decision,
        "attachments": attachment_records(view.attachments), "actions": list(view.acts),
    }  # fmt: skip


def _proposal(one: queries.ProposalItem) -> dict[str, Any]:
    may = {
        "vote": one.may_vote, "unvote": one.may_unvote, "accept": one.may_answer, "refuse": one.may_answer,
    }  # fmt: skip
    return {
        "code": one.code, "procedure": one.procedure, "procedure_name": name_record(one.procedure_name),
        "words": one.words, "state": one.state, "state_name": name_record(one.state_text),
        "proposed_at": one.proposed_at, "votes": one.votes, "voted": one.voted, "answer": one.answer,
        "actions": [act for act, allowed in may.items() if allowed],
    }  # fmt: skip
