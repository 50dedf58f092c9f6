"""Somebody is absent: who stands in, until when, and why."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries import Holder, holders
from motcua.core.refusals import Refusal
from motcua.dossiers import operations
from motcua.web.desk.guards import officers_only
from motcua.web.fields import DATE_PARTS, Choice, Field, FieldFault
from motcua.web.requests import EdgeRequest

ABOUT = {"no_such_officer": "absent", "hand_over_days": "until-day", "reason_needed": "reason"}


def _day(request: EdgeRequest) -> date:
    """The last day; a day that is none is read as one long past, which is refused in words."""
    try:
        day, month, year = (int(request.POST.get(f"until-{p}", "")) for p in DATE_PARTS)
        return date(year, month, day)
    except ValueError:
        return date.min


def _colleagues(request: EdgeRequest, agency: str) -> dict[str, Holder]:
    ids = {p.agency_id for p in request.actor.posts if p.agency == agency}
    found = [h for i in ids for h in holders(i, now=request.now)]
    return {h.username: h for h in found}


def _fields(request: EdgeRequest, agency: str) -> tuple[Field, ...]:
    post = request.POST
    people = tuple(Choice(u, h.name) for u, h in _colleagues(request, agency).items())
    choose = (Choice("", _("Choose")), *people)
    parts = {p: post.get(f"until-{p}", "") for p in DATE_PARTS}
    reason = post.get("reason", "")
    return (
        Field("select", "absent", _("Who is absent"), value=post.get("absent", ""), options=choose),
        Field("select", "stands_in", _("Who stands in"), value=post.get("stands_in", ""), options=choose),
        Field("date", "until", _("Until which day"), _("For example 5 12 2026, included"), parts=parts),
        Field("text", "reason", _("Reason"), _("Kept in the record; for example, leave."), value=reason),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def hand_over(request: EdgeRequest) -> HttpResponse:
    """All open work of an absent officer goes to another one until a day."""
    own = sorted({p.agency for p in request.actor.posts})
    agency = request.POST.get("agency") if request.POST.get("agency") in own else own[0]
    faults: list[FieldFault] = []
    if request.method == "POST" and "go" in request.POST:
        try:
            done = operations.hand_over(
                agency=agency or "", absent=request.POST.get("absent", "")[:60],
                stands_in=request.POST.get("stands_in", "")[:60], until_on=_day(request),
                reason=request.POST.get("reason", "").replace("\x00", "")[:300], actor=request.actor,
                now=request.now,
            )  # fmt: skip
        except Refusal as refusal:
            words = f"{refusal.cause.to(request.LANGUAGE_CODE)} {refusal.next_step.to(request.LANGUAGE_CODE)}"
            faults = [FieldFault(ABOUT.get(refusal.code, ""), words.strip())]
        else:
            said = ngettext(
                "%(n)s dossier was handed over.", "%(n)s dossiers were handed over.", len(done.codes)
            )
            messages.success(request, said % {"n": len(done.codes)})
            return redirect("desk:worklist")
    context = {"fields": _fields(request, agency or ""), "faults": faults, "own": own, "agency": agency}
    return render(request, "desk/hand_over.html", context, status=422 if faults else 200)
