"""Rows of a group on a page: one more, one less, without losing what was typed, and without scripts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

MORE, LESS = "more", "less"  # names of the two buttons; their values: ``guests``, ``guests-2``
NAMED = re.compile(r"(?P<group>.+)-(?P<row>[0-9]{1,3})\Z")


@dataclass(frozen=True, slots=True)
class Reshaped:
    """What was typed, after a row was added or taken out; ``row`` of ``group`` is looked at next."""

    raw: dict[str, list[str]]
    group: str = ""
    row: int = 0
    added: bool = False


def reshapes(post: QueryDict) -> bool:
    """True when a button of a group was pressed, not the one that goes on."""
    return MORE in post or LESS in post


def reshape(post: QueryDict, raw: Mapping[str, list[str]]) -> Reshaped:
    """Do what the button says; anything else about the names leaves them as they came."""
    kept = dict(raw)
    if MORE in post:
        group = post.get(MORE, "")[:100]
        return Reshaped(kept, group, used_rows(kept, group), added=True)
    found = NAMED.match(post.get(LESS, "")[:104])
    if found is None:
        return Reshaped(kept)
    group, row = found["group"], int(found["row"])
    return Reshaped(_without(kept, group, row), group, max(row - 1, 0))


def used_rows(raw: Mapping[str, list[str]], group: str) -> int:
    """How many rows of a group were on the page: one more than the highest number among the names."""
    used = (name.removeprefix(f"{group}-").partition("-")[0] for name in raw if name.startswith(f"{group}-"))
    return max((int(n) + 1 for n in used if n.isascii() and n.isdigit() and len(n) < 4), default=0)


def _without(raw: Mapping[str, list[str]], group: str, row: int) -> dict[str, list[str]]:
    """The same names without one row; the later ones move up."""
    inside = re.compile(rf"{re.escape(group)}-([0-9]{{1,3}})-(.*)\Z", re.DOTALL)
    kept: dict[str, list[str]] = {}
    for name, values in raw.items():
        found = inside.match(name)
        if found is None:
            kept[name] = values
        elif int(found[1]) != row:
            place = int(found[1]) - (int(found[1]) > row)
            kept[f"{group}-{place}-{found[2]}"] = values
    return kept
