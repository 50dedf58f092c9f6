"""Papers that were to follow later, handed in from the dossier's own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations
from motcua.web.citizen.dossiers import files_of, the_dossier
from motcua.web.fields import Field, FieldFault
from motcua.web.requests import EdgeRequest


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def add_paper(request: EdgeRequest, code: str) -> HttpResponse:
    """What may still be handed in, and a file for each; sent together."""
    error = ""
    if request.method == "POST":
        try:
            operations.add_paper_files(
                code=code, files=files_of(request), actor=request.actor, now=request.now
            )
        except NotFound:
            raise
        except Refusal as refusal:
            error = f"{refusal.cause.to(request.LANGUAGE_CODE)} {refusal.next_step.to(request.LANGUAGE_CODE)}"
        else:
            messages.success(request, _("Your paper has been handed in."))
            return redirect("citizen:dossier", code)
    return _page(request, code, error)


def _page(request: EdgeRequest, code: str, error: str) -> HttpResponse:
    view = the_dossier(request, code)
    hint, accept = _("PDF, JPEG or PNG, at most 10 MB."), ".pdf,.jpg,.jpeg,.png"
    uploads = [
        Field("file", f"file.{key}", name.to(request.LANGUAGE_CODE), hint=hint, accept=accept)
        for key, name in view.awaited
    ]
    faults = [FieldFault(uploads[0].target, error)] if error and uploads else []
    context = {"view": view, "uploads": uploads, "faults": faults}
    return render(request, "citizen/add_paper.html", context, status=422 if error else 200)
