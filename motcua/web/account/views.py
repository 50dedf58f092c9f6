"""The account's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.actor import Role
from motcua.web.requests import EdgeRequest

ROLE_NAMES = {
    Role.DESK: _("One-stop desk officer"),
    Role.SPECIALIST: _("Specialist"),
    Role.SIGNATORY: _("Signatory"),
    Role.LEADER: _("Leader"),
    Role.CONTROLLER: _("Procedure controller"),
    Role.DESIGNER: _("Service designer"),
    Role.OPERATOR: _("Operator"),
}


@require_safe
@never_cache
@login_required
def account(request: EdgeRequest) -> HttpResponse:
    """Who is signed in, with which posts, and what can be changed."""
    posts = [{"role": ROLE_NAMES.get(p.role, p.role), "agency": p.agency} for p in request.actor.posts]
    return render(request, "account/account.html", {"posts": posts})
