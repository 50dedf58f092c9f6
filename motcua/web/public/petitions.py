"""Petitions (PAKN): published answers, sending one, following it, reacting to it."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.queries import agencies
from motcua.core.links import opened
from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers.queries import own_matter
from motcua.voice import operations, queries
from motcua.voice.rules.petitions import KINDS, LEAST_WORDS
from motcua.web.fields import Choice, Field, FieldFault, faults_of
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest

MOST_SENT, WINDOW = 10, 60 * 60  # from one place, seconds


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


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send(request: EdgeRequest) -> HttpResponse:
    """The form; sent, it leads to the page that follows the petition."""
    if request.method != "POST":
        return _form(request, _fields(request, {}))
    if used_up("petition", network_address(request), most=MOST_SENT, seconds=WINDOW):
        return render(request, "429.html", status=429)
    missing = _missing(request)
    if missing:
        return _form(request, _fields(request, missing), status=422)
    try:
        sent = operations.send_petition(form=_read(request), actor=request.actor, now=request.now)
    except Refusal as refusal:
        about = "agency" if refusal.code == "not_found" else "words"
        error = words_of(refusal, request.LANGUAGE_CODE)
        return _form(request, _fields(request, {about: error}), status=refusal.status)
    if request.actor.user_id is None:
        return redirect("petition_by_link", sent.token)
    return redirect("petition", sent.code)


def _read(request: EdgeRequest) -> operations.PetitionForm:
    return operations.PetitionForm(
        kind=typed(request, "kind", 20),
        title=typed(request, "title", 400),
        words=typed(request, "words", 6000),
        agency=typed(request, "agency", 30),
        dossier=typed(request, "dossier", 60).strip().upper(),
        consent="publish" in request.POST.getlist("consent"),
        name=typed(request, "name", 100),
        email=typed(request, "email", 254),
        locale=request.LANGUAGE_CODE,
        repeats=typed(request, "repeats", 30),
    )


def _missing(request: EdgeRequest) -> dict[str, str]:
    title, words = typed(request, "title").strip(), typed(request, "words").strip()
    faults = {
        "kind": "" if typed(request, "kind", 20) in KINDS else _("Choose what it is about"),
        "title": "" if len(title) >= 5 else _("Write in a few words what it is about"),
        "words": "" if len(words) >= LEAST_WORDS else _("Write what happened, where and when"),
        "agency": "" if typed(request, "agency", 30) else _("Choose whom it is for"),
    }
    return {name: words for name, words in faults.items() if words}


def _fields(request: EdgeRequest, faults: dict[str, str]) -> tuple[Field, ...]:
    language, asked = request.LANGUAGE_CODE, request.GET.get("ho-so", "")[:60]
    own = () if request.actor.user_id else _contact(request)
    options = tuple(Choice(a.identifier, a.name.to(language)) for a in agencies())
    fields = (
        Field("radios", "kind", _("What is it about?"), value=typed(request, "kind", 20),
              options=tuple(Choice(k.value, text.to(language)) for k, text in KINDS.items())),
        Field("select", "agency", _("Whom is it for?"),
              value=typed(request, "agency", 30) or _whose(request, asked),
              hint=_("If it is the wrong one, it goes on to the right one; the clock does not stop."),
              options=(Choice("", _("Choose")), *options)),
        Field("text", "title", _("In a few words"), value=typed(request, "title", 200)),
        Field("textarea", "words", _("What happened, where and when?"), value=typed(request, "words"), rows=7,
              hint=_("Please write no personal number here.")),
        Field("text", "dossier", _("Reference of your dossier, if it is about one (optional)"), width="20",
              value=typed(request, "dossier", 60) or asked, spellcheck=False),
        *own,
        Field("checkboxes", "consent", _("May the answer be published?"),
              values=frozenset(request.POST.getlist("consent")),
              options=(Choice("publish", _("Yes: my words and the answer, without my name")),)),
    )  # fmt: skip
    return tuple(replace(field, error=faults.get(field.name, "")) for field in fields)


def _whose(request: EdgeRequest, dossier: str) -> str:
    """The agency that decides about the dossier one came from, where it is one's own."""
    try:
        return own_matter(dossier, actor=request.actor).agency.identifier if dossier else ""
    except NotFound:
        return ""


def _contact(request: EdgeRequest) -> tuple[Field, ...]:
    return (
        Field("text", "name", _("Your name (optional)"), value=typed(request, "name", 100),
              autocomplete="name"),
        Field("text", "email", _("Your e-mail, for the answer (optional)"), autocomplete="email",
              value=typed(request, "email", 254), spellcheck=False),
    )  # fmt: skip


def _form(request: EdgeRequest, fields: tuple[Field, ...], status: int = 200) -> HttpResponse:
    repeats = typed(request, "repeats", 30) or request.GET.get("lap-lai", "")[:30]
    context = {"fields": fields, "faults": faults_of(fields), "repeats": repeats}
    return render(request, "voice/send.html", context, status=status)


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
    }  # fmt: skip
    return render(request, "voice/petition.html", context, status=422 if fault else 200)


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
