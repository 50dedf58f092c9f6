"""A pack: the plain files that make a procedure an online service, and what they say of one case."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from motcua.catalogue.rules.form import settle
from motcua.catalogue.rules.form_lookup import COUNTRIES
from motcua.catalogue.rules.form_words import spoken
from motcua.catalogue.rules.pack_model import (
    Blocker,
    Doing,
    Example,
    Fee,
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
from motcua.core.expressions import ExpressionFault, evaluate, references, truth
from motcua.core.tables import Problem
from motcua.core.texts import Text
from motcua.process.rules.clock import Unit, minutes_of
from motcua.process.rules.definition import Limit
from motcua.process.rules.engine import step_facts

FILES = ("procedure.toml", "form.toml", "process.toml", "result/result.toml", "result/template.typ")
MOST_EXAMPLES, MOST_LETTERS = 200, 400_000
NO_LISTS: Mapping[str, Any] = {}
COMMON_LISTS = Path(__file__).resolve().parents[1] / "lists"
UNKNOWN_FEE = Text("Chưa có mức phí được công bố.", "No amount has been published.")

__all__ = [
    "Blocker",
    "Doing",
    "Example",
    "Fee",
    "FeeRule",
    "FieldCase",
    "Ground",
    "LimitRule",
    "Pack",
    "PackFault",
    "PaperDef",
    "ResultDef",
    "ResultField",
    "Slips",
    "Source",
    "fee_for",
    "fee_of",
    "grounds_on",
    "limit_for",
    "limit_rule_for",
    "limit_rule_of",
    "load_folder",
    "longest_limit_for",
    "papers_for",
    "papers_of",
    "result_fields",
    "result_fields_of",
    "settled",
    "valid_until",
]


def load_folder(path: str | Path) -> dict[str, str]:
    """The text files of a pack by relative path; raises ``PackFault``.

    Published lists that the form names and the pack does not hold itself (``lists/<name>.toml``) come
    from the common ones, so that they are frozen with the revision.
    """
    root, files = Path(path), {}
    own = [f for f in FILES if (root / f).exists()]
    own += [f.relative_to(root).as_posix() for f in sorted(root.glob("lists/*.toml"))]
    examples = sorted(root.glob("examples/*.toml"))[:MOST_EXAMPLES]
    found = {name: root / name for name in own} | {f.relative_to(root).as_posix(): f for f in examples}
    if "form.toml" in found:
        found = {f"lists/{f.name}": f for f in _common_lists(found["form.toml"])} | found
    for name, file in found.items():
        if file.is_symlink() or not file.is_file() or file.stat().st_size > MOST_LETTERS:
            raise PackFault((Problem(name, "is no plain file, or too large"),))
        try:
            files[name] = file.read_bytes().decode("utf-8")  # line ends as they are
        except UnicodeDecodeError:
            raise PackFault((Problem(name, "is not UTF-8 text"),)) from None
    if "procedure.toml" not in files:
        raise PackFault((Problem("procedure.toml", f"is missing in the folder {root.name}"),))
    return files


def _common_lists(form: Path) -> list[Path]:
    """The files of the common lists whose names the form mentions."""
    text = form.read_text(encoding="utf-8", errors="replace") if form.stat().st_size <= MOST_LETTERS else ""
    wanted = {*re.findall(r'^\s*list\s*=\s*"([a-z_]{1,40})"', text, re.MULTILINE)}
    if re.search(r'^\s*type\s*=\s*"country"', text, re.MULTILINE):
        wanted.add(COUNTRIES)
    return [
        COMMON_LISTS / f"{name}.toml" for name in sorted(wanted) if (COMMON_LISTS / f"{name}.toml").exists()
    ]


def settled(pack: Pack, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with every question, step and finding named (null where nothing is known)."""
    return step_facts(pack.process, settle(pack.form, facts))


def papers_for(pack: Pack, facts: Mapping[str, Any]) -> tuple[PaperDef, ...]:
    """The papers that this case needs."""
    return papers_of(pack, settled(pack, facts))


def papers_of(pack: Pack, known: Mapping[str, Any]) -> tuple[PaperDef, ...]:
    """As ``papers_for``, for facts that are settled already."""
    return tuple(p for p in pack.papers if truth(p.required_when, known))


def papers_to_ask(pack: Pack, known: Mapping[str, Any]) -> tuple[PaperDef, ...]:
    """The papers of this case (its facts settled), and those that hang on a finding nobody has made yet."""
    fit = {p.key for p in papers_of(pack, known)}
    return tuple(p for p in pack.papers if p.key in fit or _undecided(p.required_when, known))


def _undecided(condition: str, known: Mapping[str, Any]) -> bool:
    found = [name for name in references(condition) if name.startswith("steps.")]
    return any(evaluate(name, known) is None for name in found)


def fee_for(pack: Pack, facts: Mapping[str, Any]) -> Fee:
    """What this case owes; not known when no rule holds."""
    return fee_of(pack, settled(pack, facts))


def fee_of(pack: Pack, known: Mapping[str, Any]) -> Fee:
    """As ``fee_for``, for facts that are settled already."""
    for rule in pack.fees:
        if truth(rule.when, known):
            count = _times(rule, known)
            amount = None if rule.amount is None else rule.amount * count
            return Fee(amount, _reckoned(rule, count), rule.key, rule.contradiction, count, rule.sure)
    return Fee(None, UNKNOWN_FEE)


def _reckoned(rule: FeeRule, count: int) -> Text:
    """The note of what is owed: for a fee that is multiplied, how it was reckoned comes first."""
    if not rule.each or rule.amount is None:
        return rule.note
    one = f"{rule.amount:,}"
    return Text(
        f"({count} × {one.replace(',', '.')} đồng) {rule.note.vi}".strip(),
        f"({count} × {one} đồng) {rule.note.en}".strip(),
    )


def _times(rule: FeeRule, known: Mapping[str, Any]) -> int:
    """How many times the amount is owed; raises ``ExpressionFault`` on anything but a whole number."""
    count = evaluate(rule.each, known) if rule.each else 1
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise ExpressionFault(rule.each, f"“each” must be a whole number, not {count!r}")
    return count


def limit_rule_for(pack: Pack, facts: Mapping[str, Any]) -> LimitRule:
    """The rule of the time limit of this case (the last rule is unconditional)."""
    return limit_rule_of(pack, settled(pack, facts))


def limit_rule_of(pack: Pack, known: Mapping[str, Any]) -> LimitRule:
    """As ``limit_rule_for``, for facts that are settled already."""
    return next(rule for rule in pack.limits if truth(rule.when, known))


def longest_limit_for(pack: Pack, facts: Mapping[str, Any]) -> LimitRule:
    """The longest limit that this case may get while findings that decide it are still to be made."""
    known, found = settled(pack, facts), []
    for rule in pack.limits:
        undecided, holds = _undecided(rule.when, known), truth(rule.when, known)
        if undecided or holds:
            found.append(rule)
        if holds and not undecided:
            break
    return max(found, key=lambda rule: minutes_of(rule.limit.amount, Unit(rule.limit.unit)))


def limit_for(pack: Pack, facts: Mapping[str, Any]) -> Limit:
    """The time limit of this case, from valid intake."""
    return limit_rule_for(pack, facts).limit


def grounds_on(pack: Pack, day: date) -> tuple[Ground, ...]:
    """The published grounds of refusal in force on a day."""
    iso = day.isoformat()
    return tuple(g for g in pack.grounds if (g.valid_from or iso) <= iso <= (g.valid_to or iso))


class _Words(dict[str, str]):
    """Answers in Vietnamese words; a name that is no question stands as a gap that is seen."""

    def __missing__(self, key: str) -> str:
        return "…"


def result_fields(pack: Pack, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the result's template prints; ``facts`` may hold ``agency``, ``signer`` and ``lookup``.

    Raises ``ExpressionFault``. Texts in braces are answers as people read them, in Vietnamese.
    """
    return result_fields_of(pack, settled(pack, facts), facts.get("lookup") or {})


def result_fields_of(
    pack: Pack, settled_facts: Mapping[str, Any], lookup: Mapping[str, Any] = NO_LISTS
) -> dict[str, Any]:
    """As ``result_fields``, for facts that are settled already; ``lookup`` names codes."""
    known = {"agency": {"name": "", "place": ""}, "signer": {"name": ""}, **settled_facts}
    words = _Words()
    for _, q in pack.form.questions():
        if q.stored:
            asked = replace(q, unknown=False) if q.unknown else q
            words[q.key] = spoken(asked, known["answers"][q.key], lookup).vi or "…"
    fields: dict[str, Any] = {}
    for field in pack.result.fields if pack.result else ():
        if field.value:
            fields[field.key] = evaluate(field.value, known)
        else:
            text = next((c.text for c in field.cases if truth(c.when, known)), None)
            fields[field.key] = None if text is None else text.format_map(words)
    return fields


def valid_until(result: ResultDef, issued_on: date) -> date | None:
    """The last day of validity: the same day ``valid_months`` later (or that month's last day)."""
    if result.valid_months is None:
        return None
    months = issued_on.month - 1 + result.valid_months
    year, month = issued_on.year + months // 12, months % 12 + 1
    return date(year, month, min(issued_on.day, calendar.monthrange(year, month)[1]))
