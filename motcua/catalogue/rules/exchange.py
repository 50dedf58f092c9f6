"""Procedures as our own export writes them: every source's facts, exactly; an import changes nothing."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from motcua.catalogue.rules.facts import Facts, from_record, to_record
from motcua.catalogue.rules.national import MOST, Refused, read_code

FORMAT = "motcua-procedure-1"
LAYERS = ("record", "pack", "list")  # the best source first


def is_own(record: object) -> bool:
    """Whether a line is of our own export."""
    return isinstance(record, Mapping) and record.get("format") == FORMAT


def own_record(code: str, sources: Mapping[str, Any]) -> dict[str, Any]:
    """One line of an export."""
    return {"format": FORMAT, "code": code, "layers": {k: sources[k] for k in LAYERS if k in sources}}


def read_own(record: Mapping[str, Any]) -> dict[str, Facts]:
    """The facts of a line by layer, the best first. Raises Refused."""
    layers = record.get("layers")
    if not isinstance(layers, Mapping) or not layers or set(layers) - set(LAYERS):
        raise Refused(f"“layers” must hold some of {', '.join(LAYERS)}")
    code = read_code(str(record.get("code", "")))
    return {name: _facts(layers[name], code) for name in LAYERS if name in layers}


def _facts(layer: object, code: str) -> Facts:
    try:
        facts = from_record(layer)  # type: ignore[arg-type]
        same = to_record(facts) == layer
    except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError) as error:
        raise Refused(f"not the facts of a procedure: {type(error).__name__}") from error
    if facts.code != code or not same or not _fits(facts, Facts) or not facts.name_vi:
        raise Refused("not the facts of this procedure as an export writes them")
    long = [name for name, most in _LENGTHS.items() if len(getattr(facts, name)) > most]
    if long:
        raise Refused(f"{long[0]} is too long")
    return facts


_LENGTHS = {
    "name_vi": MOST["name"], "name_en": MOST["name"], "agency_code": MOST["agency_code"],
    "agency_name": MOST["agency"], "field": MOST["field"],
}  # fmt: skip


def _fits(value: object, kind: Any) -> bool:
    """Whether a value is what its annotation says, down to the last part."""
    if isinstance(kind, UnionType):
        return any(_fits(value, one) for one in get_args(kind))
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and all(_fits(one, get_args(kind)[0]) for one in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return type(value) is kind and all(_fits(getattr(value, f.name), hints[f.name]) for f in fields(kind))
    if kind is Decimal:
        return isinstance(value, Decimal) and value.is_finite()
    return type(value) is kind
