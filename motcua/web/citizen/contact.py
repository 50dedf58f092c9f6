"""Another phone number or e-mail address, given after the request was filed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations, queries
from motcua.web.citizen.dossiers import the_dossier
from motcua.web.citizen.questions import Filling, errors_by_field, fields_of, raw_names, to_raw
from motcua.web.fields import FieldFault, faults_of
from motcua.web.requests import EdgeRequest


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def contact(request: EdgeRequest, code: str) -> HttpResponse:
    """How one is reached, as it stands, to be changed."""
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            raw = raw_names(request.POST)
            operations.change_contact(code=code, raw=raw, actor=request.actor, now=request.now)
        except NotFound:
            raise
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, _("Changed. We write to you there from now on."))
            return redirect("citizen:dossier", code)
    return _page(request, code, refused)


def _page(request: EdgeRequest, code: str, refused: Refusal | None) -> HttpResponse:
    language = request.LANGUAGE_CODE
    questions, answers = queries.contact_of(code, actor=request.actor)
    wrong = errors_by_field(getattr(refused, "errors", ()), language)
    raw = raw_names(request.POST) if refused else to_raw(questions, answers)
    filling = Filling(raw, language, wrong)
    fields = [field for q in questions for field in fields_of(q, q.key, filling)]
    faults = faults_of(fields)
    if refused and fields and not faults:
        faults = (FieldFault(fields[0].target, refused.cause.to(language)),)
    context = {"view": the_dossier(request, code), "fields": fields, "faults": faults}
    return render(request, "citizen/contact.html", context, status=422 if refused else 200)
