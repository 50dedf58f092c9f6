"""Reads of the catalogue: search, the procedure page, services, revisions. All of it is public."""

from motcua.catalogue.queries.blank import blank_form
from motcua.catalogue.queries.counting import (
    ProcedureRow,
    ServiceLevel,
    ServiceRow,
    all_procedures,
    all_services,
    service_levels,
)
from motcua.catalogue.queries.described import Described, LawRef, described
from motcua.catalogue.queries.finding import ProcedureItem, items_of, search
from motcua.catalogue.queries.life import LifeStepView, carried_keys, life_event, life_events, life_steps
from motcua.catalogue.queries.procedures import (
    AgencyCount,
    FieldCount,
    ProcedurePage,
    RevisionRef,
    agency_counts,
    current_revision,
    field_counts,
    procedure,
    revision_names,
    revision_pack,
)
from motcua.catalogue.queries.publications import (
    Alerts,
    PublicationItem,
    law_documents,
    publication_alerts,
    publications,
    tracked,
)
from motcua.catalogue.queries.published import Published, published
from motcua.catalogue.queries.revisions import (
    RevisionView,
    procedure_records,
    revision_content,
    revision_files,
    revisions,
)
from motcua.catalogue.queries.services import (
    ServiceRef,
    offered_at,
    service_for,
    service_serving,
    services_of,
)
from motcua.catalogue.queries.terms import Offered, Terms, offered_on, terms_of

__all__ = [
    "AgencyCount",
    "Alerts",
    "Described",
    "FieldCount",
    "LawRef",
    "LifeStepView",
    "Offered",
    "ProcedureItem",
    "ProcedurePage",
    "ProcedureRow",
    "PublicationItem",
    "Published",
    "RevisionRef",
    "RevisionView",
    "ServiceLevel",
    "ServiceRef",
    "ServiceRow",
    "Terms",
    "agency_counts",
    "all_procedures",
    "all_services",
    "blank_form",
    "carried_keys",
    "current_revision",
    "described",
    "field_counts",
    "items_of",
    "law_documents",
    "life_event",
    "life_events",
    "life_steps",
    "offered_at",
    "offered_on",
    "procedure",
    "procedure_records",
    "publication_alerts",
    "publications",
    "published",
    "revision_content",
    "revision_files",
    "revision_names",
    "revision_pack",
    "revisions",
    "search",
    "service_for",
    "service_levels",
    "service_serving",
    "services_of",
    "terms_of",
    "tracked",
]
