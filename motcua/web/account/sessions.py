"""Where one is signed in, and ending it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.people.operations.access import end_session
from motcua.people.queries.sessions import sessions_of
from motcua.web.requests import EdgeRequest


@require_safe
@never_cache
@login_required
def sessions(request: EdgeRequest) -> HttpResponse:
    """One's open sessions, this one marked."""
    found = sessions_of(request.actor, current_key=request.session.session_key or "")
    return render(request, "account/sessions.html", {"sessions": found})


@require_POST
@never_cache
@login_required
def end(request: EdgeRequest, session_id: int) -> HttpResponse:
    """End one of them."""
    end_session(session_id=session_id, actor=request.actor, now=request.now)
    messages.success(request, _("The session was ended."))
    return redirect("account_sessions")
