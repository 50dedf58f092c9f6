"""Keeping a batch of facts: procedures, their revisions, their search texts, and the events of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.catalogue.models import Procedure, Revision, SearchEntry
from motcua.catalogue.rules.facts import Facts, from_record, merge, to_record
from motcua.catalogue.rules.search import entry_of, prior_of
from motcua.core.actor import Actor
from motcua.core.canonical import digest
from motcua.events.operations import Entry, append_many

LAYERS = ("record", "pack", "list")  # the best source first


@dataclass(frozen=True, slots=True)
class Change:
    """What one source says of one procedure; ``pack`` None keeps the pack that is there."""

    facts: Facts
    layer: str
    source: str = ""
    pack: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Codes of a batch by what became of them."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


def keep(changes: Sequence[Change], *, actor: Actor, now: datetime) -> Kept:
    """Keep one batch (codes unique in it) inside the caller's transaction.

    A changed fact or pack closes the current revision and opens the next; nothing else is touched.
    """
    codes = [c.facts.code for c in changes]
    known = {p.code: p for p in Procedure.objects.select_for_update().filter(code__in=codes).order_by("id")}
    open_ones = Revision.objects.filter(procedure__code__in=codes, closed_at__isnull=True).order_by("id")
    current = {r.procedure_id: r for r in open_ones}
    made, revised, unchanged = [], [], []
    for change in changes:
        procedure = known.get(change.facts.code) or Procedure(code=change.facts.code, name_vi="", stub=True)
        before = current.get(procedure.pk) if procedure.pk else None
        sources = {**procedure.sources, change.layer: to_record(change.facts)}
        facts = merge([from_record(sources[name]) for name in LAYERS if name in sources])
        pack = change.pack if change.pack is not None else (before.pack if before else None)
        content = digest({"facts": to_record(facts), "pack": pack or {}})
        if before and before.content_hash == content:
            unchanged.append(procedure.code)
            if procedure.sources != sources:
                Procedure.objects.filter(pk=procedure.pk).update(sources=sources)
            continue
        _fill(procedure, facts, sources, change.source)
        (made if procedure.pk is None else revised).append((procedure, before, facts, pack, content))
    Procedure.objects.bulk_create([item[0] for item in made])
    Procedure.objects.bulk_update([item[0] for item in revised], _FILLED, batch_size=100)
    items = [*made, *revised]
    numbers = _revise(items, now)
    _index(items)
    entries = [
        Entry(
            f"procedure:{p.code}",
            "procedure.revised",
            {"revision": numbers[p.code], "hash": h, "pack": bool(k)},
        )
        for p, _, _, k, h in items
    ]
    if entries:
        append_many(entries, actor=actor, now=now)
    fresh = {p.code for p, before, *_ in items if before is None}
    return Kept(
        new=tuple(p.code for p, *_ in items if p.code in fresh),
        changed=tuple(p.code for p, *_ in items if p.code not in fresh),
        unchanged=tuple(unchanged),
    )


_FILLED = (
    "name_vi",
    "name_en",
    "agency_code",
    "agency_name",
    "field",
    "at_ministry",
    "at_province",
    "at_commune",
    "stub",
    "source",
    "sources",
)
Item = tuple[Procedure, Revision | None, Facts, dict[str, str] | None, str]


def _fill(procedure: Procedure, facts: Facts, sources: dict[str, Any], source: str) -> None:
    procedure.name_vi, procedure.name_en = facts.name_vi, facts.name_en
    procedure.agency_code, procedure.agency_name = facts.agency_code, facts.agency_name
    procedure.field = facts.field
    procedure.at_ministry = "ministry" in facts.levels
    procedure.at_province = "province" in facts.levels
    procedure.at_commune = "commune" in facts.levels
    procedure.stub = False
    procedure.sources = sources
    procedure.source = source[:200] or procedure.source


def _revise(items: Sequence[Item], now: datetime) -> dict[str, int]:
    """Close the current revisions and open the next ones; returns the new number by code."""
    Revision.objects.filter(pk__in=[b.pk for _, b, *_ in items if b]).update(closed_at=now)
    numbers = {p.code: (before.number + 1 if before else 1) for p, before, *_ in items}
    Revision.objects.bulk_create(
        Revision(
            procedure=procedure,
            number=numbers[procedure.code],
            facts=to_record(facts),
            pack=pack,
            content_hash=content,
            published_at=now,
        )
        for procedure, _, facts, pack, content in items
    )
    return numbers


def _index(items: Sequence[Item]) -> None:
    SearchEntry.objects.filter(procedure__in=[p.pk for p, *_ in items]).delete()
    SearchEntry.objects.bulk_create(
        SearchEntry(
            procedure=procedure,
            prior=prior_of(facts.subjects, facts.levels),
            **entry_of(code=facts.code, name_vi=facts.name_vi, name_en=facts.name_en, extra=_body(facts)),
        )
        for procedure, _, facts, _, _ in items
    )


def _body(facts: Facts) -> list[str]:
    """The texts beside the title that a search may meet; papers and results up to a bound."""
    results = [r.name for r in facts.results][:40]
    papers = [p.name[:300] for p in facts.required_papers][:40]
    return [facts.field, facts.agency_name, *facts.performing, *facts.subjects, *results, *papers]
