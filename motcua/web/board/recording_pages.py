"""The page of a draft: its parts with what was typed, what is missing, and where each is changed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.voice.queries import DraftEntry, DraftView
from motcua.voice.rules.assessment_slots import FORMS
from motcua.voice.rules.assessments import AssessmentRefused
from motcua.web.board.recording_fields import named
from motcua.web.fields import FieldFault
from motcua.web.public.saying import words_of
from motcua.web.requests import EdgeRequest
from motcua.web.templatetags.motcua import day

GENERAL = "general"


def part_names() -> dict[str, str]:
    """The parts of an assessment as headings."""
    return {
        GENERAL: _("Who assessed what, and how"), "criteria": _("Criteria"), "findings": _("Findings"),
        "recommendations": _("Recommendations"),
    }  # fmt: skip


def crumbs(view: DraftView | None = None, *, here: str = "") -> list[dict[str, str]]:
    """The way down to a page of drafts; without ``here`` to the draft itself."""
    drafts, label = reverse("board:drafts"), _("Record an assessment")
    found = [
        {"label": _("Figures"), "href": reverse("board:home")},
        {"label": _("Assessments"), "href": reverse("board:assessments")},
    ]
    if here != label:
        found.append({"label": label, "href": drafts})
    if view is not None:
        found.append({"label": view.code, "href": reverse("board:draft", args=[view.id]) if here else ""})
    return [*found, {"label": here, "href": ""}] if here else found


def overview(request: EdgeRequest, view: DraftView, refusal: Refusal | None = None) -> HttpResponse:
    """The draft with all its parts, and why something was refused."""
    language = request.LANGUAGE_CODE
    context = {
        "view": view,
        "title": named(view.general, "title", language),
        "faults": _faults(refusal, language),
        "open": [_open(view, one, language) for one in view.open],
        "rows": _general(view, language),
        "parts": [_part(view, part, language) for part in view.lists],
        "general_name": part_names()[GENERAL],
        "crumbs": crumbs(view),
    }
    return render(request, "board/draft.html", context, status=refusal.status if refusal else 200)


def _faults(refusal: Refusal | None, language: str) -> list[FieldFault]:
    if isinstance(refusal, AssessmentRefused):
        return [FieldFault("", one.to(language)) for one in refusal.problems]
    return [FieldFault("", words_of(refusal, language))] if refusal else []


def _open(view: DraftView, one: Any, language: str) -> dict[str, str]:
    """A thing that is missing: where it is typed in, and its name."""
    label, part = one.label.to(language), part_names()[one.part]
    if one.part == GENERAL:
        return {"href": reverse("board:draft_general", args=[view.id]), "label": f"{part}: {label}"}
    if one.place is None:
        return {"href": reverse("board:draft_add", args=[view.id, one.part]), "label": f"{part}: {label}"}
    href = reverse("board:draft_entry", args=[view.id, one.part, one.place])
    return {"href": href, "label": f"{part}, {one.place}: {label}"}


def _general(view: DraftView, language: str) -> list[dict[str, str]]:
    rows = []
    for slot in FORMS[GENERAL]:
        value = view.general[slot.key]
        shown = day(value) if slot.key in {"from", "to"} and value else value
        if slot.key == "subject":
            shown = f"{value} – {view.agency.name.to(language)}"
        rows.append({"key": slot.label.to(language), "value": shown or _("not filled in yet")})
    return rows


def _part(view: DraftView, part: str, language: str) -> dict[str, Any]:
    names = {one.fields["key"]: named(one.fields, "name", language) for one in view.lists["criteria"]}
    labels = {
        "criteria": _("Add a criterion"), "findings": _("Add a finding"),
        "recommendations": _("Add a recommendation"),
    }  # fmt: skip
    return {
        "key": part, "name": part_names()[part], "add": labels[part],
        "add_href": reverse("board:draft_add", args=[view.id, part]),
        "entries": [_line(view, part, one, names, language) for one in view.lists[part]],
    }  # fmt: skip


def _line(
    view: DraftView, part: str, one: DraftEntry, names: dict[str, str], language: str
) -> dict[str, Any]:
    """An entry in words: what it is, and what else is known of it."""
    fields, criterion = one.fields, names.get(one.fields.get("criterion", ""), "")
    if part == "criteria":
        title = f"{fields['key']}: {named(fields, 'name', language)}"
        more = [(_("scale up to"), fields["most"]), (_("weight"), fields["weight"])]
    elif part == "findings":
        title = f"{criterion}: {named(fields, 'words', language)}"
        score = fields["score"].replace(".", ",") if language == "vi" else fields["score"]
        more = [(_("score"), score), (_("evidence"), named(fields, "evidence", language)),
                (_("figure"), fields["figure.definition"])]  # fmt: skip
    else:
        title = f"{fields['number']}. {named(fields, 'words', language)}"
        more = [(_("to"), fields["agency"]), (_("criterion"), criterion)]
    return {
        "title": title,
        "more": "; ".join(f"{name} {value}" for name, value in more if value),
        "href": reverse("board:draft_entry", args=[view.id, part, one.place]),
        "remove": reverse("board:draft_remove", args=[view.id, part, one.place]),
        "seen": one.seen,
    }
