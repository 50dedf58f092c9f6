"""Files of a dossier: the signed result, the draft, the papers; only through the dossier's own guard."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.dossiers import operations, queries
from motcua.web.files import handed_out
from motcua.web.requests import EdgeRequest


def _ours(content: bytes, name: str) -> HttpResponse:
    """A PDF of our own making, shown for printing: a sandbox would keep browsers from showing it."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer


@require_safe
@never_cache
@login_required
def result_pdf(request: EdgeRequest, code: str) -> HttpResponse:
    """The signed result, byte for byte as it was issued."""
    content = queries.result_pdf(code, actor=request.actor)
    return handed_out(content, "application/pdf", f"{code}.pdf", attached=True)


@require_safe
@never_cache
@login_required
def draft_pdf(request: EdgeRequest, code: str) -> HttpResponse:
    """The result as it would look, marked as a draft."""
    content = queries.draft_pdf(code, actor=request.actor, now=request.now)
    return handed_out(content, "application/pdf", f"{code}-draft.pdf", attached=True)


@require_safe
@never_cache
@login_required
def slip_pdf(request: EdgeRequest, code: str, key: str) -> HttpResponse:
    """A slip of the dossier, to look at and to print; the same bytes every time."""
    content = operations.slip_pdf(code=code, key=key[:20], actor=request.actor, now=request.now)
    return _ours(content, f"{code}-{key[:20]}.pdf")


@require_safe
@never_cache
@login_required
def filed_pdf(request: EdgeRequest, code: str) -> HttpResponse:
    """The acknowledgement that the request has come in."""
    content = operations.filed_pdf(code=code, actor=request.actor)
    return _ours(content, f"{code}-da-nop.pdf")


@require_safe
@never_cache
@login_required
def paper(request: EdgeRequest, paper_id: UUID) -> HttpResponse:
    """A paper that was handed in; pictures are shown, everything else is saved first."""
    ref, content = queries.paper_seen(paper_id, actor=request.actor)
    return handed_out(content, ref.kind, ref.name, attached=not ref.kind.startswith("image/"))
