"""Which level counts, and in whose authority a procedure is (domain.md §3)."""

from collections.abc import Sequence
from typing import Protocol

from motcua.core.references import root_of

_ONLINE = {"partial", "full"}
RANKS = {"partial": 1, "full": 2}


class ProcedureLevels(Protocol):
    """What the catalogue's record says of who performs a procedure."""

    @property
    def agency_code(self) -> str:
        """The publishing ministry."""

    @property
    def at_ministry(self) -> bool:
        """Performed by the ministry."""

    @property
    def at_province(self) -> bool:
        """Performed by provinces."""

    @property
    def at_commune(self) -> bool:
        """Performed by communes."""


def effective_level(derived: str, declared: str) -> str:
    """The level derived from the pack; without a pack the declared one; "" when neither is known."""
    return derived if derived in _ONLINE else declared or derived


def eligible_for_full(level: str, said: bool | None) -> bool | None:
    """Eligible for full: as was said, else what is full already; None when it is not known."""
    return True if said is None and level == "full" else said


def authority_without_service(procedure: ProcedureLevels, provinces: Sequence[str]) -> list[str]:
    """Roots in whose authority a procedure is when no agency has declared or offered it."""
    roots = [root_of(procedure.agency_code)] if procedure.at_ministry and procedure.agency_code else []
    return roots + (list(provinces) if procedure.at_province or procedure.at_commune else [])
