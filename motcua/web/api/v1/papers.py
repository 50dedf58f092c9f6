"""Uploading and reading papers."""

from typing import Annotated, Any, BinaryIO, cast

from django.http import HttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from motcua.documents.operations import store_paper
from motcua.dossiers import queries
from motcua.web.api.v1 import schemas
from motcua.web.api.v1.auth import READ, WRITE, acting
from motcua.web.api.v1.dossiers import PROBLEMS
from motcua.web.requests import EdgeRequest

router = Router(tags=["papers"])


@router.post(
    "/papers",
    auth=WRITE,
    response={201: schemas.PaperOut, 413: schemas.Problem, 415: schemas.Problem, **PROBLEMS},
)
def upload(request: EdgeRequest, file: Annotated[UploadedFile, File()]) -> Status[dict[str, Any]]:
    """Upload a file; its kind is found from its content."""
    actor = acting(request)
    kept = store_paper(
        content=cast(BinaryIO, file.file),
        name=file.name or "",
        owner_id=actor.user_id,
        actor=actor,
        now=request.now,
    )
    return Status(201, {
        "id": kept.id, "kind": kept.kind, "sha256": kept.sent_sha256, "state": kept.state, "name": kept.name,
        "size": kept.size, "kept_sha256": kept.sha256, "changes": kept.changes,
    })  # fmt: skip


@router.get("/papers/{paper_id}", auth=READ, response={200: None, **PROBLEMS}, openapi_extra={
    "responses": {200: {"description": "The file", "content": {"application/octet-stream": {}}}}
})  # fmt: skip
def download(request: EdgeRequest, paper_id: Annotated[str, Field(max_length=40)]) -> HttpResponse:
    """The file, for its owner and for those who may see a dossier that holds it."""
    paper, content = queries.paper_seen(paper_id, actor=acting(request))
    answer = HttpResponse(content, content_type=paper.kind)
    answer.headers["Content-Disposition"] = "attachment"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
