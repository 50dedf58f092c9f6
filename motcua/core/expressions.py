"""Conditions and calculations of packs, in CEL: they end, have no side effects and are bounded.

The package is imported at first use (it loads a console kit). A name that is not there is a named
fault, never "false": see ``ExpressionFault``. Beside CEL's own functions there are four on days written
as ISO text (null where a day is not known): ``years('2008-03-27', today)`` completed years,
``days(a, b)`` days from a to b (negative when b is earlier), ``months_after(a, 24)`` the same day later,
``days_after(a, 29)`` so many days later.
"""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Protocol

MAX_LENGTH = 600  # characters
MAX_NESTING = 12  # brackets inside brackets
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_REFERENCE = re.compile(r"(?<![\w.])(answers|entry|steps|dossier|service|agency|signer)((?:\.[A-Za-z_]\w*)+)")
_NAME = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*)(?!\w*\())?")
_CALL = re.compile(r"\.(?:size|exists|all|map|filter|matches|startsWith|endsWith|contains)$")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def years(born: object, on: object) -> int | None:
    """Completed years between two days; one born on 29 February is a year older on 1 March."""
    first, last = _day(born), _day(on)
    if first is None or last is None:
        return None
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def days(first: object, last: object) -> int | None:
    """Days from one day to another; negative when the second is earlier."""
    start, end = _day(first), _day(last)
    return None if start is None or end is None else (end - start).days


def months_after(first: object, months: object) -> str | None:
    """The same day so many months later, or that month's last day; null outside the calendar."""
    start = _day(first)
    if start is None or not isinstance(months, int) or abs(months) > 1200:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).isoformat()


def days_after(first: object, many: object) -> str | None:
    """So many days later; null outside the calendar."""
    start = _day(first)
    if start is None or not isinstance(many, int) or abs(many) > 36_600:
        return None
    try:
        return (start + timedelta(days=many)).isoformat()
    except OverflowError:
        return None


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "years": years, "days": days, "months_after": months_after, "days_after": days_after,
}  # fmt: skip
_CALLS_OURS = re.compile(rf"(?<![\w.])(?:{'|'.join(FUNCTIONS)})\s*\(")


class ExpressionFault(Exception):
    """An expression is wrong, or asks for something that is not there. ``cause`` is in plain words."""

    def __init__(self, expression: str, cause: str) -> None:
        self.expression, self.cause = expression, cause
        super().__init__(f"{cause} (in: {expression[:200]})")


class Program(Protocol):
    """A compiled expression."""

    def execute(self, facts: Any, /) -> Any:
        """The value for these facts."""
        ...


def nesting(source: str) -> int:
    """How deep brackets stand inside brackets, strings left out."""
    depth = deepest = 0
    for letter in _STRING.sub("''", source):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(letter, 0)
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=4096)
def compiled(source: str) -> Program:
    """The compiled form of an expression; raises ``ExpressionFault`` when it is wrong or too large."""
    if len(source) > MAX_LENGTH:
        raise ExpressionFault(source, f"the expression is longer than {MAX_LENGTH} characters")
    if nesting(source) > MAX_NESTING:
        raise ExpressionFault(source, f"brackets are nested deeper than {MAX_NESTING}")
    import cel

    try:
        program: Program = cel.compile(source)
    except (ValueError, RuntimeError) as error:
        raise ExpressionFault(
            source, f"not a valid expression: {str(error).splitlines()[0][:200]}"
        ) from error
    return program


@lru_cache(maxsize=4096)
def _needs(source: str) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    """Which parts of which facts an expression reads; None: the whole fact."""
    needs: dict[str, frozenset[str] | None] = {}
    for name, key in _NAME.findall(_STRING.sub("''", source)):
        before = needs.get(name, frozenset())
        needs[name] = None if not key or before is None else before | {key}
    return tuple((name, None if keys is None else tuple(sorted(keys))) for name, keys in needs.items())


def _narrow(source: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Only the facts that the expression reads: handing them over costs more than evaluating."""
    found: dict[str, Any] = {}
    for name, keys in _needs(source):
        if name in facts:
            value = facts[name]
            if keys is not None and (type(value) is dict or isinstance(value, Mapping)):
                value = {key: value[key] for key in keys if key in value}
            found[name] = value
    return found


@lru_cache(maxsize=4096)
def _calls_ours(source: str) -> bool:
    return _CALLS_OURS.search(_STRING.sub("''", source)) is not None


def _given(source: str, facts: Mapping[str, Any]) -> Any:
    """What the expression gets: the facts that it reads, and our functions where it calls one."""
    narrow = _narrow(source, facts)
    if not _calls_ours(source):
        return narrow
    import cel

    context = cel.Context(narrow)
    for name, function in FUNCTIONS.items():
        context.add_function(name, function)
    return context


def evaluate(source: str, facts: Mapping[str, Any]) -> Any:
    """The value of an expression for these facts (null is None); raises ``ExpressionFault``."""
    program = compiled(source)
    try:
        return program.execute(_given(source, facts))
    except KeyError as error:
        raise ExpressionFault(source, f"there is no “{error.args[0]}”") from error
    except (RuntimeError, TypeError, ValueError, OverflowError) as error:
        raise ExpressionFault(source, str(error).split(". ")[0][:200]) from error


def truth(source: str, facts: Mapping[str, Any]) -> bool:
    """The value of a condition; an empty one holds. Anything but true or false is a fault."""
    if not source:
        return True
    value = evaluate(source, facts)
    if not isinstance(value, bool):
        raise ExpressionFault(source, f"a condition must be true or false, not {type(value).__name__}")
    return value


def references(source: str) -> frozenset[str]:
    """The dotted names that an expression reads: ``answers.purpose``, ``steps.verify.known``."""
    found = set()
    for root, rest in _REFERENCE.findall(_STRING.sub("''", source)):
        found.add(_CALL.sub("", root + rest))
    return frozenset(found)
