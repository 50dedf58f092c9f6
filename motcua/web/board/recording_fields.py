"""The fields of the forms that take an assessment in: made of the rules' slots, and read back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.core.texts import Text
from motcua.monitoring.queries import DEFINITIONS
from motcua.voice.queries import DraftView, recordable_agencies, repeatable
from motcua.voice.rules.assessment_slots import FORMS, Kind, Slot
from motcua.web.fields import DATE_PARTS, Choice, Field
from motcua.web.public.saying import typed
from motcua.web.requests import EdgeRequest

Choices = Mapping[Kind, tuple[Choice, ...]]
MOST_TYPED = 20_000  # more than any field takes: what is too long is refused, not cut
CONTROLS: Mapping[Kind, dict[str, Any]] = {
    Kind.LINE: {"kind": "text"},
    Kind.WORDS: {"kind": "textarea", "rows": 4},
    Kind.CODE: {"kind": "text", "width": "20", "spellcheck": False},
    Kind.WHOLE: {"kind": "text", "width": "10", "inputmode": "numeric"},
    Kind.DECIMAL: {"kind": "text", "width": "10", "inputmode": "decimal"},
    Kind.DAY: {"kind": "date"},
}


def typed_of(request: EdgeRequest, part: str) -> dict[str, str]:
    """What was typed into a form, by the slots' keys; a day as year-month-day."""
    return {
        slot.key: _day(request, slot.key) if slot.kind == Kind.DAY else typed(request, slot.key, MOST_TYPED)
        for slot in FORMS.get(part, ())
    }


def _day(request: EdgeRequest, key: str) -> str:
    boxes = [typed(request, f"{key}-{box}", 10).strip().replace("-", "–") for box in reversed(DATE_PARTS)]
    return "-".join(boxes) if any(boxes) else ""


def fields_of(
    part: str, values: Mapping[str, str], faults: Mapping[str, Text], choices: Choices, language: str
) -> tuple[Field, ...]:
    """The fields of a form with what they hold and what is wrong with them."""
    return tuple(
        _field(slot, values.get(slot.key, ""), faults.get(slot.key), choices, language)
        for slot in FORMS[part]
    )


def _field(slot: Slot, value: str, fault: Text | None, choices: Choices, language: str) -> Field:
    made: dict[str, Any] = dict(CONTROLS.get(slot.kind, {"kind": "select"}))
    if slot.kind not in CONTROLS:
        made["options"] = (Choice("", _("Choose")), *choices.get(slot.kind, ()))
    if slot.kind == Kind.DAY:
        made["parts"] = dict(zip(reversed(DATE_PARTS), value.split("-"), strict=True)) if value else {}
    if slot.kind == Kind.DECIMAL and language == "vi":
        value = value.replace(".", ",")  # as it is typed in Vietnamese
    return Field(
        name=slot.key, label=slot.label.to(language), hint=slot.hint.to(language) if slot.hint else "",
        value=value, error=fault.to(language) if fault else "", **made,
    )  # fmt: skip


def code_for(now: datetime) -> str:
    """A code that is free, or nearly so, for who has none of their own."""
    return f"DG-{localtime(now):%y%m%d-%H%M}"


def proposed_for(view: DraftView, part: str) -> dict[str, str]:
    """What a new entry begins with: of a criterion the next free sign."""
    if part != "criteria":
        return {}
    taken = {one.fields["key"] for one in view.lists["criteria"]}
    return {"key": next(key for n in range(1, len(taken) + 2) if (key := f"TC{n}") not in taken)}


def general_choices(request: EdgeRequest) -> Choices:
    """The agencies that the officer may record, and the assessments that may be repeated."""
    language = request.LANGUAGE_CODE
    return {
        Kind.AGENCY: tuple(
            Choice(one.identifier, f"{one.identifier} – {one.name.to(language)}")
            for one in recordable_agencies(request.actor)
        ),
        Kind.BEFORE: tuple(
            Choice(code, f"{code} – {title.to(language)}") for code, title in repeatable(request.actor)
        ),
    }


def entry_choices(view: DraftView, part: str, language: str) -> Choices:
    """The criteria of a draft; for a finding the figures, for a recommendation the agencies of the tree."""
    found: dict[Kind, tuple[Choice, ...]] = {
        Kind.CRITERION: tuple(
            Choice(one.fields["key"], named(one.fields, "name", language)) for one in view.lists["criteria"]
        )
    }
    if part == "findings":
        found[Kind.FIGURE] = tuple(Choice(d.identifier, d.name.to(language)) for d in DEFINITIONS)
    if part == "recommendations":
        found[Kind.AGENCY] = tuple(
            Choice(one.identifier, f"{one.identifier} – {one.name.to(language)}") for one in view.advisable
        )
    return found


def named(fields: Mapping[str, str], key: str, language: str) -> str:
    """A text of both languages out of a form's fields."""
    return Text(fields.get(f"{key}_vi", ""), fields.get(f"{key}_en", "")).to(language)
