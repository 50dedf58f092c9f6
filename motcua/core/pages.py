"""A page of a list that is read by keyset: no exact count, a cursor to the next page."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """``items`` in a total order; ``next`` is the cursor of the page after, None at the end."""

    items: tuple[T, ...]
    next: str | None = None
