"""Sending a petition: one form that keeps what was typed and the files that came, whatever is wrong."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers.queries import own_matter
from motcua.voice import operations, queries
from motcua.voice.rules.petitions import KINDS, LEAST_WORDS
from motcua.web.fields import Choice, Field, faults_of
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.public.addressing import Addressing, addressing
from motcua.web.public.attaching import Attached, attached
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest

MOST_SENT, MOST_STEPS, WINDOW = 10, 60, 60 * 60  # from one place, seconds
ABOUT = {"not_found": "dossier", "too_many_files": "files", "attachment_gone": "files"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send(request: EdgeRequest) -> HttpResponse:
    """The form; its buttons look for an agency or keep a file; sent, it leads to the petition's page."""
    place = network_address(request)
    if request.method == "POST" and used_up("petition-form", place, most=MOST_STEPS, seconds=WINDOW):
        return render(request, "429.html", status=429)
    held, to = attached(request), _addressing(request)
    if request.method != "POST" or held.only or to.only:
        return _form(request, held, to, {})
    missing = _missing(request)
    if missing or held.fault or not to.chosen:
        return _form(request, held, to, missing)
    if used_up("petition", place, most=MOST_SENT, seconds=WINDOW):
        return render(request, "429.html", status=429)
    try:
        sent = operations.send_petition(form=_read(request, held, to), actor=request.actor, now=request.now)
    except Refusal as refusal:
        fault = {ABOUT.get(refusal.code, "words"): words_of(refusal, request.LANGUAGE_CODE)}
        return _form(request, held, to, fault)
    messages.success(request, _("Your petition was sent. Its code is %(code)s.") % {"code": sent.code})
    if request.actor.user_id is None:
        return redirect("petition_by_link", sent.token)
    return redirect("petition", sent.code)


def _read(request: EdgeRequest, held: Attached, to: Addressing) -> operations.PetitionForm:
    return operations.PetitionForm(
        kind=typed(request, "kind", 20),
        title=typed(request, "title", 400),
        words=typed(request, "words", 6000),
        agency=to.chosen,
        dossier=typed(request, "dossier", 60).strip().upper(),
        consent="publish" in request.POST.getlist("consent"),
        name=typed(request, "name", 100),
        email=typed(request, "email", 254),
        locale=request.LANGUAGE_CODE,
        repeats=typed(request, "repeats", 30),
        attachments=held.handles,
    )


def _missing(request: EdgeRequest) -> dict[str, str]:
    title, words = typed(request, "title").strip(), typed(request, "words").strip()
    faults = {
        "kind": "" if typed(request, "kind", 20) in KINDS else _("Choose what it is about"),
        "title": "" if len(title) >= 5 else _("Write in a few words what it is about"),
        "words": "" if len(words) >= LEAST_WORDS else _("Write what happened, where and when"),
    }
    return {name: words for name, words in faults.items() if words}


def _addressing(request: EdgeRequest) -> Addressing:
    hint = _("If it is the wrong one, it goes on to the right one; the clock does not stop.")
    posted = request.method == "POST"
    judged = posted and not request.POST.keys() & {"step", "take_out"}
    before = "" if posted else _before(request)
    return addressing(request, _("Whom is it for?"), before=before, hint=hint, judged=judged)


def _before(request: EdgeRequest) -> str:
    """The agency of the dossier, the petition or the page that one came from."""
    dossier, again = request.GET.get("ho-so", "")[:60], request.GET.get("lap-lai", "")[:30]
    try:
        if dossier:
            return own_matter(dossier, actor=request.actor).agency.identifier
        if again:
            return queries.petition_for(again, actor=request.actor, now=request.now).item.agency.identifier
    except NotFound:
        return ""
    return request.GET.get("co-quan", "")[:30]


def _first(request: EdgeRequest) -> tuple[Field, ...]:
    options = tuple(Choice(k.value, text.to(request.LANGUAGE_CODE)) for k, text in KINDS.items())
    return (
        Field("radios", "kind", _("What is it about?"), value=typed(request, "kind", 20), options=options),
    )


def _rest(request: EdgeRequest) -> tuple[Field, ...]:
    asked = request.GET.get("ho-so", "")[:60]
    return (
        Field("text", "title", _("In a few words"), value=typed(request, "title", 200)),
        Field("textarea", "words", _("What happened, where and when?"), value=typed(request, "words"), rows=7,
              hint=_("Please write no personal number here.")),
        Field("text", "dossier", _("Reference of your dossier, if it is about one (optional)"), width="20",
              value=typed(request, "dossier", 60) or asked, spellcheck=False),
    )  # fmt: skip


def _last(request: EdgeRequest) -> tuple[Field, ...]:
    own = () if request.actor.user_id else _contact(request)
    return (
        *own,
        Field("checkboxes", "consent", _("May the answer be published?"),
              values=frozenset(request.POST.getlist("consent")),
              options=(Choice("publish", _("Yes: my words and the answer, without my name")),)),
    )  # fmt: skip


def _contact(request: EdgeRequest) -> tuple[Field, ...]:
    return (
        Field("text", "name", _("Your name (optional)"), value=typed(request, "name", 100),
              autocomplete="name"),
        Field("text", "email", _("Your e-mail, for the answer (optional)"), autocomplete="email",
              value=typed(request, "email", 254), spellcheck=False),
    )  # fmt: skip


def _form(request: EdgeRequest, held: Attached, to: Addressing, faults: dict[str, str]) -> HttpResponse:
    repeats = typed(request, "repeats", 30) or request.GET.get("lap-lai", "")[:30]
    held = replace(held, fault=held.fault or faults.get("files", ""))
    parts = {"first": _first(request), "rest": _rest(request), "last": _last(request)}
    parts = {
        key: tuple(replace(field, error=faults.get(field.name, "")) for field in fields)
        for key, fields in parts.items()
    }
    wrong = faults_of((*parts["first"], *to.fields, *parts["rest"], held.field, *parts["last"]))
    context = {**parts, "to": to, "attached": held, "faults": wrong, "repeats": repeats}
    return render(request, "voice/send.html", context, status=422 if wrong else 200)
