"""A draft as its owner sees it: pages, their states, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.queries import AgencyRef, agency_by_id
from motcua.catalogue.queries import revision_pack
from motcua.catalogue.rules.form import (
    AnswerLine,
    FieldError,
    Form,
    FormPage,
    validate_answers,
    visible_pages,
)
from motcua.catalogue.rules.pack import Pack, PaperDef, fee_for, papers_for
from motcua.core.actor import Actor
from motcua.core.kept import Kept
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.documents.queries import papers_of_owner
from motcua.dossiers.models import Draft
from motcua.dossiers.queries.case import draft_facts
from motcua.dossiers.queries.naming import in_words, with_names
from motcua.dossiers.queries.views import FeeView
from motcua.dossiers.sealed import resume_index, unseal_answers


@dataclass(frozen=True, slots=True)
class PageState:
    """One page of the form on the task list."""

    key: str
    title: Text
    state: str  # completed, in_progress, not_started, cannot_start_yet, problem


@dataclass(frozen=True, slots=True)
class PaperState:
    """One paper that the dossier needs, and the file that is there."""

    definition: PaperDef
    paper_id: str | None
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with everything that its pages show."""

    id: UUID
    procedure_code: str
    procedure_name: Text
    agency: AgencyRef | None
    filed_by: str
    form: Form
    pack: Pack
    pages: tuple[PageState, ...]
    answers: dict[str, Any]
    facts: dict[str, Any]
    lines: tuple[AnswerLine, ...]
    papers: tuple[PaperState, ...]  # what these answers ask for
    more_papers: tuple[PaperState, ...]  # what the procedure knows besides: may be added, never asked
    fee: FeeView
    saved_at: datetime
    dossier_code: str | None
    complete: bool
    faults: tuple[FieldError, ...] = ()  # what is wrong by now on pages that were completed

    @property
    def answered(self) -> bool:
        """Every page is completed: what papers are needed is known."""
        return all(page.state == "completed" for page in self.pages)

    def page(self, key: str) -> FormPage:
        """The visible page of that key; ``NotFound`` when it is not shown for these answers."""
        for page in visible_pages(self.form, self.facts):
            if page.key == key:
                return page
        raise NotFound


_OWN = Kept(
    lambda pk, user: with_names(Draft.objects.select_related("agency", "dossier")).filter(pk=pk, user=user),
    UUID,
    int,
)


def _as_uuid(text: UUID | str) -> UUID:
    try:
        return text if isinstance(text, UUID) else UUID(text)
    except ValueError:
        raise NotFound from None


def draft(draft_id: UUID | str, *, actor: Actor, now: datetime) -> DraftView:
    """The actor's own draft; ``NotFound`` for anyone else's."""
    found = _OWN.objects(_as_uuid(draft_id), actor.user_id) if actor.user_id else []
    if not found:
        raise NotFound
    row: Draft = found[0]
    pack = revision_pack(row.revision_id)
    answers = unseal_answers(row.answers_sealed, f"draft:{row.pk}")
    facts = draft_facts(row, answers, now)
    pages, faults = page_states(pack.form, row.done_pages, facts)
    papers, more = _papers(row, pack, facts, actor)
    fee = fee_for(pack, facts)
    procedure = row.revision.procedure
    ready = all(p.state == "completed" for p in pages) and row.agency_id is not None
    return DraftView(
        row.pk, row.procedure_code, Text(procedure.name_vi, procedure.name_en),
        agency_by_id(row.agency_id) if row.agency_id else None, row.filed_by, pack.form, pack, pages,
        answers, facts, in_words(pack.form, answers, facts), papers, more, FeeView(fee.amount, fee.note),
        row.saved_at, row.dossier.code if row.dossier else None,
        ready and all(p.paper_id or p.definition.later_allowed for p in papers), faults,
    )  # fmt: skip


def page_states(
    form: Form, done: Sequence[str], facts: Mapping[str, Any]
) -> tuple[tuple[PageState, ...], tuple[FieldError, ...]]:
    """The pages with their states. A completed page may be so no longer: another answer, or a day gone by,
    can make one of its answers wrong ("problem") or ask for one more ("in_progress").
    """
    answers, states = facts["answers"], []
    wrong = {e.pointer.split("/")[1]: e for e in validate_answers(form, answers, facts).errors if e.pointer}
    told: list[FieldError] = []
    for page in visible_pages(form, facts):
        here = [wrong[q.key] for q in page.questions if q.key in wrong] if page.key in done else []
        missing = all(answers.get(e.pointer[1:]) is None for e in here)
        state = "completed" if not here else "in_progress" if missing else "problem"
        states.append(PageState(page.key, page.title, state if page.key in done else "not_started"))
        told += here
    return tuple(states), tuple(told)


def _papers(
    row: Draft, pack: Pack, facts: dict[str, Any], actor: Actor
) -> tuple[tuple[PaperState, ...], tuple[PaperState, ...]]:
    """(what these answers ask for, what else the procedure knows), each with the file that is there."""
    given = {p["component"]: p["paper"] for p in row.papers}
    owned = papers_of_owner(list(given.values()), owner_id=actor.user_id)
    wanted = {p.key for p in papers_for(pack, facts)}
    states = []
    for definition in pack.papers:
        paper = owned.get(given.get(definition.key, ""))
        named = (paper.id, paper.name, paper.state) if paper else (None, "", "")
        states.append(PaperState(definition, *named))
    asked = tuple(s for s in states if s.definition.key in wanted)
    return asked, tuple(s for s in states if s.definition.key not in wanted)


def draft_by_resume_code(code: str, *, actor: Actor) -> UUID:
    """The id of the actor's draft by its resume code; ``NotFound`` otherwise."""
    wanted = resume_index(code.strip().upper())
    row = Draft.objects.filter(resume_index=wanted, user_id=actor.user_id or 0).first()
    if row is None:
        raise NotFound
    return row.pk
