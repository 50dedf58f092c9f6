"""Understanding of a search text and ranking of titles; the same for every database.

A question is folded into words and pairs of neighbouring words (a Vietnamese word is often two
syllables: *tạm trú*). The database proposes candidates by these terms; ``score`` orders them:
exact title, then words and pairs of the title, then terms of the synonym file, then the body.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from motcua.core.folding import fold, lower, words

MOST_WORDS = 24
MOST_READINGS = 6
# Folded words that nearly every title or question holds: they count little, alone they still find.
# A folded form that is also another word of its own ("can": cần, căn) is left out.
COMMON = frozenset(
    words(
        "thu tuc dang ky cap giay chung nhan viec cua cho cac va voi de duoc lam xin toi muon nhu nao la co "
        "khong bi trong den theo ve nguoi truc tuyen phai online thuc hien tai"
    )
)
# How questions begin; the marked ones only where the question is typed with marks.
OPENINGS = tuple(
    sorted(
        (
            tuple(p.split())
            for p in (
                "thủ tục",
                "tôi muốn",
                "tôi cần",
                "em muốn",
                "muốn",
                "cần",
                "xin",
                "hỏi",
                "làm thế nào để",
                "làm sao để",
                "làm",
                "đi làm",
                "thu tuc",
                "toi muon",
                "em muon",
                "muon",
                "xin",
                "lam sao de",
                "lam the nao de",
                "lam",
            )
        ),
        key=lambda p: (-len(p), p),
    )
)
COMMON_WEIGHT = 0.2
Term = tuple[str, float, bool]  # a folded word or pair, its weight, and whether it is a prefix


@dataclass(frozen=True, slots=True)
class Synonym:
    """Everyday phrases and the official terms they stand for (synonyms.toml)."""

    phrases: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question: folded words, the same words with marks, and how much it is trusted.

    ``weights`` of the words and ``pairs`` with theirs are worked out once, for many titles.
    """

    folded: tuple[str, ...]
    marked: tuple[str, ...]
    trust: float
    weights: tuple[float, ...]
    pairs: tuple[tuple[str, float], ...]
    total: float
    pair_total: float


@dataclass(frozen=True, slots=True)
class Question:
    """A search text, understood. ``terms`` (folded, with weights) are what the database is asked for."""

    readings: tuple[Reading, ...]
    terms: Mapping[str, float]
    prefix: str
    has_marks: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared with a question: a title with and without marks, and a small prior (0 to 1)."""

    code: str
    title: str
    title_marked: str
    prior: float = 0.0


@lru_cache(maxsize=16384)
def weight(word: str) -> float:
    """How much a folded word, or a pair joined with 0, says."""
    parts = word.split("0") if "0" in word and word.replace("0", "").isalpha() else [word]
    return sum(COMMON_WEIGHT if p in COMMON else 1.0 for p in parts) / len(parts)


def pairs(items: Sequence[str]) -> list[str]:
    """Neighbouring words joined by 0, which no tokenizer splits: ``tam0tru``."""
    return [f"{a}0{b}" for a, b in pairwise(items)]


def marked_words(text: str) -> list[str]:
    """Lower-case words with their marks, split where ``words`` splits the folded text."""
    kept = "".join(c if c.isalnum() else " " for c in lower(text))
    return kept.split()


@lru_cache(maxsize=4096)
def _phrase(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folded and marked words of a phrase of the synonym file."""
    marked = tuple(marked_words(text))
    return tuple(fold(w) for w in marked), marked


def _reading(folded: tuple[str, ...], marked: tuple[str, ...], trust: float) -> Reading:
    weights = tuple(weight(w) for w in folded)
    both = tuple((p, weight(p)) for p in pairs(folded))
    return Reading(folded, marked, trust, weights, both, sum(weights) or 1.0, sum(w for _, w in both))


def ask(text: str, synonyms: Iterable[Synonym]) -> Question:
    """Read a search text: as it stands, and with everyday phrases replaced by official terms."""
    marked = tuple(marked_words(text)[:MOST_WORDS])
    opening = next((p for p in OPENINGS if marked[: len(p)] == p and len(marked) > len(p)), ())
    marked = marked[len(opening) :]
    folded = tuple(fold(w) for w in marked)
    readings = [_reading(folded, marked, 1.0)] if folded else []
    for at, length, synonym in _spans(folded, marked, synonyms):
        readings += _replaced(folded, marked, at, length, synonym)
    readings.sort(key=lambda r: -r.trust)
    readings = readings[:MOST_READINGS]
    terms: dict[str, float] = {}
    for reading in readings:
        for term, value in [*zip(reading.folded, reading.weights, strict=True), *reading.pairs]:
            terms[term] = max(terms.get(term, 0.0), value * reading.trust)
    last = folded[-1] if folded else ""
    return Question(tuple(readings), terms, last, marked != folded)


def _spans(
    folded: tuple[str, ...], marked: tuple[str, ...], synonyms: Iterable[Synonym]
) -> list[tuple[int, int, Synonym]]:
    """Where phrases of the synonym file stand in the question; one inside a longer one is left out."""
    found: list[tuple[int, int, Synonym]] = []
    known = frozenset(folded)
    for synonym in synonyms:
        best = (0, 0)
        for phrase in synonym.phrases:
            wanted, wanted_marked = _phrase(phrase)
            if wanted[0] not in known or len(wanted) <= best[1]:
                continue
            at = _find(folded, wanted)
            # typed with marks, and with other marks: another word
            if at is not None and marked[at : at + len(wanted)] in (wanted, wanted_marked):
                best = (at, len(wanted))
        if best[1]:
            found.append((*best, synonym))
    return [
        (at, size, synonym)
        for at, size, synonym in found
        if not any(b <= at and at + size <= b + n and n > size for b, n, _ in found)
    ]


def asked_for(question: Question, most: int = 24) -> list[Term]:
    """Terms for the database's index: (term, weight, is a prefix), the weightiest first.

    Words that nearly every title holds are left out unless nothing else was asked.
    """
    telling = {t: w for t, w in question.terms.items() if w > COMMON_WEIGHT * 1.2}
    chosen = sorted((telling or question.terms).items(), key=lambda item: (-item[1], item[0]))[:most]
    found = [(term, value, False) for term, value in chosen if term != question.prefix]
    if question.prefix and (question.prefix in telling or not telling):
        found.append((question.prefix, question.terms[question.prefix], len(question.prefix) > 1))
    return found


def rarest(question: Question, terms: Sequence[Term], frequency: Mapping[str, int], most: int) -> list[Term]:
    """The rarest of ``terms``, together in about ``most`` titles, and two of each reading at the least.

    A title that answers holds a rare term of some reading; terms that thousands hold only cost time.
    """
    ordered = sorted(terms, key=lambda t: (frequency.get(t[0], 0), -t[1], t[0]))
    kept: list[Term] = []
    total = 0
    for term in ordered:
        total += frequency.get(term[0], 0)
        if total <= most or len(kept) < 3:
            kept.append(term)
    for reading in question.readings:
        own = {*reading.folded, *(p for p, _ in reading.pairs)}
        known = [t for t in ordered if t[0] in own and (t[2] or frequency.get(t[0], 0))]
        kept += [t for t in known[:2] if t not in kept]
    return kept


def _replaced(
    folded: tuple[str, ...], marked: tuple[str, ...], at: int, length: int, synonym: Synonym
) -> list[Reading]:
    """Readings in which the phrase at ``at`` gives way to each of the synonym's terms."""
    left = [i for i, w in enumerate(folded) if not at <= i < at + length and w not in COMMON]
    trust = 0.97 if left else 1.15
    found = []
    for number, term in enumerate(synonym.terms):
        new, new_marked = _phrase(term)
        extra = [i for i in left if folded[i] not in new]
        words_now = new + tuple(folded[i] for i in extra)
        marked_now = new_marked + tuple(marked[i] for i in extra)
        found.append(_reading(words_now, marked_now, trust - 0.03 * number))
    return found


def _find(inside: Sequence[str], wanted: Sequence[str]) -> int | None:
    size, goal = len(wanted), tuple(wanted)
    return next((i for i in range(len(inside) - size + 1) if tuple(inside[i : i + size]) == goal), None)


def score(question: Question, candidate: Candidate) -> float:
    """How well a title answers a question, over its best reading; higher is better."""
    title = candidate.title.split()
    if title[:2] == ["thu", "tuc"]:
        title = title[2:]
    known, known_pairs = frozenset(title), frozenset(pairs(title))
    title_weight = sum(map(weight, title)) or 1.0
    marked = frozenset(candidate.title_marked.split()) if question.has_marks else frozenset[str]()
    best = 0.0
    for reading in question.readings:
        hit = sum(w for word, w in zip(reading.folded, reading.weights, strict=True) if word in known)
        hit += _begun(reading, question.prefix, known)
        if not hit:
            continue
        value = reading.trust * _value(reading, hit, title, known_pairs, title_weight)
        if question.has_marks:
            exact = sum(w for word, w in zip(reading.marked, reading.weights, strict=True) if word in marked)
            value += 0.6 * exact / reading.total
        best = max(best, value)
    return round(best + 0.25 * candidate.prior, 4)


def _begun(reading: Reading, prefix: str, known: frozenset[str]) -> float:
    """Credit for a last word that is still being typed."""
    if len(prefix) < 2 or reading.folded[-1] != prefix or prefix in known:
        return 0.0
    return 0.9 * reading.weights[-1] if any(w.startswith(prefix) for w in known) else 0.0


def _value(
    reading: Reading, hit: float, title: Sequence[str], known_pairs: frozenset[str], title_weight: float
) -> float:
    """Coverage of the question, of its pairs, and of the title; more for the whole title, or a run of it."""
    asked = reading.folded
    value = 2.0 * hit / reading.total + min(1.0, hit / title_weight)
    pair_hit = sum(w for p, w in reading.pairs if p in known_pairs)
    if reading.pair_total:
        value += 1.5 * pair_hit / reading.pair_total
    if len(asked) > 1 and pair_hit >= reading.pair_total - 1e-9:
        if list(asked) == title:
            return value + 3.0
        at = _find(title, asked)
        if at is not None:
            value += 0.5 if at else 0.8
    elif list(asked) == title:
        value += 3.0
    return value
