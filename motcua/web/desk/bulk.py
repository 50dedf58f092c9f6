"""Many dossiers at once: what was chosen is shown first, then done one by one, each with its outcome."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries import holders
from motcua.core.actor import Actor, Role
from motcua.core.refusals import NotFound
from motcua.dossiers import operations, queries
from motcua.dossiers.rules.bulk import KINDS, LEAST, MOST_AT_ONCE
from motcua.web.desk.guards import officers_only
from motcua.web.desk.narrowing import narrowing_of
from motcua.web.desk.proving import prove_first
from motcua.web.fields import Choice, Field
from motcua.web.requests import EdgeRequest


def titles(action: str) -> tuple[str, str, str]:
    """(title, button, title afterwards) of a bulk action."""
    return {
        "receive": (_("Receive these dossiers"), _("Receive them"), _("What came of receiving")),
        "assign": (_("Assign these dossiers"), _("Assign them"), _("What came of assigning")),
        "sign": (_("Sign these results"), _("Sign them"), _("What came of signing")),
    }[action]


def _codes(data: QueryDict) -> list[str]:
    return [c[:40].replace("\x00", "") for c in data.getlist("ho-so")][: MOST_AT_ONCE + 1]


def _officers(actor: Actor, request: EdgeRequest) -> Field:
    where = actor.agency_ids(Role.SPECIALIST, Role.SIGNATORY, Role.LEADER)
    found = {
        h.username: h.name
        for agency in where
        for h in holders(agency, Role.SPECIALIST, Role.SIGNATORY, now=request.now)
    }
    options = [Choice("", _("Myself")), Choice(LEAST, _("Whoever has least open work"))]
    options += [Choice(u, n) for u, n in found.items()]
    return Field("select", "username", _("Officer"), options=tuple(options), autofocus=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def bulk(request: EdgeRequest, verb: str) -> HttpResponse:
    """GET shows what was chosen; POST does it, each dossier by itself."""
    if verb not in KINDS:
        raise NotFound
    first = prove_first(request, request.get_full_path()) if verb == "sign" else None
    if first is not None:
        return first
    return _carry_out(request, verb) if request.method == "POST" else _review(request, verb)


def _review(request: EdgeRequest, action: str) -> HttpResponse:
    whole_lane = request.GET.get("all") == "1"
    items = queries.chosen_work(
        action, codes=None if whole_lane else _codes(request.GET), lane=request.GET.get("lane", "all"),
        by=narrowing_of(request.GET), actor=request.actor, now=request.now,
    )  # fmt: skip
    title, button, _after = titles(action)
    officer = _officers(request.actor, request) if action == "assign" else None
    left_out = 0 if whole_lane else len(set(_codes(request.GET)) - {i.code for i in items})
    context = {
        "action": action, "items": items, "title": title, "button": button, "officer": officer,
        "left_out": left_out, "most": MOST_AT_ONCE, "ticked": whole_lane or bool(_codes(request.GET)),
    }  # fmt: skip
    return render(request, "desk/bulk.html", context)


def _carry_out(request: EdgeRequest, action: str) -> HttpResponse:
    params = {"username": request.POST.get("username", "")[:60]} if action == "assign" else {}
    done = operations.act_on_many(
        action=action, codes=_codes(request.POST), params=params, actor=request.actor, now=request.now
    )
    lines = queries.named([one.code for one in done], actor=request.actor, now=request.now)
    pairs = [(one, lines.get(one.code)) for one in done]
    context = {
        "title": titles(action)[2],
        "done": [(one, line) for one, line in pairs if one.refusal is None],
        "refused": [(one, line) for one, line in pairs if one.refusal is not None],
    }
    return render(request, "desk/bulk_done.html", context)
