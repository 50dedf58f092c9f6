"""Files that people handed in, given out again: never run in the reader's browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SANDBOX = "default-src 'none'; sandbox"


def handed_out(content: bytes, kind: str, name: str, *, attached: bool) -> HttpResponse:
    """A file under its name; ``attached``: to be saved rather than shown."""
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(attached, name) or "attachment"
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
