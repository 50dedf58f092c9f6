"""How all definitions judge one dossier, as a value: dossiers that are judged alike share it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.core.periods import end_of, local_day
from motcua.monitoring.rules.counting import OUT, Verdict, verdict_at
from motcua.monitoring.rules.cubes import KINDS
from motcua.monitoring.rules.definition import Definition
from motcua.monitoring.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class Judged:
    """One definition's verdict in a profile; those that leave the dossier out of sight are not named."""

    definition: str
    revision: int
    verdict: Verdict
    measured: bool = False

    def __str__(self) -> str:
        v = self.verdict
        return f"{self.definition}@{self.revision}:{v.numerator}{v.denominator}{v.excluded}{v.reason}"


ProfileKey = tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A dossier's profile now, and the one it has in periods that end on ``turn_on`` or later."""

    now: ProfileKey
    turn_on: date | None = None
    turned: ProfileKey | None = None


def stamp(definitions: Iterable[Definition]) -> str:
    """A short name of a set of definitions and of the sums kept: others have to be built anew."""
    names = ",".join(sorted(f"{d.identifier}@{d.revision}" for d in definitions))
    names += "".join(f";{kind.name} {kind.grains} {' '.join(kind.only)}" for kind in KINDS)
    return hashlib.sha256(names.encode()).hexdigest()[:32]


def key_of(profile: ProfileKey) -> str:
    """The text under which a profile is kept."""
    return ";".join(str(one) for one in profile)


def profile_on(definitions: Iterable[Definition], facts: Facts, to: date) -> ProfileKey:
    """How the definitions judge a received dossier in periods that end with the day ``to``."""
    end = end_of(to)
    found = ((d, verdict_at(d, facts, end)) for d in definitions)
    return tuple(Judged(d.identifier, d.revision, v, d.measured) for d, v in found if v != OUT)


def course(definitions: Iterable[Definition], facts: Facts) -> Course | None:
    """A dossier's profile, and its turn with the calendar if one is to come; None if never received.

    All definitions that change without an event turn on the same day: the dossier's deadline.
    """
    if facts.received_at is None:
        return None
    wanted = tuple(definitions)
    first = local_day(facts.received_at)
    turns = {turn for d in wanted if (turn := d.changes_on(facts)) is not None}
    if len(turns) > 1:
        raise ValueError(f"{facts.code}: definitions turn on different days: {sorted(turns)}")
    turn = next(iter(turns), None)
    if turn is None or turn <= first:
        return Course(profile_on(wanted, facts, turn or first))
    before, after = (profile_on(wanted, facts, day) for day in (turn - timedelta(days=1), turn))
    return Course(before) if before == after else Course(before, turn, after)
