"""Proposals that a procedure go online: a list by votes, a form, a vote."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.refusals import Refusal
from motcua.voice import operations, queries
from motcua.voice.rules.proposals import STATES, ProposalState
from motcua.web.fields import Field, FieldFault
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest


@require_safe
@never_cache
def proposals(request: EdgeRequest) -> HttpResponse:
    """Those with most votes first, by state."""
    return _page(request, {})


@require_POST
@never_cache
@login_required
def propose(request: EdgeRequest) -> HttpResponse:
    """Make a proposal; the author's vote is the first."""
    code = typed(request, "procedure", 20).strip()
    try:
        operations.propose(
            procedure=code, words=typed(request, "words"), actor=request.actor, now=request.now
        )
    except Refusal as refusal:
        about = "words" if refusal.code == "words_needed" else "procedure"
        return _page(request, {about: words_of(refusal, request.LANGUAGE_CODE)})
    return redirect("proposals")


@require_POST
@never_cache
@login_required
def vote(request: EdgeRequest, proposal: str) -> HttpResponse:
    """One vote for an account."""
    operations.vote(code=proposal, actor=request.actor, now=request.now)
    return redirect("proposals")


def _page(request: EdgeRequest, faults: dict[str, str]) -> HttpResponse:
    asked = request.GET.get("trang-thai", "")
    state = asked if asked in set(ProposalState) else ProposalState.OPEN.value
    after = request.GET.get("after", "")[:40]
    page = queries.proposals(actor=request.actor, state=state, after=after or None)
    known = request.GET.get("thu-tuc", "")[:20]
    fields = (
        Field("text", "procedure", _("Code of the procedure"), width="10", spellcheck=False,
              hint=_("It stands on the procedure's page, for example 1.004873."),
              value=typed(request, "procedure", 20) or known, error=faults.get("procedure", "")),
        Field("textarea", "words", _("Why should it go online?"), value=typed(request, "words"), rows=4,
              error=faults.get("words", "")),
    )  # fmt: skip
    context = {
        "items": page.items,
        "fields": fields,
        "faults": [FieldFault(f.target, f.error) for f in fields if f.error],
        "tabs": [
            {"label": text.to(request.LANGUAGE_CODE), "href": f"?trang-thai={s.value}", "current": s == state}
            for s, text in STATES.items()
        ],
        "next_url": f"?trang-thai={state}&after={page.next}" if page.next else "",
        "first_url": f"?trang-thai={state}" if after else "",
    }
    return render(request, "voice/proposals.html", context, status=422 if faults else 200)
