"""Replacing a slip that says something wrong."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations, queries
from motcua.dossiers.queries import SlipView
from motcua.web.desk.guards import officers_only
from motcua.web.fields import Field, faults_of
from motcua.web.requests import EdgeRequest

WORDED = frozenset({"03", "04"})  # slips with a reason of their own


def _fields(request: EdgeRequest, slip: SlipView, error: str) -> list[Field]:
    names = {"because": _("Why the slip is replaced; this stands on the new one")}
    if slip.kind in WORDED:
        names["reason"] = _("The reason in its new words (empty: as it was)")
    if slip.kind == "03":
        names["clause"] = _("The clause of the law, if it changes (empty: as it was)")
    return [
        Field(
            "textarea", name, label, value=request.POST.get(name, ""), rows=3,
            error=error if name == "because" else "",
        )
        for name, label in names.items()
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def correct(request: EdgeRequest, code: str, key: str) -> HttpResponse:
    """Ask why, then issue the slip anew under the next number; the old one says that it was replaced."""
    error, status = "", 200
    if request.method == "POST":
        given = {
            n: request.POST.get(n, "").replace("\x00", "")[:4000] for n in ("because", "reason", "clause")
        }
        try:
            operations.correct_slip(code=code, slip=key, actor=request.actor, now=request.now, **given)
        except NotFound:
            raise
        except Refusal as refusal:
            error, status = refusal.cause.to(request.LANGUAGE_CODE), refusal.status
        else:
            messages.success(request, _("The slip was replaced; the new one has its own number."))
            return redirect("desk:dossier", code)
    view = queries.dossier_for(code, actor=request.actor, now=request.now)
    slip = next((s for s in view.slips if s.key == key and not s.running), None)
    if slip is None:
        raise NotFound
    fields = _fields(request, slip, error)
    context = {"view": view, "slip": slip, "fields": fields, "faults": faults_of(fields)}
    return render(request, "desk/correct_slip.html", context, status=status)
