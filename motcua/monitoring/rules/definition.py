"""The shape of a rate's definition: everything that the figure must be able to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from motcua.core.texts import Text
from motcua.monitoring.rules.facts import Facts
from motcua.monitoring.rules.predicates import Predicate, Reason, never, received


class Hit(StrEnum):
    """What puts a procedure or service into the numerator."""

    ONLINE = "online"  # offered partially or fully
    FULL = "full"  # offered fully; out of those eligible for it
    PARTIAL = "partial"  # offered partially, and nowhere fully
    USED = "used"  # at least one online dossier
    COMPLETE = "complete"  # all parts published; out of those with a record
    PUBLISHED = "published"  # the decision came early enough; any late one of the period counts against it
    PUBLIC = "public"  # it became public soon enough; the same
    PAYABLE = "payable"  # dossiers with a fee came in the period; out of those that bear a fee


class Counted(StrEnum):
    """What a definition counts."""

    DOSSIERS = "dossiers"  # dossiers received in the period
    PROCEDURES = "procedures"  # procedures in authority on the period's last day, once for each root
    PETITIONS = "petitions"  # petitions received in the period
    SERVICES = "services"  # services in force on the period's last day, once for each root


@dataclass(frozen=True, slots=True)
class Factor:
    """A plain multiplier of a rate; ``assumed`` where nothing was entered or imported."""

    name: str
    value: Decimal
    assumed: bool
    words: Text


@dataclass(frozen=True, slots=True)
class Definition:
    """One official form of a rate. A changed rule is a new revision, never an edit.

    A revision that is not the one in force is asked for as ``identifier@revision``: a period is counted again
    by another rule, beside the figure that was shown, which stays what it was.
    """

    identifier: str
    revision: int
    name: Text
    source: Text
    formula: Text
    above: Text  # the numerator in words
    below: Text  # the denominator in words
    counts: Counted
    numerator: Predicate = received  # of definitions counted by dossier
    denominator: Predicate = received
    changes_on: Callable[[Facts], date | None] = never
    exclusions: tuple[Reason, ...] = ()
    factors: tuple[Factor, ...] = ()
    hit: Hit = Hit.ONLINE  # of definitions counted by procedure or service
    measured: bool = False  # the numerator sums minutes of handling, not dossiers
    threshold: Decimal | None = None  # Decision 766: per cent at which the full points are given
    notes: tuple[Text, ...] = field(default=())

    @property
    def rule(self) -> str:
        """The identifier that all revisions share."""
        return self.identifier.partition("@")[0]

    @property
    def in_force(self) -> bool:
        """True for the revision that figures are shown by."""
        return self.identifier == self.rule

    @property
    def is_cause(self) -> bool:
        """True for what most of a figure's misses may have in common: a count, not a rate."""
        return "~" in self.identifier

    @property
    def rolled(self) -> bool:
        """True where single cases are counted, by the rollups; else what is offered on the last day."""
        return self.counts in {Counted.DOSSIERS, Counted.PETITIONS}


def share_of(above: Text, below: Text) -> Text:
    """The formula of a plain share, in words."""
    return Text(f"Số {above.vi} ÷ số {below.vi} × 100.", f"Count of {above.en} ÷ {below.en} × 100.")
