"""For each type of question the fields that ask it: one maker a type, all others are plain."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from motcua.catalogue.rules import form_raw
from motcua.catalogue.rules.form import LISTED, Question
from motcua.catalogue.rules.form_lookup import matches
from motcua.catalogue.rules.form_words import money
from motcua.web.fields import DATE_PARTS, Choice, Field

Raw = Mapping[str, list[str]]
MOST_RADIOS = 8
MOST_SUGGESTED = 300  # names of a list that a browser may offer while one types
KINDS = {"long_text": "textarea", "yes_no": "radios", "choice": "radios"}
WIDTHS = {"personal_number": "20", "phone": "20", "number": "10", "money": "10", "country": "20"}
INPUT_MODES = {"personal_number": "numeric", "number": "numeric", "money": "numeric", "phone": "tel"}
SUFFIXES = {"money": "đồng"}
OWN = {
    "person.full_name": "name", "person.birth_on": "bday", "person.phone": "tel", "person.email": "email",
    "person.address": "address-line1", "person.address_line": "address-line1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filling:
    """What the fields of a page are filled with: raw values, faults by field, units to choose among.

    ``choices`` holds by field name what typed words may mean (radios); ``lists`` what a province holds
    (a select); ``provinces`` the provinces to narrow an address by.
    """

    raw: Raw
    language: str
    errors: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    added: str = ""  # the group that gets an empty row
    looked_at: tuple[str, int] = ("", 0)  # group and row in which the cursor stands
    provinces: tuple[Choice, ...] = ()
    communes: tuple[str, ...] = ()  # names that a browser may offer while one types; any other may be typed

    def first(self, name: str) -> str:
        """The last text under a name."""
        return (self.raw.get(name) or [""])[-1]

    def parts(self, name: str) -> dict[str, str]:
        """The three boxes of a date."""
        return {part: self.first(f"{name}-{part}") for part in DATE_PARTS}


Made = tuple[Field, ...]
Maker = Callable[[Question, str, Filling, bool], Made]


def label_of(question: Question, language: str) -> str:
    """The label; what need not be answered says so."""
    label = question.label.to(language)
    return label if question.required else _("%(label)s (optional)") % {"label": label}


def _date(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    partial = _("As far as you know it: the year, or month and year, or the whole date.")
    hint = q.hint.to(fill.language) or (partial if q.type == "partial_date" else _("For example, 31 3 1998"))
    field_ = Field(
        "date", name, label_of(q, fill.language), hint, error=fill.errors.get(name, ""),
        parts=fill.parts(name), autocomplete=OWN.get(q.source, ""), heading=heading,
    )  # fmt: skip
    return (field_,)


def _period(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    label, hint = label_of(q, fill.language), q.hint.to(fill.language)
    first, last = f"{name}-from", f"{name}-to"
    begins, ends = _("%(label)s: from") % {"label": label}, _("%(label)s: until") % {"label": label}
    wrong = dict.fromkeys((first, last), "") | {n: fill.errors[n] for n in (first, last) if n in fill.errors}
    if name in fill.errors:  # of its shape: with a good first day it is the last one
        wrong[last if form_raw.is_day(fill.raw, first) else first] = fill.errors[name]
    return (
        Field("date", first, begins, hint, error=wrong[first], parts=fill.parts(first)),
        Field("date", last, ends, error=wrong[last], parts=fill.parts(last)),
    )


def _statement(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    ticked = frozenset({"yes"} if fill.first(name) == "yes" else ())
    option = (Choice("yes", q.label.to(fill.language)),)
    error, hint = fill.errors.get(name, ""), q.hint.to(fill.language)
    return (Field("checkboxes", name, _("Please confirm"), hint, error=error, options=option, values=ticked),)


def _options(q: Question, language: str) -> tuple[Choice, ...]:
    if q.type == "yes_no":
        return (Choice("yes", _("Yes")), Choice("no", _("No")))
    return tuple(Choice(o.key, o.label.to(language), o.hint.to(language)) for o in q.options)


def _choices(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    hint = q.hint.to(fill.language) or _("Tick all that apply.")
    made = Field(
        "checkboxes", name, label_of(q, fill.language), hint, error=fill.errors.get(name, ""),
        options=_options(q, fill.language), values=frozenset(fill.raw.get(name) or ()), heading=heading,
    )  # fmt: skip
    return (made,)


def _lookup(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    """A name typed; when it may mean several entries they come as choices."""
    typed, wrong = fill.first(name), fill.errors.get(name, "")
    found = matches(q, typed) if wrong and typed else ()
    label = label_of(q, fill.language)
    if 1 < len(found) <= MOST_RADIOS:
        options = tuple(Choice(o.key, o.label.to(fill.language)) for o in found)
        return (Field("radios", name, label, error=wrong, options=options, heading=heading),)
    named = next((o.label.to(fill.language) for o in q.options if o.key == typed), typed)
    offered = tuple(o.label.to(fill.language) for o in q.options[:MOST_SUGGESTED])
    hint = q.hint.to(fill.language) or _("Type the name, or a part of it.")
    made = Field(
        "text", name, label, hint, value=named, error=wrong, heading=heading, width="20",
        spellcheck=False, suggestions=offered if len(q.options) <= MOST_SUGGESTED else (),
    )  # fmt: skip
    return (made,)


def commune_hint() -> str:
    """How a commune may be written."""
    return _("Type the name of the commune or ward, as since July 2025 or as before.")


def _commune(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    label, wrong = label_of(q, fill.language), fill.errors.get(name, "")
    return (_unit(name, label, q.hint.to(fill.language) or commune_hint(), wrong, fill, heading),)


def _unit(name: str, label: str, hint: str, wrong: str, fill: Filling, heading: bool = False) -> Field:
    options = fill.choices.get(name, ())
    kind = "text" if not options else "radios" if len(options) <= MOST_RADIOS else "select"
    if kind == "select":
        options = (Choice("", _("Choose")), *options)
    return Field(
        kind, name, label, hint if kind == "text" else "", value=fill.first(name), error=wrong,
        options=options, heading=heading, spellcheck=False,
        suggestions=fill.communes if kind == "text" else (),
    )  # fmt: skip


def _address(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    label, line, unit = label_of(q, fill.language), f"{name}-line", f"{name}-commune"
    wrong = fill.errors.get(name, "")
    at_line = wrong if not fill.first(line).strip() else ""
    of_unit = fill.errors.get(unit, "") or ("" if at_line else wrong)
    province = Field(
        "select", f"{name}-province", _("%(label)s: province") % {"label": label}, _("It may stay empty."),
        value=fill.first(f"{name}-province"), options=(Choice("", _("Choose")), *fill.provinces),
    )  # fmt: skip
    return (
        Field(
            "text", line, _("%(label)s: house, street, hamlet") % {"label": label},
            q.hint.to(fill.language), value=fill.first(line), error=at_line,
            autocomplete=OWN.get(q.source, ""), spellcheck=False,
        ),
        _unit(unit, _("%(label)s: commune or ward") % {"label": label}, commune_hint(), of_unit, fill),
        *((province,) if fill.provinces else ()),
    )  # fmt: skip


def _point(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    label, wrong = label_of(q, fill.language), fill.errors.get(name, "")
    hint = q.hint.to(fill.language) or _(
        "As your telephone's map shows it, such as 11.5643 and 108.9886. Both may be pasted here together."
    )
    lat, lon = f"{name}-lat", f"{name}-lon"
    return (
        Field(
            "text", lat, _("%(label)s: latitude") % {"label": label}, hint, value=fill.first(lat),
            error=wrong, width="20", inputmode="decimal", spellcheck=False,
        ),
        Field(
            "text", lon, _("%(label)s: longitude") % {"label": label}, value=fill.first(lon), width="20",
            inputmode="decimal", spellcheck=False,
        ),
    )  # fmt: skip


def _plain(q: Question, name: str, fill: Filling, heading: bool) -> Made:
    kind, options = KINDS.get(q.type, "text"), _options(q, fill.language)
    if q.type == "choice" and len(options) > MOST_RADIOS:
        kind, options = "select", (Choice("", _("Choose")), *options)
    hint = q.hint.to(fill.language)
    if q.type == "money":
        amount = form_raw.read(q, fill.raw, name)
        said = money(amount).to(fill.language) if isinstance(amount, int) else ""
        hint = " ".join(h for h in (hint or _("Whole đồng, in figures."), said) if h)
    made = Field(
        kind, name, label_of(q, fill.language), hint, value=fill.first(name), options=options,
        error=fill.errors.get(name, ""), heading=heading, width=WIDTHS.get(q.type, ""),
        inputmode=INPUT_MODES.get(q.type, ""), autocomplete=OWN.get(q.source, ""),
        suffix=SUFFIXES.get(q.type, ""), inline=q.type == "yes_no",
        spellcheck=q.type in {"text", "long_text"},
    )  # fmt: skip
    return (made,)


MAKERS: Mapping[str, Maker] = {
    "date": _date, "partial_date": _date, "period": _period, "statement": _statement, "choices": _choices,
    "commune": _commune, "address": _address, "map_point": _point, **dict.fromkeys(LISTED, _lookup),
}  # fmt: skip


CHOSEN = {"yes_no", "choice"}  # "I do not know" is one more choice of these; others have a tick beside them


def fields_of(q: Question, name: str, fill: Filling, *, heading: bool = False) -> Made:
    """The fields of one question (not of a group), with "I do not know" where that is an answer."""
    made = MAKERS.get(q.type, _plain)(q, name, fill, heading)
    if not q.unknown:
        return made
    if q.type in CHOSEN and made[0].kind == "radios":
        value = form_raw.UNKNOWN if form_raw.not_known(q, fill.raw, name) else made[0].value
        options = (*made[0].options, Choice(form_raw.UNKNOWN, _("I do not know")))
        return (replace(made[0], value=value, options=options, inline=False),)
    ticked = frozenset({"yes"} if fill.first(f"{name}-unknown") == "yes" else ())
    label = _("Not known: %(label)s") % {"label": q.label.to(fill.language)}
    option = (Choice("yes", _("I do not know")),)
    return (*made, Field("checkboxes", f"{name}-unknown", label, options=option, values=ticked))
