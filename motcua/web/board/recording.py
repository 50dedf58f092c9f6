"""Assessments typed in or uploaded by officers: drafts, their forms, publication in one step."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.monitoring.queries import known_figures
from motcua.voice import operations
from motcua.voice.queries import DraftView, draft_for, drafts_for, recordable_agencies
from motcua.voice.rules.assessment_drafts import PieceRefused
from motcua.voice.rules.assessments import AssessmentRefused
from motcua.web.board import recording_fields as making
from motcua.web.board.recording_pages import crumbs, overview, part_names
from motcua.web.desk.guards import officers_only
from motcua.web.fields import Field, FieldFault, faults_of
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest

LARGEST = 1_000_001  # of a file; one byte more than is taken, so that the operation can say so
GENERAL = "general"


@require_safe
@never_cache
@officers_only
def drafts(request: EdgeRequest) -> HttpResponse:
    """The drafts that the officer may go on with, and the ways to begin."""
    context = {"items": drafts_for(request.actor), "crumbs": crumbs(here=_("Record an assessment"))}
    return render(request, "board/drafts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def start(request: EdgeRequest) -> HttpResponse:
    """Begin a draft by its general part."""
    choices = making.general_choices(request)
    if request.method != "POST":
        proposed = {"code": making.code_for(request.now)}
        return _form(
            request, GENERAL, making.fields_of(GENERAL, proposed, {}, choices, request.LANGUAGE_CODE)
        )
    values = making.typed_of(request, GENERAL)
    try:
        made = operations.start_assessment(typed=values, actor=request.actor, now=request.now)
    except PieceRefused as refusal:
        fields = making.fields_of(GENERAL, values, refusal.faults, choices, request.LANGUAGE_CODE)
        return _form(request, GENERAL, fields, refusal=refusal)
    messages.success(request, _("The draft was saved. Only officers who may record this agency see it."))
    return redirect("board:draft", made)


def _form(
    request: EdgeRequest, part: str, fields: tuple[Field, ...], *, view: DraftView | None = None,
    seen: str = "", refusal: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    faults = list(faults_of(fields))
    if refusal and not faults:
        faults = [FieldFault("", words_of(refusal, request.LANGUAGE_CODE))]
    name = part_names()[part]
    context = {
        "fields": fields, "faults": faults, "seen": seen, "view": view, "heading": name,
        "crumbs": crumbs(view, here=name),
    }  # fmt: skip
    return render(request, "board/draft_form.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def upload(request: EdgeRequest) -> HttpResponse:
    """The same file as the command takes; it is published, or refused whole."""
    recordable_agencies(request.actor)
    given, fault = request.FILES.get("file"), ""
    problems: tuple[Any, ...] = ()
    if request.method == "POST" and given is None:
        fault = _("Choose a file before you send it")
    elif given is not None:
        try:
            return _brought(request, given.read(LARGEST), given.name or "")
        except Refusal as refusal:
            problems = refusal.problems if isinstance(refusal, AssessmentRefused) else ()
            fault = (
                refusal.next_step.to(request.LANGUAGE_CODE)
                if problems
                else words_of(refusal, request.LANGUAGE_CODE)
            )
    field = Field("file", "file", _("File of the assessment (TOML)"), accept=".toml", error=fault)
    said = [FieldFault(field.target, one.to(request.LANGUAGE_CODE)) for one in problems]
    context = {
        "fields": [field], "faults": said or faults_of([field]), "heading": _("Upload an assessment"),
        "upload": True, "crumbs": crumbs(here=_("Upload an assessment")),
    }  # fmt: skip
    return render(request, "board/draft_form.html", context, status=422 if fault else 200)


def _brought(request: EdgeRequest, content: bytes, name: str) -> HttpResponse:
    brought = operations.bring_assessment(
        content=content, name=name, figures=known_figures(), actor=request.actor, now=request.now
    )
    said = {
        "new": _("The assessment is published."),
        "changed": _("The assessment was changed and is published."),
        "unchanged": _("This file was brought in before; nothing has changed."),
    }
    messages.success(request, said[brought.state])
    return redirect("board:assessment", brought.code)


@require_safe
@never_cache
@officers_only
def draft(request: EdgeRequest, entry: int) -> HttpResponse:
    """A draft with all its parts, and what is missing before publication."""
    return overview(request, draft_for(entry, actor=request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def general(request: EdgeRequest, entry: int) -> HttpResponse:
    """The general part of a draft."""
    view, choices = draft_for(entry, actor=request.actor), making.general_choices(request)
    if request.method != "POST":
        fields = making.fields_of(GENERAL, view.general, {}, choices, request.LANGUAGE_CODE)
        return _form(request, GENERAL, fields, view=view, seen=view.general_seen)
    values, seen = making.typed_of(request, GENERAL), typed(request, "seen", 64)
    try:
        operations.save_general(draft_id=entry, seen=seen, typed=values, actor=request.actor, now=request.now)
    except NotFound:
        raise
    except Refusal as refusal:
        wrong = refusal.faults if isinstance(refusal, PieceRefused) else {}
        fields = making.fields_of(GENERAL, values, wrong, choices, request.LANGUAGE_CODE)
        return _form(request, GENERAL, fields, view=view, seen=seen, refusal=refusal)
    return redirect("board:draft", entry)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def add(request: EdgeRequest, entry: int, part: str) -> HttpResponse:
    """One more criterion, finding or recommendation."""
    view = draft_for(entry, actor=request.actor)
    if part not in view.lists:
        raise NotFound
    if part == "findings" and not view.lists["criteria"]:
        messages.info(request, _("First add a criterion: a finding belongs to one."))
        return redirect("board:draft_add", entry, "criteria")
    return _entry(request, view, part, None, making.proposed_for(view, part), view.lists_seen[part])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def change(request: EdgeRequest, entry: int, part: str, place: int) -> HttpResponse:
    """A criterion, finding or recommendation that is there."""
    view = draft_for(entry, actor=request.actor)
    there = view.entry(part, place)
    return _entry(request, view, part, place, there.fields, there.seen)


def _entry(
    request: EdgeRequest, view: DraftView, part: str, place: int | None, values: dict[str, str], seen: str
) -> HttpResponse:
    language = request.LANGUAGE_CODE
    choices = making.entry_choices(view, part, language)
    if request.method != "POST":
        fields = making.fields_of(part, values, {}, choices, language)
        return _form(request, part, fields, view=view, seen=seen)
    values, seen = making.typed_of(request, part), typed(request, "seen", 64)
    try:
        operations.save_entry(
            draft_id=view.id, part=part, place=place, seen=seen, typed=values, figures=known_figures(),
            actor=request.actor, now=request.now,
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        wrong = refusal.faults if isinstance(refusal, PieceRefused) else {}
        fields = making.fields_of(part, values, wrong, choices, language)
        return _form(request, part, fields, view=view, seen=seen, refusal=refusal)
    return redirect(f"{reverse('board:draft', args=[view.id])}#{part}")


@require_POST
@never_cache
@officers_only
def remove(request: EdgeRequest, entry: int, part: str, place: int) -> HttpResponse:
    """Take an entry out."""
    try:
        operations.remove_entry(
            draft_id=entry, part=part, place=place, seen=typed(request, "seen", 64), actor=request.actor,
            now=request.now,
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        return overview(request, draft_for(entry, actor=request.actor), refusal)
    return redirect(f"{reverse('board:draft', args=[entry])}#{part}")


@require_POST
@never_cache
@officers_only
def publish(request: EdgeRequest, entry: int) -> HttpResponse:
    """Publish the draft whole, after one more page that says what that means."""
    seen = typed(request, "seen", 64)
    if request.POST.get("sure") != "yes":
        view = draft_for(entry, actor=request.actor)
        context = {"view": view, "seen": seen, "crumbs": crumbs(view, here=_("Publish"))}
        return render(request, "board/draft_publish.html", context)
    try:
        code = operations.publish_draft(
            draft_id=entry, seen=seen, figures=known_figures(), actor=request.actor, now=request.now
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return overview(request, draft_for(entry, actor=request.actor), refusal)
    messages.success(request, _("The assessment is published."))
    return redirect("board:assessment", code)


@require_POST
@never_cache
@officers_only
def drop(request: EdgeRequest, entry: int) -> HttpResponse:
    """Throw the draft away."""
    operations.drop_draft(draft_id=entry, actor=request.actor, now=request.now)
    messages.success(request, _("The draft was thrown away."))
    return redirect("board:drafts")
