"""A draft as its owner sees it: pages, their states, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from motcua.agencies.queries import AgencyRef, agency_by_id
from motcua.catalogue.queries import revision_pack
from motcua.catalogue.rules.form import (
    AnswerLine,
    FieldError,
    Form,
    FormPage,
    lines_of,
    pages_of,
    validate_answers,
)
from motcua.catalogue.rules.pack import Pack, PaperDef, fee_of, papers_of, settled
from motcua.core.actor import Actor
from motcua.core.kept import Kept
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.documents.queries import PaperRef, papers_of_owner
from motcua.dossiers.models import Draft
from motcua.dossiers.queries.case import draft_facts
from motcua.dossiers.queries.naming import commune_names, with_names
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
    paper_id: str | None = None
    name: str = ""
    state: str = ""


@dataclass(frozen=True)
class DraftView:
    """A draft with what its pages show.

    Each page of a form shows little of it, so what follows from the answers is found when it is first asked
    for; nothing is read for it then.
    """

    id: UUID
    procedure_code: str
    procedure_name: Text
    agency: AgencyRef | None
    filed_by: str
    pack: Pack
    answers: dict[str, Any]
    facts: dict[str, Any]
    saved_at: datetime
    dossier_code: str | None
    done: tuple[str, ...]  # pages that were completed
    communes: Mapping[str, Text]  # names of those among the answers
    files: Mapping[str, PaperRef]  # the uploaded papers, by component

    @property
    def form(self) -> Form:
        """The form of the pack."""
        return self.pack.form

    @cached_property
    def settled(self) -> dict[str, Any]:
        """The facts with every question named."""
        return settled(self.pack, self.facts)

    @cached_property
    def _states(self) -> tuple[tuple[PageState, ...], tuple[FieldError, ...]]:
        return page_states(self.form, self.done, self.facts, self.settled)

    @property
    def pages(self) -> tuple[PageState, ...]:
        """The visible pages with their states."""
        return self._states[0]

    @property
    def faults(self) -> tuple[FieldError, ...]:
        """What is wrong by now on pages that were completed."""
        return self._states[1]

    @cached_property
    def lines(self) -> tuple[AnswerLine, ...]:
        """The answers in words."""
        return lines_of(self.form, self.settled, {"commune": self.communes})

    @cached_property
    def papers(self) -> tuple[PaperState, ...]:
        """The papers that the dossier needs, with the files that are there."""
        return tuple(self._paper(d) for d in papers_of(self.pack, self.settled))

    @cached_property
    def more_papers(self) -> tuple[PaperState, ...]:
        """What the procedure knows besides: may be added, never asked."""
        wanted = {p.definition.key for p in self.papers}
        return tuple(self._paper(d) for d in self.pack.papers if d.key not in wanted)

    def _paper(self, definition: PaperDef) -> PaperState:
        file = self.files.get(definition.key)
        return PaperState(definition, file.id, file.name, file.state) if file else PaperState(definition)

    @cached_property
    def fee(self) -> FeeView:
        """What is owed."""
        fee = fee_of(self.pack, self.settled)
        return FeeView(fee.amount, fee.note, sure=fee.sure)

    @cached_property
    def complete(self) -> bool:
        """Every part is there: it can be filed."""
        ready = all(p.state == "completed" for p in self.pages) and self.agency is not None
        return ready and all(p.paper_id or p.definition.later_allowed for p in self.papers)

    @property
    def answered(self) -> bool:
        """Every page is completed: what papers are needed is known."""
        return all(page.state == "completed" for page in self.pages)

    def page(self, key: str) -> FormPage:
        """The visible page of that key; ``NotFound`` when it is not shown for these answers."""
        for page in pages_of(self.form, self.settled):
            if page.key == key:
                return page
        raise NotFound


_OWN = Kept(
    lambda pk, user: with_names(Draft.objects.select_related("agency", "dossier")).filter(pk=pk, user=user),
    UUID,
    int,
)


def as_uuid(text: UUID | str) -> UUID:
    """The id of a draft; ``NotFound`` for what is none."""
    try:
        return text if isinstance(text, UUID) else UUID(text)
    except ValueError:
        raise NotFound from None


def draft(draft_id: UUID | str, *, actor: Actor, now: datetime) -> DraftView:
    """The actor's own draft; ``NotFound`` for anyone else's."""
    found = _OWN.objects(as_uuid(draft_id), actor.user_id) if actor.user_id else []
    if not found:
        raise NotFound
    row: Draft = found[0]
    pack = revision_pack(row.revision_id)
    answers = unseal_answers(row.answers_sealed, f"draft:{row.pk}")
    given = {p["component"]: p["paper"] for p in row.papers}
    owned = papers_of_owner(list(given.values()), owner_id=actor.user_id)
    procedure = row.revision.procedure
    return DraftView(
        row.pk, row.procedure_code, Text(procedure.name_vi, procedure.name_en),
        agency_by_id(row.agency_id) if row.agency_id else None, row.filed_by, pack, answers,
        draft_facts(row, answers, now), row.saved_at, row.dossier.code if row.dossier else None,
        tuple(row.done_pages), commune_names(pack.form, answers),
        {component: owned[paper] for component, paper in given.items() if paper in owned},
    )  # fmt: skip


def page_states(
    form: Form, done: Sequence[str], facts: Mapping[str, Any], settled: Mapping[str, Any]
) -> tuple[tuple[PageState, ...], tuple[FieldError, ...]]:
    """The pages with their states. A completed page may be so no longer: another answer, or a day gone by,
    can make one of its answers wrong ("problem") or ask for one more ("in_progress").
    """
    answers, states = facts["answers"], []
    wrong = {e.pointer.split("/")[1]: e for e in validate_answers(form, answers, facts).errors if e.pointer}
    told: list[FieldError] = []
    for page in pages_of(form, settled):
        here = [wrong[q.key] for q in page.questions if q.key in wrong] if page.key in done else []
        missing = all(answers.get(e.pointer[1:]) is None for e in here)
        state = "completed" if not here else "in_progress" if missing else "problem"
        states.append(PageState(page.key, page.title, state if page.key in done else "not_started"))
        told += here
    return tuple(states), tuple(told)


def draft_by_resume_code(code: str, *, actor: Actor) -> UUID:
    """The id of the actor's draft by its resume code; ``NotFound`` otherwise."""
    wanted = resume_index(code.strip().upper())
    row = Draft.objects.filter(resume_index=wanted, user_id=actor.user_id or 0).first()
    if row is None:
        raise NotFound
    return row.pk
