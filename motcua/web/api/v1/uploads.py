"""Files that come in parts over a weak line (tus 1.0)."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from motcua.documents import operations
from motcua.documents.queries import upload
from motcua.web import resumable
from motcua.web.api.v1.auth import READ, WRITE, acting
from motcua.web.api.v1.dossiers import PROBLEMS
from motcua.web.requests import EdgeRequest

router = Router(tags=["papers"])


def _header(name: str, what: str) -> dict[str, object]:
    return {"name": name, "in": "header", "required": True, "schema": {"type": what, "example": "1024"}}


@router.post("/uploads", auth=WRITE, response={201: None, **PROBLEMS}, openapi_extra={
    "parameters": [_header("Upload-Length", "string")]
})  # fmt: skip
def begin_upload(request: EdgeRequest) -> HttpResponse:
    """Announce a file of Upload-Length bytes; Location is where its parts go."""
    return resumable.begin(request, acting(request), "/api/v1/uploads/{}".format)


@router.api_operation(["HEAD"], "/uploads/{upload_id}", auth=READ, response={200: None, **PROBLEMS})
def upload_state(request: EdgeRequest, upload_id: UUID) -> HttpResponse:
    """How many bytes have come (Upload-Offset), and the paper once the file is whole (Motcua-Paper)."""
    return resumable.state(upload(upload_id, actor=acting(request)))


@router.patch("/uploads/{upload_id}", auth=WRITE, response={204: None, **PROBLEMS}, openapi_extra={
    "parameters": [_header("Upload-Offset", "string")],
    "requestBody": {
        "required": True,
        "content": {resumable.PART_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    },
})  # fmt: skip
def add_part(request: EdgeRequest, upload_id: UUID) -> HttpResponse:
    """Send the bytes from Upload-Offset on."""
    return resumable.add(request, acting(request), upload_id)


@router.delete("/uploads/{upload_id}", auth=WRITE, response={204: None, **PROBLEMS})
def drop_upload(request: EdgeRequest, upload_id: UUID) -> HttpResponse:
    """Give an upload up; its parts are removed, a paper that it became stays."""
    operations.drop_upload(upload_id=upload_id, actor=acting(request), now=request.now)
    return resumable.dropped()
