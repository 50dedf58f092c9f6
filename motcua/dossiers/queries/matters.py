"""What a dossier is about, for those who speak of how it was handled: no personal data."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries import AgencyRef, agency_by_id
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.dossiers.access import filed_or_asked
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.naming import with_names


@dataclass(frozen=True, slots=True)
class Matter:
    """The procedure, the deciding agency and how far it is; ``decided`` are kinds of decisions made on it."""

    code: str
    procedure: str
    procedure_name: Text
    agency: AgencyRef
    status: int
    outcome: str
    applicant_id: int | None
    decided: frozenset[str]
    due_at: datetime | None = None
    ended_at: datetime | None = None


def matter_of(code: str, *, actor: Actor) -> Matter:
    """For the platform itself, after it has checked a signed link; raises ``NotFound``."""
    if actor.kind != "system":
        raise NotFound
    return _matter(_row(code))


def own_matter(code: str, *, actor: Actor) -> Matter:
    """For the applicant or the one who filed; raises ``NotFound`` for everybody else."""
    row = _row(code)
    if not filed_or_asked(actor, row):
        raise NotFound
    return _matter(row)


def _row(code: str) -> Dossier:
    rows = with_names(Dossier.objects.all()).prefetch_related("decisions")
    row = rows.filter(code=code).first()
    if row is None:
        raise NotFound
    return row


def _matter(row: Dossier) -> Matter:
    procedure = row.revision.procedure
    return Matter(
        code=row.code,
        procedure=row.procedure_code,
        procedure_name=Text(procedure.name_vi, procedure.name_en),
        agency=agency_by_id(row.agency_id),
        status=row.status,
        outcome=row.outcome,
        applicant_id=row.applicant_id,
        decided=frozenset(d.kind for d in row.decisions.all()),
        due_at=row.due_at,
        ended_at=row.finished_at or row.returned_at,
    )
