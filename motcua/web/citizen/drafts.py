"""A draft on its way: task list, the agency, one page at a time, papers, check and file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.queries import services_of
from motcua.catalogue.rules.form import Cleaned, FormPage, exit_for
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations, queries
from motcua.dossiers.queries import DraftView
from motcua.web.citizen import tasks as showing
from motcua.web.citizen.communes import read_communes
from motcua.web.citizen.pages import show_page
from motcua.web.citizen.pending import keep_input, kept_input
from motcua.web.citizen.questions import raw_names
from motcua.web.citizen.rows import reshapes
from motcua.web.citizen.starting import SESSION_RESUME, already
from motcua.web.citizen.then import then_of
from motcua.web.fields import Choice, Field, FieldFault, faults_of
from motcua.web.requests import EdgeRequest

BOTH = ["GET", "HEAD", "POST"]


def the_draft(request: EdgeRequest, draft_id: UUID) -> DraftView:
    """The actor's own draft."""
    return queries.draft(draft_id, actor=request.actor, now=request.now)


@require_safe
@never_cache
@login_required
def tasks(request: EdgeRequest, draft_id: UUID) -> HttpResponse:
    """What is done and what is left."""
    view = the_draft(request, draft_id)
    if view.dossier_code:
        return redirect("citizen:receipt", view.dossier_code)
    context = {
        "view": view,
        "tasks": showing.tasks_of(view, request.LANGUAGE_CODE),
        "done": showing.done_of(view),
        "next_url": showing.next_url(view),
        "resume_code": request.session.pop(SESSION_RESUME.format(id=draft_id), ""),
    }
    return render(request, "citizen/tasks.html", context)


@require_http_methods(BOTH)
@never_cache
@login_required
def delete(request: EdgeRequest, draft_id: UUID) -> HttpResponse:
    """Ask once, then delete what was not filed."""
    view = the_draft(request, draft_id)
    if view.dossier_code:
        return redirect("citizen:receipt", view.dossier_code)
    if request.method != "POST":
        return render(request, "citizen/delete_draft.html", {"view": view})
    operations.delete_draft(draft_id=draft_id, actor=request.actor)
    messages.success(request, _("The saved request was deleted. Nothing was filed."))
    return redirect("citizen:mine")


@require_http_methods(BOTH)
@never_cache
@login_required
def agency(request: EdgeRequest, draft_id: UUID) -> HttpResponse:
    """Which commune decides; the one of residence is proposed."""
    view, error, chosen = the_draft(request, draft_id), "", request.POST.get("agency", "")
    if view.pack.agency_from:  # an answer says it
        return redirect("citizen:page", draft_id, _page_of(view, view.pack.agency_from))
    if request.method == "POST" and chosen:
        try:
            operations.choose_agency(draft_id=draft_id, agency=chosen, actor=request.actor, now=request.now)
            return redirect(showing.next_url(the_draft(request, draft_id)))
        except Refusal as refusal:
            error = refusal.cause.to(request.LANGUAGE_CODE)
    elif request.method == "POST":
        error = _("Choose the commune or ward that decides")
    field = _agency_field(request, view, chosen, error)
    context = {"view": view, "field": field, "faults": faults_of((field,)), "back": showing.back_url(view)}
    return render(request, "citizen/agency.html", context, status=422 if error else 200)


def _page_of(view: DraftView, key: str) -> str:
    """The page on which a question is asked."""
    return next(p.key for p in view.form.pages if any(q.key == key for q in p.questions))


def _agency_field(request: EdgeRequest, view: DraftView, chosen: str, error: str) -> Field:
    services = services_of(view.procedure_code, on=local_day(request.now))
    options = [Choice(s.agency, s.agency_name.to(request.LANGUAGE_CODE)) for s in services]
    current = chosen or (view.agency.identifier if view.agency else "")
    hint = _("Usually the commune or ward where the person lives. Any of them can be chosen.")
    return Field(
        "select", "agency", _("Which commune or ward decides?"), hint=hint, value=current, error=error,
        options=(Choice("", _("Choose")), *options), heading=True,
    )  # fmt: skip


@require_http_methods(BOTH)
@never_cache
@keep_input
@login_required
def page(request: EdgeRequest, draft_id: UUID, page_key: str) -> HttpResponse:
    """One page of the form; what is right is saved at once, what is not comes back with the reason."""
    view = the_draft(request, draft_id)
    if view.dossier_code:
        return redirect("citizen:receipt", view.dossier_code)
    shown = view.page(page_key)
    if request.method != "POST":
        return _page(request, view, shown, post=kept_input(request))
    if reshapes(request.POST):
        return _page(request, view, shown, post=request.POST)
    read = read_communes(shown.questions, raw_names(request.POST))
    if read.unclear:
        return _page(request, view, shown, post=request.POST, read=read)
    outcome = operations.save_page(
        draft_id=draft_id, page_key=page_key, raw=read.raw, actor=request.actor, now=request.now
    )
    if outcome.errors:
        return _page(request, view, shown, post=request.POST, errors=outcome.errors)
    for text in read.told:
        messages.info(request, text)
    return _after(request, view, outcome.cleaned, outcome.next_page_key)


def _after(request: EdgeRequest, view: DraftView, found: Cleaned, next_key: str | None) -> HttpResponse:
    """Where a saved page leads: out of this service, to the next page, or to what is left."""
    way_out = exit_for(view.form, {**view.answers, **found.values}, view.facts)
    if way_out is not None:
        return render(request, "citizen/exit.html", {"view": view, "way_out": way_out, "back": request.path})
    for warning in found.warnings:
        messages.warning(request, warning.message.to(request.LANGUAGE_CODE))
    if next_key:
        return redirect("citizen:page", view.id, next_key)
    return redirect(showing.next_url(the_draft(request, view.id)))


def _page(request: EdgeRequest, view: DraftView, shown: FormPage, **how: Any) -> HttpResponse:
    made = show_page(view, shown, actor=request.actor, language=request.LANGUAGE_CODE, **how)
    context = {
        "view": view, "page": shown, "shown": made, "faults": made.faults,
        "back": showing.back_url(view, shown.key),
        "part": showing.part_of(view, shown.key),
    }  # fmt: skip
    refused = made.faults and request.method == "POST"
    return render(request, "citizen/page.html", context, status=422 if refused else 200)


@require_http_methods(BOTH)
@never_cache
@login_required
def check(request: EdgeRequest, draft_id: UUID) -> HttpResponse:
    """All answers, the declaration, and filing; pressing twice files once."""
    faults: list[FieldFault] = []
    if request.method == "POST":
        declared = request.POST.get("declared") == "1"
        try:
            receipt = operations.submit_draft(
                draft_id=draft_id, declared=declared, actor=request.actor, now=request.now
            )
            return redirect("citizen:receipt", receipt.code)
        except NotFound:
            raise
        except Refusal as refusal:
            faults = showing.faults_of_refusal(refusal, request.LANGUAGE_CODE)
    view = the_draft(request, draft_id)
    if view.dossier_code:
        return redirect("citizen:receipt", view.dossier_code)
    context = {
        **then_of(view, request.actor),
        "view": view, "faults": faults, "groups": showing.answer_groups(view, request.LANGUAGE_CODE),
        "back": showing.back_url(view), "next_url": "" if view.complete else showing.next_url(view),
        "papers": (*view.papers, *(p for p in view.more_papers if p.paper_id)),
        **(already(request, view.procedure_code, str(view.id)) if view.filed_by == "self" else {}),
    }  # fmt: skip
    return render(request, "citizen/check.html", context, status=422 if faults else 200)


@require_http_methods(BOTH)
@never_cache
@login_required
def resume(request: EdgeRequest) -> HttpResponse:
    """Go on by the code that was shown when the draft was started."""
    code, error = request.POST.get("code", "")[:40], ""
    if request.method == "POST":
        try:
            return redirect("citizen:tasks", queries.draft_by_resume_code(code, actor=request.actor))
        except NotFound:
            error = _("No saved request of your account has this code. Check it letter by letter.")
    hint = _("It looks like ABCD-EFGH-JKMN and was shown when you began.")
    label = _("Code of your saved request")
    field = Field("text", "code", label, hint=hint, value=code, error=error, width="20", spellcheck=False)
    context = {"field": field, "faults": faults_of((field,)), "drafts": queries.drafts_of(request.actor)}
    return render(request, "citizen/resume.html", context, status=422 if error else 200)
