"""Petitions (PAKN): published answers, following one, its files, reacting to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.links import opened
from motcua.core.refusals import NotFound, Refusal
from motcua.voice import operations, queries
from motcua.web.fields import Field, FieldFault
from motcua.web.files import handed_out
from motcua.web.public.saying import file_rows, typed, words_of
from motcua.web.requests import EdgeRequest


@require_safe
def petitions(request: EdgeRequest) -> HttpResponse:
    """What was answered and published, and one's own."""
    after = request.GET.get("after", "")[:20]
    page = queries.published_petitions(after=after or None, now=request.now)
    context = {
        "items": page.items,
        "own": queries.petitions_of(request.actor, now=request.now).items if not after else (),
        "next_url": f"?after={page.next}" if page.next else "",
        "first_url": "?" if after else "",
    }
    return render(request, "voice/petitions.html", context)


@require_safe
@never_cache
def by_link(request: EdgeRequest, petition_link: str) -> HttpResponse:
    """One petition for who holds its link."""
    code = opened("petition", petition_link)
    if code is None:
        raise NotFound
    return _show(request, code, token=petition_link)


@require_safe
@never_cache
def petition(request: EdgeRequest, petition: str) -> HttpResponse:
    """One petition: for its author, and for everybody once it is published."""
    return _show(request, petition)


def _show(request: EdgeRequest, code: str, *, token: str = "", fault: str = "") -> HttpResponse:
    view = queries.petition_for(code, actor=request.actor, token=token, now=request.now)
    field = Field("textarea", "words", _("Your answer"), value=typed(request, "words"), error=fault, rows=5)
    address = reverse("petition_act", args=[code])
    context = {
        "view": view, "field": field, "token": token, "address": address,
        "faults": [FieldFault(field.target, fault)] if fault else [],
        "files": file_rows(view.attachments, lambda file: _file_address(code, token, file)),
    }  # fmt: skip
    return render(request, "voice/petition.html", context, status=422 if fault else 200)


def _file_address(code: str, token: str, file: str) -> str:
    if token:
        return reverse("petition_file_by_link", args=[token, file])
    return reverse("petition_file", args=[code, file])


@require_safe
@never_cache
def file_by_link(request: EdgeRequest, petition_link: str, attachment: UUID) -> HttpResponse:
    """A file of a petition for who holds its link."""
    code = opened("petition", petition_link)
    if code is None:
        raise NotFound
    return _file(request, code, attachment, petition_link)


@require_safe
@never_cache
def file(request: EdgeRequest, petition: str, attachment: UUID) -> HttpResponse:
    """A file of a petition, for its author and who handles it; never public."""
    return _file(request, petition, attachment)


def _file(request: EdgeRequest, code: str, attachment: UUID, token: str = "") -> HttpResponse:
    one, content = queries.attachment_seen(attachment, of=code, actor=request.actor, token=token)
    return handed_out(content, one.kind, one.name, attached=not one.kind.startswith("image/"))


@require_POST
@never_cache
def act(request: EdgeRequest, petition: str) -> HttpResponse:
    """What its author or a reader does: say more, withdraw, like, dislike."""
    code, token, what = petition, typed(request, "token", 300), typed(request, "act", 20)
    try:
        if what == "give_more":
            operations.answer_question(
                code=code, words=typed(request, "words"), actor=request.actor, token=token, now=request.now
            )
        elif what == "withdraw":
            operations.withdraw_petition(code=code, actor=request.actor, token=token, now=request.now)
        elif what in {"like", "dislike"}:
            operations.react(code=code, likes=what == "like", actor=request.actor, now=request.now)
        else:
            raise NotFound
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(request, code, token=token, fault=words_of(refusal, request.LANGUAGE_CODE))
    return redirect("petition_by_link", token) if token else redirect("petition", code)
