"""Two taps after a result: by the link of the message, or from one's own dossier."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.refusals import NotFound, Refusal
from motcua.voice import operations, queries
from motcua.voice.rules.ratings import REASONS
from motcua.web.fields import Choice, Field, FieldFault
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest

SATISFIED = {"yes": True, "no": False}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def by_link(request: EdgeRequest, rating_link: str) -> HttpResponse:
    """The question, without an account; answered, it says thank you."""

    def keep(satisfied: bool, reason: str, words: str) -> None:
        operations.rate_by_link(
            token=rating_link,
            satisfied=satisfied,
            reason=reason,
            words=words,
            actor=request.actor,
            now=request.now,
        )

    fault = _answered(request, keep) if request.method == "POST" else None
    if request.method == "POST" and fault is None:
        return redirect("rating_by_link", rating_link)
    return _page(request, queries.asked_by_link(rating_link), fault)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def of_dossier(request: EdgeRequest, code: str) -> HttpResponse:
    """The same from the dossier's page."""

    def keep(satisfied: bool, reason: str, words: str) -> None:
        operations.rate(
            code=code, satisfied=satisfied, reason=reason, words=words, way="page", actor=request.actor,
            now=request.now,
        )  # fmt: skip

    fault = _answered(request, keep) if request.method == "POST" else None
    if request.method == "POST" and fault is None:
        return redirect("citizen:rating", code)
    return _page(request, queries.asked_of(code, actor=request.actor), fault)


def _answered(request: EdgeRequest, keep: Callable[[bool, str, str], None]) -> FieldFault | None:
    """Keep the answer; what is wrong with it, if anything. A second tap is no fault."""
    satisfied = SATISFIED.get(typed(request, "satisfied", 10))
    if satisfied is None:
        return FieldFault("satisfied", _("Choose whether you were satisfied"))
    try:
        keep(satisfied, "" if satisfied else typed(request, "reason", 20), typed(request, "words", 1000))
    except NotFound:
        raise
    except Refusal as refusal:
        if refusal.code != "rated_already":
            return FieldFault("satisfied", words_of(refusal, request.LANGUAGE_CODE))
    return None


def _page(request: EdgeRequest, asked: queries.Asked, fault: FieldFault | None) -> HttpResponse:
    language = request.LANGUAGE_CODE
    first = Field(
        "radios", "satisfied", _("Were you satisfied with how it was handled?"),
        value=typed(request, "satisfied", 10), error=fault.message if fault else "",
        options=(Choice("yes", _("Yes, satisfied")), Choice("no", _("No, not satisfied"))),
    )  # fmt: skip
    why = Field(
        "radios", "reason", _("If not: why? (optional)"), value=typed(request, "reason", 20),
        options=tuple(Choice(key, text.to(language)) for key, text in REASONS.items()),
    )  # fmt: skip
    more = Field(
        "textarea", "words", _("In your words (optional)"), value=typed(request, "words", 1000), rows=3,
        hint=_("Please write no personal number here."),
    )  # fmt: skip
    context = {"asked": asked, "fields": (first, why, more), "faults": [fault] if fault else []}
    return render(request, "voice/rate.html", context, status=422 if fault else 200)
