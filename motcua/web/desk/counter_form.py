"""The counter's one page: what was typed, the fields, the papers, and what stands against filing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.catalogue.rules import form_raw
from motcua.catalogue.rules.form import Question, prefill
from motcua.catalogue.rules.pack import PaperDef
from motcua.dossiers.operations import CounterOutcome
from motcua.dossiers.queries import CounterForm, CounterService
from motcua.people.queries import PersonProfile
from motcua.web import words
from motcua.web.citizen.communes import (
    has_address,
    names_by_code,
    province_choices,
    read_communes,
    with_names,
)
from motcua.web.citizen.prefill import known_of
from motcua.web.citizen.questions import (
    Filling,
    Item,
    errors_by_field,
    item_of,
    to_raw,
)
from motcua.web.citizen.rows import reshape, reshapes
from motcua.web.citizen.uploads import ACCEPT
from motcua.web.fields import Choice, Field, FieldFault, faults_of

DIRECT, POST = 1, 3
Section = tuple[str, str, str, list[Item]]  # key, title, intro, questions


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the case: how it was handed in, and its scan."""

    key: str
    definition: PaperDef
    kind: Field
    file: Field
    kept: str = ""  # id of a scan that is there already


@dataclass(frozen=True, slots=True)
class Typed:
    """All that the officer typed; nothing of it is lost when the form comes back."""

    agency: str
    channel: int
    raw: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    papers: tuple[dict[str, Any], ...] = ()
    files: tuple[tuple[str, BinaryIO, str], ...] = ()
    seen: frozenset[str] = frozenset()
    key: str = ""
    unclear: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    unseen: frozenset[str] = frozenset()
    person: str = ""  # name of the person who was found by number
    unknown: bool = False  # a number was given and nobody is known by it
    reshaped: bool = False  # a row was added or taken out: nothing is filed
    asks: bool = False  # it was asked what the answers ask for: nothing is filed
    added: str = ""
    looked_at: tuple[str, int] = ("", 0)

    @property
    def only_looks(self) -> bool:
        """True when the page comes again whatever stands in it."""
        return bool(self.unclear) or self.reshaped or self.asks


def _questions(service: CounterService) -> list[Question]:
    return [q for _, q in service.pack.form.questions() if q.asked]


def _answers(questions: list[Question], raw: Mapping[str, list[str]]) -> dict[str, Any]:
    """What was typed, as the form reads it; "I do not know" is there as null."""
    values = {q.key: form_raw.read(q, raw, q.key) for q in questions}
    unknown = {q.key for q in questions if form_raw.not_known(q, raw, q.key)}
    return {k: v for k, v in values.items() if v is not None or k in unknown}


def read(service: CounterService, post: QueryDict, files: MultiValueDict[str, Any]) -> Typed:
    """The posted page. Communes are found by name; what is unclear is asked again."""
    questions = _questions(service)
    typed = reshape(post, {n: [v.replace("\x00", "") for v in post.getlist(n)] for n in post})
    found = read_communes(questions, typed.raw)
    known = {p.key for p in service.pack.papers}
    sent = [n.removeprefix("file:") for n in files if n.startswith("file:")]
    channel = POST if post.get("channel") == str(POST) else DIRECT
    offered, chosen = {s.agency for s in service.services}, str(post.get("agency", ""))
    return Typed(
        agency=chosen if chosen in offered else service.mine,
        channel=channel, raw=found.raw, answers=_answers(questions, found.raw),
        papers=tuple(_paper(k, post, k in sent) for k in sorted(known) if _is_given(k, post, sent)),
        files=tuple(_file(k, files) for k in sent if k in known),
        seen=frozenset(post.get("seen", "")[:8000].split()), key=post.get("key", "")[:80],
        unclear=found.unclear, choices=found.choices, person=post.get("person", "")[:200],
        reshaped=reshapes(post), asks="ask" in post,
        added=typed.group if typed.added else "", looked_at=(typed.group, typed.row),
    )  # fmt: skip


def _file(key: str, files: MultiValueDict[str, Any]) -> tuple[str, BinaryIO, str]:
    sent: UploadedFile[Any] = files.getlist(f"file:{key}")[-1]
    return key, sent.file, sent.name or ""  # type: ignore[return-value]


def _is_given(key: str, post: QueryDict, sent: list[str]) -> bool:
    return post.get(f"kind:{key}", "") in {"0", "1", "2"} or key in sent


def _paper(key: str, post: QueryDict, sent: bool) -> dict[str, Any]:
    kind = post.get(f"kind:{key}", "")
    kept = post.get(f"kept:{key}", "")[:40] or None
    return {"component": key, "paper": kept, "copy_kind": int(kind) if kind in {"0", "1", "2"} else 2}


def begun(
    service: CounterService, typed: Typed, person: PersonProfile | None, number: str, key: str
) -> Typed:
    """The first page: what is held about the person stands in it, to be checked with that person."""
    known = known_of(person)
    if number.strip():
        known.setdefault("person.personal_number", number.strip())
    answers = prefill(service.pack.form, known)
    name = person.full_name if person else ""
    return replace(
        typed, answers=answers, raw=to_raw(_questions(service), answers), key=key, person=name,
        unknown=bool(number.strip()) and person is None,
    )  # fmt: skip


def after(typed: Typed, outcome: CounterOutcome, language: str) -> Typed:
    """What was typed, with what stands against it."""
    refusal = outcome.refusal
    said = "" if refusal is None else f"{refusal.cause.to(language)} {refusal.next_step.to(language)}".strip()
    return replace(
        typed, errors=errors_by_field(outcome.errors, language), refused=said, unseen=outcome.unseen,
        papers=outcome.papers or typed.papers,
    )  # fmt: skip


def _not_a_number(typed: str) -> str:
    """What is wrong with a number: how many digits it has."""
    digits = sum(letter.isdigit() for letter in typed)
    return _("A personal number has 12 digits; this one has %(n)s. Compare it with the paper.") % {
        "n": digits
    }


def who_fields(
    service: CounterService, language: str, wrong: str, post: Mapping[str, Any]
) -> tuple[Field, ...]:
    """Who came, how, and who decides; ``wrong`` is a number that is none, and ``post`` what came with it."""
    hint = _("Of the person whose request it is. Leave it empty if the person has none.")
    ways = (Choice(str(DIRECT), _("At the counter, in person")), Choice(str(POST), _("By post")))
    number = Field(
        "text", "number", _("Personal number"), hint, width="20", inputmode="numeric", spellcheck=False,
        autofocus=True, value=wrong, error=_not_a_number(wrong) if wrong else "",
    )  # fmt: skip
    channel = Field(
        "radios",
        "channel",
        _("How it came"),
        value=post.get("channel", str(DIRECT)),
        options=ways,
        inline=True,
    )
    options = tuple(Choice(s.agency, s.agency_name.to(language)) for s in service.services)
    agency = Field(
        "select", "agency", _("Which agency decides"), value=post.get("agency", service.mine), options=options
    )
    return (number, channel) if service.pack.agency_from else (number, channel, agency)


def _items(form: CounterForm, typed: Typed, language: str) -> list[Section]:
    questions = [q for s in form.sections for q in s.questions]
    names = names_by_code(questions, typed.answers)
    wrong = {**typed.errors, **typed.unclear}
    narrow = province_choices() if any(has_address(q) for q in questions) else ()
    fill = Filling(
        with_names(questions, typed.raw, names), language, wrong, typed.choices, provinces=narrow,
        added=typed.added, looked_at=typed.looked_at,
    )  # fmt: skip
    return [
        (
            section.key, section.title.to(language), section.intro.to(language),
            [item_of(q, fill) for q in section.questions if q.asked or not q.stored],
        )
        for section in form.sections
    ]  # fmt: skip


def _paper_row(definition: PaperDef, typed: Typed, language: str) -> PaperRow:
    given = next((p for p in typed.papers if p["component"] == definition.key), None)
    kinds = [Choice(str(k), words.copy_kind(k)) for k in definition.accept]
    none = Choice("", _("Comes later") if definition.later_allowed else _("Not handed in"))
    kind = Field(
        "select", f"kind:{definition.key}", definition.name.to(language), definition.note.to(language),
        value="" if given is None else str(given["copy_kind"]), options=(none, *kinds),
        error=typed.errors.get(definition.key, ""),
    )  # fmt: skip
    label = _("Scan: %(name)s") % {"name": definition.name.to(language)}
    kept = str(given["paper"] or "") if given else ""
    return PaperRow(
        definition.key, definition, kind, Field("file", f"file:{definition.key}", label, accept=ACCEPT), kept
    )


def _first_to_fill(sections: list[Section], typed: Typed) -> str:
    """The name of the field that the cursor stands in: the first that is wrong, new, or empty."""
    fields = [f for section in sections for item in section[3] for f in item.every_field]
    if typed.reshaped:
        return next((f.name for f in fields if f.autofocus), "")
    wrong = next((f.name for f in fields if f.error), "")
    new = [f.name for f in fields if f.name.partition("-")[0] in typed.unseen]
    empty = [
        f.name
        for f in fields
        if not (f.value or f.values or any(f.parts.values())) and f.kind != "checkboxes"
    ]
    return wrong or next(iter(new), "") or next(iter(empty), "")


def _with_focus(item: Item, name: str) -> Item:
    fields = tuple(replace(f, autofocus=f.name == name) for f in item.fields)
    rows = ((row, tuple(replace(f, autofocus=f.name == name) for f in row.fields)) for row in item.rows)
    return replace(item, fields=fields, rows=tuple(replace(row, fields=found) for row, found in rows))


def _faults(sections: list[Section], rows: list[PaperRow], typed: Typed) -> list[FieldFault]:
    found: list[FieldFault] = []
    for _key, _title, _intro, items in sections:
        for item in items:
            if item.rows and item.error:
                found.append(FieldFault(f"group-{item.key}", item.error))
            found += faults_of(item.every_field)
    found += faults_of(r.kind for r in rows)
    said = {f.message for f in found}
    others = [*typed.errors.values(), *typed.unclear.values(), *([typed.refused] if typed.refused else [])]
    return found + [FieldFault("", m) for m in dict.fromkeys(others) if m not in said]


def _asks_more(typed: Typed) -> str:
    """What the answers ask for beyond what stood on the page, in a sentence; "" where nobody asked."""
    new = len(typed.unseen)
    if not new:
        return _("Your answers ask for nothing more.") if typed.asks else ""
    asks = ngettext(
        "Your answers ask for %(n)s thing more. It stands below; fill it in and press Enter again.",
        "Your answers ask for %(n)s things more. They stand below; fill them in and press Enter again.", new,
    )  # fmt: skip
    return asks % {"n": new}


def context(service: CounterService, form: CounterForm, typed: Typed, language: str) -> dict[str, Any]:
    """Everything that the page shows."""
    sections = _items(form, typed, language)
    focus = _first_to_fill(sections, typed)
    rows = [_paper_row(p, typed, language) for p in form.papers]
    return {
        "service": service, "form": form, "typed": typed, "papers": rows,
        "sections": [(k, t, i, [_with_focus(x, focus) for x in items]) for k, t, i, items in sections],
        "faults": _faults(sections, rows, typed), "focus_on_button": not focus,
        "seen": " ".join(sorted(form.keys)), "asks_more": _asks_more(typed),
        "may_ask_more": bool({q.key for q in _questions(service)} - form.keys),
        "agency_name": next((s.agency_name for s in service.services if s.agency == typed.agency), None),
        "how": words.channel(typed.channel),
    }  # fmt: skip
