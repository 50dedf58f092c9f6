"""A new password by a one-time code from the desk or the operator; no old e-mail is needed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from motcua.core.refusals import Refusal
from motcua.people.operations import access
from motcua.web.fields import Field, faults_of
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.requests import EdgeRequest


def _fields(request: EdgeRequest, errors: dict[str, str]) -> list[Field]:
    given = request.POST
    hint = _("At least 10 characters; three unrelated words are easy to remember.")
    return [
        Field("text", "username", _("User name"), value=given.get("username", ""), spellcheck=False,
              autocomplete="username", error=errors.get("username", "")),
        Field("text", "code", _("Recovery code"), value=given.get("code", ""), spellcheck=False, width="20",
              hint=_("For example ABCD-EFGH-JKLM-NPQR."), autocomplete="one-time-code",
              error=errors.get("code", "")),
        Field("password", "password", _("New password"), hint=hint, autocomplete="new-password",
              error=errors.get("password", "")),
        Field("password", "again", _("New password again"), autocomplete="new-password",
              error=errors.get("again", "")),
    ]  # fmt: skip


@sensitive_post_parameters("password", "again", "code")
@never_cache
def recover(request: EdgeRequest) -> HttpResponse:
    """Ask for name, code and a new password; then one can sign in."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        if used_up("recover", network_address(request), most=10, seconds=300):
            return render(request, "429.html", status=429)
        errors = _problems(request) or _try(request)
        if not errors:
            messages.success(request, _("Your new password is set. Sign in with it."))
            return redirect("account_login")
    fields = _fields(request, errors)
    context = {"fields": fields, "faults": faults_of(fields)}
    return render(request, "account/recover.html", context, status=422 if errors else 200)


def _problems(request: EdgeRequest) -> dict[str, str]:
    wanted = {
        "username": _("Enter your user name"),
        "code": _("Enter the recovery code"),
        "password": _("Enter your password"),
    }
    errors = {name: text for name, text in wanted.items() if not request.POST.get(name, "").strip()}
    if not errors and request.POST["password"] != request.POST.get("again"):
        errors["again"] = _("The two passwords differ")
    return errors


def _try(request: EdgeRequest) -> dict[str, str]:
    given = request.POST
    try:
        access.recover(
            username=given["username"].strip(),
            code=given["code"],
            password=given["password"],
            now=request.now,
        )
    except Refusal as refusal:
        where = "password" if refusal.code == "password_too_weak" else "code"
        language = request.LANGUAGE_CODE
        return {where: f"{refusal.cause.to(language)} {refusal.next_step.to(language)}"}
    return {}
