"""Counter mode: find the procedure, say who came, one page for all of the form, receive, print the slip."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.queries import offered_at, search
from motcua.core.actor import Role
from motcua.core.periods import local_day
from motcua.dossiers import operations, queries
from motcua.dossiers.queries import CounterService
from motcua.people.queries import is_a_number
from motcua.web.desk import counter_form as showing
from motcua.web.desk.counter_form import Typed
from motcua.web.desk.forms import action_forms
from motcua.web.desk.guards import desk_only
from motcua.web.fields import faults_of
from motcua.web.requests import EdgeRequest

MOST_FOUND = 9


@require_safe
@never_cache
@desk_only
def find(request: EdgeRequest) -> HttpResponse:
    """Which procedure: by code or everyday words; the desk's own ones are at hand."""
    q, on = request.GET.get("q", "").strip()[:200], local_day(request.now)
    own = offered_at(request.actor.agency_ids(Role.DESK), on=on)
    if any(code == q for code, _name in own):
        return redirect("desk:counter", q)
    found = search(q, limit=MOST_FOUND, on=on, actor=request.actor).items if q else ()
    return render(request, "desk/counter_find.html", {"q": q, "own": own, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@desk_only
def counter(request: EdgeRequest, code: str) -> HttpResponse:
    """Who came and how, then the form; what is refused comes back as it was typed."""
    service = queries.counter_service(code, actor=request.actor, now=request.now)
    if request.method != "POST":
        return _ask_who(request, service)
    typed = showing.read(service, request.POST, request.FILES)
    if "key" not in request.POST:
        return _begin(request, service, typed)
    outcome = operations.file_at_counter(
        service=service, agency=typed.agency, channel=typed.channel, answers=typed.answers,
        papers=typed.papers, files=typed.files, seen=typed.seen, key=typed.key, ask=typed.only_looks,
        actor=request.actor, now=request.now,
    )  # fmt: skip
    if outcome.code:
        return redirect("desk:counter_done", outcome.code)
    return _page(request, service, showing.after(typed, outcome, request.LANGUAGE_CODE))


def _ask_who(request: EdgeRequest, service: CounterService, number: str = "") -> HttpResponse:
    """``number``: one that was typed and is none."""
    fields = showing.who_fields(service, request.LANGUAGE_CODE, number, request.POST)
    context = {"service": service, "fields": fields, "faults": faults_of(fields)}
    return render(request, "desk/counter_who.html", context, status=422 if number else 200)


def _begin(request: EdgeRequest, service: CounterService, typed: Typed) -> HttpResponse:
    """The empty form, with what is held about the person who came."""
    number = request.POST.get("number", "").replace("\x00", "")[:40]
    if number.strip() and not is_a_number(number):
        return _ask_who(request, service, number)
    person = operations.meet(
        number=number, procedure=service.procedure_code, actor=request.actor, now=request.now
    )
    filled = showing.begun(service, typed, person, number, secrets.token_urlsafe(16))
    return _page(request, service, filled)


def _page(request: EdgeRequest, service: CounterService, typed: Typed) -> HttpResponse:
    form = queries.counter_form(
        service, typed.answers, channel=typed.channel, agency=typed.agency, now=request.now
    )
    context = showing.context(service, form, typed, request.LANGUAGE_CODE)
    return render(request, "desk/counter_form.html", context, status=422 if context["faults"] else 200)


@require_safe
@never_cache
@desk_only
def done(request: EdgeRequest, code: str) -> HttpResponse:
    """The reference and the date promised, the slip to print, the fee to take, and the next person."""
    view = queries.dossier_for(code, actor=request.actor, now=request.now)
    forms = action_forms(view, actor=request.actor, now=request.now, language=request.LANGUAGE_CODE)
    fee = next((f for f in forms if f.action == "take_fee"), None)
    title = _("Received at the counter") if view.received_at else _("Filed at the counter")
    return render(
        request,
        "desk/counter_done.html",
        {"view": view, "form": fee, "title": title},
    )
