"""One's tokens of the API: which there are, making one (shown once), ending one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.people.operations.tokens import end_token, issue_token
from motcua.people.queries.tokens import tokens_of
from motcua.people.rules import SCOPES
from motcua.web.fields import Choice, Field
from motcua.web.requests import EdgeRequest

TERMS = ("7", "30", "90", "366")  # days that the page offers


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def tokens(request: EdgeRequest) -> HttpResponse:
    """One's tokens in force, and the form that makes one; the new one is shown on this answer only."""
    sent = request.method == "POST"
    errors = _faults(request) if sent else {}
    made = ""
    if sent and not errors:
        made = issue_token(
            username=request.user.get_username(),
            scopes=request.POST.getlist("scopes"),
            days=int(request.POST["days"]),
            name=request.POST["name"],
            actor=request.actor,
            now=request.now,
        )
    shown = {"tokens": tokens_of(request.actor, now=request.now), "made": made}
    fields = _fields(request, errors)
    return render(
        request,
        "account/tokens.html",
        {
            **shown,
            "fields": fields,
            "faults": [{"target": f.target, "message": f.error} for f in fields if f.error],
        },
        status=422 if errors else 200,
    )


@require_POST
@never_cache
@login_required
def end(request: EdgeRequest, token_id: int) -> HttpResponse:
    """End one of them."""
    end_token(token_id=token_id, actor=request.actor, now=request.now)
    messages.success(request, _("The token was ended."))
    return redirect("account_tokens")


def _faults(request: EdgeRequest) -> dict[str, str]:
    found = {}
    if not request.POST.get("name", "").strip():
        found["name"] = _("Say what the token is for")
    scopes = request.POST.getlist("scopes")
    if not scopes or not set(scopes) <= SCOPES.keys():
        found["scopes"] = _("Choose what the token may do")
    if request.POST.get("days") not in TERMS:
        found["days"] = _("Choose how long it is in force")
    return found


def _fields(request: EdgeRequest, errors: dict[str, str]) -> list[Field]:
    said = request.POST if errors else None
    words = {scope: text.to(get_language() or "vi") for scope, text in SCOPES.items()}
    return [
        Field("text", "name", _("What is it for?"), value=said.get("name", "")[:80] if said else "",
              error=errors.get("name", ""), hint=_("For example: our accounting program")),
        Field("checkboxes", "scopes", _("What may it do?"), error=errors.get("scopes", ""),
              options=tuple(Choice(scope, text[:1].upper() + text[1:]) for scope, text in words.items()),
              values=frozenset(said.getlist("scopes") if said else ())),
        Field("radios", "days", _("How long?"), error=errors.get("days", ""), inline=True,
              options=tuple(Choice(days, _("%(days)s days") % {"days": days}) for days in TERMS),
              value=said.get("days", "") if said else "30"),
    ]  # fmt: skip
