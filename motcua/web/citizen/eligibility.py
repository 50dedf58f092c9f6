"""The questions before the form: one at a time, kept in the session until a draft is made."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from motcua.agencies.queries import agencies_by_id
from motcua.catalogue.queries import ServiceRef
from motcua.catalogue.rules import form_raw
from motcua.catalogue.rules.form import Cleaned, FieldError, Form, Question, settle, shown
from motcua.dossiers.queries.case import request_facts
from motcua.people.queries import PersonProfile
from motcua.web.citizen.questions import Filling, Raw, errors_by_field, fields_of, raw_names
from motcua.web.fields import Field
from motcua.web.requests import EdgeRequest

KEY = "eligibility:{code}"
BEGUN = "begun:{code}"


def kept(request: EdgeRequest, code: str) -> dict[str, Any]:
    """What was answered so far."""
    return dict(request.session.get(KEY.format(code=code), {}))


def keep(request: EdgeRequest, code: str, answers: Mapping[str, Any]) -> None:
    """Keep the answers in the session."""
    request.session[KEY.format(code=code)] = dict(answers)
    request.session.pop(BEGUN.format(code=code), None)


def handed_over(request: EdgeRequest, code: str, draft_id: UUID) -> None:
    """The draft holds them now; a second tap on "begin" leads to the same draft."""
    request.session.pop(KEY.format(code=code), None)
    request.session[BEGUN.format(code=code)] = str(draft_id)


def unanswered(request: EdgeRequest, code: str) -> str:
    """Where one goes who wants to begin without answers: to the draft just begun, else to the questions."""
    begun = request.session.get(BEGUN.format(code=code))
    if begun:
        return reverse("citizen:tasks", args=[begun])
    return reverse("citizen:eligibility", args=[code])


def visible(form: Form, facts: Mapping[str, Any]) -> list[Question]:
    """The questions that the answers so far show."""
    settled = settle(form, facts)
    return [q for q in form.eligibility if q.stored and shown(q, settled)]


def asked(form: Form, facts: Mapping[str, Any], wanted: str = "") -> Question | None:
    """The question to show: the wanted one, or the first that is not answered; None when all are."""
    here = visible(form, facts)
    if wanted:
        return next((q for q in here if q.key == wanted), None)
    return next((q for q in here if q.key not in facts["answers"]), None)


def before(form: Form, question: Question, facts: Mapping[str, Any]) -> str:
    """The key of the question before, or "" at the first."""
    keys = [q.key for q in visible(form, facts)]
    place = keys.index(question.key)
    return keys[place - 1] if place else ""


def nearest(services: Sequence[ServiceRef], profile: PersonProfile | None) -> str:
    """The agency that serves the person's residence, or "" when none of the services does."""
    if profile is None or not profile.residence_code:
        return ""
    agencies = agencies_by_id(s.agency_id for s in services)
    serving = (a.identifier for a in agencies.values() if a.serves_code == profile.residence_code)
    return next(serving, "")


def facts_of(code: str, answers: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The facts before there is a draft."""
    return request_facts(
        answers=answers, channel=2, filed_by="self", procedure=code, agency="", level="full", now=now
    )


def field_for(question: Question, raw: Raw, language: str, errors: Sequence[FieldError] = ()) -> Field:
    """The one field of the page; its label is the heading."""
    filling = Filling(raw, language, errors_by_field(errors, language))
    return fields_of(question, question.key, filling, heading=True)[0]


def clean(form: Form, question: Question, post: QueryDict, facts: Mapping[str, Any]) -> Cleaned:
    """The one answer, typed, or its fault."""
    return form_raw.clean(form, (question,), raw_names(post), facts)
