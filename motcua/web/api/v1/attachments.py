"""Files with petitions and complaints: kept first, then named by what is sent; read by who may."""

from collections.abc import Iterable
from typing import Annotated, Any, BinaryIO, cast

from django.http import HttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from motcua.voice import operations, queries
from motcua.web.api.v1 import schemas
from motcua.web.api.v1.auth import READ, WRITE_OR_NOBODY, acting
from motcua.web.api.v1.problems import TooMany
from motcua.web.api.v1.voice_schemas import AttachmentKeptOut
from motcua.web.files import handed_out
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.requests import EdgeRequest

router = Router(tags=["voice"])
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422), schemas.Problem)
MOST_KEPT, WINDOW = 30, 60 * 60  # without an account, from one place, seconds


@router.post(
    "/attachments",
    auth=WRITE_OR_NOBODY,
    response={201: AttachmentKeptOut, **PROBLEMS, 429: schemas.Problem},
)
def keep_attachment(request: EdgeRequest, file: Annotated[UploadedFile, File()]) -> Status[dict[str, Any]]:
    """Keep a file for a petition or complaint, typed by its content; unsent, it goes after a day."""
    actor = acting(request)
    if actor.user_id is None and used_up(
        "attachment", network_address(request), most=MOST_KEPT, seconds=WINDOW
    ):
        raise TooMany
    content = cast(BinaryIO, file.file)
    kept = operations.hold_attachment(content=content, name=file.name or "", actor=actor, now=request.now)
    return Status(201, {"handle": kept.handle, **_record(kept.file)})


@router.get("/attachments/{attachment}", auth=READ, response={200: None, **PROBLEMS}, openapi_extra={
    "responses": {200: {"description": "The file", "content": {"application/octet-stream": {}}}}
})  # fmt: skip
def attachment(request: EdgeRequest, attachment: Annotated[str, Field(max_length=40)]) -> HttpResponse:
    """The file, for the author of its petition or complaint and for who handles that."""
    one, content = queries.attachment_seen(attachment, actor=acting(request))
    return handed_out(content, one.kind, one.name, attached=True)


def attachment_records(files: Iterable[queries.AttachmentView]) -> list[dict[str, Any]]:
    """Files of a record; ``url`` is where each is read."""
    return [{"id": one.id, "url": f"/api/v1/attachments/{one.id}", **_record(one)} for one in files]


def _record(one: queries.AttachmentView) -> dict[str, Any]:
    return {
        "name": one.name, "kind": one.kind, "size": one.size, "state": one.state,
        "changes": list(one.changes),
    }  # fmt: skip
