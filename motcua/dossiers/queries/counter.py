"""What the counter shows: every question of a form on one page, with the papers of the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.agencies.queries import same_province
from motcua.catalogue.queries import ServiceRef, current_revision, procedure, revision_pack, services_of
from motcua.catalogue.rules.form import Question, pages_of, shown, visible_questions
from motcua.catalogue.rules.pack import Pack, PaperDef, fee_of, papers_of, settled
from motcua.core.actor import Actor, Role
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.dossiers.queries.case import request_facts
from motcua.dossiers.queries.views import FeeView

QUESTIONS_BEFORE = Text("Trước khi khai", "Before the form")


@dataclass(frozen=True, slots=True)
class CounterSection:
    """The questions that belong together, as the form groups them."""

    key: str
    title: Text
    intro: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class CounterForm:
    """All that these answers ask for. ``keys`` names every question and paper on the page."""

    procedure_code: str
    procedure_name: Text
    pack: Pack
    sections: tuple[CounterSection, ...]
    papers: tuple[PaperDef, ...]
    fee: FeeView

    @property
    def keys(self) -> frozenset[str]:
        """What an officer has seen when the page was shown."""
        asked = {q.key for s in self.sections for q in s.questions}
        return frozenset(asked | {f"paper:{p.key}" for p in self.papers})


@dataclass(frozen=True, slots=True)
class CounterService:
    """A procedure that the officer's desk takes in, and the agencies that may decide it."""

    procedure_code: str
    procedure_name: Text
    pack: Pack
    services: tuple[ServiceRef, ...]
    mine: str  # identifier of the deciding agency that is proposed, "" where an answer says it


def counter_facts(
    code: str, answers: Mapping[str, Any], *, channel: int, agency: str, now: datetime
) -> dict[str, Any]:
    """The facts of a request that an officer types in."""
    return request_facts(
        answers=answers, channel=channel, filed_by="officer", procedure=code, agency=agency, level="full",
        now=now,
    )  # fmt: skip


def counter_service(code: str, *, actor: Actor, now: datetime) -> CounterService:
    """A procedure that this officer's desk takes in; ``NotFound`` for others and where nobody offers it."""
    desks, on = actor.agency_ids(Role.DESK), local_day(now)
    offers = [s for s in services_of(code, on=on) if s.revision_id and s.level != "information"]
    revision = current_revision(code) if offers and desks else None
    if revision is None or not revision.has_pack:
        raise NotFound
    own = [s for s in offers if s.agency_id in desks]
    near = [s for s in offers if own or same_province(desks[0], s.agency_id)]
    if not near:
        raise NotFound
    pack = revision_pack(revision.id)
    mine = "" if pack.agency_from else (own or near)[0].agency
    name = procedure(code, actor=actor, on=on).name
    return CounterService(code, name, pack, tuple(near), mine)


def counter_form(
    service: CounterService, answers: Mapping[str, Any], *, channel: int, agency: str, now: datetime
) -> CounterForm:
    """The questions and papers that belong to these answers, with the fee as it would be."""
    facts = counter_facts(service.procedure_code, answers, channel=channel, agency=agency, now=now)
    pack = service.pack
    known = settled(pack, facts)
    first = tuple(q for q in pack.form.eligibility if shown(q, known))
    sections = [CounterSection("first", QUESTIONS_BEFORE, Text("", ""), first)] if first else []
    sections += [
        CounterSection(p.key, p.title, p.intro, visible_questions(p, known))
        for p in pages_of(pack.form, known)
    ]
    fee = fee_of(pack, known)
    return CounterForm(
        service.procedure_code, service.procedure_name, pack, tuple(sections), papers_of(pack, known),
        FeeView(fee.amount, fee.note, sure=fee.sure),
    )  # fmt: skip
