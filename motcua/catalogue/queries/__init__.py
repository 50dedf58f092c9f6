"""Reads of the catalogue: search, the procedure page, services, revisions. All of it is public."""

from motcua.catalogue.queries.blank import blank_form
from motcua.catalogue.queries.counting import ProcedureRow, ServiceRow, all_procedures, all_services
from motcua.catalogue.queries.finding import ProcedureItem, search
from motcua.catalogue.queries.procedures import (
    AgencyCount,
    FieldCount,
    ProcedurePage,
    RevisionRef,
    agency_counts,
    current_revision,
    field_counts,
    procedure,
    revision_pack,
)
from motcua.catalogue.queries.services import (
    ServiceRef,
    offered_at,
    service_for,
    service_serving,
    services_of,
)

__all__ = [
    "AgencyCount",
    "FieldCount",
    "ProcedureItem",
    "ProcedurePage",
    "ProcedureRow",
    "RevisionRef",
    "ServiceRef",
    "ServiceRow",
    "agency_counts",
    "all_procedures",
    "all_services",
    "blank_form",
    "current_revision",
    "field_counts",
    "offered_at",
    "procedure",
    "revision_pack",
    "search",
    "service_for",
    "service_serving",
    "services_of",
]
