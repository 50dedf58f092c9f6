"""Understanding of a search text: its words, its likely spelling, and the official terms behind it.

A question is folded into words and pairs of neighbouring words (a Vietnamese word is often two
syllables: *tạm trú*). It is read as it stands, as it may have been meant (``spelling``), and with
everyday phrases replaced by the terms of titles (the synonym file).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise

from motcua.core.folding import fold, lower, words

MOST_WORDS = 24
MOST_READINGS = 10
# Folded words that nearly every title or question holds: they count little, alone they still find.
# A folded form that is also another word of its own ("can": cần, căn) is left out.
COMMON = frozenset(
    words(
        "thu tuc dang ky cap giay chung nhan viec cua cho cac va voi de duoc lam xin toi muon nhu nao la co "
        "khong bi trong den theo ve nguoi truc tuyen phai online thuc hien tai"
    )
)
# How questions begin and end; the marked ones only where the question is typed with marks.
OPENINGS = (
    "thủ tục|tôi muốn|tôi cần|em muốn|em cần|mình muốn|mình cần|muốn|cần|xin|hỏi|cho hỏi|cho em hỏi|"
    "cho tôi hỏi|làm thế nào để|làm sao để|làm|đi làm|cách|cách làm|hướng dẫn|hồ sơ|nhờ|em|tôi|con tôi|"
    "thu tuc|toi muon|toi can|em muon|em can|minh muon|muon|xin|cho hoi|cho em hoi|cho toi hoi|lam sao de|"
    "lam the nao de|lam|cach|cach lam|huong dan|ho so"
)
ENDINGS = (
    "ở đâu|thế nào|như thế nào|ra sao|làm sao|cần gì|cần giấy tờ gì|cần những gì|bao nhiêu tiền|"
    "hết bao nhiêu|mất bao lâu|bao lâu|qua mạng|online|trực tuyến|được không|không|"
    "o dau|the nao|nhu the nao|ra sao|lam sao|can gi|can giay to gi|can nhung gi|bao nhieu tien|"
    "het bao nhieu|mat bao lau|bao lau|qua mang|truc tuyen|duoc khong|khong"
)
COMMON_WEIGHT = 0.2
GUESSED = 0.9  # how much a guessed spelling is trusted beside what was typed
# The tone of an open syllable is written on either of two vowels: hoà, hòa.
_SECOND = "oá oà oả oã oạ oé oè oẻ oẽ oẹ uý uỳ uỷ uỹ uỵ"
_FIRST = "óa òa ỏa õa ọa óe òe ỏe õe ọe úy ùy ủy ũy ụy"
_TONE_PLACES = dict(zip(_SECOND.split(" "), _FIRST.split(" "), strict=True))
_TONE = re.compile(rf"(?<!q)({'|'.join(_TONE_PLACES)})\b")
LEAST_SAID = 0.8  # what a known phrase says at the least, beside 1 of a rare word
Told = tuple[float, ...]
Weigh = Callable[[str], float]


def _longest_first(texts: str) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted({tuple(t.split()) for t in texts.split("|")}, key=lambda p: (-len(p), p)))


_OPENINGS, _ENDINGS = _longest_first(OPENINGS), _longest_first(ENDINGS)


@dataclass(frozen=True, slots=True)
class Synonym:
    """Everyday phrases and the official terms they stand for, from a day until a day (both included)."""

    phrases: tuple[str, ...]
    terms: tuple[str, ...]
    owner: str = ""
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True, slots=True)
class Book:
    """Synonyms, and their phrases by the first folded word: (place of the synonym, folded, marked)."""

    synonyms: Sequence[Synonym] = ()
    by_first: Mapping[str, Sequence[tuple[int, tuple[str, ...], tuple[str, ...]]]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question: folded words, the same words with marks, and how much it is trusted.

    The words and ``pairs`` with their weights are worked out once, for many titles.
    """

    folded: tuple[str, ...]
    marked: tuple[str, ...]
    trust: float
    weights: tuple[float, ...]
    weighed: tuple[tuple[str, float], ...]
    weighed_marks: tuple[tuple[str, float], ...]
    pairs: tuple[tuple[str, float], ...]
    total: float
    pair_total: float


@dataclass(frozen=True, slots=True)
class Question:
    """A search text, understood. ``terms`` (folded, with weights) are what titles are looked up by."""

    readings: tuple[Reading, ...]
    words: frozenset[str]
    terms: Mapping[str, float]
    prefix: str
    has_marks: bool


@lru_cache(maxsize=16384)
def weight(word: str) -> float:
    """How much a folded word, or a pair joined with 0, says where no titles are known."""
    parts = word.split("0") if "0" in word and word.replace("0", "").isalpha() else [word]
    return sum(COMMON_WEIGHT if p in COMMON else 1.0 for p in parts) / len(parts)


def pairs(items: Sequence[str]) -> list[str]:
    """Neighbouring words joined by 0, which no tokenizer splits: ``tam0tru``."""
    return [f"{a}0{b}" for a, b in pairwise(items)]


def marked_words(text: str) -> list[str]:
    """Lower-case words with their marks, split where ``words`` splits the folded text."""
    kept = "".join(c if c.isalnum() else " " for c in lower(text))
    return one_tone_place(kept).split()


def one_tone_place(text: str) -> str:
    """Both ways of writing a tone (hoà, hòa) as one."""
    return _TONE.sub(lambda found: _TONE_PLACES[found[0]], text)


@lru_cache(maxsize=8192)
def phrase(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folded and marked words of a phrase of the synonym file."""
    marked = tuple(marked_words(text))
    return tuple(fold(w) for w in marked), marked


def book_of(synonyms: Sequence[Synonym]) -> Book:
    """Prepare synonyms so that the phrases of a question are found by their first word."""
    by_first: dict[str, list[tuple[int, tuple[str, ...], tuple[str, ...]]]] = {}
    for number, synonym in enumerate(synonyms):
        for text in synonym.phrases:
            folded, marked = phrase(text)
            by_first.setdefault(folded[0], []).append((number, folded, marked))
    return Book(tuple(synonyms), by_first)


def ask(
    text: str,
    book: Book,
    weigh: Weigh = weight,
    corrected: Callable[[Sequence[str]], tuple[str, ...] | None] = lambda typed: None,
) -> Question:
    """Read a search text: as it stands, as it may have been meant, and by official terms.

    ``weigh`` says how much a word says; ``corrected`` offers other spelling of the folded words, or None.
    """
    marked = _bare(tuple(marked_words(text)[:MOST_WORDS]))
    folded = tuple(fold(w) for w in marked)
    readings = _read(folded, marked, 1.0, book, weigh) if folded else []
    meant = corrected(folded)
    if meant:
        with_marks = dict(zip(folded, marked, strict=True))
        marks = tuple(with_marks.get(w, w) for w in meant)
        readings += _read(meant, marks, GUESSED, book, weigh)
    readings.sort(key=lambda r: -r.trust)
    readings = readings[:MOST_READINGS]
    terms: dict[str, float] = {}
    for reading in readings:
        for term, value in [*reading.weighed, *reading.pairs]:
            terms[term] = max(terms.get(term, 0.0), value * reading.trust)
    every = frozenset(word for reading in readings for word in reading.folded)
    return Question(tuple(readings), every, terms, folded[-1] if folded else "", marked != folded)


def _bare(marked: tuple[str, ...]) -> tuple[str, ...]:
    """The question without the words that questions begin and end with."""
    for known, place in ((_OPENINGS, 0), (_ENDINGS, 1), (_OPENINGS, 0)):
        for part in known:
            size = len(part)
            if len(marked) > size and (marked[-size:] if place else marked[:size]) == part:
                marked = marked[:-size] if place else marked[size:]
                break
    return marked


def _read(
    folded: tuple[str, ...], marked: tuple[str, ...], trust: float, book: Book, weigh: Weigh
) -> list[Reading]:
    """The words themselves, and with each phrase of the synonym file replaced."""
    whole = _reading(folded, marked, trust, tuple(map(weigh, folded)))
    spans = _spans(folded, marked, book)
    found = [whole]
    for at, length, synonym in spans:
        for number, term in enumerate(synonym.terms):
            found.append(_replaced(whole, [(at, length, term)], 0.03 * number, weigh))
    for (at, length, one), (later, size, other) in combinations(sorted(spans, key=lambda s: s[0]), 2):
        if at + length <= later:
            both = [(at, length, one.terms[0]), (later, size, other.terms[0])]
            found.append(_replaced(whole, both, 0.05, weigh))
    return found


def _reading(folded: tuple[str, ...], marked: tuple[str, ...], trust: float, told: Told) -> Reading:
    """A reading whose words say what ``told`` says of each."""
    both = tuple((f"{a}0{b}", (v + w) / 2) for (a, v), (b, w) in pairwise(zip(folded, told, strict=True)))
    return Reading(
        folded,
        marked,
        trust,
        told,
        tuple(zip(folded, told, strict=True)),
        tuple(zip(marked, told, strict=True)),
        both,
        sum(told) or 1.0,
        sum(w for _, w in both),
    )


def _spans(folded: tuple[str, ...], marked: tuple[str, ...], book: Book) -> list[tuple[int, int, Synonym]]:
    """Where phrases of the book stand in the question; one inside a longer one is left out."""
    best: dict[int, tuple[int, int]] = {}
    for at, word in enumerate(folded):
        for number, wanted, wanted_marked in book.by_first.get(word, ()):
            size = len(wanted)
            if size <= best.get(number, (0, 0))[1] or folded[at : at + size] != wanted:
                continue
            if _same(marked[at : at + size], wanted, wanted_marked):
                best[number] = (at, size)
    return [
        (at, size, book.synonyms[number])
        for number, (at, size) in sorted(best.items())
        if not any(b <= at and at + size <= b + n and n > size for b, n in best.values())
    ]


def _same(typed: Sequence[str], folded: Sequence[str], marked: Sequence[str]) -> bool:
    """Whether each word is typed without marks, or with the same ones: other marks are another word."""
    return all(t in (f, m) for t, f, m in zip(typed, folded, marked, strict=True))


def _replaced(whole: Reading, parts: Sequence[tuple[int, int, str]], doubt: float, weigh: Weigh) -> Reading:
    """A reading in which phrases (place, length) give way to official terms.

    The words of a term together say as much as its phrase did, so what else was asked keeps its share.
    """
    words_now: list[tuple[str, str, float]] = []
    for at, length, term in parts:
        new, new_marked = phrase(term)
        weights = tuple(map(weigh, new))
        share = max(LEAST_SAID, sum(whole.weights[at : at + length])) / (sum(weights) or 1.0)
        words_now += zip(new, new_marked, (w * share for w in weights), strict=True)
    gone = {i for at, length, _ in parts for i in range(at, at + length)}
    there = {word for word, _, _ in words_now}
    left = [i for i, w in enumerate(whole.folded) if i not in gone and w not in COMMON]
    words_now += [
        (whole.folded[i], whole.marked[i], whole.weights[i]) for i in left if whole.folded[i] not in there
    ]
    folded, marked, told = zip(*words_now, strict=True)
    return _reading(folded, marked, whole.trust * (0.97 if left else 1.15) - doubt, told)


def find_run(inside: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Where ``wanted`` stands in ``inside`` as one run, or None."""
    size, goal = len(wanted), tuple(wanted)
    return next((i for i in range(len(inside) - size + 1) if tuple(inside[i : i + size]) == goal), None)
