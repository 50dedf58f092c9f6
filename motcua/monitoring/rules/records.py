"""A contribution as plain JSON, for the row that remembers it."""

from datetime import date
from typing import Any

from motcua.monitoring.rules.counting import Contribution, Counts, Key


def to_record(contribution: Contribution) -> list[list[Any]]:
    """One list a cell, in the order of the keys."""
    return [
        [
            key.definition,
            key.revision,
            key.received_on.isoformat(),
            key.since_on.isoformat(),
            key.agency_id,
            key.procedure,
            key.place,
            key.channel,
            key.filed_by,
            key.level,
            key.reason,
            counts.numerator,
            counts.denominator,
            counts.excluded,
        ]
        for key, counts in sorted(contribution.items())
    ]


def from_record(rows: list[list[Any]]) -> Contribution:
    """What ``to_record`` wrote."""
    return {
        Key(name, revision, date.fromisoformat(received), date.fromisoformat(since), *rest[:7]): Counts(
            *rest[7:]
        )
        for name, revision, received, since, *rest in rows
    }
