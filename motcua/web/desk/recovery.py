"""A recovery code for somebody who stands at the desk and cannot sign in any more."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.agencies.operations import give_recovery_code
from motcua.core.refusals import Refusal
from motcua.web.desk.guards import officers_only
from motcua.web.fields import Choice, Field, faults_of
from motcua.web.requests import EdgeRequest

SEEN = "papers"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def recovery(request: EdgeRequest) -> HttpResponse:
    """Ask whose account and whether the papers were seen; show the code once."""
    username = request.POST.get("username", "").strip()
    error, code = "", ""
    if request.method == "POST":
        error = _missing(request, username)
        if not error:
            try:
                code = give_recovery_code(username=username, actor=request.actor, now=request.now)
            except Refusal as refusal:
                error = (
                    f"{refusal.cause.to(request.LANGUAGE_CODE)} {refusal.next_step.to(request.LANGUAGE_CODE)}"
                )
    fields = _fields(username, error)
    context = {"fields": fields, "faults": faults_of(fields), "code": code, "username": username}
    return render(request, "desk/recovery.html", context, status=422 if error else 200)


def _missing(request: EdgeRequest, username: str) -> str:
    if not username:
        return _("Enter the user name")
    return "" if request.POST.get(SEEN) else _("First look at the person’s papers, and tick that you did")


def _fields(username: str, error: str) -> list[Field]:
    seen = Choice("yes", _("I have seen the person’s identity papers; they are the owner of the account"))
    return [
        Field("text", "username", _("User name"), value=username, spellcheck=False, error=error),
        Field("checkboxes", SEEN, _("Identity"), options=(seen,)),
    ]
