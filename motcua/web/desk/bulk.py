"""Many dossiers at once: what was chosen is shown first, then done one by one, each with its outcome."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries import communes, holders
from motcua.core.actor import Role
from motcua.core.refusals import NotFound
from motcua.dossiers import operations, queries
from motcua.dossiers.queries import WorklistItem
from motcua.dossiers.rules.bulk import KINDS, LEAST, MOST_AT_ONCE
from motcua.web.desk.came_from import came_from
from motcua.web.desk.guards import officers_only
from motcua.web.desk.narrowing import narrowing_of
from motcua.web.desk.proving import prove_first
from motcua.web.fields import Choice, Field, faults_of
from motcua.web.requests import EdgeRequest

Items = tuple[WorklistItem, ...]


def titles(action: str) -> tuple[str, str, str]:
    """(title, button, title afterwards) of a bulk action."""
    return {
        "receive": (_("Receive these dossiers"), _("Receive them"), _("What came of receiving")),
        "assign": (_("Assign these dossiers"), _("Assign them"), _("What came of assigning")),
        "sign": (_("Sign these results"), _("Sign them"), _("What came of signing")),
        "transfer": (
            _("Hand these dossiers to another agency"),
            _("Hand them over"),
            _("What came of handing over"),
        ),
    }[action]


def _codes(data: QueryDict) -> list[str]:
    return [c[:40].replace("\x00", "") for c in data.getlist("ho-so")][: MOST_AT_ONCE + 1]


def _fields(action: str, items: Items, request: EdgeRequest, faults: dict[str, str]) -> tuple[Field, ...]:
    """What an action asks for beside its dossiers."""
    if action == "transfer":
        return _elsewhere(items, request, faults)
    return (_officers(items, request),) if action == "assign" else ()


def _elsewhere(items: Items, request: EdgeRequest, faults: dict[str, str]) -> tuple[Field, ...]:
    """Where the chosen dossiers can go: around the agencies that decide them, as for a single one."""
    roots, now_with = sorted({i.deciding_root for i in items}), {i.deciding_id for i in items}
    found = {a.identifier: a for root in roots for a in communes(root)}
    near = {i: a.name for i, a in found.items() if now_with != {a.id}}
    options = (
        Choice("", _("Choose")),
        *(Choice(i, f"{n.to(request.LANGUAGE_CODE)} ({i})") for i, n in near.items()),
    )
    hint = _("The applicant reads this. Write it in plain words.")
    hint += " " + _("The date promised stays as it is: a transfer takes no time from the applicant.")
    agency, reason = request.POST.get("agency", ""), request.POST.get("reason", "")
    return (
        Field(
            "select", "agency", _("Agency"), value=agency, options=options, error=faults.get("agency", ""),
            autofocus=True,
        ),
        Field(
            "textarea", "reason", _("Reason"), hint, value=reason, rows=3, error=faults.get("reason", "")
        ),
    )  # fmt: skip


def _missing(action: str, request: EdgeRequest) -> dict[str, str]:
    """What must be there before anything is done to any of them."""
    if action != "transfer":
        return {}
    said = {"agency": _("Choose the agency that is to get them."), "reason": _("Write the reason.")}
    return {name: text for name, text in said.items() if not request.POST.get(name, "").strip()}


def _officers(items: Items, request: EdgeRequest) -> Field:
    """Those who hold the role of one of the chosen steps where it is, and nobody twice."""
    asked = sorted({(i.agency_id, i.role) for i in items})
    there = [h for agency, role in asked for h in holders(agency, Role(role), now=request.now)]
    mine = request.actor.user_id
    options = [Choice("", _("Myself"))] if any(h.user_id == mine for h in there) else []
    options.append(Choice(LEAST, _("Whoever has least open work")))
    options += [Choice(u, n) for u, n in {h.username: h.name for h in there if h.user_id != mine}.items()]
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
    faults = _missing(verb, request) if request.method == "POST" else {}
    done = request.method == "POST" and not faults
    return _carry_out(request, verb) if done else _review(request, verb, faults)


def _review(request: EdgeRequest, action: str, faults: dict[str, str]) -> HttpResponse:
    """The chosen ones, with what the action asks for; ``faults``: it was sent without."""
    chosen = _codes(request.POST if faults else request.GET)
    whole_lane = request.GET.get("all") == "1" and not faults
    items = queries.chosen_work(
        action, codes=None if whole_lane else chosen,
        lane=request.GET.get("lane", "all") if whole_lane else "all",
        by=narrowing_of(request.GET) if whole_lane else None, actor=request.actor, now=request.now,
    )  # fmt: skip
    title, button, _after = titles(action)
    fields = _fields(action, items, request, faults)
    left_out = 0 if whole_lane else len(set(chosen) - {i.code for i in items})
    context = {
        "action": action, "items": items, "title": title, "button": button, "fields": fields,
        "faults": faults_of(fields),
        "came": came_from(request.GET), "left_out": left_out, "most": MOST_AT_ONCE,
        "ticked": whole_lane or bool(chosen),
    }  # fmt: skip
    return render(request, "desk/bulk.html", context, status=422 if faults else 200)


def _carry_out(request: EdgeRequest, action: str) -> HttpResponse:
    asked = {"assign": ("username",), "transfer": ("agency", "reason")}.get(action, ())
    params = {name: request.POST.get(name, "").replace("\x00", "")[:2000] for name in asked}
    done = operations.act_on_many(
        action=action, codes=_codes(request.POST), params=params, actor=request.actor, now=request.now
    )
    lines = queries.named([one.code for one in done], actor=request.actor, now=request.now)
    pairs = [(one, lines.get(one.code)) for one in done]
    context = {
        "title": titles(action)[2],
        "came": came_from(request.GET),
        "done": [(one, line) for one, line in pairs if one.refusal is None],
        "refused": [(one, line) for one, line in pairs if one.refusal is not None],
    }
    return render(request, "desk/bulk_done.html", context)
