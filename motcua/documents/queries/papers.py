"""Reads of papers and of uploads under way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents.gateways import store
from motcua.documents.models import Paper, Upload


@dataclass(frozen=True, slots=True)
class PaperRef:
    """An uploaded file: ``kind`` is its content type, ``state`` one of contract.md's."""

    id: str
    name: str
    kind: str
    size: int
    sha256: str
    state: str
    uploaded_at: datetime
    sent_sha256: str = ""
    changes: tuple[str, ...] = ()  # what was done to a photograph: upright, scaled, place_removed
    reason: str = ""  # why it was refused


@dataclass(frozen=True, slots=True)
class UploadView:
    """A file that is coming in parts: bytes there, bytes in all, and the paper once it is whole."""

    id: str
    received: int
    length: int
    paper: PaperRef | None


class PaperWaits(Refusal):
    """The paper is in quarantine: the virus scanner has not read it yet."""

    code = "paper_scanning"
    status = 409
    cause = Text("Tệp đang được quét mã độc.", "The file is being scanned for harmful code.")
    next_step = Text("Thử lại sau ít phút.", "Try again in a few minutes.")


class PaperHarmful(Refusal):
    """The scanner found harmful code: the paper is never released."""

    code = "paper_refused"
    status = 409
    cause = Text("Tệp bị giữ lại vì có mã độc.", "The file is held back: it holds harmful code.")
    next_step = Text("Gửi lại giấy này bằng một tệp khác.", "Send this paper again as another file.")


def paper(paper_id: str | UUID) -> PaperRef:
    """One paper; the caller has checked who asks. Raises ``NotFound``."""
    return paper_ref(_paper_row(paper_id))


def papers(paper_ids: list[str]) -> dict[str, PaperRef]:
    """Several papers by id in one query; unknown ids are left out."""
    known = [parsed for parsed in map(_uuid, paper_ids) if parsed is not None]
    return {str(row.id): paper_ref(row) for row in Paper.objects.filter(id__in=known).order_by("id")}


def papers_of_owner(paper_ids: list[str], *, owner_id: int | None) -> dict[str, PaperRef]:
    """Those of the papers that this account uploaded and that were not refused, by id."""
    if owner_id is None or not paper_ids:
        return {}
    known = [parsed for parsed in map(_uuid, paper_ids) if parsed is not None]
    rows = Paper.objects.filter(id__in=known, owner_id=owner_id).exclude(state=Paper.State.REFUSED)
    return {str(row.id): paper_ref(row) for row in rows.order_by("id")}


def paper_for(paper_id: str | UUID, *, actor: Actor, session: str = "") -> PaperRef:
    """A paper of the actor's own, or of the anonymous draft that holds it; else ``NotFound``."""
    row = _paper_row(paper_id)
    own = row.owner_id is not None and row.owner_id == actor.user_id
    held = row.owner_id is None and bool(session) and row.session == session
    if not (own or held):
        raise NotFound()
    return paper_ref(row)


def paper_bytes(paper_id: str | UUID) -> bytes:
    """The bytes of a released paper; the caller has checked who asks.

    Raises ``NotFound``, ``PaperWaits`` (in quarantine), ``PaperHarmful``.
    """
    row = _paper_row(paper_id)
    if row.state == Paper.State.REFUSED:
        raise PaperHarmful()
    if row.state == Paper.State.SCANNING:
        raise PaperWaits()
    return store.fetch(row.storage_name)


def upload(upload_id: str | UUID, *, actor: Actor) -> UploadView:
    """How far an upload of the actor's own has come. Raises ``NotFound``."""
    key = _uuid(upload_id)
    rows = Upload.objects.select_related("paper").filter(owner_id=actor.user_id)
    row = rows.filter(id=key).first() if key and actor.user_id is not None else None
    if row is None:
        raise NotFound()
    return upload_view(row)


def paper_ref(row: Paper) -> PaperRef:
    """The public face of a row."""
    return PaperRef(
        id=str(row.id),
        name=row.name,
        kind=row.content_type,
        size=row.size,
        sha256=row.sha256,
        state=row.state,
        uploaded_at=row.uploaded_at,
        sent_sha256=row.sent_sha256 or row.sha256,
        changes=tuple(filter(None, row.changes.split(","))),
        reason=row.reason,
    )


def upload_view(row: Upload) -> UploadView:
    """The public face of a row."""
    return UploadView(str(row.id), row.received, row.length, paper_ref(row.paper) if row.paper else None)


def _uuid(text: str | UUID) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _paper_row(paper_id: str | UUID) -> Paper:
    parsed = _uuid(paper_id)
    row = Paper.objects.filter(id=parsed).first() if parsed else None
    if row is None:
        raise NotFound()
    return row
