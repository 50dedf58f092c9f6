"""Procedures in authority and services in force on a day, as pairs with their root agency."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from motcua.catalogue import queries as catalogue
from motcua.core.actor import SYSTEM
from motcua.core.periods import Period
from motcua.core.references import block_of
from motcua.monitoring.queries.dossiers import all_facts
from motcua.monitoring.queries.sums import Part, Question, keys_with
from motcua.monitoring.rules.counting import Counts, verdict
from motcua.monitoring.rules.cubes import PAIR, SERVICE, CubeKind
from motcua.monitoring.rules.definition import Counted, Definition, Hit
from motcua.monitoring.rules.definitions_handling import PAID_ONLINE_766
from motcua.monitoring.rules.definitions_online import ONLINE_2022
from motcua.monitoring.rules.facts import ONLINE
from motcua.monitoring.rules.offered import Offer
from motcua.monitoring.rules.offers import (
    RANKS,
    authority_without_service,
    effective_level,
    eligible_for_full,
)
from motcua.monitoring.rules.scopes import Cell, Land, Scope

_ONLINE_LEVELS = {"partial", "full"}


def offers(definition: Definition, period: Period, land: Land, *, recount: bool) -> list[Offer]:
    """What a definition counted by procedure or by service counts on the period's last day."""
    if definition.hit in {Hit.PUBLISHED, Hit.PUBLIC}:
        return _decided(definition.hit, period, land)
    services = [s for s in catalogue.all_services(period.last, actor=SYSTEM) if s.agency_id in land.agencies]
    if definition.counts is Counted.SERVICES:
        used = _used_by_recount(period) if recount else _used(period, land, SERVICE)
        return _services(services, used, land)
    found = _in_authority(services, period, land)
    if definition.hit not in {Hit.COMPLETE, Hit.PAYABLE}:
        return found
    paid: set[tuple[str, int]] = set()
    if definition.hit is Hit.PAYABLE:
        paid = _fees_by_recount(period) if recount else _fees(period, land)
    told, came = catalogue.published(), {(code, land.root(a)) for code, a in paid if a in land.agencies}
    return [_with_parts(one, told.get(one.procedure), came) for one in found]


def _decided(hit: Hit, period: Period, land: Land) -> list[Offer]:
    """Decisions on procedures: made in the period (766 1.1), or public or to be public in it (1.2)."""
    found = []
    for one in catalogue.publications(period.first, period.last):
        made = period.first <= one.decided_on <= period.last
        due = one.public_on or one.public_by
        counts = (
            made if hit is Hit.PUBLISHED else one.kind != "abolished" and period.first <= due <= period.last
        )
        if counts and one.agency_id in land.agencies:
            in_time = one.decided_in_time if hit is Hit.PUBLISHED else one.public_in_time
            offer = _offer(land, one.procedure, one.agency_id)
            found.append(offer._replace(in_time=in_time))
    return found


def _services(
    services: Iterable[catalogue.ServiceRow], used: set[tuple[str, int]], land: Land
) -> list[Offer]:
    """Services in force, plus the agencies below that received an online dossier for one of them.

    The agency that receives need not be the one in whose name the service is offered (a province
    offers, its communes handle): a dossier counts for the service of its own root.
    """
    online = [s for s in services if effective_level(s.level, s.level_declared) in _ONLINE_LEVELS]
    own = {(s.procedure_code, s.agency_id) for s in online}
    found = [_offer(land, *pair, used=pair in used) for pair in sorted(own)]
    pairs = {(offer.procedure, offer.root) for offer in found}
    for procedure, agency_id in sorted(used - own):
        if agency_id in land.agencies and (procedure, land.root(agency_id)) in pairs:
            found.append(_offer(land, procedure, agency_id, used=True))
    return found


def used_services(period: Period, land: Land) -> list[Cell]:
    """Services in force with an online dossier in the period, out of all, by root.

    The same counts as of the offers of ``services_with_dossiers`` where agencies below the roots are not told
    apart: a dossier anywhere below makes a service used. One cell a root instead of an offer a service.
    """
    own = {
        (s.procedure_code, land.lineage(s.agency_id)[0].id)
        for s in catalogue.service_levels(period.last, actor=SYSTEM)
        if effective_level(s.level, s.level_declared) in _ONLINE_LEVELS and s.agency_id in land.agencies
    }
    used = Counter(root for _, root in own & _used(period, land, PAIR))
    whole = Counter(root for _, root in own)
    return [
        Cell(root, "", land.agencies[root].place, Counts(used[root], whole[root])) for root in sorted(whole)
    ]


def _with_parts(offer: Offer, told: catalogue.Published | None, came: set[tuple[str, str]]) -> Offer:
    return offer._replace(
        complete=None if told is None else not told.missing,
        bears_fee=None if told is None else told.bears_fee,
        fee_came=(offer.procedure, offer.root) in came,
    )


def _in_authority(services: list[catalogue.ServiceRow], period: Period, land: Land) -> list[Offer]:
    by_procedure: dict[str, list[catalogue.ServiceRow]] = defaultdict(list)
    for service in services:
        by_procedure[service.procedure_code].append(service)
    provinces = sorted(i for i in land.roots() if block_of(i) == "local")
    found: list[Offer] = []
    for row in catalogue.all_procedures(period.last, actor=SYSTEM):
        mine = by_procedure.get(row.code, [])
        for service in mine:
            level = effective_level(service.level, service.level_declared)
            rank, eligible = RANKS.get(level, 0), eligible_for_full(level, service.eligible_full)
            found.append(
                _offer(land, row.code, service.agency_id, rank=rank, eligible=eligible, unknown=not level)
            )
        if not mine:
            for root in authority_without_service(row, provinces):
                if root in land.by_identifier:
                    found.append(_offer(land, row.code, land.by_identifier[root].id, unknown=True))
    return found


def _offer(
    land: Land,
    procedure: str,
    agency_id: int,
    *,
    rank: int = 0,
    used: bool = False,
    eligible: bool | None = None,
    unknown: bool = False,
) -> Offer:
    place = land.agencies[agency_id].place
    return Offer(procedure, land.root(agency_id), agency_id, place, rank, used, eligible, unknown)


def _used(period: Period, land: Land, kind: CubeKind) -> set[tuple[str, int]]:
    """(procedure, agency) with an online dossier in the period: the numerator of ``online_2022``.

    By ``SERVICE`` the agency that decides, by ``PAIR`` its root.
    """
    who = "agency" if kind.by_agency else "root"
    asked = Question((ONLINE_2022,), period, kind, ("procedure", who), Scope("national"), land)
    found = keys_with(asked, Part.NUMERATOR)
    return {(code, a if kind.by_agency else land.by_path[a].id) for code, a in found}


def _fees(period: Period, land: Land) -> set[tuple[str, int]]:
    """(procedure, agency) with a dossier that owes a fee: the denominator of ``paid_online_766``."""
    asked = Question((PAID_ONLINE_766,), period, SERVICE, ("procedure", "agency"), Scope("national"), land)
    return keys_with(asked, Part.DENOMINATOR)


def _fees_by_recount(period: Period) -> set[tuple[str, int]]:
    return {
        (f.procedure, f.agency_id)
        for f in all_facts()
        if f.received_at
        and period.contains(f.received_at)
        and verdict(PAID_ONLINE_766, f, period.last).denominator
    }


def _used_by_recount(period: Period) -> set[tuple[str, int]]:
    return {
        (f.procedure, f.agency_id)
        for f in all_facts()
        if f.channel == ONLINE and f.received_at and period.contains(f.received_at)
    }
