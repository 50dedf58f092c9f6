"""Conditions and calculations of packs, in CEL: they end, have no side effects and are bounded.

The package is imported at first use (it loads a console kit). A name that is not there is a named
fault, never "false": see ``ExpressionFault``.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

MAX_LENGTH = 600  # characters
MAX_NESTING = 12  # brackets inside brackets
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_REFERENCE = re.compile(r"(?<![\w.])(answers|steps|dossier|service|agency|signer)((?:\.[A-Za-z_]\w*)+)")
_NAME = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*)(?!\w*\())?")
_CALL = re.compile(r"\.(?:size|exists|all|map|filter|matches|startsWith|endsWith|contains)$")


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
def _needs(source: str) -> Mapping[str, frozenset[str] | None]:
    """Which parts of which facts an expression reads; None: the whole fact."""
    needs: dict[str, frozenset[str] | None] = {}
    for name, key in _NAME.findall(_STRING.sub("''", source)):
        before = needs.get(name, frozenset())
        needs[name] = None if not key or before is None else before | {key}
    return needs


def _narrow(source: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Only the facts that the expression reads: handing them over costs more than evaluating."""
    found: dict[str, Any] = {}
    for name, keys in _needs(source).items():
        value = facts.get(name)
        if name in facts and keys is not None and isinstance(value, Mapping):
            value = {k: value[k] for k in keys if k in value}
        if name in facts:
            found[name] = value
    return found


def evaluate(source: str, facts: Mapping[str, Any]) -> Any:
    """The value of an expression for these facts (null is None); raises ``ExpressionFault``."""
    program = compiled(source)
    try:
        return program.execute(_narrow(source, facts))
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
