"""Import of targets: dated rows with their source."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.tabular import read_rows
from motcua.events.operations import append
from motcua.monitoring.models import Target as Line
from motcua.monitoring.rules.definitions import BY_IDENTIFIER
from motcua.monitoring.rules.targets import COLUMNS, LineRefused, Target, read_target


@dataclass(slots=True)
class TargetCounts:
    """What an import did; ``refused`` holds line number and reason."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_targets(*, path: Path, actor: Actor, now: datetime) -> TargetCounts:
    """Read targets; the same file twice changes nothing. Raises ``core.tabular.HeaderUnknown``.

    A line with the definition, scope and first day of an earlier one takes its place.
    """
    counts = TargetCounts()
    with transaction.atomic():
        for row in read_rows(path, needed=COLUMNS):
            try:
                if row.fault:
                    raise LineRefused(row.fault)
                _keep(read_target(row.cells, BY_IDENTIFIER, path.name), counts, now)
            except LineRefused as why:
                counts.refused.append((row.line, str(why)))
        if counts.new or counts.changed:
            data = {"file": path.name, "new": counts.new, "changed": counts.changed}
            append(stream="monitoring", kind="monitoring.targets_imported", data=data, actor=actor, now=now)
    return counts


def _keep(target: Target, counts: TargetCounts, now: datetime) -> None:
    key = {"definition": target.definition, "scope": target.scope, "first": target.first}
    values = {
        "last": target.last,
        "percent": target.percent,
        "phase": target.phase,
        "criteria": target.criteria,
        "source": target.source.vi[:500],
    }
    old = Line.objects.filter(**key).first()
    if old is None:
        Line.objects.create(**key, **values, imported_at=now)
        counts.new += 1
    elif any(getattr(old, name) != value for name, value in values.items()):
        Line.objects.filter(pk=old.pk).update(**values, imported_at=now)
        counts.changed += 1
    else:
        counts.unchanged += 1
