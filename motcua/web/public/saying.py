"""What pages about what people say share: refusals as field errors, short texts from a form."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.voice.queries import AttachmentView
from motcua.web import words


def words_of(refusal: Refusal, language: str) -> str:
    """What happened and what to do, in one line."""
    return f"{refusal.cause.to(language)} {refusal.next_step.to(language)}".strip()


def typed(request: HttpRequest, name: str, most: int = 5000) -> str:
    """What was written into a field, bounded."""
    return request.POST.get(name, "").replace("\x00", "")[:most]


def file_state(state: str, *, own: bool) -> str:
    """How far the check of a file is; to whoever sent it without alarm, and what it means."""
    if own and state == "unscanned":
        return _("sent; the agency checks it before opening it, you need do nothing")
    return words.paper_state(state)


def file_rows(
    files: Iterable[AttachmentView], address: Callable[[str], str], *, own: bool = False
) -> list[dict[str, object]]:
    """Files as pages list them: address (of a file's id), name, how far its check is."""
    return [{"url": address(f.id), "file": f, "state": file_state(f.state, own=own)} for f in files]
