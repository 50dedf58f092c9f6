"""In whose name one acts: one's own, or that of a business whose mandate one holds."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.agencies.queries import actor_for
from motcua.core.refusals import NotFound
from motcua.web.middleware import MANDATE
from motcua.web.requests import EdgeRequest


@require_POST
@never_cache
@login_required
def act(request: EdgeRequest) -> HttpResponse:
    """Choose; a mandate that is not one's own, or not in force, is none."""
    chosen = request.POST.get("mandate", "")
    if not chosen:
        request.session.pop(MANDATE, None)
        messages.success(request, _("You act in your own name again."))
        return redirect("account")
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 18 else 0
    actor = actor_for(int(request.user.pk or 0), now=request.now, mandate_id=number)
    if actor.mandate_id is None:
        raise NotFound
    request.session[MANDATE] = number
    name = actor.acts_for
    messages.success(request, _("From now on you act in the name of %(name)s.") % {"name": name})
    return redirect("account")
