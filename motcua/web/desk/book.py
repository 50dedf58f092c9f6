"""The follow-up book on the desk: an agency, a period, a list, and its print."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.refusals import NotFound
from motcua.dossiers import queries
from motcua.web.board.asked import Asked, asked
from motcua.web.desk.guards import officers_only
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
    return "?" + urlencode({"agency": agency, **period, **more})


@require_safe
@never_cache
@officers_only
def book(request: EdgeRequest) -> HttpResponse:
    """What the desk of an agency took in during a period, a hundred lines at a time."""
    identifier, field = _agency(request)
    question, after = asked(request, usual_split=""), request.GET.get("after", "")[:18]
    place = int(after) if after.isascii() and after.isdigit() else 0
    found = queries.follow_up_book(identifier, question.period, actor=request.actor, after=place)
    context = {
        "book": found,
        "fields": (field, *question.fields),
        "faults": faults_of(question.fields),
        "pdf_query": _address(identifier, question),
        "next_url": _address(identifier, question, after=str(found.next)) if found.next else "",
        "first_url": _address(identifier, question) if place else "",
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
