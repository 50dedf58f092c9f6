"""Who reads the log: one list of readers, filled when the nouns' ``readers.py`` are imported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.events.queries import EventRecord


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: its name, the beginnings of the kinds it wants (none: all), and what it does.

    ``apply`` is called once for each event, in one transaction with the checkpoint. A reader that writes
    nowhere but in the database may give ``apply_many`` as well: it gets up to ``operations.TOGETHER`` events
    at once; when it fails, they are taken back and applied one by one.
    """

    name: str
    prefixes: tuple[str, ...]
    apply: Callable[[EventRecord, datetime], None]
    apply_many: Callable[[Sequence[EventRecord], datetime], None] | None = None

    def wants(self, kind: str) -> bool:
        """True when events of this kind are for this reader."""
        return not self.prefixes or kind.startswith(self.prefixes)


_READERS: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Make a reader known; the same name again replaces it."""
    _READERS[reader.name] = reader


def readers() -> tuple[Reader, ...]:
    """All readers, by name."""
    return tuple(_READERS[name] for name in sorted(_READERS))
