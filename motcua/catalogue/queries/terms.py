"""What a procedure promised and cost, and at which level it was offered when: for those who count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.models import Revision, Service
from motcua.catalogue.rules.completeness import bears_fee
from motcua.catalogue.rules.facts import Facts, Time, from_record


@dataclass(frozen=True, slots=True)
class Offered:
    """One service's days and levels ("" where nobody declared one); ``path``: its agency in the tree."""

    path: str
    valid_from: date
    valid_to: date | None
    level: str
    level_declared: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Of one procedure: its time limits, whether it bears a fee (None: not known), who offered it when."""

    times: tuple[Time, ...] = ()
    bears_fee: bool | None = None
    offered: tuple[Offered, ...] = ()

    def offered_to(self, path: str) -> tuple[Offered, ...]:
        """The services of an agency and of those above it: the nearest first, of these the newest."""
        found = (o for o in self.offered if path.startswith(o.path))
        return tuple(sorted(found, key=lambda o: (len(o.path), o.valid_from), reverse=True))


def offered_on(offered: Iterable[Offered], on: date) -> Offered | None:
    """The first of them that is in force on a day."""
    return next((o for o in offered if o.valid_from <= on and (o.valid_to is None or on <= o.valid_to)), None)


def terms_of(codes: Iterable[str]) -> dict[str, Terms]:
    """The terms of some procedures by code, as published now; a stub has none but its services."""
    wanted = sorted(set(codes))
    offered: dict[str, list[Offered]] = {code: [] for code in wanted}
    rows = Service.objects.filter(procedure__code__in=wanted).order_by("id")
    for code, path, first, last, level, declared in rows.values_list(
        "procedure__code", "agency__path", "valid_from", "valid_to", "level", "level_declared"
    ):
        offered[code].append(Offered(path, first, last, level, declared))
    current = Revision.objects.filter(procedure__code__in=wanted, closed_at__isnull=True).order_by("id")
    facts = {code: from_record(record) for code, record in current.values_list("procedure__code", "facts")}
    return {code: _terms(facts.get(code), offered[code]) for code in wanted}


def _terms(facts: Facts | None, offered: list[Offered]) -> Terms:
    if facts is None:
        return Terms(offered=tuple(offered))
    return Terms(tuple(method.time for method in facts.methods), bears_fee(facts), tuple(offered))
