"""All procedures and all services as in force on a day, for those who count (monitoring, actor SYSTEM)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from motcua.catalogue.models import Procedure, Service
from motcua.catalogue.queries.services import in_force
from motcua.core.actor import Actor


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One procedure with the levels at which it is performed."""

    code: str
    name_vi: str
    agency_code: str
    field: str
    at_ministry: bool
    at_province: bool
    at_commune: bool
    stub: bool


class ServiceRow(NamedTuple):
    """One service: (procedure, agency) with its derived and declared level ("" when not declared)."""

    procedure_code: str
    agency_id: int
    agency: str
    agency_path: str
    level: str
    level_declared: str
    eligible_full: bool | None


def all_procedures(on: date, *, actor: Actor) -> Iterator[ProcedureRow]:
    """Every procedure in force on a day, by code; read in pieces."""
    rows = (
        Procedure.objects.filter(in_force(on))
        .order_by("code")
        .values_list(
            "code", "name_vi", "agency_code", "field", "at_ministry", "at_province", "at_commune", "stub"
        )
    )
    return (ProcedureRow(*row) for row in rows.iterator(chunk_size=1000))


class ServiceLevel(NamedTuple):
    """Of one service only what a count of services needs."""

    procedure_code: str
    agency_id: int
    level: str
    level_declared: str


def service_levels(on: date, *, actor: Actor) -> Iterator[ServiceLevel]:
    """The same services as ``all_services``, in no order."""
    rows = Service.objects.filter(in_force(on)).order_by()
    told = rows.values_list("procedure__code", "agency_id", "level", "level_declared")
    return map(ServiceLevel._make, told.iterator(chunk_size=5000))


def all_services(on: date, *, actor: Actor) -> Iterator[ServiceRow]:
    """Every service in force on a day, by procedure and agency; read in pieces."""
    ordered = Service.objects.filter(in_force(on)).order_by("procedure__code", "agency__identifier", "id")
    rows = ordered.values_list(
        "procedure__code",
        "agency_id",
        "agency__identifier",
        "agency__path",
        "level",
        "level_declared",
        "eligible_full",
    )
    return map(ServiceRow._make, rows.iterator(chunk_size=5000))
