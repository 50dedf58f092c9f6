"""Reading ``form.toml``; every fault is noted with its place, typing errors in keys included."""

from collections.abc import Mapping

from motcua.catalogue.rules.form_lookup import COUNTRIES
from motcua.catalogue.rules.form_model import LISTED, Check, Exit, Form, FormPage, Option, Question
from motcua.catalogue.rules.form_patterns import LENGTHS
from motcua.catalogue.rules.form_values import LONGEST_LIST
from motcua.core.tables import Table
from motcua.core.texts import Text

TYPES = (
    "text", "long_text", "personal_number", "full_name", "date", "partial_date", "yes_no", "choice",
    "choices", "lookup", "number", "phone", "email", "commune", "address", "country", "map_point", "period",
    "group", "file", "money", "note", "statement",
)  # fmt: skip
Lists = Mapping[str, tuple[Option, ...]]  # published lists by name
CHOSEN = frozenset({"choice", "choices"})  # types whose options stand in the form itself
MARKS = ("F", "C", "M", "")
OTHER = Option("other", Text("Khác", "Other"))
SECONDS = {
    "long_text": 60, "group": 60, "period": 30, "address": 40, "map_point": 60, "choices": 20,
    "note": 10, "yes_no": 8, "choice": 12, "statement": 8,
}  # fmt: skip


def _exit(table: Table) -> Exit:
    return Exit(
        table.text("key", required=True), table.text("when", required=True), table.both("title"),
        table.both("why"), table.both("where"), table.text("procedure"),
    )  # fmt: skip


def _options(table: Table, kind: str, lists: Lists) -> tuple[Option, ...]:
    read = tuple(
        Option(o.text("key", required=True), o.both("label"), o.both("hint", required=False))
        for o in table.tables("options")
    )
    name = table.text("list", COUNTRIES if kind == "country" else "")
    if kind in LISTED and not read:
        if name not in lists:
            table.fault(f"“{name}” is no list: lists/{name}.toml is missing")
        return lists.get(name, ())
    if name:
        table.fault("a list belongs to a lookup or a country")
    return (*read, OTHER) if table.flag("other") else read


def question(table: Table, lists: Lists, *, inside: bool = False) -> Question:
    """One question of a page, or (``inside``) of a group."""
    kind = table.one_of("type", TYPES)
    need = table.one_of("need", ("required", "soft", "optional"), "required")
    made = Question(
        key=table.text("key", required=True), type=kind, label=table.both("label"),
        hint=table.both("hint", required=False), options=_options(table, kind, lists), need=need,
        show_if=table.text("show_if"),
        checks=tuple(
            Check(c.text("when", required=True), c.both("message"), c.flag("soft"), c.text("day"))
            for c in table.tables("checks", name="when")
        ),
        calculated=table.text("calculated"), source=table.text("from"), unknown=table.flag("unknown"),
        fresh=table.flag("fresh"),
        questions=_questions(table, "questions", lists, inside=True), add=table.both("add", required=False),
        least=table.number("least"), most=table.number("most"), not_future=table.flag("not_future"),
        exits=tuple(_exit(e) for e in table.tables("exits")), paper=table.text("paper"),
        valid_from=table.day("valid_from"), valid_to=table.day("valid_to"),
        ground=table.text("ground"), fact_source=table.text("source"), mark=table.one_of("mark", MARKS, ""),
    )  # fmt: skip
    _consistent(table, made, inside)
    return made


def _consistent(table: Table, q: Question, inside: bool) -> None:
    if q.type not in LISTED and (q.type in CHOSEN) != bool(q.options):
        table.fault("options belong to a choice, and a choice needs them")
    if q.type == "choices" and not 1 <= (q.least or 1) <= (q.most or len(q.options)) <= len(q.options):
        table.fault("of several choices, least and most lie between one and their number")
    if (q.type == "group") != bool(q.questions):
        table.fault("questions inside belong to a group, and a group needs them")
    if q.add.vi and q.type != "group":
        table.fault("“add” belongs to a group: the words of its button")
    if (q.type == "file") != bool(q.paper):
        table.fault("“paper” belongs to a file question, and a file question needs it")
    if inside and (q.type in {"group", "note", "file"} or q.calculated or q.exits):
        table.fault("a question inside a group is plain: no group, note, file, calculation or exit")
    if q.type == "group" and q.most is not None and q.most > LONGEST_LIST:
        table.fault(f"a group has at most {LONGEST_LIST} entries")
    if q.most is not None and q.type in LENGTHS and q.most > LENGTHS[q.type]:
        table.fault(f"at most {LENGTHS[q.type]} characters can be asked for")


def _with_other(made: Question, *, inside: bool) -> list[Question]:
    """A choice with ``other`` gets its text question: ``<key>_other``."""
    if not any(o is OTHER for o in made.options):
        return [made]
    label = Text(f"{made.label.vi}: ghi rõ", f"{made.label.en}: say what")
    name = f"{'entry' if inside else 'answers'}.{made.key}"
    chosen = f"{name} == 'other'" if made.type == "choice" else f"{name} != null && 'other' in {name}"
    return [made, Question(f"{made.key}_other", "text", label, show_if=chosen)]


def _questions(table: Table, name: str, lists: Lists, *, inside: bool = False) -> tuple[Question, ...]:
    found: list[Question] = []
    for item in table.tables(name):
        found += _with_other(question(item, lists, inside=inside), inside=inside)
    return tuple(found)


def seconds(q: Question) -> int:
    """A rough time to answer one question, for the estimate of filling minutes."""
    return SECONDS.get(q.type, 20)


def form(table: Table, lists: Lists) -> Form:
    """The form of a pack, with the published lists that it may name."""
    eligibility = _questions(table, "eligibility", lists)
    pages = tuple(
        FormPage(
            p.text("key", required=True), p.both("title"), p.both("intro", required=False),
            _questions(p, "questions", lists), p.text("show_if"),
        )
        for p in table.tables("pages")
    )  # fmt: skip
    made = Form(eligibility, pages)
    keys = [q.key for _, q in made.questions()]
    for key in sorted({k for k in keys if keys.count(k) > 1}):
        table.fault(f"two questions have the key “{key}”")
    for page in pages:
        if not page.questions:
            table.fault(f"page “{page.key}” asks nothing")
    least = sum(seconds(q) for page_if, q in made.questions() if not (page_if or q.show_if))
    return Form(eligibility, pages, table.number("minutes") or max(1, -(-least // 60)))
