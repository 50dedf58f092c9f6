"""From "what is this?" to a draft: start page, eligibility, sign-in wall, begin."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.queries import AgencyRef, DeskRef, agencies_by_id, desks_of
from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import ProcedurePage
from motcua.catalogue.rules.form import FieldError, Form, Question, exit_for, prefill
from motcua.catalogue.rules.level import BLOCKERS
from motcua.catalogue.rules.pack import Pack, grounds_on
from motcua.core.periods import local_day
from motcua.dossiers import operations, queries
from motcua.people.queries import PersonProfile, person_profile
from motcua.web import words
from motcua.web.citizen import eligibility as asking
from motcua.web.citizen.costs import costs_of
from motcua.web.citizen.prefill import known_of
from motcua.web.citizen.questions import raw_names, to_raw
from motcua.web.fields import Choice, Field, faults_of
from motcua.web.requests import EdgeRequest

SESSION_RESUME = "resume:{id}"


def offered(request: EdgeRequest, code: str) -> ProcedurePage | None:
    """The procedure's page when it can be filed online here today, else None."""
    page = catalogue.procedure(code, actor=request.actor, on=local_day(request.now))
    return page if page.has_pack and page.services and page.revision_id else None


@require_safe
def start(request: EdgeRequest, code: str) -> HttpResponse:
    """What it is, who may, what it costs, how long, what to have ready, what one gets, where."""
    page = offered(request, code)
    if page is None:
        return redirect("procedure", code)
    pack = catalogue.revision_pack(page.revision_id or 0)
    context = {
        "page": page,
        "pack": pack,
        "costs": costs_of(pack, asking.kept(request, code), request.now),
        "blockers": [BLOCKERS.get(b, BLOCKERS["other"]) for b in page.blockers],
        "always": [p for p in pack.papers if not p.required_when],
        "sometimes": [p for p in pack.papers if p.required_when],
        "limits": [(words.limit_words(r.limit.amount, r.limit.unit), r.note) for r in pack.limits],
        "grounds": grounds_on(pack, local_day(request.now)),
        "counters": _counters(page),
        **already(request, code),
        "begin_url": asking.along(request, code, pack.form, reverse(_first(pack), args=[code])),
        "crumbs": [
            {"label": _("Procedures"), "href": "/thu-tuc/"},
            {"label": page.code, "href": f"/thu-tuc/{page.code}/"},
            {"label": _("Start"), "href": ""},
        ],
    }
    return render(request, "citizen/start.html", context)


def _first(pack: Pack) -> str:
    """The page after the start page."""
    return "citizen:eligibility" if pack.form.eligibility else "citizen:begin"


def already(request: EdgeRequest, code: str, draft: str = "") -> dict[str, Any]:
    """The person's own requests of this procedure that are still open, other than the ``draft`` at hand."""
    drafts = [d for d in queries.drafts_of(request.actor) if d.procedure_code == code and d.id != draft]
    return {"open": queries.open_of(request.actor, code), "drafts": drafts}


def _counters(page: ProcedurePage) -> list[tuple[AgencyRef, tuple[DeskRef, ...]]]:
    """Where one may also go: each agency that offers it, with its desks."""
    agencies = agencies_by_id(s.agency_id for s in page.services)
    desks = desks_of(agencies)
    return [(a, desks.get(a.id, ())) for a in sorted(agencies.values(), key=lambda a: a.identifier)]


@require_safe
def blank_form(request: EdgeRequest, code: str) -> HttpResponse:
    """The same questions on paper, to print and fill in by hand."""
    content = catalogue.blank_form(
        code, language=request.LANGUAGE_CODE, on=local_day(request.now), actor=request.actor
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="to-khai-{code}.pdf"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def eligibility(request: EdgeRequest, code: str) -> HttpResponse:
    """One question a page, before any sign-in; an exit page says why and where to go."""
    page = offered(request, code)
    if page is None:
        return redirect("procedure", code)
    form = catalogue.revision_pack(page.revision_id or 0).form
    facts = asking.facts_of(code, asking.kept(request, code), request.now)
    question = asking.asked(form, facts, request.GET.get("cau", ""))
    if question is None:
        return redirect(asking.along(request, code, form, reverse("citizen:begin", args=[code])))
    cleaned = asking.clean(form, question, request.POST, facts) if request.method == "POST" else None
    if cleaned is None or cleaned.errors:
        return _question(request, page, form, question, facts, cleaned.errors if cleaned else ())
    answers = {**facts["answers"], question.key: cleaned.values.get(question.key)}
    way_out = exit_for(form, answers, facts)
    if way_out is not None:  # nothing of it is kept
        return render(request, "citizen/exit.html", {"page": page, "way_out": way_out, "back": request.path})
    asking.keep(request, code, answers)
    asking.intend(request, code)
    return redirect(asking.along(request, code, form, reverse("citizen:eligibility", args=[code])))


def _question(
    request: EdgeRequest, page: ProcedurePage, form: Form, question: Question, facts: dict[str, Any],
    errors: Sequence[FieldError],
) -> HttpResponse:  # fmt: skip
    """The page of one question: as it was sent, as it was answered, or as it came along."""
    held = asking.carried(page.code, form, request.GET)
    known = request.method != "POST" and question.key in held and question.key not in facts["answers"]
    raw = to_raw((question,), {**held, **facts["answers"]})
    raw = raw_names(request.POST) if request.method == "POST" else raw
    field = asking.field_for(question, raw, request.LANGUAGE_CODE, errors)
    before = asking.before(form, question, facts)
    back = asking.along(request, page.code, form, "", cau=before) if before else ""
    back = back or asking.along(request, page.code, form, reverse("citizen:start", args=[page.code]))
    context = {"page": page, "field": field, "faults": faults_of((field,)), "back": back, "known": known}
    return render(request, "citizen/eligibility.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def begin(request: EdgeRequest, code: str) -> HttpResponse:
    """Behind the sign-in wall: for whom one files, where that is to be decided; then the draft is made."""
    page = offered(request, code)
    if page is None:
        return redirect("procedure", code)
    pack = catalogue.revision_pack(page.revision_id or 0)
    answers = asking.kept(request, code)
    if asking.asked(pack.form, asking.facts_of(code, answers, request.now)) is not None:
        return redirect(asking.along(request, code, pack.form, asking.unanswered(request, code)))
    profile = (
        person_profile(request.actor.person_id, actor=request.actor) if request.actor.person_id else None
    )
    context = _begin_context(request, page, profile)
    if not _goes_on(request, code, context):
        return render(request, "citizen/begin.html", context)
    helped = request.actor.helper and (profile is None or request.POST.get("filed_by") == "helped")
    known = {} if helped else prefill(pack.form, known_of(profile))
    ref = operations.start_draft(
        procedure_code=code, filed_by="helped" if helped else "self", eligibility=answers,
        agency="" if helped or pack.agency_from else asking.nearest(page.services, profile),
        prefill={**asking.carried(code, pack.form, request.GET), **known},
        actor=request.actor, now=request.now,
    )  # fmt: skip
    asking.handed_over(request, code, ref.id)
    return _begun(request, ref.id, ref.resume_code, profile)


def _goes_on(request: EdgeRequest, code: str, context: dict[str, Any]) -> bool:
    """Whether the draft is made now: the button was pressed, here or before the sign-in with nothing left."""
    pressed = asking.intended(request, code)
    decided = not (context["who"] or context["open"] or context["drafts"])
    return not context["cannot"] and (request.method == "POST" or (pressed and decided))


def _begun(request: EdgeRequest, draft_id: UUID, code: str, profile: PersonProfile | None) -> HttpResponse:
    """On to the list of parts, with the code to go on later; who was not asked is told in whose name."""
    request.session[SESSION_RESUME.format(id=draft_id)] = code
    if request.method == "GET" and profile:
        told = _(
            "You are signed in as %(name)s. What your account already holds is filled in; you can mend it."
        )
        messages.info(request, told % {"name": profile.full_name})
    return redirect("citizen:tasks", draft_id)


def _begin_context(request: EdgeRequest, page: ProcedurePage, profile: Any) -> dict[str, Any]:
    helped = Choice("helped", _("For another person, as a registered helper"))
    options = (Choice("self", _("For myself")), helped)
    who = Field("radios", "filed_by", _("For whom do you file?"), value="self", options=options)
    return {
        "page": page, "profile": profile, **already(request, page.code),
        "who": who if request.actor.helper and profile else None,
        "cannot": profile is None and not request.actor.helper,
    }  # fmt: skip


@require_POST
@never_cache
@login_required
def again(request: EdgeRequest, code: str) -> HttpResponse:
    """A new draft with the answers of an earlier dossier."""
    ref = operations.clone(code=code, actor=request.actor, now=request.now)
    request.session[SESSION_RESUME.format(id=ref.id)] = ref.resume_code
    copied = _(
        "Your answers were copied, but no papers and nothing that was true of that time only. Look through "
        "each part and press “Save and continue”: until then it counts as not started."
    )
    messages.success(request, copied)
    return redirect("citizen:tasks", ref.id)
