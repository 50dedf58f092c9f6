"""Life events as they are kept in ``catalogue/life``, and the procedures that answers lead to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.catalogue.queries.finding import ProcedureItem, items_of
from motcua.catalogue.rules.life import LifeEvent, LifeStep, carried_by, parse, steps_for
from motcua.core.refusals import NotFound

FOLDER = Path(__file__).resolve().parent.parent / "life"


@dataclass(frozen=True, slots=True)
class LifeStepView:
    """One thing to do, with its procedure where the catalogue has it."""

    step: LifeStep
    procedure: ProcedureItem | None
    carried: Mapping[str, Any]  # answers that its form need not ask again

    @property
    def online(self) -> bool:
        """Whether it can be filed online here."""
        return self.procedure is not None and self.procedure.level != "information"


@cache
def _all() -> tuple[LifeEvent, ...]:
    """Every event of the folder in order, read once a process; a faulty file is a fault of ours."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        event, problems = parse(path.read_text("utf-8"), path.name)
        if event is None or problems:
            raise ValueError("; ".join(map(str, problems)))
        found.append(event)
    return tuple(sorted(found, key=lambda event: (event.order, event.slug)))


def life_events(on: date) -> tuple[LifeEvent, ...]:
    """The events shown on a day, in their order."""
    return tuple(event for event in _all() if event.on(on))


def life_event(slug: str, on: date) -> LifeEvent:
    """One event as shown on a day. Raises NotFound."""
    found = next((event for event in life_events(on) if event.slug == slug), None)
    if found is None:
        raise NotFound()
    return found


def carried_keys(procedure: str) -> frozenset[str]:
    """The questions of a procedure that some life event answers beforehand."""
    steps = (step for event in _all() for step in event.steps if step.procedure == procedure)
    return frozenset(key for step in steps for key, _words in step.carries)


def life_steps(event: LifeEvent, answers: Mapping[str, Any]) -> tuple[LifeStepView, ...]:
    """What these answers lead to, in order, with the procedures of the catalogue (one query)."""
    steps = steps_for(event, answers)
    items = {item.code: item for item in items_of([s.procedure for s in steps if s.procedure])}
    return tuple(
        LifeStepView(step, items.get(step.procedure), carried_by(event, step, answers)) for step in steps
    )
