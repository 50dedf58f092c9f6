"""Assessments that are being typed in, for the officers who may record them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.agencies.queries import AgencyRef, agencies, agencies_by_id
from motcua.core.actor import Actor
from motcua.core.canonical import digest
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.voice.access import RECORDING, records_assessments
from motcua.voice.models import Assessment, AssessmentDraft
from motcua.voice.rules import assessment_drafts as drafting
from motcua.voice.rules.assessments import kept_record


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list."""

    id: int
    code: str
    title: str
    agency: AgencyRef
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """An entry of a list: its place (from 1), its fields as texts, the digest that a change must name."""

    place: int
    fields: dict[str, str]
    seen: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with all that was typed, as the forms show it, and what is still open."""

    id: int
    code: str
    agency: AgencyRef
    general: dict[str, str]
    lists: dict[str, tuple[DraftEntry, ...]]
    lists_seen: dict[str, str]  # digests that adding must name
    open: tuple[drafting.OpenPoint, ...]
    seen: str  # of the whole
    general_seen: str
    advisable: tuple[
        AgencyRef, ...
    ]  # whom a recommendation may be for: the tree of the agency, and all roots

    def entry(self, part: str, place: int) -> DraftEntry:
        """One entry; raises ``NotFound``."""
        found = next((one for one in self.lists.get(part, ()) if one.place == place), None)
        if found is None:
            raise NotFound
        return found


def may_record(actor: Actor) -> bool:
    """True for who may record assessments of some agency."""
    return bool(actor.agency_ids(*RECORDING)) and any(records_assessments(actor, a.path) for a in agencies())


def recordable_agencies(actor: Actor) -> tuple[AgencyRef, ...]:
    """The agencies whose assessments the actor may record, by identifier; raises ``NotFound`` without any."""
    found = tuple(one for one in agencies() if records_assessments(actor, one.path))
    if not found or actor.kind == "system":
        raise NotFound
    return found


def repeatable(actor: Actor, limit: int = 200) -> tuple[tuple[str, Text], ...]:
    """Codes and titles of published assessments that a new one of the actor's may repeat, latest first."""
    subjects = [one.identifier for one in recordable_agencies(actor)]
    rows = Assessment.objects.filter(subject__in=subjects).order_by("-made_on", "-id")[:limit]
    return tuple((row.code, kept_record(row.facts, row.code).title) for row in rows)


def drafts_for(actor: Actor) -> tuple[DraftLine, ...]:
    """The drafts that the actor may go on with, the latest first; raises ``NotFound`` without any right."""
    mine = [one.id for one in recordable_agencies(actor)]
    rows = list(
        AssessmentDraft.objects.filter(assessment=None, agency_id__in=mine).order_by("-changed_at", "-id")
    )
    known = agencies_by_id({row.agency_id for row in rows})
    return tuple(
        DraftLine(row.pk, row.code, row.facts.get("title_vi", ""), known[row.agency_id], row.changed_at)
        for row in rows
    )


def draft_for(draft_id: int, *, actor: Actor) -> DraftView:
    """One of them; raises ``NotFound``."""
    row = AssessmentDraft.objects.filter(pk=draft_id, assessment=None).first()
    agency = agencies_by_id({row.agency_id})[row.agency_id] if row else None
    if row is None or agency is None or not records_assessments(actor, agency.path):
        raise NotFound
    facts: dict[str, Any] = row.facts
    general = drafting.general_of(facts)
    return DraftView(
        id=row.pk,
        code=row.code,
        agency=agency,
        general=drafting.shown(drafting.GENERAL, general),
        lists={part: _entries(facts, part) for part in drafting.LISTS},
        lists_seen={part: digest(drafting.entries(facts, part)) for part in drafting.LISTS},
        open=drafting.open_points(facts),
        seen=digest(facts),
        general_seen=digest(general),
        advisable=tuple(one for one in agencies() if one.root in {agency.root, one.identifier}),
    )


def _entries(facts: dict[str, Any], part: str) -> tuple[DraftEntry, ...]:
    return tuple(
        DraftEntry(place, {**drafting.shown(part, one), "number": str(one.get("number", ""))}, digest(one))
        for place, one in enumerate(drafting.entries(facts, part), 1)
    )
