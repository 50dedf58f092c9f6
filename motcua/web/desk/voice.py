"""What people say, at the desk: petitions, unhappy ratings, complaints, proposals; each with its clock."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.core.refusals import NotFound, Refusal
from motcua.voice import operations, queries
from motcua.web.desk.guards import officers_only
from motcua.web.fields import Field, faults_of
from motcua.web.public.addressing import Addressing, addressing
from motcua.web.public.saying import file_rows, typed, words_of
from motcua.web.requests import EdgeRequest

LISTS = ("petitions", "unhappy", "complaints", "proposals")


@require_safe
@never_cache
@officers_only
def voices(request: EdgeRequest) -> HttpResponse:
    """What waits at the officer's agencies, by deadline; settled petitions below a tab of their own."""
    which = request.GET.get("loai", "phan-anh")
    after = request.GET.get("after", "")[:20] or None
    settled = which == "da-xong"
    petitions = queries.petitions_at(request.actor, settled=settled, after=after, now=request.now)
    context = {
        "which": which if which in dict(_kinds()) else "phan-anh",
        "petitions": petitions.items,
        "next_url": f"?loai=da-xong&after={petitions.next}" if petitions.next else "",
        "first_url": "?loai=da-xong" if after else "",
        "unhappy": queries.unhappy_at(request.actor).items,
        "complaints": queries.complaints_at(request.actor, now=request.now).items,
        "proposals": [p for p in queries.proposals(actor=request.actor, limit=50).items if p.may_answer],
    }
    return render(request, "desk/voices.html", {**context, "tabs": _tabs(context)})


def _kinds() -> tuple[tuple[str, str], ...]:
    return (
        ("phan-anh", _("Petitions")),
        ("danh-gia", _("Not satisfied")),
        ("khieu-nai", _("Complaints")),
        ("de-xuat", _("Proposals")),
        ("da-xong", _("Settled petitions")),
    )


def _tabs(context: Mapping[str, object]) -> list[dict[str, object]]:
    listed = dict(zip(("phan-anh", "danh-gia", "khieu-nai", "de-xuat"), LISTS, strict=True))
    found = []
    for key, label in _kinds():
        items = context.get(listed.get(key, ""))
        shown = key != "phan-anh" or context["which"] != "da-xong"
        count = len(items) if isinstance(items, tuple | list) and shown else None
        current = key == context["which"]
        found.append({"label": label, "href": f"?loai={key}", "current": current, "count": count})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def petition(request: EdgeRequest, petition: str) -> HttpResponse:
    """One petition: what it says, its clocks, and what may be done."""
    faults: dict[str, str] = {}
    code, act, to = petition, typed(request, "act", 20), _sent_on(request, "")
    if request.method == "POST" and not to.only and (act != "forward" or to.chosen):
        try:
            operations.handle_petition(
                code=code, act=act, words=typed(request, "words", 12_000), to=to.chosen,
                actor=request.actor, now=request.now,
            )  # fmt: skip
        except NotFound:
            if act != "forward":
                raise
            faults = {"to": _("Choose another agency")}
        except Refusal as refusal:
            faults = {"words": words_of(refusal, request.LANGUAGE_CODE)}
        else:
            messages.success(request, _("Done. Its author is told."))
            return redirect("desk:voices") if act == "forward" else redirect("desk:petition", code)
    return _petition_page(request, code, faults)


def _sent_on(request: EdgeRequest, fault: str) -> Addressing:
    judged = typed(request, "act", 20) == "forward"
    return addressing(request, _("Send it on to"), name="to", judged=judged, fault=fault)


def _petition_page(request: EdgeRequest, code: str, faults: dict[str, str]) -> HttpResponse:
    view = queries.petition_for(code, actor=request.actor, now=request.now)
    if not view.for_desk:
        raise NotFound
    words = Field("textarea", "words", _("Answer, question or reason"), value=typed(request, "words", 10_000),
                  rows=6, error=faults.get("words", ""))  # fmt: skip
    to = _sent_on(request, faults.get("to", ""))
    labels = {
        "answer": _("Answer"),
        "ask_more": _("Ask for more (once)"),
        "refuse": _("Do not take it in"),
        "publish": _("Publish the answer"),
    }
    wrong = faults_of((words, *to.fields))
    context = {
        "view": view,
        "words": words,
        "to": to,
        "files": file_rows(view.attachments, lambda file: reverse("petition_file", args=[code, file])),
        "verbs": [(key, label) for key, label in labels.items() if key in view.acts and key != "publish"],
        "may": dict.fromkeys(view.acts, True),
        "publish_label": labels["publish"],
        "faults": wrong,
    }
    return render(request, "desk/petition.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def complaint(request: EdgeRequest, complaint: str) -> HttpResponse:
    """One complaint, for those who settle it."""
    code, fault = complaint, ""
    if request.method == "POST":
        try:
            operations.handle_complaint(
                code=code, act=typed(request, "act", 20), words=typed(request, "words", 12_000),
                actor=request.actor, now=request.now,
            )  # fmt: skip
        except NotFound:
            raise
        except Refusal as refusal:
            fault = words_of(refusal, request.LANGUAGE_CODE)
        else:
            messages.success(request, _("Done. Its author is told."))
            return redirect("desk:complaint", code)
    view = queries.complaint_for(code, actor=request.actor, now=request.now)
    if not view.for_desk:
        raise NotFound
    field = Field("textarea", "words", _("Decision, with its reason"), value=typed(request, "words", 10_000),
                  rows=7, error=fault)  # fmt: skip
    labels = {"dismiss": _("Do not accept it"), "uphold": _("Uphold it"), "reject": _("Reject it")}
    context = {
        "view": view,
        "field": field,
        "files": file_rows(
            view.attachments, lambda file: reverse("citizen:complaint_file", args=[code, file])
        ),
        "verbs": [(key, label) for key, label in labels.items() if key in view.acts],
        "may_accept": "accept" in view.acts,
        "faults": faults_of((field,)),
    }
    return render(request, "desk/complaint.html", context, status=422 if fault else 200)


def _answered(request: EdgeRequest, kind: str, answer: Callable[[str], None]) -> HttpResponse:
    """Keep a short answer and go back to the list; what is wrong with it is said there."""
    try:
        answer(typed(request, "words", 2000))
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, words_of(refusal, request.LANGUAGE_CODE))
    else:
        messages.success(request, _("Your answer was sent."))
    return redirect(f"{reverse('desk:voices')}?loai={kind}")


@require_POST
@never_cache
@officers_only
def answer_rating(request: EdgeRequest, rated: str) -> HttpResponse:
    """Answer an unhappy applicant."""
    return _answered(
        request, "danh-gia",
        lambda words: operations.answer_rating(code=rated, words=words, actor=request.actor, now=request.now),
    )  # fmt: skip


@require_POST
@never_cache
@officers_only
def answer_proposal(request: EdgeRequest, proposal: str) -> HttpResponse:
    """Take a proposal on, or not."""
    return _answered(
        request, "de-xuat",
        lambda words: operations.answer_proposal(
            code=proposal, accept=typed(request, "act", 20) == "accept", words=words, actor=request.actor,
            now=request.now,
        ),
    )  # fmt: skip
