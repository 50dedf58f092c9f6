"""Whom a petition may be for: agencies by a few words of their names."""

from dataclasses import dataclass
from datetime import date

from motcua.agencies.queries import AgencyRef, agencies_by_identifier, agency_names
from motcua.core.references import root_of
from motcua.core.texts import Text
from motcua.voice.rules.addressees import directory, meant

MOST = 8


@dataclass(frozen=True, slots=True)
class Addressee:
    """An agency to choose, with the name of its ministry or province (empty for these themselves)."""

    agency: AgencyRef
    root: Text


@dataclass(frozen=True, slots=True)
class Addressees:
    """The likeliest agencies; ``more``: others answer too; ``sure``: the first one bears the typed name."""

    items: tuple[Addressee, ...] = ()
    more: bool = False
    sure: bool = False


def find_addressees(text: str, *, on: date) -> Addressees:
    """Agencies in being on a day that ``text`` may mean, the likeliest first."""
    named = {identifier: (vi, en) for identifier, vi, en in agency_names(on=on)}
    names = tuple((i, vi, en, named.get(root_of(i), ("", ""))[0]) for i, (vi, en) in named.items())
    found = meant(text, directory(names))
    whole = [match for match in found if match.whole]
    items = addressees([match.identifier for match in found[:MOST]])
    return Addressees(items, len(found) > MOST, len(whole) == 1 and found[0].whole)


def addressees(identifiers: list[str]) -> tuple[Addressee, ...]:
    """Agencies by identifier, in that order; unknown ones are left out (one query)."""
    wanted = [i for i in identifiers if i]
    known = agencies_by_identifier([*wanted, *map(root_of, wanted)]) if wanted else {}
    none = Text("", "")
    return tuple(
        Addressee(known[i], known[root_of(i)].name if root_of(i) in known and root_of(i) != i else none)
        for i in wanted
        if i in known
    )
