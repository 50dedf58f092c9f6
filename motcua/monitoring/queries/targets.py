"""The targets that are known, imported ones first, and which of them holds for a scope."""

from datetime import date

from motcua.core.texts import Text
from motcua.monitoring.models import Target as Line
from motcua.monitoring.rules.scopes import BLOCKS, NATIONAL, Land
from motcua.monitoring.rules.targets import TARGETS, Target, target_for


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


class NearestTargets:
    """The targets of one definition on a day: a scope's own, else that of the nearest one around it."""

    def __init__(self, definition: str, on: date, land: Land, known: tuple[Target, ...]) -> None:
        self.definition, self.on, self.land, self.known = definition, on, land, known
        self.blocks = {scope: land.block(scope.partition(":")[2]) for scope in BLOCKS}
        self.found: dict[str, Target | None] = {}

    def _of(self, scope: str) -> Target | None:
        if scope not in self.found:
            self.found[scope] = target_for(self.definition, scope, self.on, self.known)
        return self.found[scope]

    def of_agency(self, agency_id: int) -> Target | None:
        """Its own, else the nearest agency's above it, its block's, the nation's; None: none is in force."""
        line = [node.identifier for node in reversed(self.land.lineage(agency_id))]
        block = [scope for scope, inside in self.blocks.items() if agency_id in inside]
        return next((t for s in (*line, *block, NATIONAL) if (t := self._of(s)) is not None), None)

    def of(self, scope: str) -> Target | None:
        """Of a scope; a block takes the nation's, a place or a procedure only its own."""
        if scope in self.land.by_identifier:
            return self.of_agency(self.land.by_identifier[scope].id)
        return self._of(scope) or (self._of(NATIONAL) if scope in BLOCKS else None)
