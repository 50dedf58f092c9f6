"""One dossier on the desk: what is there, what may be done, and doing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations, queries
from motcua.dossiers.queries import DossierView, WorklistItem
from motcua.dossiers.rules.correcting import Correctable
from motcua.web import words
from motcua.web.desk.came_from import came_from, neighbours
from motcua.web.desk.forms import DESK_ACTIONS, ActionForm, action_forms, cause, check_grounded, params_of
from motcua.web.desk.guards import officers_only
from motcua.web.desk.lines import late_steps, sent_back
from motcua.web.desk.makers import Refused
from motcua.web.desk.proving import prove_first
from motcua.web.fields import FieldFault
from motcua.web.requests import EdgeRequest
from motcua.web.templatetags.motcua import moment

BACK = {"dossier.step_returned": "return_step", "dossier.draft_returned": "return_draft"}  # by event
LIVE = frozenset({"open", "waiting"})


@require_safe
@never_cache
@officers_only
def dossier(request: EdgeRequest, code: str) -> HttpResponse:
    """The dossier with its answers beside its papers, and the actions that are allowed here."""
    return _page(request, code)


@require_POST
@never_cache
@officers_only
def act(request: EdgeRequest, code: str, action: str) -> HttpResponse:
    """Carry one action out; refused, the page comes again with the cause and what had been typed."""
    if action not in DESK_ACTIONS:
        raise NotFound
    first = prove_first(request, reverse("desk:dossier", args=[code])) if action == "sign" else None
    if first is not None:
        return first
    try:
        params = params_of(request.POST)
        check_grounded(action, params)
        left = operations.act_as_seen(
            code=code, action=action, params=params, seen=request.POST.get("seen", ""),
            actor=request.actor, now=request.now,
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, code, Refused(action, refusal, request.POST))
    messages.success(request, words.done(BACK.get(left, action)))
    return redirect(reverse("desk:dossier", args=[code]) + came_from(request.GET).query)


def _page(request: EdgeRequest, code: str, refused: Refused | None = None) -> HttpResponse:
    view = queries.dossier_for(code, actor=request.actor, now=request.now)
    language = request.LANGUAGE_CODE
    forms = action_forms(view, actor=request.actor, now=request.now, language=language, refused=refused)
    came = came_from(request.GET)
    before, after = neighbours(came, code, actor=request.actor, now=request.now)
    context = {
        "view": view,
        "came": came,
        "before": before,
        "after": after,
        "forms": forms,
        "back": sent_back(view),
        "drafted": _drafted(request, code, forms),
        "next": None if any(f.first for f in forms) else _next(request, code),
        "denied": [a for a in view.actions if a.name in DESK_ACTIONS and not a.allowed],
        "refused": refused.refusal if refused else None,
        "faults": _faults(forms, refused, language),
        "notices": queries.intake_notices(code, actor=request.actor),
        **_shown(view, language, late_steps(view, request.now)),
    }
    return render(request, "desk/dossier.html", context, status=refused.refusal.status if refused else 200)


def _drafted(request: EdgeRequest, code: str, forms: tuple[ActionForm, ...]) -> tuple[Correctable, ...]:
    """What the draft says, where someone is about to vouch for it or to sign it."""
    asked = any(f.drafts for f in forms)
    return queries.draft_values(code, actor=request.actor, now=request.now) if asked else ()


def _next(request: EdgeRequest, code: str) -> WorklistItem | None:
    return queries.next_work(actor=request.actor, but=code, now=request.now)


def _faults(forms: tuple[Any, ...], refused: Refused | None, language: str) -> list[FieldFault]:
    if refused is None:
        return []
    refusal, target = refused.refusal, next((f.target for f in forms if f.open), "")
    then = "" if refusal.code == "bad_parameter" else refusal.next_step.to(language)
    text = f"{cause(refusal, language)} {then}".strip()
    return [FieldFault(target, text)]


def _shown(view: DossierView, language: str, late: dict[int, str]) -> dict[str, Any]:
    """What the page shows in words."""
    clock = view.clock
    left, tone = words.time_left(clock) if clock else ("", "")
    return {
        "time_left": left,
        "time_tone": tone,
        "limit": words.limit(clock) if clock else "",
        "reckoning": words.reckoning(clock, view.agency.name.to(language), moment) if clock else "",
        "channel": words.channel(view.channel),
        "filed_by": words.filed_by(view.filed_by),
        "status_tone": words.status_tone(view.status),
        "papers": [(p, words.copy_kind(p.copy_kind), words.paper_state(p.state)) for p in view.papers],
        "now": [(s, late.get(s.id, "")) for s in view.steps if s.state in LIVE],
        "steps": [
            (s, *words.step_state(s), words.findings(s, language), late.get(s.id, "")) for s in view.steps
        ],
        "decisions": [(d, words.decision(d.kind)) for d in view.decisions],
        "result_state": words.result_state(view.result.state) if view.result else None,
        "reasons": words.supplement_reasons(),
        "timeline": list(reversed(view.timeline)),
        "signing": any(a.name == "sign" and a.allowed for a in view.actions),
    }
