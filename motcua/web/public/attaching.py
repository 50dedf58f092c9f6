"""Files with what people say, on the form that sends them: kept at once, shown again, taken out."""

from dataclasses import dataclass
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.voice import operations, queries
from motcua.voice.rules.attachments import MOST_FILES
from motcua.web.fields import Field
from motcua.web.public.saying import file_state, words_of
from motcua.web.requests import EdgeRequest

ACCEPT = ".pdf,.jpg,.jpeg,.png"


@dataclass(frozen=True, slots=True)
class Attached:
    """Files that the form holds; ``fault``: why one was not kept; ``only``: nothing is to be sent now."""

    held: tuple[queries.HeldAttachment, ...] = ()
    fault: str = ""
    only: bool = False
    address: str = ""  # where its buttons lead; "" the page itself

    @property
    def handles(self) -> tuple[str, ...]:
        """What is sent along."""
        return tuple(one.handle for one in self.held)

    @property
    def field(self) -> Field:
        """The question for more of them."""
        hint = _(
            "PDF, JPEG or PNG, at most 10 MB each and %(most)s at a time. Only the agency sees them. "
            "Choosing is enough: they go with the form when you send it."
        )
        return Field(
            "file", "files", _("Photographs or papers (optional)"), error=self.fault, accept=ACCEPT,
            hint=hint % {"most": MOST_FILES}, multiple=True,
        )  # fmt: skip

    @property
    def rows(self) -> list[dict[str, object]]:
        """The files as the form lists them."""
        return [{"one": one, "state": file_state(one.file.state, own=True)} for one in self.held]


def attached(request: EdgeRequest) -> Attached:
    """Do with the files of a form what was asked: keep new ones, take one out."""
    if request.method != "POST":
        return Attached()
    handles = [text[:200] for text in request.POST.getlist("attached")]
    out = request.POST.get("take_out", "")[:200]
    if out in handles:
        handles.remove(out)
        _drop(request, out)
    held = list(queries.held_attachments(handles, actor=request.actor))
    fault = _kept(request, held)
    asked = request.POST.get("step") == "add_files"
    if asked and not request.FILES and not fault:
        fault = _("Choose a file before you add it")
    return Attached(tuple(held), fault, only=asked or bool(out))


def still_attached(request: EdgeRequest) -> Attached:
    """The files that a form holds already, without keeping new ones."""
    handles = [text[:200] for text in request.POST.getlist("attached")]
    return Attached(tuple(queries.held_attachments(handles, actor=request.actor)))


def _drop(request: EdgeRequest, handle: str) -> None:
    try:
        operations.drop_attachment(handle=handle, actor=request.actor)
    except Refusal:  # it is gone already
        return


def _kept(request: EdgeRequest, held: list[queries.HeldAttachment]) -> str:
    """Keep what was chosen; why the first that could not be kept was not, or ""."""
    for given in request.FILES.getlist("files")[: MOST_FILES + 1]:
        try:
            kept = operations.hold_attachment(
                content=cast(BinaryIO, given.file), name=given.name or "", beside=len(held),
                actor=request.actor, now=request.now,
            )  # fmt: skip
        except Refusal as refusal:
            return f"{given.name}: {words_of(refusal, request.LANGUAGE_CODE)}"
        held.append(kept)
    return ""
