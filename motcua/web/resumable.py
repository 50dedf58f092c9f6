"""Resumable uploads over HTTP: the tus protocol 1.0 (creation, termination), for pages and machines.

An upload is announced with its length, sent in parts of at most ``MOST_PART`` bytes, and asked by HEAD
how far it has come after a connection broke. The answer to the last part names the paper it became.
"""

import base64
import binascii
from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from motcua.core.actor import Actor
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.documents import operations
from motcua.documents.queries import UploadView
from motcua.documents.rules import MAX_BYTES
from motcua.web.requests import EdgeRequest

MOST_PART = 2 * 1024 * 1024
PART_TYPE = "application/octet-stream"
PART_TYPES = frozenset({PART_TYPE, "application/offset+octet-stream"})  # the second is what tus clients send
VERSION = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}


class UploadRequestWrong(Refusal):
    """A header or part of an upload is missing or out of bounds."""

    code = "upload_request_wrong"
    cause = Text("Yêu cầu tải tệp chưa đúng: {detail}", "The upload request is not right: {detail}")
    next_step = Text(
        "Gửi Upload-Length khi bắt đầu; mỗi phần có Upload-Offset, kiểu application/offset+octet-stream, "
        "tối đa 2 MB.",
        "Send Upload-Length to begin; each part with Upload-Offset, as application/offset+octet-stream, "
        "of at most 2 MB.",
    )
    status = 400


def begin(request: HttpRequest, actor: Actor, address: Callable[[str], str]) -> HttpResponse:
    """Announce a file; 201 with its address. Raises ``PaperRefused``, ``UploadRequestWrong``."""
    length = _number(request, "Upload-Length")
    view = operations.begin_upload(
        name=_name(request.headers.get("Upload-Metadata", "")),
        length=length,
        actor=actor,
        now=cast(EdgeRequest, request).now,
    )
    return _answer(201, view, Location=address(view.id))


def add(request: HttpRequest, actor: Actor, upload_id: UUID) -> HttpResponse:
    """Take the next part; 204 with how far the file has come, and the paper's id once it is whole."""
    if request.content_type not in PART_TYPES:
        raise UploadRequestWrong(detail=f"Content-Type ≠ {PART_TYPE}")
    offset = _number(request, "Upload-Offset")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_PART:
        raise UploadRequestWrong(detail="> 2 MB")
    view = operations.add_part(
        upload_id=upload_id,
        offset=offset,
        part=request.read(MOST_PART),
        actor=actor,
        now=cast(EdgeRequest, request).now,
    )
    return _answer(204, view)


def state(view: UploadView) -> HttpResponse:
    """How far a file has come, in headers."""
    return _answer(200, view)


def dropped() -> HttpResponse:
    """An upload was given up."""
    return HttpResponse(status=204, headers=VERSION)


def in_words(refusal: Refusal, language: str) -> HttpResponse:
    """A refusal as plain words, for the page's own script to show."""
    words = f"{refusal.cause.to(language)} {refusal.next_step.to(language)}".strip()
    return HttpResponse(words, status=refusal.status, content_type="text/plain; charset=utf-8")


def _answer(status: int, view: UploadView, **more: str) -> HttpResponse:
    headers = {**VERSION, "Upload-Offset": str(view.received), "Upload-Length": str(view.length), **more}
    if view.paper:
        headers |= {"Motcua-Paper": view.paper.id, "Motcua-Paper-State": view.paper.state}
    return HttpResponse(status=status, headers=headers)


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise UploadRequestWrong(detail=header)
    return min(int(text), MAX_BYTES + 1)


def _name(metadata: str) -> str:
    """The value of ``filename`` in tus metadata (base64); "" when there is none that can be read."""
    for pair in metadata[:2000].split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode("utf-8").replace("\0", "")
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""
