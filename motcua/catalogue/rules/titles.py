"""All titles of the catalogue in memory: which of them hold a term, how much a word says, what is known.

A few thousand titles are a few megabytes. Held here, they answer alike whatever database keeps them,
and tell which words are known at all (``spelling``). The rest of a procedure stays in the database's index.
"""

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from sys import intern

from motcua.catalogue.rules.asking import COMMON, COMMON_WEIGHT, Question, Synonym, phrase
from motcua.catalogue.rules.search import Candidate
from motcua.catalogue.rules.spelling import Vocabulary, guess, neighbours, spelled_out, vocabulary

FEWEST = 1_000  # of a smaller catalogue the rarity of words says little
NOWHERE = 0.3  # the weight of a word that no title holds
COMMONEST = 500  # a term that more titles hold proposes none where others propose enough
INITIALS = range(3, 7)
MOST_PREPARED = 4_000  # titles kept ready to be compared


@dataclass(frozen=True, slots=True)
class Title:
    """One title: folded, with marks, its terms, its prior, and what a list can be narrowed by."""

    id: int
    code: str
    text: str
    marked: str
    terms: str
    prior: float
    agency: str = ""
    field: str = ""
    audience: str = ""


class Titles:
    """The titles of one state of the catalogue, named by ``stamp``."""

    def __init__(
        self,
        rows: Iterable[Title],
        synonyms: Iterable[Synonym],
        shorts: Sequence[tuple[str, str]] = (),
        stamp: object = None,
    ) -> None:
        """``shorts``: abbreviations and what they stand for; a title that holds one answers to the other."""
        self.stamp = stamp
        folded = [(short, " ".join(phrase(long)[0])) for short, long in shorts]
        self.rows = [replace(row, terms=row.terms + _other_forms(row.text, folded)) for row in rows]
        self._holders: dict[str, array[int]] = {}
        for at, row in enumerate(self.rows):
            for term in set(row.terms.split()):
                self._holders.setdefault(term, array("I")).append(at)
        self._whole = math.log(max(len(self.rows), FEWEST) + 1)
        self._prepared: dict[int, Candidate] = {}
        self._weights: dict[str, float] = {}
        self.known = self._known(synonyms)
        self._by_id = {row.id: row for row in self.rows}
        self._words = sorted(term for term in self._holders if "0" not in term)
        self._initials = [("".join(w[0] for w in row.text.split()), row.text) for row in self.rows]

    def _known(self, synonyms: Iterable[Synonym]) -> Vocabulary:
        words = {term: len(held) for term, held in self._holders.items() if "0" not in term}
        pairs = {term for term in self._holders if "0" in term}
        for synonym in synonyms:
            for text in (*synonym.phrases, *synonym.terms):
                folded, _ = phrase(text)
                words.update((w, words.get(w, 0) + 1) for w in folded)
                pairs.update(neighbours(folded))
        words.update((w, words.get(w, 0) + 1) for w in COMMON)
        return vocabulary(words, pairs)

    def weigh(self, term: str) -> float:
        """How much a folded word, or a pair joined with 0, says: rare words say more (0.05 to 1)."""
        value = self._weights.get(term)
        if value is None:
            parts = term.split("0") if "0" in term and term.replace("0", "").isalpha() else [term]
            value = sum(map(self._word, parts)) / len(parts)
            if len(self._weights) < 50_000:
                self._weights[term] = value
        return value

    def _word(self, word: str) -> float:
        held = len(self._holders.get(word, ()))
        if not held:
            return COMMON_WEIGHT if word in COMMON else NOWHERE
        value = max(
            0.05, math.log((len(self.rows) if len(self.rows) > FEWEST else FEWEST) / held) / self._whole
        )
        return min(value, COMMON_WEIGHT) if word in COMMON else value

    def corrected(self, typed: Sequence[str]) -> tuple[str, ...] | None:
        """The known words that a mistyped, run-together or shortened question may have meant, or None."""
        spelt: list[str] = []
        for word in typed:
            spelt += self._spelled_out(word) or (word,)
        found = guess(spelt, self.known) or tuple(spelt)
        return None if found == tuple(typed) else found

    def _spelled_out(self, word: str) -> tuple[str, ...] | None:
        """Initials of a run of title words (``xnttht``), where the word itself is not known."""
        if len(word) not in INITIALS or word in self.known.words or any(v in word[1:] for v in "aeiouy"):
            return None
        found = (
            spelled_out(word, letters, text.split()) for letters, text in self._initials if word in letters
        )
        runs: dict[tuple[str, ...], int] = {}
        for run in found:
            if run:
                runs[run] = runs.get(run, 0) + 1
        return max(runs, key=lambda run: (runs[run], run), default=None)

    def candidate(self, title: Title) -> Candidate:
        """A title prepared for ``score``; the last ones used stay prepared."""
        found = self._prepared.get(title.id)
        if found is None:
            words = tuple(title.text.removeprefix("thu tuc ").split())
            found = Candidate(
                text=f" {title.text}",
                title=words,
                known=frozenset(map(intern, title.terms.split())),
                marked=frozenset(map(intern, title.marked.split())),
                weight=sum(map(self.weigh, words)) or 1.0,
                prior=title.prior,
            )
            if len(self._prepared) >= MOST_PREPARED:
                self._prepared.clear()
            self._prepared[title.id] = found
        return found

    def get(self, entry: int) -> Title | None:
        """The title of an entry, if it is held."""
        return self._by_id.get(entry)

    def propose(self, question: Question, most: int, keep: Callable[[Title], bool] | None) -> list[Title]:
        """The likeliest titles by the weight of the terms they hold, at most ``most`` of those kept."""
        held = [(t, w, self._of(t, question.prefix)) for t, w in question.terms.items()]
        found: dict[int, float] = {}
        for _, value, holders in sorted(held, key=lambda h: (len(h[2]), h[0])):
            if len(holders) > COMMONEST and len(found) > most:
                break  # what so many titles hold only matters to the closer comparison
            for at in holders:
                found[at] = found.get(at, 0.0) + value
        rows = self.rows
        if keep is not None:
            found = {at: value for at, value in found.items() if keep(rows[at])}
        least = sorted(found.values(), reverse=True)[most - 1] if len(found) > most else 0.0
        chosen = [at for at, value in found.items() if value >= least]
        chosen.sort(key=lambda at: (-found[at], len(rows[at].text), rows[at].code))
        return [rows[at] for at in chosen[:most]]

    def _of(self, term: str, prefix: str) -> Sequence[int]:
        """Places of the titles that hold a term; a last word may be unfinished."""
        if term != prefix or len(prefix) < 2:
            return self._holders.get(term, ())
        first = bisect_left(self._words, prefix)
        begun = takewhile(lambda word: word.startswith(prefix), islice(self._words, first, None))
        return sorted({at for word in begun for at in self._holders[word]})


def _other_forms(title: str, shorts: Sequence[tuple[str, str]]) -> str:
    """Terms of a folded title beside its own: abbreviations written out, and what has one."""
    found: list[str] = []
    words = set(title.split())
    for short, long in shorts:
        if short in words:
            parts = long.split()
            found += [*parts, *neighbours(parts)]
        elif f" {long} " in f" {title} ":
            found.append(short)
    return "".join(f" {term}" for term in found)
