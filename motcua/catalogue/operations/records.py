"""Keeping a batch of facts: procedures, their revisions, their search texts, and the events of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.catalogue.models import Procedure, Revision, SearchEntry
from motcua.catalogue.rules.exchange import LAYERS
from motcua.catalogue.rules.facts import Facts, from_record, merge, to_record
from motcua.catalogue.rules.indexing import audience_of, entry_of, prior_of
from motcua.core.actor import Actor
from motcua.core.canonical import digest
from motcua.events.operations import Entry, append_many


@dataclass(frozen=True, slots=True)
class Change:
    """What one source says of one procedure; ``pack`` None keeps the pack that is there, ``{}`` ends it.

    ``others``: what further sources say, by layer, as records (of an export). ``note`` goes to the log.
    """

    facts: Facts
    layer: str
    source: str = ""
    pack: dict[str, str] | None = None
    others: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Codes of a batch by what became of them."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Item:
    """A change weighed: the procedure, its revision before, and the content that it is to have."""

    procedure: Procedure
    before: Revision | None
    facts: Facts
    pack: dict[str, str] | None
    content: str
    note: str = ""

    @property
    def code(self) -> str:
        """The procedure's code."""
        return self.procedure.code


def keep(changes: Sequence[Change], *, actor: Actor, now: datetime) -> Kept:
    """Keep one batch (codes unique in it) inside the caller's transaction.

    A changed fact or pack closes the current revision and opens the next; nothing else is touched.
    """
    codes = [c.facts.code for c in changes]
    known = {p.code: p for p in Procedure.objects.select_for_update().filter(code__in=codes).order_by("id")}
    open_ones = Revision.objects.filter(procedure__code__in=codes, closed_at__isnull=True).order_by("id")
    current = {r.procedure_id: r for r in open_ones}
    weighed = []
    for change in changes:
        procedure = known.get(change.facts.code) or Procedure(code=change.facts.code, name_vi="", stub=True)
        weighed.append(_weigh(change, procedure, current.get(procedure.pk) if procedure.pk else None))
    items = [item for item in weighed if item.before is None or item.before.content_hash != item.content]
    _save(items)
    numbers = _revise(items, now)
    _index(items)
    entries = [Entry(f"procedure:{i.code}", "procedure.revised", _told(i, numbers)) for i in items]
    if entries:
        append_many(entries, actor=actor, now=now)
    return Kept(
        new=tuple(i.code for i in items if i.before is None),
        changed=tuple(i.code for i in items if i.before is not None),
        unchanged=len(changes) - len(items),
    )


def _weigh(change: Change, procedure: Procedure, before: Revision | None) -> Item:
    """What a change would make of a procedure; keeps what the source said where nothing else changes."""
    sources = {**procedure.sources, **change.others, change.layer: to_record(change.facts)}
    facts = merge([from_record(sources[name]) for name in LAYERS if name in sources])
    pack = change.pack if change.pack is not None else (before.pack if before else None)
    content = digest({"facts": to_record(facts), "pack": pack or {}})
    if before and before.content_hash == content and procedure.sources != sources:
        Procedure.objects.filter(pk=procedure.pk).update(sources=sources)
    procedure.sources = sources
    procedure.source = change.source[:200] or procedure.source
    return Item(procedure, before, facts, pack, content, change.note)


def _save(items: Sequence[Item]) -> None:
    for item in items:
        _fill(item.procedure, item.facts)
    Procedure.objects.bulk_create([i.procedure for i in items if i.procedure.pk is None])
    Procedure.objects.bulk_update([i.procedure for i in items], _FILLED, batch_size=100)


def _told(item: Item, numbers: dict[str, int]) -> dict[str, object]:
    told = {"revision": numbers[item.code], "hash": item.content, "pack": bool(item.pack)}
    return {**told, "note": item.note} if item.note else told


_FILLED = (
    "name_vi",
    "name_en",
    "agency_code",
    "agency_name",
    "field",
    "at_ministry",
    "at_province",
    "at_commune",
    "audience",
    "stub",
    "source",
    "sources",
)


def _fill(procedure: Procedure, facts: Facts) -> None:
    procedure.name_vi, procedure.name_en = facts.name_vi, facts.name_en
    procedure.agency_code, procedure.agency_name = facts.agency_code, facts.agency_name
    procedure.field = facts.field
    procedure.at_ministry = "ministry" in facts.levels
    procedure.at_province = "province" in facts.levels
    procedure.at_commune = "commune" in facts.levels
    procedure.audience = audience_of(facts.subjects)
    procedure.stub = False


def _revise(items: Sequence[Item], now: datetime) -> dict[str, int]:
    """Close the current revisions and open the next ones; returns the new number by code."""
    Revision.objects.filter(pk__in=[i.before.pk for i in items if i.before]).update(closed_at=now)
    numbers = {i.code: (i.before.number + 1 if i.before else 1) for i in items}
    Revision.objects.bulk_create(
        Revision(
            procedure=item.procedure,
            number=numbers[item.code],
            facts=to_record(item.facts),
            pack=item.pack or None,
            content_hash=item.content,
            published_at=now,
        )
        for item in items
    )
    return numbers


def _index(items: Sequence[Item]) -> None:
    SearchEntry.objects.filter(procedure__in=[i.procedure.pk for i in items]).delete()
    SearchEntry.objects.bulk_create(SearchEntry(procedure=i.procedure, **_entry(i.facts)) for i in items)


def _entry(facts: Facts) -> dict[str, str | float]:
    texts = entry_of(code=facts.code, name_vi=facts.name_vi, name_en=facts.name_en, extra=_body(facts))
    return {**texts, "prior": prior_of(facts.subjects, facts.levels)}


def _body(facts: Facts) -> list[str]:
    """The texts beside the title that a search may meet; papers and results up to a bound."""
    results = [r.name for r in facts.results][:40]
    papers = [p.name[:300] for p in facts.required_papers][:40]
    return [facts.field, facts.agency_name, *facts.performing, *facts.subjects, *results, *papers]
