"""The public board: figures by definition, each opening down to its dossiers for those who may."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.actor import Role
from motcua.core.references import AGENCY_IDENTIFIER
from motcua.core.refusals import NotFound
from motcua.monitoring import queries
from motcua.monitoring.rules.definitions import UnknownDefinition
from motcua.monitoring.rules.predicates import REASONS
from motcua.monitoring.rules.scopes import UnknownScope
from motcua.web.board.asked import Asked, asked, own_agency
from motcua.web.board.sections import sections_of
from motcua.web.board.showing import Shown, crumbs_of, show, tabs_of
from motcua.web.board.tiles import TileMap, may_be_a_map, tile_key, tile_map
from motcua.web.fields import faults_of
from motcua.web.requests import EdgeRequest

WHICH = ("numerator", "denominator", "excluded")


@require_safe
def home(request: EdgeRequest) -> HttpResponse:
    """All figures of one scope, each with its split by block; an officer's open on the own agency."""
    wanted = asked(request, usual_split="block", usual_scope=own_agency(request.actor))
    board = queries.board(wanted.period, wanted.scope, wanted.by, actor=request.actor)
    shown = [show(figure, board, wanted, request.LANGUAGE_CODE) for figure in board.figures]
    watches = any(post.role in {Role.INSPECTOR, Role.LEADER} for post in request.actor.posts)
    more = {"figures": shown, "sections": sections_of("figures"), "watches": watches}
    more["agency"] = wanted.scope if AGENCY_IDENTIFIER.match(wanted.scope) else ""
    more["leads"] = any(post.role is Role.LEADER for post in request.actor.posts)
    return _page(request, "board/home.html", wanted, board, more)


@require_safe
def figure(request: EdgeRequest, definition: str) -> HttpResponse:
    """One figure: chart, table, ways down."""
    wanted = asked(request, usual_split="block")
    try:
        board = queries.board(
            wanted.period, wanted.scope, wanted.by, definition=definition, actor=request.actor
        )
    except UnknownDefinition as unknown:
        raise NotFound from unknown
    shown = show(board.figures[0], board, wanted, request.LANGUAGE_CODE)
    revisions = queries.revisions_of(board.figures[0].definition)
    more: dict[str, object] = {
        "map": _map(shown, wanted, request.LANGUAGE_CODE),
        "figure": shown, "tabs": tabs_of(wanted), "by_name": dict(_splits()).get(wanted.by, ""),
        "revisions": [(d, reverse("board:figure", args=[d.identifier]) + wanted.query()) for d in revisions],
    }  # fmt: skip
    return _page(request, "board/figure.html", wanted, board, more)


def _map(shown: Shown, wanted: Asked, language: str) -> TileMap | None:
    if not may_be_a_map(shown.rows, wanted.by):
        return None
    placed = queries.tiles_for([tile_key(row.scope) for row in shown.rows], on=wanted.period.last)
    if not placed.source.vi and not wanted.scope.startswith(("H", "G", "place:")):
        return None  # ministries and provinces in reading order are no map
    target = shown.target.percent if shown.target else None
    return tile_map(shown.rows, placed, target, language)


@require_safe
def meaning(request: EdgeRequest, definition: str) -> HttpResponse:
    """How a figure is counted: form, source, numerator, denominator, what is left out."""
    try:
        found = queries.definition(definition)
    except UnknownDefinition as unknown:
        raise NotFound from unknown
    context = {
        "definition": found,
        "reasons": [REASONS[reason] for reason in found.exclusions],
        "revisions": queries.revisions_of(found),
        "others": [other for other in queries.DEFINITIONS if other is not found],
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": found.name.to(request.LANGUAGE_CODE), "href": ""},
        ],
    }
    return render(request, "board/meaning.html", context)


@require_safe
def detail(request: EdgeRequest, definition: str) -> HttpResponse:
    """The dossiers behind a count, for officers and leaders, inside their own agencies."""
    wanted = asked(request, usual_split="")
    which = request.GET.get("which", "denominator")
    try:
        page = queries.detail(
            definition,
            wanted.scope,
            wanted.period,
            which,
            actor=request.actor,
            after=request.GET.get("after", "")[:40] or None,
        )
    except (UnknownDefinition, UnknownScope) as unknown:
        raise NotFound from unknown
    context = {
        "page": page,
        "asked": wanted,
        "which_names": [(w, _which()[w], wanted.query(which=w)) for w in WHICH],
        "next_url": wanted.query(which=which, after=page.next) if page.next else "",
        "back": reverse("board:figure", args=[definition.partition("~")[0]]) + wanted.query(),
    }
    return render(request, "board/detail.html", context)


def _which() -> dict[str, str]:
    return {"numerator": _("Counted"), "denominator": _("Out of"), "excluded": _("Left out")}


def _splits() -> tuple[tuple[str, str], ...]:
    return (
        ("block", _("By block")),
        ("agency", _("By agency")),
        ("procedure", _("By procedure")),
        ("place", _("By place")),
    )


def _page(
    request: EdgeRequest, template: str, wanted: Asked, board: queries.Board, more: dict[str, object]
) -> HttpResponse:
    context = {
        "asked": wanted,
        "board": board,
        "faults": faults_of(wanted.fields),
        "crumbs": crumbs_of(board, wanted, request.resolver_match, request.LANGUAGE_CODE),
        "splits": _splits(),
        **more,
    }
    return render(request, template, context, status=400 if wanted.bad else 200)
