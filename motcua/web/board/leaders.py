"""The leaders' board: figures of one's own agency, what is overdue where, what waits for a decision."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.periods import Period
from motcua.core.texts import Text
from motcua.monitoring import queries
from motcua.monitoring.queries import Leading, LedFigure
from motcua.monitoring.queries.leading import OVERDUE
from motcua.monitoring.rules.counting import rate_of
from motcua.monitoring.rules.trajectory import months_later
from motcua.voice.queries import WaitingAt
from motcua.web.board.asked import Asked, asked
from motcua.web.board.showing import Shown, show
from motcua.web.desk.guards import officers_only
from motcua.web.fields import faults_of
from motcua.web.requests import EdgeRequest
from motcua.web.templatetags.motcua import number, percent


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with what it is compared with, in words."""

    shown: Shown
    against_target: str
    a_year_before: str
    rank: str
    rank_href: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that waits for the leader: how many, in words, and where."""

    words: str
    href: str
    late: bool = False


@require_safe
@never_cache
@officers_only
def leaders(request: EdgeRequest) -> HttpResponse:
    """The board of an agency that the reader leads, or of one below it."""
    wanted = asked(request, usual_split="agency")
    scope = "" if wanted.scope == "national" else wanted.scope
    found = queries.leading(wanted.period, scope, actor=request.actor, now=request.now)
    language, page = request.LANGUAGE_CODE, reverse("board:leaders")
    here = Asked(wanted.period, found.agency.identifier, "agency", wanted.fields)
    context = {
        "asked": here,
        "found": found,
        "faults": faults_of(wanted.fields),
        "lines": [_line(one, found, here, language) for one in found.figures],
        "ranked": any(_rank(one) for one in found.figures),
        "duties": _duties(found),
        "below": _below(found),
        "behind": [(one, _overdue(found, one.scope)) for one in found.behind],
        "others": [(one.name, page + here.query(scope=one.identifier, by="")) for one in found.others],
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": _("Leaders' board"), "href": ""},
        ],
    }  # fmt: skip
    return render(request, "board/leaders.html", context, status=400 if wanted.bad else 200)


def _overdue(found: Leading, scope: str) -> str:
    since = Asked(found.since, scope, "", ())
    return reverse("board:detail", args=[OVERDUE]) + since.query(which="numerator")


def _line(one: LedFigure, found: Leading, wanted: Asked, language: str) -> Line:
    shown = show(one.figure, found.board, wanted, language)
    page = reverse("board:figure", args=[one.figure.definition.identifier])
    root = found.agency.identifier in {step.scope for step in found.board.way[:3]}
    around = "" if root else found.board.way[-2].scope
    return Line(
        shown=shown,
        against_target=_against(one),
        a_year_before=_before(one),
        rank=_rank(one),
        rank_href=page + wanted.query(scope=around, by="agency"),
    )


def _against(one: LedFigure) -> str:
    rate, target = one.figure.row.rate, one.figure.target
    if rate is None or target is None:
        return _("no target") if target is None else ""
    gap = rate - target.percent
    words = {"target": percent(target.percent), "gap": number(abs(gap))}
    if gap >= 0:
        return _("✓ reaches the target of %(target)s") % words
    return _("✗ %(gap)s points short of the target of %(target)s") % words


def _before(one: LedFigure) -> str:
    """The same days a year before: counts of unlike years are not compared, their rates are."""
    if one.year_before is None or one.figure.row.rate is None:
        return _("no figure a year before")
    then = rate_of(*one.year_before, one.figure.definition.factors)
    if then is None:
        return _("no figure a year before")
    change = one.figure.row.rate - then
    words = {"change": number(abs(change)), "then": percent(then)}
    if change > 0:
        return _("↑ %(change)s points more than a year before (%(then)s)") % words
    if change < 0:
        return _("↓ %(change)s points less than a year before (%(then)s)") % words
    return _("as a year before (%(then)s)") % words


def _rank(one: LedFigure) -> str:
    if one.peers is None or one.peers.count < 2:
        return ""
    words = {"rank": one.peers.rank, "count": one.peers.count, "median": percent(one.peers.median)}
    return _("rank %(rank)s of %(count)s fair peers, whose median is %(median)s") % words


def _said(waits: WaitingAt, href: str) -> list[Duty]:
    """What people said to one agency and waits there."""
    petitions, complaints = waits.petitions, waits.complaints
    asked_for = ngettext(
        "%(n)s petition waits for an answer", "%(n)s petitions wait for an answer", petitions
    ) % {"n": petitions}
    objected = ngettext(
        "%(n)s complaint waits for a decision", "%(n)s complaints wait for a decision", complaints
    ) % {"n": complaints}
    kinds = (
        (petitions, waits.petitions_late, asked_for),
        (complaints, waits.complaints_late, objected),
    )
    return [Duty(words + _of_them(late), href, bool(late)) for count, late, words in kinds if count]


def _of_them(late: int) -> str:
    return _(", %(late)s of them late") % {"late": late} if late else ""


def _below(found: Leading) -> list[tuple[Text, list[Duty]]]:
    """What waits at agencies below, by agency; they answer it themselves, so nothing is opened."""
    units = [one for one in found.waiting.agencies if one.agency_id != found.agency.id]
    return [(found.names[one.agency_id], _said(one, "")) for one in units]


def _duties(found: Leading) -> list[Duty]:
    """What waits, what is late first; nothing is listed that counts zero."""
    scope, voice = found.agency.identifier, reverse("desk:voices")
    own = next((one for one in found.waiting.agencies if one.agency_id == found.agency.id), None)
    duties = []
    if found.unsigned:
        days = Period(found.unsigned, months_later(found.unsigned, 1) - timedelta(days=1))
        words = _("Sign the index of %(month)s, or say why not") % {"month": f"{found.unsigned:%m/%Y}"}
        duties.append(Duty(words, reverse("board:index") + Asked(days, scope, "", ()).query()))
    signals, asked_for = found.signals, found.waiting.recommendations
    if own:
        duties += _said(own, voice)
    if signals:
        words = ngettext("%(n)s signal waits for your answer", "%(n)s signals wait for your answer", signals)
        duties.append(Duty(words % {"n": signals}, reverse("board:signals")))
    if asked_for:
        words = ngettext(
            "%(n)s recommendation waits for an answer", "%(n)s recommendations wait for an answer", asked_for
        )
        duties.append(Duty(words % {"n": asked_for}, reverse("board:assessments")))
    return sorted(duties, key=lambda one: not one.late)
