"""Signals of inflated figures: for inspectors, and for the leader who may answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.monitoring.operations import answer_signal
from motcua.monitoring.queries import signals_for
from motcua.web.desk.guards import officers_only
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest


@require_safe
@never_cache
@officers_only
def signals(request: EdgeRequest) -> HttpResponse:
    """What was found, with its dossiers and the answers."""
    after = request.GET.get("after", "")[:20]
    page = signals_for(request.actor, after=after or None)
    context = {
        "items": page.items,
        "next_url": f"?after={page.next}" if page.next else "",
        "first_url": "?" if after else "",
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": _("Signals"), "href": ""},
        ],
    }
    return render(request, "board/signals.html", context)


@require_POST
@never_cache
@officers_only
def answer(request: EdgeRequest, signal_id: int) -> HttpResponse:
    """The agency's answer."""
    try:
        answer_signal(
            signal_id=signal_id, words=typed(request, "words", 2000), actor=request.actor, now=request.now
        )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, words_of(refusal, request.LANGUAGE_CODE))
    else:
        messages.success(request, _("Your answer was sent."))
    return redirect("board:signals")
