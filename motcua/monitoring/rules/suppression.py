"""Small numbers in published tables: hidden, and with them what would give them away by subtraction."""

from collections.abc import Mapping

LEAST = 5  # cases; fewer could point to persons


def hidden(counts: Mapping[str, int], parents: Mapping[str, str], least: int = LEAST) -> frozenset[str]:
    """Which cells of a tree of counts are not told.

    ``counts`` of each unit hold all below it; ``parents`` names the unit above ("" for a root). A cell of
    1 to ``least`` - 1 is hidden. Where exactly one child of a told parent is hidden, its smallest told
    sibling is hidden too; what the parent counts itself stands for a sibling that is never told. What lies
    below a hidden unit is hidden.
    """
    children: dict[str, list[str]] = {}
    for unit, parent in parents.items():
        if unit in counts:
            children.setdefault(parent, []).append(unit)
    found = {unit for unit, count in counts.items() if 0 < count < least}
    while True:
        more = _complements(counts, children, found) | _below(children, found)
        if more <= found:
            return frozenset(found)
        found |= more


def _complements(counts: Mapping[str, int], children: Mapping[str, list[str]], found: set[str]) -> set[str]:
    more: set[str] = set()
    for parent, units in children.items():
        own = counts.get(parent, 0) - sum(counts[unit] for unit in units) if parent else 0
        here = [unit for unit in units if unit in found]
        told = sorted((counts[unit], unit) for unit in units if unit not in found and counts[unit])
        if len(here) == 1 and own == 0 and told and parent not in found:
            more.add(told[0][1])
    return more


def _below(children: Mapping[str, list[str]], found: set[str]) -> set[str]:
    more: set[str] = set()
    waiting = list(found)
    while waiting:
        for unit in children.get(waiting.pop(), ()):
            if unit not in more:
                more.add(unit)
                waiting.append(unit)
    return more
