"""All definitions in words, as the page ``docs/definitions.md``: written from the registry, never by hand."""

from collections.abc import Iterable

from motcua.monitoring.rules.definition import Counted, Definition
from motcua.monitoring.rules.definitions import DEFINITIONS, OTHER_REVISIONS
from motcua.monitoring.rules.predicates import REASONS

_HEAD = """# The rates, and how each is counted

Written by `motcua rates --explain > docs/definitions.md` from the registry in `motcua/monitoring`; a test
compares the two. Several official forms of the same rate are in use: a figure always names its own.

- A dossier counts on the day in Viet Nam on which it was received; one never received counts nowhere.
  A period is whole days, both ends included.
- A procedure or service counts once for each root agency (a ministry with its vertical bodies, a province
  with its communes), as in force on the last day of the period. An agency's row counts its whole subtree;
  an agency below the root counts the procedures that it performs itself.
- Counts are summed, rates never averaged. Rate = 100 × numerator ÷ denominator × every factor, per cent,
  half up to two decimals; no denominator, no rate.
- The facts of a dossier are those known when the figure is asked for. An unknown fact is never taken as
  zero: the dossier is left out, with the reason.
- The due date of a dossier handled here already stands later by its pauses, so supplement time is not
  subtracted a second time; for dossiers of other systems it is subtracted, as 766 says.
"""


def as_markdown(definitions: Iterable[Definition] = (*DEFINITIONS, *OTHER_REVISIONS)) -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_section(one) for one in definitions)])


def _section(one: Definition) -> str:
    lines = [
        f"## `{one.identifier}`, revision {one.revision}: {one.name.en}",
        "",
        f"*{one.name.vi}.* Source: {one.source.en}.",
        "",
        f"- {one.formula.en}",
        f"- Công thức: {one.formula.vi}",
        f"- Counted: {one.above.en}. Out of: {one.below.en}.",
    ]
    lines += [
        f"- Factor `{f.name}` {f.value}{' (assumed)' if f.assumed else ''}: {f.words.en}."
        for f in one.factors
    ]
    if one.exclusions:
        lines.append(f"- Left out: {'; '.join(f'`{r}` {REASONS[r].en}' for r in one.exclusions)}.")
    if one.threshold is not None:
        lines.append(f"- Decision 766 gives full points from {one.threshold} %.")
    if one.counts is not Counted.DOSSIERS:
        lines.append(f"- Counts {one.counts}.")
    return "\n".join([*lines, *(f"- {note.en}" for note in one.notes), ""])
