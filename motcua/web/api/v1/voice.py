"""What people say: satisfaction with a dossier, petitions."""

from typing import Annotated, Any

from django.conf import settings
from ninja import Router, Status
from pydantic import Field

from motcua.voice import operations, queries
from motcua.voice.rules.petitions import AUTHORS, State
from motcua.web.api.v1 import schemas
from motcua.web.api.v1.attachments import attachment_records
from motcua.web.api.v1.auth import READ, WRITE, WRITE_OR_NOBODY, acting
from motcua.web.api.v1.problems import TooMany
from motcua.web.api.v1.records import name_record
from motcua.web.api.v1.voice_schemas import (
    PetitionActIn,
    PetitionIn,
    PetitionOut,
    PetitionPage,
    PetitionSentOut,
    RatingIn,
    RatingOut,
)
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.requests import EdgeRequest

router = Router(tags=["voice"])
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422), schemas.Problem)
MOST_SENT, WINDOW = 10, 60 * 60  # without an account, from one place, seconds


@router.post("/dossiers/{code}/rating", auth=WRITE, response={201: RatingOut, **PROBLEMS})
def rate(request: EdgeRequest, code: str, body: RatingIn) -> Status[dict[str, Any]]:
    """Say whether one was satisfied with a dossier of one's own that has ended; once."""
    operations.rate(
        code=code, satisfied=body.satisfied, reason=body.reason, words=body.words, way="api",
        actor=acting(request), now=request.now,
    )  # fmt: skip
    return Status(201, {"dossier": code, "satisfied": body.satisfied, "given_at": request.now})


@router.post(
    "/petitions",
    auth=WRITE_OR_NOBODY,
    response={201: PetitionSentOut, **PROBLEMS, 429: schemas.Problem},
)
def send_petition(request: EdgeRequest, body: PetitionIn) -> Status[dict[str, Any]]:
    """Send a petition; without a token too, but then only so many an hour from one place."""
    actor = acting(request)
    if actor.user_id is None and used_up(
        "petition", network_address(request), most=MOST_SENT, seconds=WINDOW
    ):
        raise TooMany
    form = operations.PetitionForm(**body.model_dump(), locale=request.LANGUAGE_CODE)
    sent = operations.send_petition(form=form, actor=actor, now=request.now)
    own = f"phan-anh/{sent.code}/" if actor.user_id else f"phan-anh/theo-doi/{sent.token}/"
    return Status(201, {
        "code": sent.code, "state": State.RECEIVED.value, "answer_due_at": sent.answer_due_at,
        "url": f"{settings.PUBLIC_URL}/{own}",
    })  # fmt: skip


@router.get("/petitions", auth=READ, response={200: PetitionPage, **PROBLEMS})
def my_petitions(
    request: EdgeRequest, after: Annotated[str | None, Field(max_length=20)] = None
) -> dict[str, Any]:
    """Petitions that I sent, newest first."""
    page = queries.petitions_of(acting(request), after=after, now=request.now)
    items = [
        {
            "code": i.code, "title": i.title, "agency": i.agency.identifier, "state": i.state,
            "received_at": i.received_at, "answer": i.answer, "likes": i.likes, "dislikes": i.dislikes,
        }
        for i in page.items
    ]  # fmt: skip
    return {"items": items, "next": page.next}


@router.get("/petitions/{petition}", auth=READ, response={200: PetitionOut, **PROBLEMS})
def one_petition(request: EdgeRequest, petition: str) -> dict[str, Any]:
    """One petition: mine, one of my agency's, or one whose answer was published."""
    return _record(queries.petition_for(petition, actor=acting(request), now=request.now))


@router.post("/petitions/{petition}/actions", auth=WRITE, response={200: PetitionOut, **PROBLEMS})
def act_on_petition(request: EdgeRequest, petition: str, body: PetitionActIn) -> dict[str, Any]:
    """Do one of the petition's ``actions``; refused ones are 409 with code and cause."""
    code, actor, now = petition, acting(request), request.now
    if body.action in {"like", "dislike"}:
        operations.react(code=code, likes=body.action == "like", actor=actor, now=now)
    elif body.action == "give_more":
        operations.answer_question(
            code=code, words=body.words, attachments=body.attachments, actor=actor, now=now
        )
    elif body.action in AUTHORS:
        operations.withdraw_petition(code=code, actor=actor, now=now)
    else:
        operations.handle_petition(
            code=code, act=body.action, words=body.words, to=body.to, actor=actor, now=now
        )
    return _record(queries.petition_for(code, actor=actor, now=now))


def _record(view: queries.PetitionView) -> dict[str, Any]:
    item = view.item
    return {
        "code": item.code, "kind": name_record(item.kind), "title": item.title, "words": view.words,
        "agency": item.agency.identifier, "procedure": view.procedure, "dossier": view.dossier,
        "state": item.state, "state_name": name_record(item.state_text), "received_at": item.received_at,
        "answer_due_at": view.answer_due_at, "due_at": item.due_at, "late": item.late,
        "question": view.question, "more": view.more, "answer": item.answer, "likes": item.likes,
        "dislikes": item.dislikes, "attachments": attachment_records(view.attachments),
        "actions": list(view.acts),
    }  # fmt: skip
