"""Keeping what people upload: checked by its content, photographs turned upright and scaled."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.documents import rules
from motcua.documents.gateways import papers, pictures, store
from motcua.documents.models import Paper
from motcua.documents.queries import PaperRef, paper_ref


@transaction.atomic
def store_paper(
    *, content: BinaryIO, name: str, owner_id: int | None, session: str = "", actor: Actor, now: datetime
) -> PaperRef:
    """Keep an uploaded file under a name of our own. Raises ``PaperRefused`` with the reason.

    ``session`` is the blind index of the anonymous draft that holds it, when nobody has signed in.
    """
    return keep_paper(
        content.read(rules.MAX_BYTES + 1), name=name, owner_id=owner_id, session=session, now=now
    )


def keep_paper(data: bytes, *, name: str, owner_id: int | None, session: str, now: datetime) -> PaperRef:
    """Check, make legible and keep the bytes of one paper; inside the caller's transaction."""
    kind = checked_kind(data)
    picture = pictures.legible(data) if kind == "image/jpeg" else pictures.Picture(data)
    row = Paper.objects.create(
        owner_id=owner_id,
        session=session,
        name=rules.clean_name(name, kind),
        content_type=kind,
        size=len(picture.content),
        sha256=hashlib.sha256(picture.content).hexdigest(),
        sent_sha256=hashlib.sha256(data).hexdigest(),
        changes=",".join(picture.changes),
        storage_name=store.keep(
            picture.content, folder="papers", on=local_day(now), ending=rules.EXTENSIONS[kind]
        ),
        state=Paper.State.SCANNING if settings.CLAMD_URL else Paper.State.UNSCANNED,
        uploaded_at=now,
    )
    return paper_ref(row)


@transaction.atomic
def forget_papers(*, paper_ids: Collection[UUID]) -> None:
    """Remove papers with their bytes, for the noun that alone holds them; unknown ids are passed over."""
    rows = Paper.objects.filter(id__in=list(paper_ids))
    names = list(rows.order_by("id").values_list("storage_name", flat=True))
    rows.delete()
    transaction.on_commit(lambda: store.drop(names))


def checked_kind(data: bytes) -> str:
    """The content type of a file that may be kept; raises ``PaperRefused``."""
    rules.check_length(len(data))
    head = data[:16]
    known = any(head.startswith(magic) for magic in rules.MAGIC)
    kind = rules.content_type_of(head, "" if known else papers.seems(data))
    if kind == "application/pdf":
        rules.check_pages(papers.pdf_pages(data))
    else:
        rules.check_picture(data, kind)
    return kind
