"""One page of a draft: its fields with what is known, what was typed, and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from motcua.catalogue.queries import services_of
from motcua.catalogue.rules.form import FieldError, FormPage, Question, page_questions, prefill
from motcua.core.actor import Actor
from motcua.dossiers.queries import DraftView
from motcua.people.queries import person_profile
from motcua.web.citizen.communes import (
    Read,
    has_address,
    has_commune,
    names_by_code,
    offered_communes,
    province_choices,
    with_names,
)
from motcua.web.citizen.prefill import known_of
from motcua.web.citizen.questions import (
    Filling,
    Item,
    errors_by_field,
    item_of,
    raw_names,
    to_raw,
)
from motcua.web.citizen.rows import reshape
from motcua.web.fields import FieldFault, faults_of


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows. ``filled`` names the questions that the person's data have answered."""

    items: tuple[Item, ...]
    faults: tuple[FieldFault, ...]
    filled: tuple[str, ...]
    alone: bool

    @property
    def has_rows(self) -> bool:
        """Buttons of a group stand above the one that goes on, and Enter must not press them."""
        return any(item.rows for item in self.items)


def _filled(view: DraftView, questions: Sequence[Question], actor: Actor, language: str) -> tuple[str, ...]:
    answers = view.answers
    given = [q for q in questions if q.source and answers.get(q.key) is not None]
    if not given or view.filed_by != "self" or actor.person_id is None:
        return ()
    held = prefill(view.form, known_of(person_profile(actor.person_id, actor=actor)))
    return tuple(q.label.to(language) for q in given if held.get(q.key) == answers[q.key])


def _not_known(view: DraftView, page: str, questions: Sequence[Question]) -> dict[str, list[str]]:
    """What was answered with "I do not know" on a page that was completed: the ticks stand again."""
    if not any(p.key == page and p.state == "completed" for p in view.pages):
        return {}
    open_ = (q for q in questions if q.unknown and view.answers.get(q.key) is None)
    return {f"{q.key}-unknown": ["yes"] for q in open_}


def _near(view: DraftView) -> tuple[str, ...]:
    """Communes around those whose agencies take this request."""
    services = services_of(view.procedure_code, on=date.fromisoformat(view.facts["today"]))
    return offered_communes(s.place_code for s in services if s.place_code)


def _filling(
    view: DraftView, page: str, questions: Sequence[Question], post: QueryDict | None,
    errors: Mapping[str, str], read: Read | None, language: str,
) -> Filling:  # fmt: skip
    narrow = province_choices() if any(has_address(q) for q in questions) else ()
    near = _near(view) if any(has_commune(q) for q in questions) else ()
    if post is None:
        names = names_by_code(questions, view.answers)
        raw = with_names(questions, to_raw(questions, view.answers), names)
        raw = {**_not_known(view, page, questions), **raw}
        return Filling(raw, language, errors, provinces=narrow, communes=near)
    typed = reshape(post, raw_names(post))
    return Filling(
        typed.raw, language, errors, read.choices if read else {}, provinces=narrow, communes=near,
        added=typed.group if typed.added else "", looked_at=(typed.group, typed.row),
    )  # fmt: skip


def show_page(
    view: DraftView, page: FormPage, *, actor: Actor, language: str, post: QueryDict | None = None,
    errors: Sequence[FieldError] = (), read: Read | None = None,
) -> Shown:  # fmt: skip
    """The page as it is saved, or (``post``) as it was typed, with ``errors`` or unclear communes."""
    questions = [q for q in page_questions(view.form, page.key, view.settled) if not q.calculated]
    if post is None:  # a page that was completed, and is so no longer, says at once what to mend
        asked = {q.key for q in questions}
        errors = [e for e in view.faults if e.pointer.split("/")[1] in asked]
    wrong = {**errors_by_field(errors, language), **(read.unclear if read else {})}
    fill = _filling(view, page.key, questions, post, wrong, read, language)
    here = [f"answers.{q.key}" for q in page.questions]
    items = tuple(
        item_of(q, fill, depends=any(h in q.show_if for h in here), beside=questions) for q in questions
    )
    alone = len(items) == 1 and len(items[0].fields) == 1
    if alone:
        items = (replace(items[0], fields=(replace(items[0].fields[0], heading=True),)),)
    done = any(p.key == page.key and p.state == "completed" for p in view.pages)
    filled = () if done or post is not None else _filled(view, questions, actor, language)
    return Shown(items, _faults(items, wrong), filled, alone)


def _faults(items: Sequence[Item], wrong: Mapping[str, str]) -> tuple[FieldFault, ...]:
    found: list[FieldFault] = []
    for item in items:
        if item.rows and item.key in wrong:
            found.append(FieldFault(f"group-{item.key}", wrong[item.key]))
        found += faults_of(item.every_field)
    inside = {f.name for item in items for f in item.every_field if f.error}
    said = {f.message for f in found}
    left = [m for key, m in wrong.items() if m not in said and key not in inside]
    return (*found, *(FieldFault("", message) for message in left))
