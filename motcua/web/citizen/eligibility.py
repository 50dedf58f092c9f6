"""The questions before the form: one at a time, kept in the session until a draft is made."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from motcua.agencies.queries import agencies_by_id
from motcua.catalogue.queries import ServiceRef, carried_keys
from motcua.catalogue.rules import form_raw
from motcua.catalogue.rules.form import Cleaned, FieldError, Form, Question, settle, shown
from motcua.catalogue.rules.form_values import value_error
from motcua.dossiers.queries.case import request_facts
from motcua.people.queries import PersonProfile
from motcua.web.citizen.questions import Filling, Raw, errors_by_field, fields_of, raw_names
from motcua.web.fields import Field
from motcua.web.requests import EdgeRequest

KEY = "eligibility:{code}"
BEGUN = "begun:{code}"
INTENDED = "intended:{code}"
SAID = "said:{code}"  # when it was answered or pressed, and by which account
ANSWERS_STAY, MARK_STAYS = 15 * 60, 5 * 60  # seconds, through a sign-in: the next person may be another one
IN_ADDRESS = ("choice", "yes_no")


def kept(request: EdgeRequest, code: str) -> dict[str, Any]:
    """What was answered so far: by this account, or a short while ago by somebody not signed in."""
    return dict(request.session.get(KEY.format(code=code), {})) if _own(request, code, ANSWERS_STAY) else {}


def _own(request: EdgeRequest, code: str, seconds: int) -> bool:
    """Whether what the session holds is the reader's own, as far as can be known on a shared machine."""
    at, by = request.session.get(SAID.format(code=code), (0, None))
    same = by is not None and by == request.actor.user_id
    return same or (by is None and request.now.timestamp() - at <= seconds)


def keep(request: EdgeRequest, code: str, answers: Mapping[str, Any]) -> None:
    """Keep the answers in the session."""
    request.session[KEY.format(code=code)] = dict(answers)
    request.session[SAID.format(code=code)] = (request.now.timestamp(), request.actor.user_id)
    request.session.pop(BEGUN.format(code=code), None)


def carried(code: str, form: Form, given: QueryDict) -> dict[str, Any]:
    """Choices that came along in the address, from a life event; what is no answer here is passed over.

    Only what names nobody may stand in an address, and only what an event says of this procedure counts.
    """
    raw, found, allowed = raw_names(given), {}, carried_keys(code)
    for q in (
        q for _page, q in form.questions() if q.type in IN_ADDRESS and q.key in raw and q.key in allowed
    ):
        value = form_raw.read(q, raw, q.key)
        if value is not None and value_error(q, value, {}) is None:
            found[q.key] = value
    return found


def along(request: EdgeRequest, code: str, form: Form, address: str, **more: str) -> str:
    """An address with the choices that came along."""
    held = carried(code, form, request.GET)
    said = {
        q.key: form_raw.to_raw(q, held[q.key])[q.key][0] for _page, q in form.questions() if q.key in held
    }
    query = urlencode({**more, **said})
    return f"{address}?{query}" if query else address


def intend(request: EdgeRequest, code: str) -> None:
    """The person pressed the button that leads into the form: behind the sign-in nobody asks again."""
    request.session[INTENDED.format(code=code)] = True


def intended(request: EdgeRequest, code: str) -> bool:
    """Whether that button was pressed in this session, by this account or right before the sign-in; once."""
    if request.method != "GET":
        return False
    pressed = bool(request.session.pop(INTENDED.format(code=code), False))
    return pressed and _own(request, code, MARK_STAYS)


def handed_over(request: EdgeRequest, code: str, draft_id: UUID) -> None:
    """The draft holds them now; a second tap on "begin" leads to the same draft."""
    for name in (KEY, INTENDED, SAID):
        request.session.pop(name.format(code=code), None)
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
