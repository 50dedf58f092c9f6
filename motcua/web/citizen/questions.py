"""Questions of a pack as fields of a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.catalogue.rules import form_raw
from motcua.catalogue.rules.form import FieldError, Question
from motcua.catalogue.rules.form_values import bounds
from motcua.core.texts import Text
from motcua.web.fields import DATE_PARTS, Choice, Field

Raw = Mapping[str, list[str]]
MOST_RADIOS = 8
FIRST_ROWS, ROWS_ADDED = 1, 3
KINDS = {"long_text": "textarea", "date": "date", "yes_no": "radios", "choice": "radios"}
WIDTHS = {"personal_number": "20", "phone": "20", "number": "10", "money": "10", "country": "4"}
INPUT_MODES = {"personal_number": "numeric", "number": "numeric", "money": "numeric", "phone": "tel"}
OWN = {"person.full_name": "name", "person.birth_on": "bday", "person.phone": "tel", "person.email": "email"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a page: a note, some fields, or the rows of a group."""

    key: str
    note: str = ""
    fields: tuple[Field, ...] = ()
    title: str = ""
    hint: str = ""
    rows: tuple[tuple[Field, ...], ...] = ()
    full: bool = False  # no row can be added
    error: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """What the fields of a page are filled with: raw values, faults by field, communes to choose among."""

    raw: Raw
    language: str
    errors: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    rows_added: int = FIRST_ROWS

    def first(self, name: str) -> str:
        """The last text under a name."""
        return (self.raw.get(name) or [""])[-1]

    def parts(self, name: str) -> dict[str, str]:
        """The three boxes of a date."""
        return {part: self.first(f"{name}-{part}") for part in DATE_PARTS}


def raw_names(post: QueryDict) -> dict[str, list[str]]:
    """A posted form as names with all their values."""
    return {name: post.getlist(name) for name in post}


def to_raw(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Kept answers as a browser would send them."""
    raw: dict[str, list[str]] = {}
    for question in questions:
        raw |= form_raw.to_raw(question, answers.get(question.key))
    return raw


def errors_by_field(errors: Sequence[FieldError], language: str) -> dict[str, str]:
    """Messages by field name; the first of a field counts."""
    return {e.key: e.message.to(language) for e in reversed(errors)}


def label_of(question: Question, language: str) -> str:
    """The label; what need not be answered says so."""
    label = question.label.to(language)
    return label if question.required else _("%(label)s (optional)") % {"label": label}


def _date(q: Question, name: str, fill: Filling, heading: bool) -> tuple[Field, ...]:
    hint = q.hint.to(fill.language) or _("For example, 31 3 1998")
    field_ = Field(
        "date", name, label_of(q, fill.language), hint, error=fill.errors.get(name, ""),
        parts=fill.parts(name), autocomplete=OWN.get(q.source, ""), heading=heading,
    )  # fmt: skip
    return (field_,)


def _period(q: Question, name: str, fill: Filling, heading: bool) -> tuple[Field, ...]:
    label, hint = label_of(q, fill.language), q.hint.to(fill.language)
    first, last = f"{name}-from", f"{name}-to"
    begins, ends = _("%(label)s: from") % {"label": label}, _("%(label)s: until") % {"label": label}
    wrong = fill.errors.get(name, "")
    return (
        Field("date", first, begins, hint, error=wrong, parts=fill.parts(first)),
        Field("date", last, ends, parts=fill.parts(last)),
    )


def _statement(q: Question, name: str, fill: Filling, heading: bool) -> tuple[Field, ...]:
    ticked = frozenset({"yes"} if fill.first(name) == "yes" else ())
    option = (Choice("yes", q.label.to(fill.language)),)
    error, hint = fill.errors.get(name, ""), q.hint.to(fill.language)
    return (Field("checkboxes", name, _("Please confirm"), hint, error=error, options=option, values=ticked),)


def _options(q: Question, language: str) -> tuple[Choice, ...]:
    if q.type == "yes_no":
        return (Choice("yes", _("Yes")), Choice("no", _("No")))
    return tuple(Choice(o.key, o.label.to(language), o.hint.to(language)) for o in q.options)


def _plain(q: Question, name: str, fill: Filling, heading: bool) -> tuple[Field, ...]:
    kind, options = KINDS.get(q.type, "text"), _options(q, fill.language)
    if q.type == "choice" and len(options) > MOST_RADIOS:
        kind, options = "select", (Choice("", _("Choose")), *options)
    if name in fill.choices:
        kind, options = "radios", fill.choices[name]
    hint = q.hint.to(fill.language)
    if q.type == "commune" and kind == "text":
        hint = hint or _("Type the name of the commune or ward, as since July 2025 or as before.")
    if q.type == "country":
        hint = hint or _("Two letters, for example VN, LA, KR")
    made = Field(
        kind, name, label_of(q, fill.language), hint, value=fill.first(name), options=options,
        error=fill.errors.get(name, ""), heading=heading, width=WIDTHS.get(q.type, ""),
        inputmode=INPUT_MODES.get(q.type, ""), autocomplete=OWN.get(q.source, ""),
        inline=q.type == "yes_no", spellcheck=q.type in {"text", "long_text"},
    )  # fmt: skip
    return (made,)


MAKERS = {"date": _date, "period": _period, "statement": _statement}


def fields_of(q: Question, name: str, fill: Filling, *, heading: bool = False) -> tuple[Field, ...]:
    """The fields of one question (not of a group), with "I do not know" where that is an answer."""
    made = MAKERS.get(q.type, _plain)(q, name, fill, heading)
    if not q.unknown:
        return made
    ticked = frozenset({"yes"} if fill.first(f"{name}-unknown") == "yes" else ())
    label = _("Not known: %(label)s") % {"label": q.label.to(fill.language)}
    option = (Choice("yes", _("I do not know")),)
    return (*made, Field("checkboxes", f"{name}-unknown", label, options=option, values=ticked))


def _rows(q: Question, fill: Filling) -> Item:
    used = [n.removeprefix(f"{q.key}-").partition("-")[0] for n in fill.raw if n.startswith(f"{q.key}-")]
    last = max((int(n) + 1 for n in used if n.isascii() and n.isdigit() and len(n) < 4), default=0)
    most = bounds(q)[1]
    count = min(max(last + fill.rows_added - (last > 0 and fill.rows_added == FIRST_ROWS), 1), most)
    parts = [part for part in q.questions if part.asked]
    rows = tuple(
        tuple(f for part in parts for f in fields_of(_hinted(part), f"{q.key}-{i}-{part.key}", fill))
        for i in range(count)
    )
    title, hint, error = label_of(q, fill.language), q.hint.to(fill.language), fill.errors.get(q.key, "")
    return Item(q.key, title=title, hint=hint, rows=rows, full=count >= most, error=error)


def _hinted(q: Question) -> Question:
    """A question that belongs to some answers only says so: the page works without scripts."""
    if not q.show_if:
        return q
    vi, en = "Chỉ trả lời nếu đúng với lựa chọn ở trên.", "Answer only if your answer above asks for it."
    return replace(q, hint=Text(f"{vi} {q.hint.vi}".strip(), f"{en} {q.hint.en}".strip()))


def item_of(q: Question, fill: Filling, *, depends: bool = False) -> Item:
    """One question of a page as what the page shows; ``depends`` on an answer that stands above it."""
    q = _hinted(q) if depends else q
    if q.type == "group":
        return _rows(q, fill)
    if not q.stored:
        words = [q.label.to(fill.language), q.hint.to(fill.language)]
        if q.type == "file":
            words.append(_("You add it on the page “Papers”, before you file."))
        return Item(q.key, note="\n".join(w for w in words if w))
    return Item(q.key, fields=fields_of(q, q.key, fill))
