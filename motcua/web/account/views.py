"""The account's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.actor import Role
from motcua.people.queries import account as account_of
from motcua.people.queries.identities import assurance_level, identities_of
from motcua.people.queries.mandates import mandates_of, representatives_of
from motcua.web.requests import EdgeRequest

ROLE_NAMES = {
    Role.DESK: _("One-stop desk officer"),
    Role.SPECIALIST: _("Specialist"),
    Role.SIGNATORY: _("Signatory"),
    Role.LEADER: _("Leader"),
    Role.CONTROLLER: _("Procedure controller"),
    Role.DESIGNER: _("Service designer"),
    Role.OPERATOR: _("Operator"),
    Role.INSPECTOR: _("Inspector"),
}


@require_safe
@never_cache
@login_required
def account(request: EdgeRequest) -> HttpResponse:
    """Who is signed in, with which posts, and what can be changed."""
    actor, today = request.actor, request.now.date()
    held = account_of(int(request.user.pk or 0))
    own = held.person_id if held else None
    context = {
        "posts": [{"role": ROLE_NAMES.get(p.role, p.role), "agency": p.agency} for p in actor.posts],
        "assurance": assurance_level(actor.assurance, on=today),
        "mandates": mandates_of(own, on=today),
        "representatives": representatives_of(actor.person_id if actor.business else None, on=today),
        "identities": identities_of(int(request.user.pk or 0)),
    }
    return render(request, "account/account.html", context)
