"""The targets that are known: imported ones first, then those that come with the program."""

from motcua.core.texts import Text
from motcua.monitoring.models import Target as Line
from motcua.monitoring.rules.targets import TARGETS, Target


def known_targets() -> tuple[Target, ...]:
    """All targets of all days and scopes, one query."""
    lines = Line.objects.order_by("definition", "scope", "first")
    imported = (
        Target(
            definition=line.definition,
            scope=line.scope,
            first=line.first,
            last=line.last,
            percent=line.percent,
            source=Text(line.source, line.source),
            phase=line.phase,
            criteria=line.criteria,
        )
        for line in lines
    )
    return (*imported, *TARGETS)
