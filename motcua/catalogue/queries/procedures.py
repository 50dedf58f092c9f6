"""The procedure page, its revisions and its packs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from motcua.catalogue.models import Procedure, Revision
from motcua.catalogue.queries.services import ServiceRef, highest, services_of
from motcua.catalogue.rules.facts import Facts, from_record
from motcua.catalogue.rules.pack import Pack
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.core.actor import Actor
from motcua.core.kept import Kept
from motcua.core.refusals import NotFound
from motcua.core.texts import Text


@dataclass(frozen=True, slots=True)
class RevisionRef:
    """One frozen revision of a procedure."""

    id: int
    number: int
    has_pack: bool
    procedure_code: str


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """Everything published about a procedure, with its level and who offers it."""

    code: str
    name: Text
    agency_code: str
    agency_name: str
    field: str
    revision: int
    revision_id: int | None
    published_at: datetime | None
    facts: Facts
    level: str
    level_declared: str | None
    blockers: tuple[str, ...]
    services: tuple[ServiceRef, ...]
    has_pack: bool
    stub: bool


@dataclass(frozen=True, slots=True)
class FieldCount:
    """A field of administration and how many procedures it holds."""

    field: str
    count: int


@dataclass(frozen=True, slots=True)
class AgencyCount:
    """A publishing agency and how many procedures it holds."""

    code: str
    name: str
    count: int


def procedure(code: str, *, actor: Actor, on: date | None = None) -> ProcedurePage:
    """One procedure's page; services as in force on ``on`` (None: whatever the day). Raises NotFound."""
    row: Procedure | None = next(iter(_NAMED.objects(code)), None)
    if row is None:
        raise NotFound()
    current = next(iter(_CURRENT.rows(row.pk)), None)
    revision_id, number, published_at, packed = current or (None, 0, None, False)
    services = services_of(code, on=on or date.max)
    best = highest(s.level for s in services)
    declared = [s.level_declared for s in services if s.level_declared]
    return ProcedurePage(
        code=row.code,
        name=Text(row.name_vi, row.name_en),
        agency_code=row.agency_code,
        agency_name=row.agency_name,
        field=row.field,
        revision=number,
        revision_id=revision_id,
        published_at=published_at,
        facts=revision_facts(revision_id) if revision_id else Facts(row.code, row.name_vi),
        level=best,
        level_declared=highest(declared) if declared else None,
        blockers=next((s.blockers for s in services if s.level == best), ()),
        services=services,
        has_pack=bool(packed),
        stub=row.stub,
    )


_NAMED = Kept(lambda code: Procedure.objects.filter(code=code), str)
_PACKED = ExpressionWrapper(Q(pack__isnull=False), output_field=BooleanField())
_CURRENT = Kept(
    lambda procedure: (
        Revision.objects.filter(procedure_id=procedure, closed_at__isnull=True)
        .annotate(packed=_PACKED)
        .values_list("id", "number", "published_at", "packed")
    ),
    int,
)


def current_revision(procedure_code: str) -> RevisionRef:
    """The revision that is current now. Raises NotFound for an unknown procedure or a stub."""
    row = (
        Revision.objects.filter(procedure__code=procedure_code, closed_at__isnull=True)
        .order_by("-number")
        .annotate(packed=_PACKED)
        .values("id", "number", "packed")
        .first()
    )
    if row is None:
        raise NotFound()
    return RevisionRef(row["id"], row["number"], row["packed"], procedure_code)


@lru_cache(maxsize=256)
def revision_pack(revision_id: int) -> Pack:
    """The parsed pack of a frozen revision (which never changes, hence cached). Raises NotFound."""
    files: Any = Revision.objects.filter(id=revision_id).values_list("pack", flat=True).first()
    if not files:
        raise NotFound()
    return parse_pack(files)


@lru_cache(maxsize=256)
def revision_facts(revision_id: int) -> Facts:
    """What a frozen revision publishes (which never changes, hence cached). Raises NotFound."""
    record: Any = Revision.objects.filter(id=revision_id).values_list("facts", flat=True).first()
    if record is None:
        raise NotFound()
    return from_record(record)


def revision_names(ids: Collection[int]) -> dict[int, Text]:
    """The names of the procedures of some revisions, by the revision's id, in one query."""
    wanted = sorted(ids)
    few = 0 < len(wanted) <= _FEW
    rows = _NAMES.rows(*(wanted * _FEW)[:_FEW]) if few else list(_names(Q(pk__in=wanted)))
    return {pk: Text(vi, en) for pk, vi, en in rows}


def _names(which: Q) -> "QuerySet[Revision, Any]":
    return Revision.objects.filter(which).values_list("pk", "procedure__name_vi", "procedure__name_en")


_FEW = 4
_NAMES = Kept(lambda a, b, c, d: _names(Q(pk=a) | Q(pk=b) | Q(pk=c) | Q(pk=d)), *(int,) * _FEW)


def field_counts(*, agency: str = "") -> tuple[FieldCount, ...]:
    """Fields with their number of procedures, the largest first."""
    rows = Procedure.objects.filter(stub=False).exclude(field="")
    if agency:
        rows = rows.filter(agency_code=agency)
    counted = rows.values("field").annotate(count=Count("id")).order_by("-count", "field")
    return tuple(FieldCount(r["field"], r["count"]) for r in counted)


def agency_counts() -> tuple[AgencyCount, ...]:
    """Publishing agencies with their number of procedures, by code."""
    rows = Procedure.objects.filter(stub=False).values("agency_code", "agency_name")
    counted = rows.annotate(count=Count("id")).order_by("agency_code", "agency_name")
    return tuple(AgencyCount(r["agency_code"], r["agency_name"], r["count"]) for r in counted)
