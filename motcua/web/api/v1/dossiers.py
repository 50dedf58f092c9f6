"""Filing, following and handling a dossier."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header, Router, Status
from pydantic import Field

from motcua.core.actor import SYSTEM
from motcua.core.periods import local_day
from motcua.dossiers import operations, queries
from motcua.people.queries import account, person_profile
from motcua.people.queries.mandates import mandates_of
from motcua.process.queries import LANES
from motcua.web.api.v1 import schemas
from motcua.web.api.v1.auth import READ, WRITE, acting
from motcua.web.api.v1.records import dossier_record, name_record
from motcua.web.api.v1.work_schemas import WorklistOut
from motcua.web.requests import EdgeRequest

router = Router(tags=["dossiers"])
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422), schemas.Problem)
Cursor = Annotated[str | None, Field(max_length=200)]
Limit = Annotated[int, Field(ge=1, le=100)]


@router.post("/dossiers", auth=WRITE, response={201: schemas.ReceiptOut, **PROBLEMS})
def file_dossier(
    request: EdgeRequest,
    body: schemas.DossierIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)],
) -> Status[dict[str, Any]]:
    """File a request. The same Idempotency-Key again gives the same answer and no second dossier."""
    actor = acting(request)
    channel = body.channel or (1 if body.filed_by == "officer" else 2)
    receipt = operations.submit(
        procedure=body.procedure, agency=body.agency, answers=body.answers,
        papers=[p.model_dump() for p in body.papers], filed_by=body.filed_by, channel=channel,
        key=idempotency_key,
        actor=actor, now=request.now,
    )  # fmt: skip
    return Status(201, {
        "code": receipt.code, "status": receipt.status, "submitted_at": receipt.submitted_at,
        "track_url": f"{settings.PUBLIC_URL}/tra-cuu/",
    })  # fmt: skip


@router.get("/dossiers", auth=READ, response={200: schemas.DossierPage, **PROBLEMS})
def my_dossiers(request: EdgeRequest, after: Cursor = None, limit: Limit = 20) -> dict[str, Any]:
    """Dossiers that I filed or that are mine, newest first."""
    page = queries.dossiers_of(acting(request), limit=limit, after=after)
    items = [
        {
            "code": i.code, "procedure": name_record(i.procedure_name), "status": i.status,
            "submitted_at": i.submitted_at, "due_at": i.due_at,
        }
        for i in page.items
    ]  # fmt: skip
    return {"items": items, "next": page.next}


@router.get("/mandates", auth=READ, response={200: schemas.MandateList, **PROBLEMS})
def my_mandates(request: EdgeRequest) -> dict[str, Any]:
    """The businesses in whose name I may act today; say which by the header ``Acting-For``."""
    actor = acting(request)
    held = account(actor.user_id or 0)
    found = mandates_of(held.person_id if held else None, on=local_day(request.now))
    return {
        "items": [
            {
                "business": m.business, "number": person_profile(m.business_id, actor=SYSTEM).personal_number,
                "capacity": m.capacity, "valid_from": m.valid_from, "valid_to": m.valid_to,
            }
            for m in found
        ],
        "next": None,
    }  # fmt: skip


@router.get("/dossiers/{code}", auth=READ, response={200: schemas.DossierOut, **PROBLEMS})
def one_dossier(request: EdgeRequest, code: schemas.Code) -> dict[str, Any]:
    """The whole dossier, for its owner and its officers."""
    actor = acting(request)
    return dossier_record(queries.dossier_for(code, actor=actor, now=request.now))


@router.post("/dossiers/{code}/actions", auth=WRITE, response={200: schemas.DossierOut, **PROBLEMS})
def act(request: EdgeRequest, code: schemas.Code, body: schemas.ActionIn) -> dict[str, Any]:
    """Carry out an action; a refused one is 409 with its code and cause."""
    actor = acting(request)
    params = body.model_dump(exclude={"action"}, exclude_none=True)
    operations.act(code=code, action=body.action, params=params, actor=actor, now=request.now)
    return dossier_record(queries.dossier_for(code, actor=actor, now=request.now))


@router.get("/dossiers/{code}/result.pdf", auth=READ, response={200: None, **PROBLEMS}, openapi_extra={
    "responses": {200: {"description": "The signed result", "content": {"application/pdf": {}}}}
})  # fmt: skip
def result_pdf(request: HttpRequest, code: schemas.Code) -> HttpResponse:
    """The signed result."""
    content = queries.result_pdf(code, actor=acting(request))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.pdf"'
    return answer


@router.get("/dossiers/{code}/slips/{key}.pdf", auth=READ, response={200: None, **PROBLEMS}, openapi_extra={
    "responses": {200: {"description": "The slip", "content": {"application/pdf": {}}}}
})  # fmt: skip
def slip_pdf(
    request: EdgeRequest, code: schemas.Code, key: Annotated[str, Field(max_length=20, examples=["01"])]
) -> HttpResponse:
    """A slip by its key, as the dossier's ``slips`` list it."""
    content = operations.slip_pdf(code=code, key=key, actor=acting(request), now=request.now)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}-{key}.pdf"'
    return answer


@router.get("/worklist", auth=READ, response={200: WorklistOut, **PROBLEMS})
def worklist(
    request: EdgeRequest,
    lane: Annotated[str, Field(pattern=f"^({'|'.join(LANES)})$")] = "all",
    after: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """My work list, by deadline."""
    found = queries.worklist(actor=acting(request), lane=lane, limit=limit, after=after, now=request.now)
    items = [
        {
            "code": i.code, "procedure": i.procedure_code, "procedure_name": name_record(i.procedure_name),
            "applicant_name": i.applicant_name, "step": i.step_key, "step_name": name_record(i.step_name),
            "due_at": i.due_at, "late": i.late, "status": i.status, "channel": i.channel,
            "assignee": i.assignee,
        }
        for i in found.items
    ]  # fmt: skip
    return {"items": items, "next": found.next, "counts": found.counts, "lane": found.lane}
