"""The follow-up book on the desk: an agency, a period, a list, and its print."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.catalogue.queries import offered_at
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.dossiers import queries
from motcua.dossiers.queries import BookFilter
from motcua.web.board.asked import Asked, asked
from motcua.web.desk.guards import officers_only
from motcua.web.desk.lines import shown
from motcua.web.fields import Choice, Field, faults_of
from motcua.web.requests import EdgeRequest


def _agency(request: EdgeRequest) -> tuple[str, Field]:
    """The agency that is asked for (else the first one that is the officer's), and its field."""
    own = queries.books_of(request.actor)
    if not own:
        raise NotFound
    wanted = request.GET.get("agency", "").replace("\x00", "")[:30] or own[0].identifier
    options = tuple(Choice(a.identifier, f"{a.name.to(request.LANGUAGE_CODE)} ({a.identifier})") for a in own)
    return wanted, Field("select", "agency", _("Agency"), value=wanted, options=options)


def _address(agency: str, question: Asked, **more: str) -> str:
    period = {"from": question.period.first.isoformat(), "to": question.period.last.isoformat()}
    return "?" + urlencode({k: v for k, v in {"agency": agency, **period, **more}.items() if v})


def states() -> dict[str, str]:
    """How dossiers of the book stand, as people call it."""
    return {
        "open": _("Not over yet"),
        "overdue": _("Past the date promised, not decided"),
        "citizen": _("Waiting for the applicant"),
        "return": _("To hand over"),
        "in_time": _("Decided in time"),
        "late": _("Decided late"),
    }


def _narrowed(request: EdgeRequest) -> tuple[dict[str, str], tuple[Field, ...]]:
    """What the address narrows the book to, as it stands in one, and the fields for it."""
    given = {n: request.GET.get(n, "").replace("\x00", "")[:20] for n in ("thu-tuc", "trang-thai")}
    offered = offered_at(request.actor.agency_ids(), on=local_day(request.now))
    own = {code: name.to(request.LANGUAGE_CODE) for code, name in offered}
    if given["thu-tuc"]:
        own.setdefault(given["thu-tuc"], given["thu-tuc"])
    every = Choice("", _("All"))
    asked_for = (("thu-tuc", _("Procedure"), own), ("trang-thai", _("State"), states()))
    fields = tuple(
        Field(
            "select", name, label, value=given[name],
            options=(every, *(Choice(k, v) for k, v in options.items())),
        )
        for name, label, options in asked_for
    )  # fmt: skip
    return given, fields


@require_safe
@never_cache
@officers_only
def book(request: EdgeRequest) -> HttpResponse:
    """What the desk of an agency took in during a period, a hundred lines at a time."""
    identifier, field = _agency(request)
    question, after = asked(request, usual_split=""), request.GET.get("after", "")[:18]
    place = int(after) if after.isascii() and after.isdigit() else 0
    given, narrowing = _narrowed(request)
    by = BookFilter(given["thu-tuc"], given["trang-thai"])
    found = queries.follow_up_book(
        identifier, question.period, by=by, actor=request.actor, after=place, now=request.now
    )
    here = _address(identifier, question, **given)
    context = {
        "book": found,
        "rows": list(zip(found.lines, shown(x.line for x in found.lines), strict=True)),
        "fields": (field, *question.fields, *narrowing),
        "faults": faults_of(question.fields),
        "narrowed": any(given.values()),
        "pdf_query": _address(identifier, question),
        "next_url": f"{here}&after={found.next}" if found.next else "",
        "first_url": here if place else "",
    }
    return render(request, "desk/book.html", context, status=422 if question.bad else 200)


@require_safe
@never_cache
@officers_only
def book_pdf(request: EdgeRequest) -> HttpResponse:
    """The whole book of a period, to print."""
    identifier, _field = _agency(request)
    period = asked(request, usual_split="").period
    content = queries.book_pdf(identifier, period, actor=request.actor, now=request.now)
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"so-theo-doi-{identifier}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer
