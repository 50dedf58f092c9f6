"""What a dossier counts as now, as the difference to what it counted as before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from motcua.core.locks import Lock
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.rows import insert_many
from motcua.monitoring.models import Judgement, Profile, Standing, Tally
from motcua.monitoring.queries.dossiers import facts_of, facts_of_codes
from motcua.monitoring.queries.petitions import petition_facts_of
from motcua.monitoring.rules.definitions import counting
from motcua.monitoring.rules.facts import Facts, handling_minutes
from motcua.monitoring.rules.profile import Course, ProfileKey, course, key_of

CHUNK = 2000
KIND = ("root", "agency_id", "procedure", "place", "channel", "filed_by", "level", "status")
Cell = tuple[Any, ...]  # received_on, since_on, the values of KIND, profile
Changes = dict[Cell, tuple[int, int]]  # dossiers and minutes to add


def alone() -> None:
    """Until the commit nobody else counts, folds or rebuilds (SQLite has one writer anyway)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(Lock.ROLLUPS)])


@dataclass(slots=True)
class Profiles:
    """The rows of profiles, made when first met; one for each counting transaction."""

    known: dict[str, int]

    @classmethod
    def fresh(cls) -> "Profiles":
        """Knows nothing yet; looks up by need."""
        return cls({})

    def meet(self, profiles: Iterable[ProfileKey]) -> None:
        """Look up many profiles at once."""
        keys = {key_of(profile) for profile in profiles} - self.known.keys()
        wanted = sorted(keys)
        for start in range(0, len(wanted), 500):
            there = Profile.objects.filter(key__in=wanted[start : start + 500])
            self.known.update(there.values_list("key", "pk"))

    def row(self, profile: ProfileKey) -> int:
        """The row id of a profile, with its judgements."""
        key = key_of(profile)
        if key not in self.known:
            self.known[key] = self._find(key, profile)
        return self.known[key]

    def _find(self, key: str, profile: ProfileKey) -> int:
        found = Profile.objects.filter(key=key).values_list("pk", flat=True).first()
        if found is not None:
            return found
        row = Profile.objects.create(key=key)
        Judgement.objects.bulk_create(
            Judgement(
                profile=row,
                definition=one.definition,
                revision=one.revision,
                numerator=one.verdict.numerator,
                denominator=one.verdict.denominator,
                excluded=one.verdict.excluded,
                reason=one.verdict.reason,
                measured=one.measured,
            )
            for one in profile
        )
        return row.pk


def count_dossier(*, code: str, now: datetime) -> None:
    """Bring the rollups to the dossier's present facts; the same again changes nothing.

    Raises ``NotFound`` for a code that there is not.
    """
    with transaction.atomic():
        alone()
        count_facts(found=[facts_of(code)], now=now)


def count_dossiers(*, codes: Iterable[str], now: datetime) -> None:
    """The same for several dossiers; raises ``NotFound`` when one of the codes is none."""
    wanted = set(codes)
    with transaction.atomic():
        alone()
        found = facts_of_codes(wanted)
        if len(found) != len(wanted):
            raise NotFound
        count_facts(found=found, now=now)


def count_petitions(*, codes: Iterable[str], now: datetime) -> None:
    """Bring the rollups to the present facts of some petitions; the same again changes nothing."""
    with transaction.atomic():
        alone()
        count_facts(found=list(petition_facts_of(codes)), now=now)


def count_facts(*, found: Sequence[Facts], now: datetime) -> None:
    """The same for many dossiers at once, in the caller's transaction; each code once.

    The sum of all that was ever inserted for a dossier is always what it counts as now.
    """
    alone()
    profiles = Profiles.fresh()
    for start in range(0, len(found), CHUNK):
        chunk = found[start : start + CHUNK]
        old = {s.code: s for s in Standing.objects.filter(code__in=[f.code for f in chunk])}
        changes: Changes = {}
        new = standings(chunk, profiles, now)
        for row in new:
            add(changes, old.get(row.code), -1)
            add(changes, row, 1)
        insert(changes)
        insert_many(new, unique="code")


def standings(found: Sequence[Facts], profiles: Profiles, now: datetime) -> list[Standing]:
    """The rows of dossiers by their facts, not saved; their profiles are looked up together."""
    ways = [course(counting(facts), facts) for facts in found]
    profiles.meet(p for way in ways if way for p in (way.now, way.turned) if p is not None)
    return [_standing(facts, way, profiles, now) for facts, way in zip(found, ways, strict=True)]


def _standing(facts: Facts, way: Course | None, profiles: Profiles, now: datetime) -> Standing:
    return Standing(
        code=facts.code,
        received_on=local_day(facts.received_at) if facts.received_at else None,
        root=facts.root,
        agency_id=facts.agency_id,
        procedure=facts.procedure,
        place=facts.place,
        channel=facts.channel or 0,
        filed_by=facts.filed_by,
        level=facts.level,
        status=facts.status,
        profile_id=profiles.row(way.now) if way else None,
        turn_on=way.turn_on if way else None,
        turned_id=profiles.row(way.turned) if way and way.turned is not None else None,
        minutes=handling_minutes(facts),
        counted_at=now,
    )


def add(changes: Changes, row: Standing | None, sign: int) -> None:
    """Add what a dossier counts as (or take it away): its profile, and its turn with the calendar."""
    if row is None or row.received_on is None:
        return
    kind = tuple(getattr(row, name) for name in KIND)
    moves: list[tuple[date, int | None, int]] = [(row.received_on, row.profile_id, sign)]
    if row.turn_on is not None:
        moves += [(row.turn_on, row.profile_id, -sign), (row.turn_on, row.turned_id, sign)]
    for since, profile, step in moves:
        cell = (row.received_on, since, *kind, profile)
        count, minutes = changes.get(cell, (0, 0))
        changes[cell] = (count + step, minutes + step * row.minutes)


def insert(changes: Changes) -> None:
    """Write the cells that changed."""
    rows = [
        Tally(
            received_on=cell[0],
            since_on=cell[1],
            profile_id=cell[-1],
            count=count,
            minutes=minutes,
            **dict(zip(KIND, cell[2:-1], strict=True)),
        )
        for cell, (count, minutes) in changes.items()
        if count or minutes
    ]
    insert_many(rows)
