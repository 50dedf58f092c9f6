"""Complaints against a decision on one's dossier: filed, followed, taken back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers.queries import own_matter
from motcua.voice import operations, queries
from motcua.voice.rules.complaints import AGAINST
from motcua.web.fields import Choice, Field, faults_of
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def complain(request: EdgeRequest, code: str) -> HttpResponse:
    """The form for one dossier; filed, it leads to the complaint's page."""
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            filed = operations.file_complaint(
                dossier=code, against=typed(request, "against", 20), words=typed(request, "words", 6000),
                wanted=typed(request, "wanted", 2000), actor=request.actor, now=request.now,
            )  # fmt: skip
        except NotFound:
            raise
        except Refusal as refusal:
            about = "against" if refusal.code == "against_unknown" else "words"
            faults = {about: words_of(refusal, request.LANGUAGE_CODE)}
        else:
            return redirect("citizen:complaint", filed.code)
    return _form(request, code, faults)


def _form(request: EdgeRequest, code: str, faults: dict[str, str]) -> HttpResponse:
    matter = own_matter(code, actor=request.actor)
    options = tuple(Choice(key, text.to(request.LANGUAGE_CODE)) for key, text in AGAINST.items())
    fields = (
        Field("radios", "against", _("What is it against?"), value=typed(request, "against", 20),
              options=options, error=faults.get("against", "")),
        Field("textarea", "words", _("What was wrong, and why?"), value=typed(request, "words"), rows=7,
              error=faults.get("words", "")),
        Field("textarea", "wanted", _("What do you ask for? (optional)"), value=typed(request, "wanted"),
              rows=3),
    )  # fmt: skip
    context = {
        "matter": matter,
        "fields": fields,
        "faults": faults_of(fields),
        "earlier": queries.complaints_of(code, actor=request.actor, now=request.now),
    }
    return render(request, "voice/complain.html", context, status=422 if faults else 200)


@require_safe
@never_cache
@login_required
def complaint(request: EdgeRequest, complaint: str) -> HttpResponse:
    """Where it stands."""
    view = queries.complaint_for(complaint, actor=request.actor, now=request.now)
    return render(request, "voice/complaint.html", {"view": view})


@require_POST
@never_cache
@login_required
def withdraw(request: EdgeRequest, complaint: str) -> HttpResponse:
    """Its author takes it back."""
    operations.withdraw_complaint(code=complaint, actor=request.actor, now=request.now)
    return redirect("citizen:complaint", complaint)
