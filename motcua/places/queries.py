"""Reads of administrative units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motcua.core.folding import fold
from motcua.core.refusals import NotFound
from motcua.places.models import Unit


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit: ``formed_from`` are the names of what it was formed from, as published."""

    code: str
    name: str
    name_en: str
    level: str
    parent_code: str | None
    parent_name: str
    valid_from: date | None
    valid_to: date | None
    formed_from: str


def _ref(unit: Unit) -> UnitRef:
    parent = unit.parent
    return UnitRef(
        code=unit.code,
        name=unit.name,
        name_en=unit.name_en,
        level=unit.level,
        parent_code=parent.code if parent else None,
        parent_name=parent.name if parent else "",
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        formed_from=unit.formed_from,
    )


def unit(code: str) -> UnitRef:
    """A unit by code, in force or not; raises ``NotFound``."""
    found = Unit.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise NotFound
    return _ref(found)


def unit_id(code: str) -> int:
    """The row id of a unit, for the nouns above; raises ``NotFound``."""
    found = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def _in_force(on: date) -> Q:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def communes(province_code: str, *, on: date | None = None) -> tuple[UnitRef, ...]:
    """The communes and wards of a province (in force on a day when one is given), by name."""
    rows = Unit.objects.select_related("parent").filter(parent__code=province_code, level=Unit.Level.COMMUNE)
    rows = rows.filter(_in_force(on)) if on else rows
    return tuple(_ref(u) for u in rows.order_by("folded", "code"))


def provinces(*, on: date | None = None) -> tuple[UnitRef, ...]:
    """The provinces, by name."""
    rows = Unit.objects.select_related("parent").filter(level=Unit.Level.PROVINCE)
    rows = rows.filter(_in_force(on)) if on else rows
    return tuple(_ref(u) for u in rows.order_by("folded", "code"))


def search_units(text: str, *, limit: int = 20) -> tuple[UnitRef, ...]:
    """Units whose name, or a name they were formed from, holds the words; own names first."""
    wanted = fold(text).replace("\0", "")  # PostgreSQL takes no NUL
    if not wanted:
        return ()
    rows = Unit.objects.select_related("parent").order_by("folded", "code")
    own = list(rows.filter(folded__contains=wanted)[:limit])
    old = rows.filter(formed_folded__contains=wanted).exclude(folded__contains=wanted)
    return tuple(_ref(u) for u in [*own, *old[: limit - len(own)]])


def any_unit() -> bool:
    """True where units were imported at all."""
    return Unit.objects.exists()


def units(codes: Iterable[str]) -> dict[str, UnitRef]:
    """Units by code, in force or not; unknown codes are absent."""
    wanted = {code for code in codes if "\0" not in code}  # PostgreSQL takes no NUL
    rows = Unit.objects.select_related("parent").filter(code__in=wanted).order_by("code")
    return {u.code: _ref(u) for u in rows}
