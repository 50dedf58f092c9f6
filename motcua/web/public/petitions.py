"""Petitions (PAKN): published answers, following one, its files, reacting to it."""

from dataclasses import replace
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
from motcua.web.fields import Field, faults_of
from motcua.web.files import handed_out
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.public.attaching import Attached, attached, still_attached
from motcua.web.public.petition_form import MOST_STEPS, WINDOW
from motcua.web.public.saying import file_rows, typed, words_of
from motcua.web.requests import EdgeRequest

FILES = {"too_many_files", "attachment_gone"}  # refusals that are about the files


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


def _show(
    request: EdgeRequest, code: str, *, token: str = "", fault: str = "", held: Attached | None = None,
    status: int = 422,
) -> HttpResponse:  # fmt: skip
    """The page; with a fault in that status, and with what was typed."""
    view = queries.petition_for(code, actor=request.actor, token=token, now=request.now)
    field = Field("textarea", "words", _("Your answer"), value=typed(request, "words"), error=fault, rows=5)
    address = reverse("petition_act", args=[code])
    held = replace(held or Attached(), address=address)
    context = {
        "view": view, "field": field, "token": token, "address": address,
        "attached": held, "faults": faults_of((field, held.field)),
        "files": file_rows(view.attachments, lambda file: _file_address(code, token, file), own=view.own),
    }  # fmt: skip
    return render(request, "voice/petition.html", context, status=status if fault or held.fault else 200)


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
    if what == "give_more" or request.POST.keys() & {"step", "take_out"}:
        return _give_more(request, code, token)
    try:
        if what == "withdraw":
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


def _give_more(request: EdgeRequest, code: str, token: str) -> HttpResponse:
    """The author's answer with its files; files are only taken while an answer is waited for."""
    view = queries.petition_for(code, actor=request.actor, token=token, now=request.now)
    if used_up("petition-form", network_address(request), most=MOST_STEPS, seconds=WINDOW):
        fault = _("Too many attempts from your connection. Wait a few minutes, then send it again.")
        return _show(request, code, token=token, fault=fault, held=still_attached(request), status=429)
    held = attached(request) if "give_more" in view.acts else Attached()
    if held.only or held.fault:
        return _show(request, code, token=token, held=held)
    try:
        operations.answer_question(
            code=code, words=typed(request, "words"), attachments=held.handles, actor=request.actor,
            token=token, now=request.now,
        )  # fmt: skip
    except NotFound:
        raise
    except Refusal as refusal:
        fault = words_of(refusal, request.LANGUAGE_CODE)
        if refusal.code in FILES:
            return _show(request, code, token=token, held=replace(held, fault=fault))
        return _show(request, code, token=token, fault=fault, held=held)
    return redirect("petition_by_link", token) if token else redirect("petition", code)
