"""Files with what people say: kept when they come, taken along when it is sent, removed when loose.

A file is a paper like those of dossiers: typed by content, bounded, scanned, photographs made upright.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction

from motcua.core.actor import Actor
from motcua.documents.operations import forget_papers, store_paper
from motcua.voice.models import Attachment, Complaint, Petition
from motcua.voice.queries.attachments import HeldAttachment, held_view, loose, loose_id, theirs
from motcua.voice.rules.attachments import MOST_FILES, AttachmentGone, TooManyFiles

KEPT = timedelta(hours=24)  # a file waits this long for its form to be sent
MOST_WAITING = 20  # of one account; one more forgets the oldest


@transaction.atomic
def hold_attachment(
    *, content: BinaryIO, name: str, beside: int = 0, actor: Actor, now: datetime
) -> HeldAttachment:
    """Keep a file for a form that holds ``beside`` others. Raises ``PaperRefused``, ``TooManyFiles``."""
    if beside >= MOST_FILES:
        raise TooManyFiles
    kept = store_paper(content=content, name=name, owner_id=actor.user_id, actor=actor, now=now)
    if actor.user_id is not None:
        waiting = loose().filter(paper__owner_id=actor.user_id).order_by("-kept_at", "-pk")
        forget_attachments(waiting[MOST_WAITING - 1 :])
    return held_view(Attachment.objects.create(paper_id=kept.id, kept_at=now))


@transaction.atomic
def drop_attachment(*, handle: str, actor: Actor) -> None:
    """Take a waiting file out again, with its bytes. Raises ``AttachmentGone``."""
    forget_attachments([_waiting(handle, actor)])


def take_along(
    handles: Sequence[str],
    *,
    actor: Actor,
    petition: Petition | None = None,
    complaint: Complaint | None = None,
) -> None:
    """Put waiting files with a record, in its transaction, after those that it has.

    At most ``MOST_FILES`` come at a time: with it, and again with an answer to a question. Raises
    ``TooManyFiles``, ``AttachmentGone``.
    """
    if len(handles) > MOST_FILES:
        raise TooManyFiles
    there = Attachment.objects.filter(petition=petition, complaint=complaint).count()
    for place, handle in enumerate(dict.fromkeys(handles), start=there):
        row = _waiting(handle, actor)
        row.petition, row.complaint, row.place = petition, complaint, place
        row.save(update_fields=["petition", "complaint", "place"])


@transaction.atomic
def forget_loose_attachments(*, now: datetime, limit: int = 100) -> int:
    """Remove files whose form was never sent or whose record is gone; how many."""
    rows = loose().select_for_update(of=("self",)).filter(kept_at__lt=now - KEPT)
    return forget_attachments(rows.order_by("kept_at", "pk")[:limit])


def _waiting(handle: str, actor: Actor) -> Attachment:
    key = loose_id(handle)
    row = loose().select_for_update(of=("self",)).filter(pk=key).first() if key else None
    if row is None or not theirs(row, actor):
        raise AttachmentGone
    return row


def forget_attachments(rows: Iterable[Attachment]) -> int:
    """Remove files with their bytes, in the transaction of who asks; how many."""
    papers = {row.pk: row.paper_id for row in rows}
    Attachment.objects.filter(pk__in=list(papers)).delete()
    forget_papers(paper_ids=list(papers.values()))
    return len(papers)
