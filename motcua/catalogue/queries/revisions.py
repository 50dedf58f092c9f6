"""The revisions of a procedure: when each counted, and what changed from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.catalogue.models import Procedure, Revision
from motcua.catalogue.rules.changes import Change, Content, changes
from motcua.catalogue.rules.exchange import own_record
from motcua.catalogue.rules.facts import from_record
from motcua.catalogue.rules.pack import PackFault
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.core.refusals import NotFound

MOST_REVISIONS = 50


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One revision. ``closed_at`` None: current. ``changes``: against the one before; empty for the first."""

    number: int
    published_at: datetime
    closed_at: datetime | None
    has_pack: bool
    changes: tuple[Change, ...]

    @property
    def state(self) -> str:
        """published or closed."""
        return "closed" if self.closed_at else "published"


def revisions(code: str) -> tuple[RevisionView, ...]:
    """The newest revisions of a procedure, the newest first. Raises NotFound for an unknown procedure."""
    if not Procedure.objects.filter(code=code).exists():
        raise NotFound()
    rows = list(Revision.objects.filter(procedure__code=code).order_by("-number")[: MOST_REVISIONS + 1])
    held = [_content(row) for row in rows]
    views = []
    for index, row in enumerate(rows[:MOST_REVISIONS]):
        found = changes(held[index + 1], held[index]) if index + 1 < len(rows) else ()
        views.append(RevisionView(row.number, row.published_at, row.closed_at, bool(row.pack), found))
    return tuple(views)


def revision_files(code: str, number: int | None = None) -> dict[str, str]:
    """The files of a published pack by relative path: of a revision, or of the newest that has a pack.

    Raises NotFound where there is none.
    """
    rows = Revision.objects.filter(procedure__code=code, pack__isnull=False).order_by("-number")
    row = rows.filter(number=number).first() if number else rows.first()
    if row is None or not row.pack:
        raise NotFound()
    return dict(row.pack)


def revision_content(code: str, number: int) -> Content:
    """What a revision holds, to compare it. Raises NotFound."""
    row = Revision.objects.filter(procedure__code=code, number=number).first()
    if row is None:
        raise NotFound()
    return _content(row)


def procedure_records() -> Iterator[dict[str, Any]]:
    """Every procedure with facts as a line of an export, by code; streams."""
    rows = Procedure.objects.filter(stub=False).order_by("code").values_list("code", "sources")
    for code, sources in rows.iterator(chunk_size=200):
        if sources:
            yield own_record(code, sources)


def _content(row: Revision) -> Content:
    """The content; a pack of an earlier program that this one cannot read is left out of comparisons."""
    try:
        pack = parse_pack(row.pack) if row.pack else None
    except PackFault:
        pack = None
    return Content(from_record(row.facts), pack)
