"""One's dossiers: list, receipt, the dossier's page, and what its applicant may do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations, queries
from motcua.dossiers.queries import DossierView
from motcua.dossiers.queries.views import SupplementItem
from motcua.dossiers.rules.status import Status
from motcua.web import words
from motcua.web.fields import Field, FieldFault
from motcua.web.requests import EdgeRequest

# what is done by a POST of its own, and the page it belongs to
ACTIONS = {
    "deliver_draft": "draft",
    "confirm_draft": "draft",
    "reject_draft": "draft",
    "withdraw": "withdraw",
}
SHOWN_ACTIONS = ("supplement", "add_paper", "withdraw", "deliver_draft", "confirm_draft")


@require_safe
@never_cache
@login_required
def mine(request: EdgeRequest) -> HttpResponse:
    """What waits for the person first, then drafts, then all that one filed or that is about oneself."""
    after = request.GET.get("after", "")[:100]
    page = queries.dossiers_of(request.actor, after=after or None)
    waiting = () if after else queries.waiting_for(request.actor)
    above = {item.code for item in waiting}
    context = {
        "waiting": waiting,
        "items": [
            (
                item,
                words.status_tone(item.status),
                words.status_label(item.status_text, supplemented=item.supplemented),
            )
            for item in page.items
            if item.code not in above
        ],
        "drafts": () if after else queries.drafts_of(request.actor),
        "next_url": f"?after={page.next}" if page.next else "",
        "first_url": "?" if after else "",
    }
    return render(request, "citizen/mine.html", context)


def the_dossier(request: EdgeRequest, code: str) -> DossierView:
    """The dossier as its reader may see it."""
    return queries.dossier_for(code, actor=request.actor, now=request.now)


@require_safe
@never_cache
@login_required
def receipt(request: EdgeRequest, code: str) -> HttpResponse:
    """The reference in large type, and what happens next."""
    view = the_dossier(request, code)
    intake = next((s for s in view.steps if s.kind == "intake" and s.state == "open"), None)
    term = queries.expected(code, actor=request.actor, now=request.now) if view.speaks else None
    limit = words.limit_words(term.amount, term.unit) if term else ""
    context = {"view": view, "intake": intake, "term": term, "limit": limit}
    return render(request, "citizen/receipt.html", context)


@require_safe
@never_cache
@login_required
def dossier(request: EdgeRequest, code: str) -> HttpResponse:
    """Where it stands, who has it, what is asked, and the result."""
    view = the_dossier(request, code)
    return render(
        request, "citizen/dossier.html", {"view": view, **_shown(view), **_draft_rule(request, view)}
    )


def _draft_rule(request: EdgeRequest, view: DossierView) -> dict[str, Any]:
    """How long one has for the draft, and what silence means, where there is one to look at."""
    waits = any(s.kind == "confirm" and s.state == "waiting" for s in view.steps)
    rule = queries.draft_rule(view.code, actor=request.actor) if waits and view.speaks else None
    return {"rule": rule, "draft_limit": words.limit_words(rule.amount, rule.unit) if rule else ""}


def _shown(view: DossierView) -> dict[str, Any]:
    clock = view.clock
    offered = {a.name for a in view.actions if a.allowed}
    return {
        "may": {name: name in offered for name in SHOWN_ACTIONS},
        "delivered": any(s.kind == "confirm" and s.state == "waiting" and s.delivered_at for s in view.steps),
        "now": [s for s in view.steps if s.state in {"open", "waiting"}],
        "time_left": words.time_left(clock)[0] if clock else "",
        "limit": words.limit(clock) if clock else "",
        "status_tone": words.status_tone(view.status),
        "status_label": words.status_label(view.status_text, supplemented=view.supplemented),
        "to_come": not view.finished_at
        and (view.promised_at is not None or view.due_at is not None or view.status == Status.NEW),
        "channel": words.channel(view.channel),
        "filed_by": words.filed_by(view.filed_by),
        "papers": [(p, words.copy_kind(p.copy_kind)) for p in view.papers],
        "decisions": [(d, words.decision(d.kind)) for d in view.decisions if d.kind != "withdraw"],
        "result_state": words.result_state(view.result.state) if view.result else None,
        "asked": _asked(view),
        "reachable": view.reachable,
    }


def _asked(view: DossierView) -> list[tuple[SupplementItem, str]]:
    """The open supplement request: each item with its reason in words."""
    if view.supplement is None or view.supplement.answered_at:
        return []
    reasons = words.supplement_reasons()
    language = get_language() or "vi"
    return [(i, i.why.to(language) or reasons.get(i.reason, "")) for i in view.supplement.items]


@require_safe
@never_cache
@login_required
def draft(request: EdgeRequest, code: str) -> HttpResponse:
    """The draft of the result: open it, agree, or say what is wrong."""
    return _action_page(request, code, "draft")


@require_safe
@never_cache
@login_required
def withdraw(request: EdgeRequest, code: str) -> HttpResponse:
    """Ask once more before a dossier is withdrawn."""
    return _action_page(request, code, "withdraw")


@require_POST
@never_cache
@login_required
def act(request: EdgeRequest, code: str, action: str) -> HttpResponse:
    """Carry one of the applicant's actions out; refused, its page says why."""
    if action not in ACTIONS:
        raise NotFound
    params = {"reason": request.POST.get("reason", "")}
    try:
        operations.act(code=code, action=action, params=params, actor=request.actor, now=request.now)
    except NotFound:
        raise
    except Refusal as refusal:
        return _action_page(request, code, ACTIONS[action], refusal)
    if action == "deliver_draft":
        return redirect("citizen:draft", code)
    messages.success(request, words.done(action))
    return redirect("citizen:dossier", code)


def _action_page(request: EdgeRequest, code: str, name: str, refusal: Refusal | None = None) -> HttpResponse:
    view, language = the_dossier(request, code), request.LANGUAGE_CODE
    error = "" if refusal is None else refusal.cause.to(language)
    label = _("What is wrong in the draft?") if name == "draft" else _("Why do you withdraw it? (optional)")
    typed = request.POST.get("reason", "")
    field = Field("textarea", "reason", label, value=typed, error=error, rows=4)
    context = {
        "view": view, "field": field, "faults": [FieldFault(field.target, error)] if error else [],
        **_shown(view), **_draft_rule(request, view),
    }  # fmt: skip
    return render(request, f"citizen/{name}.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def supplement(request: EdgeRequest, code: str) -> HttpResponse:
    """Everything the desk asked for, answered at once with words and files."""
    answer, error = request.POST.get("answer", ""), ""
    if request.method == "POST":
        try:
            operations.supplement_with_files(
                code=code, answer=answer[:4000], files=files_of(request), actor=request.actor, now=request.now
            )
        except NotFound:
            raise
        except Refusal as refusal:
            error = f"{refusal.cause.to(request.LANGUAGE_CODE)} {refusal.next_step.to(request.LANGUAGE_CODE)}"
        else:
            messages.success(request, _("Your supplement has been sent."))
            return redirect("citizen:dossier", code)
    return _supplement_page(request, code, answer, error)


def files_of(request: EdgeRequest) -> list[tuple[str, Any, str]]:
    """The files of a form: component (from the field's name), content, name; at most twenty."""
    given: list[tuple[str, Any]] = [(name, request.FILES[name]) for name in request.FILES]
    return [(name.removeprefix("file."), f.file, f.name or "") for name, f in given[:20]]


def _supplement_page(request: EdgeRequest, code: str, answer: str, error: str) -> HttpResponse:
    view = the_dossier(request, code)
    field = Field("textarea", "answer", _("Your answer"), value=answer, error=error, rows=5)
    hint, accept = _("PDF, JPEG or PNG, at most 10 MB."), ".pdf,.jpg,.jpeg,.png"
    asked = view.supplement.items if view.supplement else ()
    uploads = [
        Field("file", f"file.{i.component}", i.label.to(request.LANGUAGE_CODE), hint=hint, accept=accept)
        for i in {i.component: i for i in asked if i.component}.values()
    ]
    context = {
        "view": view, "field": field, "uploads": uploads,
        "faults": [FieldFault(field.target, error)] if error else [], **_shown(view),
    }  # fmt: skip
    return render(request, "citizen/supplement.html", context, status=422 if error else 200)
