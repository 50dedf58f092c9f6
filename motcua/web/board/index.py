"""The index of Decision 766 on the board: all agencies, or one opened down to what costs it points."""

from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.monitoring.operations import sign_index
from motcua.monitoring.queries import Index, IndexRow, index_766, index_below, index_list, may_enter
from motcua.web.board.asked import Asked, asked
from motcua.web.board.charts import Bar, Chart, draw
from motcua.web.board.sections import sections_of
from motcua.web.desk.guards import officers_only
from motcua.web.fields import faults_of
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest
from motcua.web.templatetags.motcua import number

WISH = "neu-"  # of the fields of what-if


@require_safe
def index(request: EdgeRequest) -> HttpResponse:
    """One scope's index; the nation's stands above the list of all ministries and provinces."""
    wanted = asked(request, usual_split="")
    wished = _wished(request)
    found = index_766(wanted.period, wanted.scope, wished=wished, actor=request.actor)
    context = {
        "may_enter": may_enter(request.actor),
        "asked": wanted,
        "found": found,
        "groups": _groups(found),
        "chart": _chart(found, request.LANGUAGE_CODE),
        "rows": [(row, wanted.query(scope=row.scope, by="")) for row in _below(request, wanted)],
        "own": _own(request, wanted),
        "wishes": _wishes(found, wished),
        "sections": sections_of("index"),
        "faults": faults_of(wanted.fields),
        "crumbs": _crumbs(found, wanted, request.LANGUAGE_CODE),
        "month": wanted.period.first.isoformat(),
    }
    return render(request, "board/index.html", context, status=400 if wanted.bad else 200)


def _below(request: EdgeRequest, wanted: Asked) -> tuple[IndexRow, ...]:
    """All ministries and provinces below the nation; below an agency those right below it."""
    if wanted.scope == "national":
        return index_list(wanted.period, actor=request.actor)
    return index_below(wanted.period, wanted.scope, actor=request.actor)


def _own(request: EdgeRequest, wanted: Asked) -> list[tuple[str, str]]:
    """The officer's own agencies and where their index is; none on the page of one of them."""
    own = dict.fromkeys(post.agency for post in request.actor.posts)
    return [] if wanted.scope in own else [(one, wanted.query(scope=one, by="")) for one in own]


def _wished(request: EdgeRequest) -> dict[str, Decimal]:
    """Rates of what-if, per cent; what is no number is passed over."""
    found = {}
    for name in request.GET:
        text = request.GET.get(name, "")
        if name.startswith(WISH) and len(text) <= 8:
            try:
                value = Decimal(text.strip().replace(",", ".").removesuffix("%"))
            except InvalidOperation:
                continue
            if value.is_finite():
                found[name.removeprefix(WISH)] = value
    return found


def _groups(found: Index) -> list[tuple[object, list[object]]]:
    by_key = {one.component.key: one for one in found.score.scored}
    return [(g, [by_key[c.key] for c in g.components]) for g in found.score.scheme.groups]


def _wishes(found: Index, wished: dict[str, Decimal]) -> list[tuple[object, str, str]]:
    """A field for each component that loses points: itself, the field's name, what was typed."""
    return [
        (cost.scored, WISH + cost.scored.component.key, str(wished.get(cost.scored.component.key, "")))
        for cost in found.costs
    ]


def _chart(found: Index, language: str) -> Chart | None:
    """A bar for each group: points in a hundred of what could be judged."""
    by_key = {one.component.key: one for one in found.score.scored}
    bars = []
    for group in found.score.scheme.groups:
        judged = [by_key[c.key] for c in group.components if by_key[c.key].points is not None]
        points = sum((one.points or Decimal(0) for one in judged), Decimal(0))
        possible = sum((one.component.points for one in judged), Decimal(0))
        rate = points * 100 / possible if possible else None
        said = _("no data") if rate is None else f"{number(points)}/{number(possible)}"
        bars.append(Bar(group.name.to(language), rate, said))
    if all(bar.rate is None for bar in bars):
        return None
    return draw(
        id="index-groups",
        title=_("Points by group"),
        description=_("Bars from 0 to the points that could be judged; longer is better."),
        bars=bars,
        own_first=False,
    )


def _crumbs(found: Index, wanted: Asked, language: str) -> list[dict[str, str]]:
    here = reverse("board:index") + wanted.query(scope="", by="")
    crumbs = [{"label": _("Figures"), "href": reverse("board:home")}]
    if wanted.scope == "national":
        return [*crumbs, {"label": _("Index 766"), "href": ""}]
    return [
        *crumbs,
        {"label": _("Index 766"), "href": here},
        {"label": found.name.to(language), "href": ""},
    ]


@require_POST
@never_cache
@officers_only
def sign(request: EdgeRequest, agency: str) -> HttpResponse:
    """The leader signs the month's index, or says why not."""
    wanted = asked(request, usual_split="")
    if wanted.bad:
        raise NotFound
    days = {"scope": agency, "from": wanted.period.first.isoformat(), "to": wanted.period.last.isoformat()}
    try:
        sign_index(
            agency=agency, period=wanted.period, agrees=typed(request, "agrees", 5) == "yes",
            reason=typed(request, "reason", 2000), actor=request.actor, now=request.now,
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, words_of(refusal, request.LANGUAGE_CODE))
    else:
        messages.success(request, _("The figures of this month were kept with your answer."))
    return redirect(f"{reverse('board:index')}?{urlencode(days)}")
