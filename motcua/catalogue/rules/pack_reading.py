"""Reading the files of a pack. All faults are gathered, so that a designer sees them at once."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from motcua.catalogue.rules import form_reading
from motcua.catalogue.rules.form import Form, Option, Question
from motcua.catalogue.rules.form_lookup import LISTS, read_list
from motcua.catalogue.rules.pack import (
    Blocker,
    Doing,
    Example,
    FeeRule,
    FieldCase,
    Ground,
    LimitRule,
    Pack,
    PackFault,
    PaperDef,
    ResultDef,
    ResultField,
    Slips,
    Source,
)
from motcua.catalogue.rules.pack_conditions import condition_problems
from motcua.catalogue.rules.pack_model import Reason
from motcua.core.references import PROCEDURE_CODE
from motcua.core.tables import Problem, Table
from motcua.process.rules import definition
from motcua.process.rules.definition import Limit

LEVELS = ("commune", "province", "ministry")
EXPECTED = (
    "outcome", "exit", "errors", "warnings", "fee", "limit", "due", "papers", "steps", "clocks", "live",
    "notes", "result",
)  # fmt: skip


def _open(files: Mapping[str, str], name: str, found: list[Problem]) -> Table:
    data: dict[str, Any] = {}
    if name not in files:
        found.append(Problem(name, "is missing"))
    else:
        try:
            data = tomllib.loads(files[name])
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            found.append(Problem(name, f"is not readable TOML: {error}"))
    return Table(data, name, found)


def _lists(files: Mapping[str, str], found: list[Problem]) -> dict[str, tuple[Option, ...]]:
    """The published lists that are frozen with the pack, by name."""
    return {
        PurePosixPath(name).stem: read_list(text, name, found)
        for name, text in sorted(files.items())
        if name.startswith(LISTS)
    }


def _source(table: Table) -> Source:
    return Source(table.text("source"), table.one_of("mark", form_reading.MARKS, ""))


def _limits(table: Table) -> tuple[LimitRule, ...]:
    limits = tuple(
        LimitRule(
            t.text("key", required=True), definition.read_limit(t) or Limit(1, "working_days"),
            t.text("when"), t.both("note", required=False), _source(t),
        )
        for t in table.tables("limits")
    )  # fmt: skip
    if not limits or limits[-1].when:
        table.fault("the last of the limits must have no condition")
    return limits


def _reason(t: Table) -> Reason:
    return Reason(t.text("key", required=True), t.both("label"), t.text("clause"))


def _paper(t: Table) -> PaperDef:
    kinds = t.get("accept", list, [2])
    if not kinds or any(k not in (0, 1, 2) or isinstance(k, bool) for k in kinds):
        t.fault("“accept” lists 0 (original), 1 (copy), 2 (electronic)")
    return PaperDef(
        t.text("key", required=True), t.both("name"), t.text("required_when"), tuple(kinds),
        t.both("note", required=False), t.flag("later_allowed"), _source(t),
        tuple(_reason(r) for r in t.tables("reasons")),
    )  # fmt: skip


def _fee(t: Table) -> FeeRule:
    amount = t.number("amount")
    if amount is not None and not 0 <= amount <= 10**12:
        t.fault("“amount” is a number of đồng, not below 0")
    if amount is None and not t.flag("unknown"):
        t.fault("give “amount”, or say “unknown = true”")
    t.flag("unknown")
    note, each = t.both("note", required=False), t.text("each")
    if each and amount is None:
        t.fault("“each” needs an “amount”")
    return FeeRule(
        t.text("key", required=True), amount, t.text("when"), note, t.flag("contradiction"), _source(t), each
    )


def _slips(table: Table) -> Slips:
    t = table.table("slips")
    slips = Slips(t.text("receipt"), t.text("refusal"), _source(t))
    t.done()
    return slips


def _blocker(t: Table) -> Blocker:
    return Blocker(t.text("code", required=True), t.both("text"), _source(t))


def _ground(t: Table) -> Ground:
    return Ground(
        t.text("key", required=True), t.both("text"), t.text("clause", required=True), _source(t),
        t.day("valid_from"), t.day("valid_to"),
    )  # fmt: skip


def _field(t: Table) -> ResultField:
    cases = tuple(
        FieldCase(c.text("when"), c.text("text", required=True)) for c in t.tables("cases", name="when")
    )
    field = ResultField(t.text("key", required=True), t.text("value"), cases, t.both("label", required=False))
    if bool(field.value) == bool(cases):
        t.fault("give either “value” or “cases”")
    return field


def _result(files: Mapping[str, str], found: list[Problem]) -> ResultDef | None:
    if "result/result.toml" not in files:
        return None
    table = _open(files, "result/result.toml", found)
    if not files.get("result/template.typ", "").strip():
        found.append(Problem("result/template.typ", "is missing"))
    result = ResultDef(
        table.both("title"), tuple(_field(t) for t in table.tables("fields")),
        files.get("result/template.typ", ""), table.number("valid_months"),
        table.text("number_suffix"), _source(table),
    )  # fmt: skip
    table.done()
    return result


def _doing(t: Table) -> Doing:
    return Doing(
        t.text("step", required=True), t.text("outcome"), t.get("findings", dict, {}), t.text("answer")
    )


def _example(files: Mapping[str, str], name: str, found: list[Problem]) -> Example:
    table = _open(files, name, found)
    expect = table.get("expect", dict, {}, required=True)
    for key in sorted(set(expect) - set(EXPECTED)):
        found.append(Problem(f"{name} expect", f"unknown key “{key}”"))
    start = table.get("start", datetime, datetime(2026, 7, 6, 8, 0), required=True)  # noqa: DTZ001 local moment
    answers = {**table.get("answers", dict, {}, required=True), **dict.fromkeys(table.strings("unknown"))}
    example = Example(
        name.removeprefix("examples/").removesuffix(".toml"), table.both("title"), plain(answers),
        table.number("channel", 2) or 2, table.one_of("filed_by", ("self", "helped", "officer"), "self"),
        start.replace(tzinfo=None).isoformat(), table.strings("papers"),
        tuple(_doing(t) for t in table.tables("does", name="step")), plain(expect),
    )  # fmt: skip
    table.done()
    return example


def plain(value: Any) -> Any:
    """TOML values as plain JSON: dates become ISO text; the text "null" in braces stays text."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _with_grounds(form: Form, grounds: tuple[Ground, ...], found: list[Problem]) -> Form:
    """Notes that tell a ground of refusal take its words, dates and source from there."""
    known = {g.key: g for g in grounds}

    def told(q: Question) -> Question:
        ground = known.get(q.ground)
        if q.ground and (ground is None or q.type != "note"):
            found.append(
                Problem(f"form.toml question {q.key}", f"“{q.ground}” is no ground, or no note tells it")
            )
        if ground is None:
            return q
        return replace(
            q, hint=ground.text, valid_from=ground.valid_from, valid_to=ground.valid_to,
            fact_source=f"{ground.source.text} ({ground.clause})", mark=ground.source.mark,
        )  # fmt: skip

    pages = tuple(replace(p, questions=tuple(told(q) for q in p.questions)) for p in form.pages)
    return replace(form, pages=pages)


def parse_pack(files: Mapping[str, str]) -> Pack:
    """A pack from its files; raises ``PackFault`` with every fault and its place."""
    found: list[Problem] = []
    head = _open(files, "procedure.toml", found)
    form_table = _open(files, "form.toml", found)
    process_table = _open(files, "process.toml", found)
    grounds = tuple(_ground(t) for t in head.tables("grounds"))
    form = form_reading.form(form_table, _lists(files, found))
    pack = Pack(
        code=head.text("code", required=True), name=head.both("name"),
        agency_code=head.text("agency_code", required=True), agency_level=head.one_of("agency_level", LEVELS),
        field=head.text("field"), about=head.both("about", required=False),
        who=head.both("who", required=False), outcome=head.both("outcome", required=False),
        legal=head.strings("legal"), limits=_limits(head),
        papers=tuple(_paper(t) for t in head.tables("papers")),
        fees=tuple(_fee(t) for t in head.tables("fees")),
        blockers=tuple(_blocker(t) for t in head.tables("blockers", name="code")),
        grounds=grounds, form=_with_grounds(form, grounds, found),
        process=definition.read(process_table),
        result=_result(files, found),
        examples=tuple(_example(files, n, found) for n in sorted(files) if n.startswith("examples/")),
        slips=_slips(head), draft=head.flag("draft"),
        by_filing=head.both("by_filing", required=False), agency_from=head.text("agency_from"),
    )  # fmt: skip
    return _sound(pack, (head, form_table, process_table), found)


def _sound(pack: Pack, tables: tuple[Table, ...], found: list[Problem]) -> Pack:
    """The pack, when nothing was found wrong in it; raises ``PackFault``."""

    for table in tables:
        table.done()
    if not PROCEDURE_CODE.match(pack.code):
        found.append(Problem("procedure.toml", f"“{pack.code}” is no procedure code"))
    found += condition_problems(pack)
    if found:
        raise PackFault(tuple(dict.fromkeys(found)))
    return pack
