"""Life events: a few choices in the address, and the list of what to do; nothing of a person is asked."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalogue import queries
from motcua.catalogue.rules import form_raw
from motcua.catalogue.rules.form import Cleaned, Question, settle, shown
from motcua.catalogue.rules.form_words import spoken
from motcua.catalogue.rules.life import LifeEvent
from motcua.core.periods import local_day
from motcua.web.citizen.questions import Filling, Raw, errors_by_field, fields_of, raw_names
from motcua.web.fields import Field, faults_of
from motcua.web.requests import EdgeRequest

ASKED = "hoi"  # names the questions that stood on the page which was sent


@require_safe
def events(request: EdgeRequest) -> HttpResponse:
    """All life events, of people and of businesses."""
    all_of_them = queries.life_events(local_day(request.now))
    groups = [
        ("people", _("In your life"), [e for e in all_of_them if e.audience == "people"]),
        ("business", _("In a business"), [e for e in all_of_them if e.audience == "business"]),
    ]
    return render(request, "public/life_events.html", {"groups": groups})


@require_safe
def event(request: EdgeRequest, slug: str) -> HttpResponse:
    """The questions of one event; all answered, the list of what to do, at an address to keep or send on."""
    found = queries.life_event(slug, local_day(request.now))
    raw = raw_names(request.GET)
    cleaned = form_raw.clean(found.form, found.questions, raw, {})
    asked = _shown(found, cleaned.values)
    ready = all(cleaned.values.get(q.key) is not None for q in asked)
    if ready and ASKED in raw:
        kept = [(q.key, form_raw.to_raw(q, cleaned.values[q.key])[q.key][0]) for q in asked]
        return redirect(f"{request.path}?{urlencode(kept)}")
    return render(request, "public/life_event.html", _context(request, found, cleaned, asked, ready))


def _context(
    request: EdgeRequest, found: LifeEvent, cleaned: Cleaned, asked: Sequence[Question], ready: bool
) -> dict[str, object]:
    """What is still open as fields, what was answered as a list in which each can be changed."""
    values = cleaned.values
    open_ = [q for q in asked if values.get(q.key) is None]
    kept = {q.key: form_raw.to_raw(q, values[q.key])[q.key][0] for q in asked if q not in open_}
    answers = [
        {
            "label": q.label, "words": spoken(q, values[q.key], {}), "name": q.key, "value": kept[q.key],
            "change": "?" + urlencode({name: value for name, value in kept.items() if name != q.key}),
        }
        for q in asked if q not in open_
    ]  # fmt: skip
    fields = _fields(open_, raw_names(request.GET), cleaned, request.LANGUAGE_CODE)
    return {
        "event": found,
        "fields": fields,
        "faults": faults_of(fields),
        "follows": bool(answers) and ASKED in request.GET and not faults_of(fields),
        "asked": ",".join(q.key for q in open_),
        "ready": ready,
        "answers": answers,
        "steps": [(s, _start_of(s)) for s in queries.life_steps(found, values)] if ready else (),
        "address": request.build_absolute_uri(),
    }


def _start_of(step: queries.LifeStepView) -> str:
    """Where the step is filed online, with the answers that its form need not ask again; else nothing."""
    if step.procedure is None or not step.online:
        return ""
    words = {True: "yes", False: "no"}
    said = {key: words.get(value, value) for key, value in step.carried.items()}
    address = reverse("citizen:start", args=[step.procedure.code])
    return f"{address}?{urlencode(said)}" if said else address


def _shown(event: LifeEvent, values: Mapping[str, object]) -> list[Question]:
    """The questions that belong to the answers so far."""
    settled = settle(event.form, {"answers": values})
    return [q for q in event.questions if shown(q, settled)]


def _fields(asked: Sequence[Question], raw: Raw, cleaned: Cleaned, language: str) -> tuple[Field, ...]:
    """The questions as fields; what is missing is a fault only where it was asked before."""
    before = (raw.get(ASKED) or [""])[-1].split(",")
    wrong = [e for e in cleaned.errors if e.key in before]
    filling = Filling(raw, language, errors_by_field(wrong, language))
    return tuple(field for q in asked for field in fields_of(q, q.key, filling))
