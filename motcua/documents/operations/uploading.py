"""Uploads that go on where the connection broke off; the rules are those of the tus protocol 1.0."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents import rules
from motcua.documents.gateways import store
from motcua.documents.models import Upload
from motcua.documents.operations.storing import keep_paper
from motcua.documents.queries import UploadView, upload_view

MOST_OPEN = 10  # of one account; beginning one more forgets the oldest
KEPT = timedelta(hours=24)  # a part of a file waits this long for the rest


class UploadMismatch(Refusal):
    """The part does not go on where the file stands (another part came first, or came twice)."""

    code = "upload_offset_mismatch"
    status = 409
    cause = Text("Phần này không nối tiếp phần đã nhận.", "This part does not follow what has been received.")
    next_step = Text(
        "Hỏi lại vị trí đã nhận (HEAD) rồi gửi tiếp từ đó.",
        "Ask how much has been received (HEAD) and go on from there.",
    )


@transaction.atomic
def begin_upload(*, name: str, length: int, actor: Actor, now: datetime) -> UploadView:
    """Announce a file of ``length`` bytes; raises ``PaperRefused`` when it is empty or too long."""
    if actor.user_id is None:
        raise NotFound()
    if length < 1:
        raise rules.PaperRefused(Text("Tệp rỗng.", "The file is empty."))
    rules.check_length(length)
    older = Upload.objects.filter(owner_id=actor.user_id, paper=None).order_by("-begun_at", "-id")
    for row in older[MOST_OPEN - 1 :]:
        _forget(row)
    row = Upload.objects.create(
        owner_id=actor.user_id, name=name[:200], length=length, begun_at=now, changed_at=now
    )
    return upload_view(row)


@transaction.atomic
def add_part(*, upload_id: UUID | str, offset: int, part: bytes, actor: Actor, now: datetime) -> UploadView:
    """Add the bytes from ``offset`` on; the last part makes the paper. A finished upload answers as it is.

    Raises ``NotFound``, ``UploadMismatch``, ``PaperRefused`` (the file is whole and cannot be taken).
    """
    row = _hold(upload_id, actor)
    if row.paper_id is not None:
        return upload_view(row)
    if offset != row.received or row.received + len(part) > row.length:
        raise UploadMismatch()
    if part:
        name = store.keep(part, folder="parts", on=local_day(now), ending=".part")
        row.parts = [*row.parts, name]
        row.received += len(part)
    if row.received == row.length:
        data = b"".join(map(store.fetch, row.parts))
        kept = keep_paper(data, name=row.name, owner_id=row.owner_id, session="", now=now)
        row.paper_id, done, row.parts = UUID(kept.id), row.parts, []
        transaction.on_commit(lambda: store.drop(done))
    row.changed_at = now
    row.save(update_fields=["parts", "received", "paper", "changed_at"])
    return upload_view(row)


@transaction.atomic
def drop_upload(*, upload_id: UUID | str, actor: Actor, now: datetime) -> None:
    """Give up an upload of the actor's own; its parts are removed. Raises ``NotFound``."""
    _forget(_hold(upload_id, actor))


@transaction.atomic
def forget_stale_uploads(*, now: datetime, limit: int = 100) -> int:
    """Remove uploads that nobody went on with for a day; how many."""
    rows = Upload.objects.select_for_update().filter(changed_at__lt=now - KEPT).order_by("changed_at", "id")
    stale = list(rows[:limit])
    for row in stale:
        _forget(row)
    return len(stale)


def _hold(upload_id: UUID | str, actor: Actor) -> Upload:
    """The actor's own upload, locked."""
    try:
        key = UUID(str(upload_id))
    except ValueError:
        raise NotFound() from None
    row = Upload.objects.select_for_update().filter(id=key, owner_id=actor.user_id).first()
    if row is None or actor.user_id is None:
        raise NotFound()
    return row


def _forget(row: Upload) -> None:
    parts = list(row.parts)
    row.delete()
    transaction.on_commit(lambda: store.drop(parts))
