"""Understanding of a search text and ranking of titles; the same for every database.

A question is folded into words and pairs of neighbouring words (a Vietnamese word is often two
syllables: *tạm trú*). The database proposes candidates by these terms; ``score`` orders them:
exact title, then words and pairs of the title, then terms of the synonym file, then the body.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from motcua.core.folding import fold, lower, words

MOST_WORDS = 24
# Words that nearly every title or question holds: they count little, alone they still find.
COMMON = frozenset(
    words(
        "thu tuc dang ky cap giay chung nhan viec cua cho cac va doi voi de duoc lam xin toi muon can o dau "
        "nhu the nao con la co khong bi do trong tu den theo ve khi mot nguoi ban dich vu cong truc tuyen "
        "phai gi nop ho so nay ai bao hoi online cong dan"
    )
)
FILLERS = frozenset(words("thu tuc xin toi muon can nhu the nao o dau la gi online hoi lam"))
COMMON_WEIGHT = 0.2


@dataclass(frozen=True, slots=True)
class Synonym:
    """Everyday phrases and the official terms they stand for (synonyms.toml)."""

    phrases: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a question: folded words, the same words with marks, and how much it is trusted."""

    folded: tuple[str, ...]
    marked: tuple[str, ...]
    trust: float


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


def weight(word: str) -> float:
    """How much a folded word, or a pair joined with 0, says."""
    parts = word.split("0") if "0" in word and word.replace("0", "").isalpha() else [word]
    said = sum(COMMON_WEIGHT if p in COMMON else 1.0 for p in parts)
    return said / len(parts)


def pairs(items: Sequence[str]) -> list[str]:
    """Neighbouring words joined by 0, which no tokenizer splits: ``tam0tru``."""
    return [f"{a}0{b}" for a, b in pairwise(items)]


def marked_words(text: str) -> list[str]:
    """Lower-case words with their marks, split where ``words`` splits the folded text."""
    kept = "".join(c if c.isalnum() else " " for c in lower(text))
    return kept.split()


def ask(text: str, synonyms: Iterable[Synonym]) -> Question:
    """Read a search text: as it stands, and with everyday phrases replaced by official terms."""
    marked = tuple(marked_words(text)[:MOST_WORDS])
    folded = tuple(fold(w) for w in marked)
    while len(folded) > 1 and folded[0] in FILLERS and set(folded) - FILLERS:
        marked, folded = marked[1:], folded[1:]
    readings = [Reading(folded, marked, 1.0)] if folded else []
    for synonym in synonyms:
        readings += _replaced(folded, marked, synonym)
    readings.sort(key=lambda r: -r.trust)
    terms: dict[str, float] = {}
    for reading in readings[:7]:
        for term in [*reading.folded, *pairs(reading.folded)]:
            terms[term] = max(terms.get(term, 0.0), weight(term) * reading.trust)
    last = folded[-1] if folded else ""
    return Question(tuple(readings[:7]), terms, last, marked != folded)


def asked_for(question: Question, most: int = 40) -> list[tuple[str, float, bool]]:
    """Terms for the database's index: (term, weight, is a prefix), the weightiest first.

    Words that nearly every title holds are left out unless nothing else was asked.
    """
    telling = {t: w for t, w in question.terms.items() if w > COMMON_WEIGHT * 1.2}
    chosen = sorted((telling or question.terms).items(), key=lambda item: (-item[1], item[0]))[:most]
    found = [(term, value, False) for term, value in chosen if term != question.prefix]
    if question.prefix and (question.prefix in telling or not telling):
        found.append((question.prefix, question.terms[question.prefix], len(question.prefix) > 1))
    return found


def _replaced(folded: tuple[str, ...], marked: tuple[str, ...], synonym: Synonym) -> list[Reading]:
    """Readings in which the longest phrase of ``synonym`` found in the question gives way to its terms."""
    best: tuple[int, int] = (0, 0)
    for phrase in synonym.phrases:
        wanted_marked = tuple(marked_words(phrase))
        wanted = tuple(fold(w) for w in wanted_marked)
        at = _find(folded, wanted)
        if at is None or len(wanted) <= best[0]:
            continue
        here = marked[at : at + len(wanted)]
        if here != wanted and here != wanted_marked:
            continue  # typed with marks, and with other marks: another word
        best = (len(wanted), at)
    if not best[0]:
        return []
    length, at = best
    told = sum(weight(w) for w in folded[at : at + length])
    rest = sum(weight(w) for w in folded) - told
    trust = 1.05 if rest < 0.5 else 0.95
    found = []
    for number, term in enumerate(synonym.terms):
        new_marked = tuple(marked_words(term))
        new = tuple(fold(w) for w in new_marked)
        left = [i for i in range(len(folded)) if not at <= i < at + length and folded[i] not in COMMON]
        extra = tuple(folded[i] for i in left if folded[i] not in new)
        extra_marked = tuple(marked[i] for i in left if folded[i] not in new)
        found.append(Reading(new + extra, new_marked + extra_marked, trust - 0.03 * number))
    return found


def _find(inside: Sequence[str], wanted: Sequence[str]) -> int | None:
    size, goal = len(wanted), tuple(wanted)
    return next((i for i in range(len(inside) - size + 1) if tuple(inside[i : i + size]) == goal), None)


def score(question: Question, candidate: Candidate) -> float:
    """How well a title answers a question, over its best reading; higher is better."""
    title = candidate.title.split()
    if title[:2] == ["thu", "tuc"]:
        title = title[2:]
    known = frozenset(title)
    known_pairs = frozenset(pairs(title))
    title_weight = sum(weight(w) for w in title) or 1.0
    marked = frozenset(candidate.title_marked.split())
    best = 0.0
    for reading in question.readings:
        value = reading.trust * _one(reading, question, title, known, known_pairs, title_weight)
        if question.has_marks and value:
            value += 0.6 * _share(reading.marked, marked)
        best = max(best, value)
    return round(best + 0.25 * candidate.prior, 4)


def _one(
    reading: Reading,
    question: Question,
    title: Sequence[str],
    known: frozenset[str],
    known_pairs: frozenset[str],
    title_weight: float,
) -> float:
    asked = reading.folded
    total = sum(weight(w) for w in asked) or 1.0
    hit = sum(weight(w) for w in asked if w in known)
    last = asked[-1] if asked else ""
    if last and last == question.prefix and last not in known and any(w.startswith(last) for w in known):
        hit += 0.9 * weight(last)
    both = pairs(asked)
    pair_total = sum(weight(p) for p in both)
    pair_hit = sum(weight(p) for p in both if p in known_pairs)
    value = 2.0 * hit / total + (1.5 * pair_hit / pair_total if pair_total else 0.0)
    value += min(1.0, hit / title_weight)
    if list(asked) == list(title):
        value += 3.0
    elif len(asked) > 1 and _find(title, asked) is not None:
        value += 0.5 if title[: len(asked)] != list(asked) else 0.8
    return value


def _share(asked: Sequence[str], known: frozenset[str]) -> float:
    total = sum(weight(fold(w)) for w in asked)
    return sum(weight(fold(w)) for w in asked if w in known) / total if total else 0.0


def entry_of(*, code: str, name_vi: str, name_en: str = "", extra: Iterable[str] = ()) -> dict[str, str]:
    """The search texts of one procedure: title with and without marks, its terms, and terms of the rest."""
    title = words(name_vi)
    terms = [*title, *pairs(title), *words(name_en), *code.split(".")]
    body: set[str] = set()
    for text in extra:
        found = words(text)
        body |= {*found, *pairs(found)}
    return {
        "title_marked": " ".join(marked_words(name_vi))[:1000],
        "title": " ".join(title)[:1000],
        "terms": " ".join(terms),
        "body": " ".join(sorted(body - set(terms))),
    }


def prior_of(subjects: Iterable[str], levels: Iterable[str]) -> float:
    """How likely a person at home asks for a procedure: for citizens, and close to them (0 to 1)."""
    told = " ".join(fold(s) for s in subjects)
    near = {"commune": 0.5, "province": 0.3}
    return (0.5 if "cong dan viet nam" in told else 0.0) + max(
        (near.get(x, 0.0) for x in levels), default=0.0
    )
