"""Independent assessments: a list, a page each with its files, and the answers of the agencies."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.documents.queries import FORMS
from motcua.voice.operations import answer_recommendation
from motcua.voice.queries import AssessmentView, assessments, may_record, written_assessment
from motcua.voice.queries import assessment as assessment_of
from motcua.web.board.exporting import answer_with
from motcua.web.board.reports import shown_part
from motcua.web.board.sections import sections_of
from motcua.web.desk.guards import officers_only
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest


@require_safe
def assessment_list(request: EdgeRequest) -> HttpResponse:
    """All assessments, the latest first."""
    crumbs = [{"label": _("Figures"), "href": reverse("board:home")}, {"label": _("Assessments"), "href": ""}]
    context = {
        "items": assessments(actor=request.actor), "sections": sections_of("assessments"), "crumbs": crumbs,
        "may_record": may_record(request.actor),
    }  # fmt: skip
    return render(request, "board/assessments.html", context)


@require_safe
@never_cache
def assessment(request: EdgeRequest, record: str) -> HttpResponse:
    """One assessment, with what its agencies answered."""
    view = assessment_of(record, actor=request.actor, now=request.now)
    return render(request, "board/assessment.html", _context(request, view))


def _context(request: EdgeRequest, view: AssessmentView) -> dict[str, Any]:
    written, language, code = (
        written_assessment(view, now=request.now),
        request.LANGUAGE_CODE,
        view.record.code,
    )
    return {
        "view": view,
        "written": written,
        "parts": [shown_part(part, number, language) for number, part in enumerate(written.parts)],
        "files": [(f.upper(), reverse("board:assessment_file", args=[code, f])) for f in FORMS],
        "evidence": [f for f in view.record.findings if f.definition],
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": _("Assessments"), "href": reverse("board:assessments")},
            {"label": code, "href": ""},
        ],
    }


@require_safe
@never_cache
def assessment_file(request: EdgeRequest, record: str, form: str) -> HttpResponse:
    """The same as a file."""
    view = assessment_of(record, actor=request.actor, now=request.now)
    return answer_with(written_assessment(view, now=request.now), form, f"danh-gia-{view.record.code}")


@require_POST
@never_cache
@officers_only
def answer_advice(request: EdgeRequest, record: str, number: int) -> HttpResponse:
    """Accept a recommendation, or refuse it with the reason."""
    try:
        answer_recommendation(
            code=record, number=number, answer=request.POST.get("answer", "")[:10],
            reason=typed(request, "reason", 2000), actor=request.actor, now=request.now,
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        view = assessment_of(record, actor=request.actor, now=request.now)
        wrong = {"number": number, "words": words_of(refusal, request.LANGUAGE_CODE)}
        more = {"wrong": wrong, "typed": typed(request, "reason", 2000)}
        return render(request, "board/assessment.html", {**_context(request, view), **more}, status=422)
    messages.success(request, _("Your answer is recorded and published."))
    return redirect("board:assessment", record)
