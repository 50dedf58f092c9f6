"""Which agency somebody means by a few words: with or without marks, shortened, mistyped, begun."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from motcua.catalogue.rules.spelling import Vocabulary, guess, neighbours, vocabulary
from motcua.core.folding import lower, words

MOST_WORDS, MOST_LETTERS = 12, 100
LEAST = 0.5  # share of what was typed that a name has to answer
SURE, CLEAR = 0.95, 0.75  # where a name answers so much, those that answer less are left out
BEGUN, NEAR, GUESSED = 0.8, 0.6, 0.95  # a word still being typed; of the root's name; read otherwise
UNKNOWN = 1.5  # weight of a word that stands in no name
SHORT = {
    "ubnd": ("uy", "ban", "nhan", "dan"),
    "hdnd": ("hoi", "dong", "nhan", "dan"),
    "tp": ("thanh", "pho"),
    "tx": ("thi", "xa"),
}
Name = tuple[
    str, str, str, str
]  # identifier, Vietnamese name, English name, name of its ministry or province


@dataclass(frozen=True, slots=True)
class Entry:
    """A name prepared for comparison."""

    identifier: str
    name: str
    own: tuple[str, ...]
    known: frozenset[str]  # the words by which it goes itself, in both languages
    above: frozenset[str]
    marked: frozenset[str]
    initials: str


@dataclass(frozen=True, slots=True)
class Directory:
    """All names, how much each word says, and what mistyped words may have meant."""

    entries: tuple[Entry, ...]
    weights: dict[str, float] = field(repr=False)
    spelling: Vocabulary = field(repr=False)


@dataclass(frozen=True, slots=True)
class Match:
    """An agency that may be meant; ``whole``: what was typed is its name, or its identifier."""

    identifier: str
    whole: bool


def spelled(text: str) -> tuple[str, ...]:
    """Folded words, common short forms written out."""
    return tuple(w for word in words(text) for w in SHORT.get(word, (word,)))


@lru_cache(maxsize=2)
def directory(names: tuple[Name, ...]) -> Directory:
    """Prepare names; the same names are prepared once."""
    entries = tuple(_entry(name) for name in names)
    counts = Counter(word for entry in entries for word in entry.known | entry.above)
    weights = {word: math.log(1 + len(entries) / n) for word, n in counts.items()}
    pairs = {pair for entry in entries for pair in neighbours(entry.own)}
    return Directory(entries, weights, vocabulary(counts, pairs))


def _entry(name: Name) -> Entry:
    identifier, vietnamese, english, root = name
    own = spelled(vietnamese)
    return Entry(
        identifier=identifier,
        name=vietnamese,
        own=own,
        known=frozenset((*own, *words(english))),
        above=frozenset(spelled(root)),
        marked=frozenset(lower(vietnamese).split()),
        initials="".join(word[0] for word in own),
    )


def meant(text: str, book: Directory) -> tuple[Match, ...]:
    """Agencies that ``text`` may mean, the likeliest first; none when no name answers half of it."""
    text = text.replace("\x00", " ").strip()[:MOST_LETTERS]
    exact = [entry for entry in book.entries if entry.identifier.lower() == text.lower()]
    if exact:
        return (Match(exact[0].identifier, whole=True),)
    typed = spelled(text)[:MOST_WORDS]
    if not typed:
        return ()
    readings = [(typed, 1.0)]
    other = guess(typed, book.spelling)
    if other:
        readings.append((other, GUESSED))
    marked = frozenset(lower(text).split())
    found: list[tuple[tuple[float, int, int, int, str, str], Entry]] = []
    for entry in book.entries:
        share = max(trust * _share(reading, entry, book) for reading, trust in readings)
        if share >= LEAST:
            near = _nearer(typed, marked, entry)
            found.append(((-round(share, 3), *near, len(entry.own), entry.name, entry.identifier), entry))
    found.sort(key=itemgetter(0))
    least = CLEAR if found and -found[0][0][0] >= SURE else LEAST
    return tuple(Match(entry.identifier, entry.own == typed) for key, entry in found if -key[0] >= least)


def _nearer(typed: Sequence[str], marked: frozenset[str], entry: Entry) -> tuple[int, int]:
    """Among equals: more words with their marks as typed, then words that stand together as typed."""
    run = set(pairwise(entry.own)).intersection(pairwise(typed))
    return -len(marked & entry.marked), -len(run)


def _share(typed: Sequence[str], entry: Entry, book: Directory) -> float:
    """How much of what was typed this name answers, 0 to 1."""
    weights = [book.weights.get(word, UNKNOWN) for word in typed]
    last = len(typed) - 1
    hit = sum(
        weight * _answers(word, entry, book, begun=place == last)
        for place, (word, weight) in enumerate(zip(typed, weights, strict=True))
    )
    return hit / sum(weights)


def _answers(word: str, entry: Entry, book: Directory, *, begun: bool) -> float:
    if word in entry.known:
        return 1.0
    if word in entry.above:
        return NEAR
    if begun and any(own.startswith(word) for own in entry.own):
        return BEGUN
    return 1.0 if len(word) > 1 and word not in book.weights and word in entry.initials else 0.0
