"""Where one agency stands among those that can fairly be compared with it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from motcua.core.references import block_of
from motcua.monitoring.rules.index766 import Peers, among
from motcua.monitoring.rules.scopes import Land

ENOUGH = 30  # dossiers of an agency that is a fair peer


class Rated(Protocol):
    """A row of a figure."""

    @property
    def scope(self) -> str:
        """Whose row."""

    @property
    def denominator(self) -> int:
        """Out of how many."""

    @property
    def rate(self) -> Decimal | None:
        """Per cent; None where there is nothing to divide by."""


def rank_of(scope: str, rows: Iterable[Rated], land: Land) -> Peers | None:
    """Rank and median among agencies of the same block and level with enough dossiers; None: it is no peer.

    Below the roots the peers are those of the same root: communes of one province.
    """
    if scope not in land.by_identifier:
        return None
    line = land.lineage(land.by_identifier[scope].id)

    def fair(other: str) -> bool:
        if other not in land.by_identifier:
            return False
        its = land.lineage(land.by_identifier[other].id)
        if len(its) != len(line):
            return False
        return its[0] == line[0] if len(line) > 1 else block_of(other) == block_of(scope)

    enough = {r.scope: r.rate for r in rows if r.denominator >= ENOUGH and r.rate is not None}
    return among(scope, {key: rate for key, rate in enough.items() if fair(key)})
