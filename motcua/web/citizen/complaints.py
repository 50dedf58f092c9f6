"""Complaints against a decision on one's dossier: filed, followed, taken back."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers.queries import own_matter
from motcua.voice import operations, queries
from motcua.voice.rules.complaints import AGAINST, DELAY, in_time
from motcua.web.fields import Choice, Field, faults_of
from motcua.web.files import handed_out
from motcua.web.public.attaching import Attached, attached
from motcua.web.public.saying import file_rows, typed, words_of
from motcua.web.requests import EdgeRequest

ABOUT = {"against_unknown": "against", "too_many_files": "files", "attachment_gone": "files"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def complain(request: EdgeRequest, code: str) -> HttpResponse:
    """The form for one dossier; filed, it leads to the complaint's page."""
    own_matter(code, actor=request.actor)  # nobody keeps files for what is not theirs
    held = attached(request)
    if request.method != "POST" or held.only or held.fault or _not_late(request, code):
        return _form(request, code, held, {})
    try:
        filed = operations.file_complaint(
            dossier=code, against=typed(request, "against", 20), words=typed(request, "words", 6000),
            wanted=typed(request, "wanted", 2000), attachments=held.handles, actor=request.actor,
            now=request.now,
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        fault = {ABOUT.get(refusal.code, "words"): words_of(refusal, request.LANGUAGE_CODE)}
        return _form(request, code, held, fault)
    messages.success(request, _("Your complaint was filed. Its code is %(code)s.") % {"code": filed.code})
    return redirect("citizen:complaint", filed.code)


def _not_late(request: EdgeRequest, code: str) -> bool:
    """A complaint about delay of what is in time, before its author was told so."""
    about_delay = typed(request, "against", 20) == DELAY and typed(request, "sure", 3) != "yes"
    matter = own_matter(code, actor=request.actor)
    return about_delay and in_time(matter.due_at, matter.ended_at, request.now)


def _form(request: EdgeRequest, code: str, held: Attached, faults: dict[str, str]) -> HttpResponse:
    held = replace(held, fault=held.fault or faults.get("files", ""))
    options = tuple(Choice(key, text.to(request.LANGUAGE_CODE)) for key, text in AGAINST.items())
    fields = (
        Field("radios", "against", _("What is it against?"), value=typed(request, "against", 20),
              options=options, error=faults.get("against", "")),
        Field("textarea", "words", _("What was wrong, and why?"), value=typed(request, "words"), rows=7,
              error=faults.get("words", "")),
        Field("textarea", "wanted", _("What do you ask for? (optional)"), value=typed(request, "wanted"),
              rows=3),
    )  # fmt: skip
    wrong = faults_of((*fields, held.field))
    context = {
        "matter": own_matter(code, actor=request.actor),
        "not_late": not wrong and not held.only and _not_late(request, code),
        "fields": fields,
        "attached": held,
        "faults": wrong,
        "earlier": queries.complaints_of(code, actor=request.actor, now=request.now),
    }
    return render(request, "voice/complain.html", context, status=422 if wrong else 200)


@require_safe
@never_cache
@login_required
def complaint(request: EdgeRequest, complaint: str) -> HttpResponse:
    """Where it stands."""
    view = queries.complaint_for(complaint, actor=request.actor, now=request.now)
    files = file_rows(
        view.attachments,
        lambda file: reverse("citizen:complaint_file", args=[complaint, file]),
        own=view.own,
    )
    return render(request, "voice/complaint.html", {"view": view, "files": files})


@require_safe
@never_cache
@login_required
def file(request: EdgeRequest, complaint: str, evidence: UUID) -> HttpResponse:
    """A file of a complaint, for its author and who settles it."""
    one, content = queries.attachment_seen(evidence, of=complaint, actor=request.actor)
    return handed_out(content, one.kind, one.name, attached=not one.kind.startswith("image/"))


@require_POST
@never_cache
@login_required
def withdraw(request: EdgeRequest, complaint: str) -> HttpResponse:
    """Its author takes it back."""
    operations.withdraw_complaint(code=complaint, actor=request.actor, now=request.now)
    return redirect("citizen:complaint", complaint)
