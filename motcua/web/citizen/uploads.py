"""The papers of a draft: one upload at a time, each kept at once, whole or in parts."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.refusals import NotFound, Refusal
from motcua.documents.operations import drop_upload
from motcua.documents.queries import upload as upload_of
from motcua.dossiers import operations
from motcua.dossiers.queries import DraftView
from motcua.web import resumable, words
from motcua.web.citizen import tasks as showing
from motcua.web.citizen.drafts import the_draft
from motcua.web.fields import Choice, Field, FieldFault
from motcua.web.requests import EdgeRequest

ACCEPT = ".pdf,.jpg,.jpeg,.png"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def papers(request: EdgeRequest, draft_id: UUID) -> HttpResponse:
    """What has to be there, what is there, and an upload for each."""
    component, error = request.POST.get("component", "")[:60], ""
    if request.method == "POST":
        try:
            error = _change(request, draft_id, component)
        except NotFound:
            raise
        except Refusal as refusal:
            words_of = (refusal.cause.to(request.LANGUAGE_CODE), refusal.next_step.to(request.LANGUAGE_CODE))
            error = " ".join(words_of).strip()
        if not error:
            return redirect("citizen:papers", draft_id)
    view = the_draft(request, draft_id)
    faults = [FieldFault(_target(view, component), error)] if error else []
    context = {
        "missing": any(not p.paper_id for p in view.papers),
        "view": view, "rows": _rows(view, component, error, request.LANGUAGE_CODE), "faults": faults,
        "more": _more(view, component, error, request.LANGUAGE_CODE),
        "back": showing.back_url(view), "next_url": showing.next_url(view, after_papers=True),
    }  # fmt: skip
    return render(request, "citizen/papers.html", context, status=422 if error else 200)


@require_http_methods(["POST"])
@never_cache
@login_required
def begin_upload(request: EdgeRequest) -> HttpResponse:
    """Announce a file that comes in parts."""
    try:
        return resumable.begin(
            request, request.actor, lambda upload_id: reverse("citizen:upload", args=[upload_id])
        )
    except Refusal as refusal:
        return resumable.in_words(refusal, request.LANGUAGE_CODE)


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@never_cache
@login_required
def upload(request: EdgeRequest, upload_id: UUID) -> HttpResponse:
    """The next part of a file, how far it has come, or an end to it; of the actor's own only."""
    try:
        if request.method == "PATCH":
            return resumable.add(request, request.actor, upload_id)
        if request.method == "DELETE":
            drop_upload(upload_id=upload_id, actor=request.actor, now=request.now)
            return resumable.dropped()
        return resumable.state(upload_of(upload_id, actor=request.actor))
    except Refusal as refusal:
        return resumable.in_words(refusal, request.LANGUAGE_CODE)


def _change(request: EdgeRequest, draft_id: UUID, component: str) -> str:
    """Carry the one change out; the words of what is missing, or "" when it was done."""
    view = the_draft(request, draft_id)
    if not component and "added" in request.POST:
        return _("Choose which paper it is")
    if component not in {p.definition.key for p in (*view.papers, *view.more_papers)}:
        raise NotFound
    who = {"draft_id": draft_id, "component": component, "actor": request.actor, "now": request.now}
    if request.POST.get("remove"):
        operations.detach_paper(**who)  # type: ignore[arg-type]
        return ""
    if sent := request.POST.get("paper", "")[:40]:  # it came in parts and is kept already
        operations.attach_paper(paper_id=sent, **who)  # type: ignore[arg-type]
        return ""
    given = request.FILES.get("file") or request.FILES.get("more")
    if given is None:
        return _("Choose a file before you send it")
    operations.upload_paper(content=given.file, name=given.name or "", **who)  # type: ignore[arg-type]
    return ""


def _rows(view: DraftView, component: str, error: str, language: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    hint = _("PDF, JPEG or PNG, at most 10 MB. A photograph is enough when everything can be read.")
    for paper in (*view.papers, *(p for p in view.more_papers if p.paper_id)):
        key = paper.definition.key
        wrong = error if key == component else ""
        field = Field("file", "file", _("Choose a file"), hint=hint, accept=ACCEPT, error=wrong)
        rows.append({"paper": paper, "field": field, "state": words.paper_state(paper.state), "key": key})
    return rows


def _target(view: DraftView, component: str) -> str:
    """Where a fault leads: to the file of a paper, or to the choice of one that nobody asks for."""
    if not component:
        return "component"
    return "more" if any(p.definition.key == component for p in view.more_papers) else f"paper-{component}"


def _more(view: DraftView, component: str, error: str, language: str) -> tuple[Field, ...]:
    """For a paper that nobody asks for: which one it is, and its file."""
    left = [p.definition for p in view.more_papers if not p.paper_id]
    if not left:
        return ()
    here = error if component in {"", *(d.key for d in left)} else ""
    chosen = component if here else ""
    options = (Choice("", _("Choose")), *(Choice(d.key, d.name.to(language)) for d in left))
    unnamed = "" if chosen else here
    return (
        Field("select", "component", _("Which paper is it?"), value=chosen, options=options, error=unnamed),
        Field("file", "more", _("Choose a file"), hint=_("PDF, JPEG or PNG, at most 10 MB."), accept=ACCEPT,
              error=here if chosen else ""),
    )  # fmt: skip
