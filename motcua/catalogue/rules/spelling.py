"""What a mistyped question may have meant: known words close to those typed, chosen by their neighbours.

Vietnamese is typed with Telex or VNI keys that stay in the text when the keyboard is off (*tajm truus*),
with letters that sound alike (*tạm chú*), without spaces (*tamtru*), and with ordinary slips. All words are
folded here. Nothing replaces what was typed: a guess is one more reading of the question.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_TONES = str.maketrans("", "", "sfrxjz")
_DIGITS = str.maketrans("", "", "0123456789")
_DOUBLED = re.compile(r"([aeod])\1")
_VOWEL = re.compile(r"[aeiouyw]")
# Onsets and ends that many speakers do not tell apart.
_ONSETS = (("tr", "ch"), ("s", "x"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("v", "d"), ("l", "n"), ("k", "c"))
_ENDS = (("n", "ng"), ("t", "c"), ("n", "nh"), ("i", "y"))
UNKNOWN, SLIP, ALIKE, KEYS, KNOWN_SLIP, OTHER_START = 2.0, 1.2, 0.8, 0.3, 1.6, 0.3  # costs
NEIGHBOURS = 1.0  # what a known pair of neighbours is worth
MOST_CHOICES = 6
LONGEST_RUN = 30  # letters typed without a space


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that are known with how often they stand in titles, pairs of neighbours, and near words."""

    words: Mapping[str, int]
    pairs: Collection[str]
    shortened: Mapping[str, Sequence[str]] = field(repr=False)


def vocabulary(words: Mapping[str, int], pairs: Collection[str]) -> Vocabulary:
    """Prepare ``words`` so that those one slip away are found without walking all of them."""
    shortened: dict[str, list[str]] = {}
    for word in words:
        if word.isalpha() and 2 <= len(word) <= 12:
            for less in {word[:i] + word[i + 1 :] for i in range(len(word))}:
                shortened.setdefault(less, []).append(word)
    return Vocabulary(words, pairs, shortened)


def guess(typed: Sequence[str], known: Vocabulary) -> tuple[str, ...] | None:
    """The likeliest known words for ``typed``, or None where nothing better than itself is found."""
    if all(w in known.words for w in typed) and all(p in known.pairs for p in neighbours(typed)):
        return None
    parted: list[str] = []
    for word in typed:
        parted += _parts(word, known) if word not in known.words and len(word) > 4 else [word]
    best = _likeliest([_choices(word, known) for word in parted], known.pairs)
    return best if best != tuple(typed) else None


def plain_keys(word: str) -> str:
    """The folded syllable that Telex or VNI keys would have made: ``truus`` → ``tru``, ``ta5m`` → ``tam``."""
    word = word.translate(_DIGITS) if word[:1].isalpha() else word
    first = _VOWEL.search(word)
    if first is None:
        return word
    head, tail = word[: first.end()], word[first.end() :].translate(_TONES).replace("w", "")
    head = head[:-1] + "u" if head.endswith("w") else head
    return _DOUBLED.sub(r"\1", head + tail)


def _choices(word: str, known: Vocabulary) -> list[tuple[str, float]]:
    """Words that ``word`` may stand for, each with its cost, the cheapest first."""
    if any(c.isdigit() for c in word) and word in known.words:
        return [(word, 0.0)]
    there = word in known.words
    found = {word: 0.0 if there else UNKNOWN}
    if not there:
        for keyed in dict.fromkeys((plain_keys(word), _single(plain_keys(word)))):
            if keyed != word and keyed in known.words:
                found.setdefault(keyed, KEYS)
    for other in _alike(word):
        if other in known.words:
            found.setdefault(other, ALIKE)
    for other in _slips(word, known):
        cost = (KNOWN_SLIP if there else SLIP) + (OTHER_START if other[0] != word[0] else 0.0)
        found.setdefault(other, cost)
    ordered = sorted(found.items(), key=lambda f: (f[1], -known.words.get(f[0], 0), f[0]))
    return ordered[: MOST_CHOICES * 2] if not there else ordered[: MOST_CHOICES * 3]


def _single(word: str) -> str:
    """Doubled letters once: ``truu`` → ``tru``."""
    return re.sub(r"(.)\1+", r"\1", word)


def _alike(word: str) -> Iterator[str]:
    for pair in _ONSETS:
        for one, other in (pair, pair[::-1]):
            if word.startswith(one) and len(word) > len(one):
                yield other + word[len(one) :]
    for pair in _ENDS:
        for one, other in (pair, pair[::-1]):
            if word.endswith(one) and len(word) > len(one):
                yield word[: -len(one)] + other


def _slips(word: str, known: Vocabulary) -> Iterable[str]:
    """Known words one letter too many, too few, other, or exchanged with its neighbour."""
    if len(word) < 3 or not word.isalpha() or len(word) > 13:
        return []
    shorter = {word[:i] + word[i + 1 :] for i in range(len(word))}
    found = {w for w in shorter if w in known.words and len(w) > 1} | set(known.shortened.get(word, ()))
    for less in shorter:
        found.update(w for w in known.shortened.get(less, ()) if len(w) == len(word) and _one_slip(w, word))
    return sorted(found - {word})


def _one_slip(one: str, other: str) -> bool:
    """Whether words of one length differ in one letter, or in two neighbours that changed places."""
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]


def _likeliest(choices: Sequence[Sequence[tuple[str, float]]], pairs: Collection[str]) -> tuple[str, ...]:
    """The cheapest way through the choices, where known neighbours earn ``NEIGHBOURS``."""
    ways: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
    for options in choices:
        step: dict[str, tuple[float, tuple[str, ...]]] = {}
        for word, cost in options:
            before = min(
                (
                    (total + cost - (NEIGHBOURS if f"{last}0{word}" in pairs else 0.0), path)
                    for last, (total, path) in ways.items()
                ),
                key=lambda way: way[0],
            )
            step[word] = (before[0], (*before[1], word))
        ways = step
    return min(ways.values(), key=lambda way: way[0])[1]


def _parts(word: str, known: Vocabulary) -> list[str]:
    """Known neighbours typed without a space: ``tamtru`` → ``tam tru``; the word itself otherwise."""
    if len(word) > LONGEST_RUN or not word.isalpha():
        return [word]
    ends: dict[int, list[list[str]]] = {0: [[]]}
    for end in range(2, len(word) + 1):
        found = [
            [*before, word[start:end]]
            for start in range(max(0, end - 7), end - 1)
            if word[start:end] in known.words
            for before in ends.get(start, [])
            if not before or f"{before[-1]}0{word[start:end]}" in known.pairs
        ]
        if found:
            ends[end] = sorted(found, key=len)[:8]
    whole = [way for way in ends.get(len(word), []) if len(way) > 1]
    return min(whole, key=lambda way: (len(way), -sum(known.words[w] for w in way)), default=[word])


def spelled_out(initials: str, title: str, words: Sequence[str]) -> tuple[str, ...] | None:
    """The run of ``words`` that begins with ``initials``, where ``title`` (their first letters) holds it."""
    at = title.find(initials)
    return tuple(words[at : at + len(initials)]) if at >= 0 else None


def neighbours(words: Sequence[str]) -> Iterator[str]:
    """Pairs of neighbouring words, joined by 0."""
    return (f"{a}0{b}" for a, b in pairwise(words))
