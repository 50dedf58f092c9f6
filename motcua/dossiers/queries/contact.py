"""The questions of a form that say how its applicant is reached, with what was answered."""

from typing import Any

from motcua.catalogue.queries import revision_pack
from motcua.catalogue.rules.form import Form, Question
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.dossiers.access import filed_or_asked
from motcua.dossiers.models import Dossier
from motcua.dossiers.sealed import unseal_answers

REACHED_BY = ("phone", "email")


def contact_questions(form: Form) -> tuple[Question, ...]:
    """Those of the types phone and e-mail that are asked by themselves, not inside a group."""
    return tuple(q for _, q in form.questions() if q.type in REACHED_BY and q.asked)


def contact_of(code: str, *, actor: Actor) -> tuple[tuple[Question, ...], dict[str, Any]]:
    """The questions and their answers, for the applicant or the one who filed; ``NotFound`` for others."""
    dossier = Dossier.objects.filter(code=code).first()
    if dossier is None or not filed_or_asked(actor, dossier):
        raise NotFound
    questions = contact_questions(revision_pack(dossier.revision_id).form)
    answers = unseal_answers(dossier.answers_sealed, f"dossier:{code}")
    return questions, {q.key: answers.get(q.key) for q in questions}
