"""Proposals that a procedure go online: a list by votes, a form, a vote."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.catalogue.queries import ProcedureItem, items_of, search
from motcua.core.periods import local_day
from motcua.core.refusals import Refusal
from motcua.voice import operations, queries
from motcua.voice.rules.proposals import STATES, ProposalState
from motcua.web.fields import Choice, Field, FieldFault
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest

MOST_FOUND = 8  # procedures offered for words


@require_safe
@never_cache
def proposals(request: EdgeRequest) -> HttpResponse:
    """Those with most votes first, by state."""
    return _page(request, {})


@require_POST
@never_cache
@login_required
def propose(request: EdgeRequest) -> HttpResponse:
    """Make a proposal; the author's vote is the first. Words instead of a code are looked up."""
    asked = typed(request, "procedure", 200).strip()
    code = typed(request, "chosen", 20).strip() or asked
    found = _found(request, code)
    if all(one.code != code for one in found):
        return _page(request, _unclear(asked, found), found)
    try:
        made = operations.propose(
            procedure=code, words=typed(request, "words"), actor=request.actor, now=request.now
        )
    except Refusal as refusal:
        about = "words" if refusal.code == "words_needed" else "procedure"
        return _page(request, {about: words_of(refusal, request.LANGUAGE_CODE)})
    said = _("Your proposal %(code)s was sent, with your vote. Procedure controllers answer it on this page.")
    messages.success(request, said % {"code": made})
    return redirect("proposals")


def _unclear(asked: str, found: Sequence[ProcedureItem]) -> dict[str, str]:
    """Why it is not known yet which procedure is meant."""
    if found:
        return {"chosen": _("Choose the procedure that you mean")}
    if asked:
        return {"procedure": _("No procedure answers to these words: try others")}
    return {"procedure": _("Write the name or the code of the procedure")}


def _found(request: EdgeRequest, words: str) -> tuple[ProcedureItem, ...]:
    """The procedures that words or a code may mean, the best first."""
    known = items_of([words])
    if known or not words:
        return known
    return search(words, limit=MOST_FOUND, on=local_day(request.now), actor=request.actor).items


@require_POST
@never_cache
@login_required
def vote(request: EdgeRequest, proposal: str) -> HttpResponse:
    """One vote for an account."""
    operations.vote(code=proposal, actor=request.actor, now=request.now)
    messages.success(request, _("Your vote is counted."))
    return redirect("proposals")


@require_POST
@never_cache
@login_required
def unvote(request: EdgeRequest, proposal: str) -> HttpResponse:
    """The vote taken back."""
    operations.withdraw_vote(code=proposal, actor=request.actor, now=request.now)
    messages.success(request, _("Your vote was taken back."))
    return redirect("proposals")


def _fields(
    request: EdgeRequest, faults: dict[str, str], found: Sequence[ProcedureItem]
) -> tuple[Field, ...]:
    known = request.GET.get("thu-tuc", "")[:20]
    options = tuple(Choice(one.code, one.name.to(request.LANGUAGE_CODE), hint=one.code) for one in found)
    which = Field("radios", "chosen", _("Which of these?"), options=options, error=faults.get("chosen", ""))
    return (
        Field("text", "procedure", _("Name or code of the procedure"), spellcheck=False,
              hint=_("Everyday words will do, for example: marriage, or 1.004873."),
              value=typed(request, "procedure", 200) or known, error=faults.get("procedure", "")),
        *((which,) if options else ()),
        Field("textarea", "words", _("Why should it go online?"), value=typed(request, "words"), rows=4,
              error=faults.get("words", "")),
    )  # fmt: skip


def _page(request: EdgeRequest, faults: dict[str, str], found: Sequence[ProcedureItem] = ()) -> HttpResponse:
    asked = request.GET.get("trang-thai", "")
    state = asked if asked in set(ProposalState) else ProposalState.OPEN.value
    after = request.GET.get("after", "")[:40]
    page = queries.proposals(actor=request.actor, state=state, after=after or None)
    fields = _fields(request, faults, found)
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
