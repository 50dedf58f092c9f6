"""A dossier's facts for those who count: no personal data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from motcua.core.actor import Actor
from motcua.core.references import root_of
from motcua.core.refusals import NotFound
from motcua.dossiers.models import Dossier, DossierPaper

COLUMNS = (
    "id", "code", "procedure_code", "agency_id", "agency__identifier", "agency__path", "agency__serves__code",
    "channel", "filed_by", "level", "status", "outcome", "submitted_at", "received_at", "due_at",
    "finished_at", "returned_at", "supplements", "supplement_requested_at", "paused_minutes", "visits",
    "paper_result", "e_result", "fee", "digitised",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What every rate may be computed from. Minutes are elapsed time; moments are aware."""

    id: int
    code: str
    procedure_code: str
    agency_id: int
    agency: str
    agency_path: str
    place_code: str | None  # unit that the deciding agency serves
    channel: int
    filed_by: str
    level: str
    status: int
    outcome: str
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    supplements: int
    supplement_requested_at: datetime | None
    paused_minutes: int
    visits: int
    paper_result: bool
    e_result: bool
    fee: int | None  # owed, whole đồng
    digitised: bool  # at least one paper is here as a file

    @property
    def root(self) -> str:
        """The ministry or province at the root of the deciding agency's identifier."""
        return root_of(self.agency)


def _rows() -> "QuerySet[Dossier, tuple[object, ...]]":
    filed = DossierPaper.objects.filter(dossier=OuterRef("pk"), paper__isnull=False)
    return Dossier.objects.annotate(digitised=Exists(filed)).order_by("id").values_list(*COLUMNS)


def dossier_facts_of(code: str, *, actor: Actor) -> DossierFacts:
    """The facts of one dossier; only the platform itself asks (``NotFound`` otherwise)."""
    row = _rows().filter(code=code).first() if actor.kind == "system" else None
    if row is None:
        raise NotFound
    return DossierFacts(*row)  # type: ignore[arg-type]


def facts_of_many(codes: Iterable[str], *, actor: Actor) -> list[DossierFacts]:
    """The facts of some dossiers, each once, oldest first; only for the platform itself."""
    if actor.kind != "system":
        raise NotFound
    rows = _rows().filter(code__in=sorted(set(codes)))
    return [DossierFacts(*row) for row in rows]  # type: ignore[arg-type]


def handled_here(codes: Iterable[str]) -> frozenset[str]:
    """Those of the codes that are dossiers of this site, and no records of others."""
    rows = Dossier.objects.filter(code__in=sorted(set(codes))).order_by("code")
    return frozenset(rows.values_list("code", flat=True))


def all_facts(*, actor: Actor, chunk: int = 2000) -> Iterator[DossierFacts]:
    """The facts of every dossier, oldest first, in constant memory; only for the platform itself."""
    if actor.kind != "system":
        raise NotFound
    return (DossierFacts(*row) for row in _rows().iterator(chunk_size=chunk))  # type: ignore[arg-type]
