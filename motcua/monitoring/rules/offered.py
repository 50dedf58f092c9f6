"""Procedures and services of roots: what the offers of a pair come to, and their sums by scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from motcua.monitoring.rules.counting import Counts
from motcua.monitoring.rules.definition import Hit
from motcua.monitoring.rules.scopes import By, Land

FULL_RANK = 2


class Offer(NamedTuple):
    """A procedure (or service) of one root, as one agency has it: counted once for each root."""

    procedure: str
    root: str
    agency_id: int
    place: str
    rank: int = 0  # 0 information or not known, 1 partial, 2 full
    used: bool = False  # had an online dossier
    eligible: bool | None = None  # for full
    unknown: bool = False  # its level is not known
    complete: bool | None = None  # all parts published; None: there is no record
    bears_fee: bool | None = None  # None: not known
    fee_came: bool = False  # a dossier with a fee was received
    in_time: bool | None = True  # of a decision that published it; None: not known


@dataclass(slots=True)
class Offered:
    """What the offers of one pair come to: the highest level counts, at once."""

    rank: int = 0
    used: bool = False
    eligible: bool | None = None
    unknown: bool = True
    complete: bool | None = None
    bears_fee: bool | None = None
    fee_came: bool = False
    in_time: bool | None = True

    def take(self, offer: Offer) -> None:
        """Add an offer."""
        self.rank, self.used = max(self.rank, offer.rank), self.used or offer.used
        self.unknown = self.unknown and offer.unknown
        if offer.eligible is not None:
            self.eligible = bool(self.eligible) or offer.eligible
        self.complete, self.bears_fee = offer.complete, offer.bears_fee  # of the procedure: alike for all
        self.fee_came = self.fee_came or offer.fee_came
        if self.in_time is not False:  # any late decision counts against it, then any that is not known
            self.in_time = offer.in_time if offer.in_time is not True else self.in_time

    def counts(self, hit: Hit) -> Counts:
        """The pair in the figure of a definition; unknown levels stay in the denominator."""
        if hit is Hit.FULL:
            if self.eligible is None:
                return Counts(excluded=1)
            return Counts(int(self.rank == FULL_RANK), 1) if self.eligible else Counts()
        if hit is Hit.COMPLETE:
            return Counts(excluded=1) if self.complete is None else Counts(int(self.complete), 1)
        if hit in {Hit.PUBLISHED, Hit.PUBLIC}:
            return Counts(excluded=1) if self.in_time is None else Counts(int(self.in_time), 1)
        if hit is Hit.PAYABLE:
            if self.bears_fee is None:
                return Counts(excluded=1)
            return Counts(int(self.fee_came), 1) if self.bears_fee else Counts()
        found = self.used if hit is Hit.USED else self.rank > 0 if hit is Hit.ONLINE else self.rank == 1
        return Counts(int(found), 1, int(self.unknown))


def sum_offers(offers: Iterable[Offer], by: By | None, land: Land, hit: Hit) -> dict[str, Counts]:
    """The same for procedures and services: each pair of procedure and root once in each scope.

    ``excluded`` holds the pairs whose level (or eligibility) is not known.
    """
    if by in {By.AGENCY, By.PLACE}:
        return _sum_parts(offers, by, land, hit)
    pairs: dict[tuple[str, str], Offered] = {}
    keys: dict[tuple[str, str], tuple[str, ...]] = {}  # the same for all offers of a pair
    for offer in offers:
        pair = (offer.procedure, offer.root)
        standing = pairs.get(pair)
        if standing is None:
            standing = pairs[pair] = Offered()
            keys[pair] = ("", *_keys(offer, by, land))
        standing.take(offer)
    by_key: dict[str, list[Counts]] = {"": []}
    for pair, standing in pairs.items():
        counts = standing.counts(hit)
        for key in keys[pair]:
            by_key.setdefault(key, []).append(counts)
    return {key: _sum(found) for key, found in by_key.items()}


def _sum_parts(offers: Iterable[Offer], by: By | None, land: Land, hit: Hit) -> dict[str, Counts]:
    """Where offers of one pair belong to different rows: a standing in each of them."""
    pairs: dict[str, dict[tuple[str, str], Offered]] = {"": {}}
    for offer in offers:
        for key in ("", *_keys(offer, by, land)):
            pairs.setdefault(key, {}).setdefault((offer.procedure, offer.root), Offered()).take(offer)
    return {key: _sum(one.counts(hit) for one in found.values()) for key, found in pairs.items()}


def _keys(offer: Offer, by: By | None, land: Land) -> tuple[str, ...]:
    if by is None:
        return ()
    return land.scopes(by, agency_id=offer.agency_id, procedure=offer.procedure, place=offer.place)


def _sum(counts: Iterable[Counts]) -> Counts:
    """The sum, without a value for each step."""
    numerator = denominator = excluded = 0
    for one in counts:
        numerator += one.numerator
        denominator += one.denominator
        excluded += one.excluded
    return Counts(numerator, denominator, excluded)
