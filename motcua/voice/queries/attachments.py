"""Files with petitions and complaints: for who sent them and who handles them, for nobody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from motcua.core.actor import Actor, Reading
from motcua.core.links import opened, sign
from motcua.core.refusals import NotFound
from motcua.documents.queries import paper_bytes
from motcua.voice.access import decides, handles
from motcua.voice.models import Attachment
from motcua.voice.queries.authors import is_author
from motcua.voice.rules.attachments import MOST_FILES

HANDLE = "attachment"  # what a token of ``core.links`` is for


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One file: ``kind`` is its content type; ``state`` and ``changes`` are those of papers."""

    id: str
    name: str
    kind: str
    size: int
    state: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldAttachment:
    """A file that waits for its form to be sent; whoever has the ``handle`` may send it along."""

    handle: str
    file: AttachmentView


def loose() -> QuerySet[Attachment]:
    """Files that go with nothing yet, with their papers."""
    return Attachment.objects.select_related("paper").filter(petition=None, complaint=None)


def loose_id(handle: str) -> UUID | None:
    """The file that a handle names, or None for any other text."""
    known = opened(HANDLE, handle)
    return UUID(known) if known else None


def theirs(row: Attachment, actor: Actor) -> bool:
    """True for the account that sent it; one that was sent without an account goes with its handle."""
    return row.paper.owner_id is None or row.paper.owner_id == actor.user_id


def held_view(row: Attachment) -> HeldAttachment:
    """A waiting file as its form shows it."""
    return HeldAttachment(sign(HANDLE, str(row.pk)), attachment_view(row))


def held_attachments(handles: Sequence[str], *, actor: Actor) -> tuple[HeldAttachment, ...]:
    """Those of the handles whose files still wait and are the actor's, in their order."""
    wanted = list(dict.fromkeys(i for i in map(loose_id, handles[:MOST_FILES]) if i is not None))
    rows = {row.pk: row for row in loose().filter(pk__in=wanted).order_by("pk")}
    return tuple(held_view(rows[i]) for i in wanted if i in rows and theirs(rows[i], actor))


def attachment_view(row: Attachment) -> AttachmentView:
    """The public face of a row; its paper is loaded."""
    paper = row.paper
    changes = tuple(filter(None, paper.changes.split(",")))
    return AttachmentView(str(row.pk), paper.name, paper.content_type, paper.size, paper.state, changes)


def in_order(rows: Iterable[Attachment]) -> tuple[AttachmentView, ...]:
    """Files as they were sent."""
    return tuple(attachment_view(row) for row in sorted(rows, key=lambda r: (r.place, r.pk)))


def attachment_seen(
    attachment: UUID | str, *, of: str = "", actor: Actor, token: str = ""
) -> tuple[AttachmentView, bytes]:
    """A file with its bytes, for the author of what it goes with and for who handles that.

    ``of``: the code that the address names; "" any. Raises ``NotFound`` for everybody else, also once the
    answer is published; ``PaperWaits``, ``PaperHarmful``.
    """
    rows = Attachment.objects.select_related("paper", "petition", "complaint")
    try:
        row = rows.filter(pk=UUID(str(attachment))).first()
    except ValueError:
        row = None
    record = (row.petition or row.complaint) if row else None
    if row is None or record is None or of not in ("", record.code):
        raise NotFound
    own = _own(row, actor, token)
    if not own and not _handled(row, actor):
        raise NotFound
    content = paper_bytes(row.paper_id)
    if not own:
        actor.note(Reading("attachment", str(row.pk), dossier=record.dossier, why="deciding"))
    return attachment_view(row), content


def _own(row: Attachment, actor: Actor, token: str) -> bool:
    if row.petition is not None:
        return is_author(row.petition, actor, token)
    known = row.complaint is not None and actor.user_id is not None
    return known and row.complaint is not None and actor.user_id == row.complaint.author_id


def _handled(row: Attachment, actor: Actor) -> bool:
    if row.petition is not None:
        return handles(actor, row.petition.agency_id)
    return row.complaint is not None and decides(actor, row.complaint.agency_id)
