"""Ranking of titles for a question; the same for every database.

``score`` orders the candidates: exact title, then words and pairs of the title, then terms of the
synonym file, then words of the body (papers, results, agencies).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.catalogue.rules.asking import Question, Reading, find_run

BODY = 0.8  # a question whose every word stands in the body, beside one whose words stand in the title
PRIOR = 0.25
MARKS = 0.6
SURE = 4.0  # reached where words and pairs of the question stand together in a title or a synonym
BELOW = 0.55  # share of a sure first score under which an answer is only related


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is compared with a question, prepared once for many questions.

    ``title``: folded words; ``known``: these, their pairs and other words that name it; ``marked``: words
    with marks; ``weight``: how much all words of the title say; ``prior``: 0 to 1.
    """

    text: str
    title: tuple[str, ...]
    known: frozenset[str]
    marked: frozenset[str]
    weight: float
    prior: float = 0.0


def score(question: Question, candidate: Candidate, body: str = "") -> float:
    """How well a title answers a question; higher is better. ``body``: folded words between spaces."""
    known = candidate.known
    rest = {w for w in question.words if w not in known and f" {w} " in body} if body else known
    begun = question.prefix not in known and f" {question.prefix}" in candidate.text
    best = 0.0
    for reading in question.readings:
        weighed = reading.weighed
        hit = sum([w for word, w in weighed if word in known])
        if begun and reading.folded[-1] == question.prefix:
            hit += 0.9 * reading.weights[-1]  # a last word that is still being typed
        value = _value(reading, hit, candidate) if hit else 0.0
        if body:
            value += BODY * sum([w for word, w in weighed if word in rest]) / reading.total
        if value and question.has_marks:
            exact = sum([w for word, w in reading.weighed_marks if word in candidate.marked])
            value += MARKS * exact / reading.total
        best = max(best, reading.trust * value)
    return round(best + PRIOR * candidate.prior, 4)


def clear_of(scores: Sequence[float]) -> int:
    """How many of the scores, the best first, are not far below a sure first one; 0: none is sure."""
    if not scores or scores[0] < SURE:
        return 0
    return sum(value >= BELOW * scores[0] for value in scores)


def _value(reading: Reading, hit: float, candidate: Candidate) -> float:
    """Coverage of the question, of its pairs, and of the title; more for the whole title, or a run of it."""
    asked, title = reading.folded, candidate.title
    value = 2.0 * hit / reading.total + min(1.0, hit / candidate.weight)
    if reading.pair_total:
        pair_hit = sum([w for p, w in reading.pairs if p in candidate.known])
        value += 1.5 * pair_hit / reading.pair_total
        if pair_hit >= reading.pair_total - 1e-9:
            value += _run(asked, title)
    elif asked == title:
        value += 3.0
    return value


def _run(asked: Sequence[str], title: Sequence[str]) -> float:
    if asked == title:
        return 3.0
    at = find_run(title, asked)
    return 0.0 if at is None else 0.5 if at else 0.8
