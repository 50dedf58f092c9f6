"""Whether an assessment fits together: what was brought is taken whole, or refused with every fault named."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from motcua.core.tables import Problem
from motcua.voice.rules.assessments import AssessmentRefused, Criterion, Finding, Record, record_of

CODE = re.compile(r"[^\W_][\w.-]{0,39}")  # it stands in addresses and in names of files
MOST_NUMBER = 999  # of a recommendation
MOST_SCALE = 10_000
MOST_SIZE = 100_000_000
MOST_LETTERS = 5_000  # of one text
PLACES = 4  # behind the decimal point


def checked_record(data: Any, name: str, figures: Collection[str]) -> Record:
    """An assessment from the table of a file; ``figures`` are the definitions that this site knows.

    Raises ``AssessmentRefused`` with every fault and its place.
    """
    record, found = record_of(data, name)
    found += _texts(data, name)
    found += [*_codes(record, name), *_days(record, name), *_criteria(record, name)]
    found += [*_findings(record, name, figures), *_advice(record, name)]
    if found:
        raise AssessmentRefused(found)
    return record


def is_code(text: str) -> bool:
    """True for letters, digits, dots, hyphens and underscores, at most 40, the first a letter or digit."""
    return bool(CODE.fullmatch(text))


def is_plain(text: str) -> bool:
    """False where a control sign stands in a text (line ends and tabulators aside)."""
    return not any(unicodedata.category(sign) == "Cc" and sign not in "\n\r\t" for sign in text)


def _texts(data: Any, place: str) -> Iterator[Problem]:
    """Texts that no page and no database could take."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(value, f"{place} {key}")
    elif isinstance(data, list):
        for number, value in enumerate(data, 1):
            yield from _texts(value, f"{place}[{number}]")
    elif isinstance(data, str):
        if len(data) > MOST_LETTERS:
            yield Problem(
                place,
                f"more than {MOST_LETTERS} letters: shorten it",
                f"dài quá {MOST_LETTERS} chữ: rút ngắn",
            )
        if not is_plain(data):
            yield Problem(place, "holds a control sign: type it anew", "có ký tự điều khiển: gõ lại")


def _codes(record: Record, name: str) -> Iterator[Problem]:
    named = [(name, "code", record.code), (name, "repeats", record.repeats)]
    named += [(f"{name} criteria[{c.key}]", "key", c.key) for c in record.criteria]
    for place, key, text in named:
        if text and not is_code(text):
            yield Problem(
                place,
                f"“{key}” is “{text:.60}”: use letters, digits, “.”, “-” and “_” only, at most 40, "
                "and begin with a letter or digit",
                f"“{key}” là “{text:.60}”: chỉ dùng chữ cái, chữ số, “.”, “-” và “_”, nhiều nhất 40, "
                "bắt đầu bằng chữ cái hoặc chữ số",
            )
    if record.code and record.code == record.repeats:
        yield Problem(name, "“code” and “repeats” are the same", "“code” và “repeats” trùng nhau")


def _days(record: Record, name: str) -> Iterator[Problem]:
    if not "" < record.first <= record.last:
        yield Problem(
            name,
            "“from” and “to” are days, in order",
            "“from” và “to” phải là hai ngày, ngày trước ghi trước",
        )
    if not 0 < record.size <= MOST_SIZE:
        yield Problem(
            name,
            f"“size” of the sample is to be within 1 and {MOST_SIZE}",
            f"“size” (cỡ mẫu) phải từ 1 đến {MOST_SIZE}",
        )


def _criteria(record: Record, name: str) -> Iterator[Problem]:
    keys = [c.key for c in record.criteria]
    if not keys or not record.findings:
        yield Problem(
            name,
            "one criterion and one finding at least are needed",
            "cần ít nhất một tiêu chí và một phát hiện",
        )
    for c in record.criteria:
        place = f"{name} criteria[{c.key}]"
        if keys.count(c.key) > 1:
            yield Problem(place, f"criterion “{c.key}” comes twice", f"tiêu chí “{c.key}” ghi hai lần")
        if not 0 < c.most <= MOST_SCALE:
            yield Problem(
                place,
                f"criterion “{c.key}” needs “most” above 0 and at most {MOST_SCALE}",
                f"tiêu chí “{c.key}” cần “most” lớn hơn 0 và nhiều nhất {MOST_SCALE}",
            )
        if c.weight is not None and not (0 < c.weight <= MOST_SCALE and short(c.weight)):
            yield Problem(
                place,
                f"“weight” is to be above 0, at most {MOST_SCALE}, with at most {PLACES} decimals",
                f"“weight” phải lớn hơn 0, nhiều nhất {MOST_SCALE}, tối đa {PLACES} chữ số thập phân",
            )
    yield from _weights(record.criteria, name)


def _weights(criteria: tuple[Criterion, ...], name: str) -> Iterator[Problem]:
    without = [c.key for c in criteria if c.weight is None]
    if 0 < len(without) < len(criteria):
        keys = ", ".join(f"“{key}”" for key in without)
        yield Problem(
            name,
            f"give every criterion a “weight”, or none: {keys} has none",
            f"ghi “weight” cho mọi tiêu chí, hoặc không ghi cho tiêu chí nào: {keys} chưa có",
        )


def short(number: Decimal) -> bool:
    """True with at most ``PLACES`` decimals (and none of them thousands of places away)."""
    return -PLACES <= int(number.as_tuple().exponent) <= PLACES


def _unknown(key: str, place: str, known: Collection[str]) -> Iterator[Problem]:
    if key not in known:
        yield Problem(
            place,
            f"criterion “{key}” is not among the criteria",
            f"tiêu chí “{key}” không có trong danh sách",
        )


def _findings(record: Record, name: str, figures: Collection[str]) -> Iterator[Problem]:
    most = {c.key: c.most for c in record.criteria}
    scored = [f.criterion for f in record.findings if f.score is not None]
    for f in record.findings:
        place = f"{name} findings[{f.criterion}]"
        yield from _unknown(f.criterion, place, most)
        if f.score is not None and scored.count(f.criterion) > 1:
            yield Problem(
                place,
                f"two findings with a score for criterion “{f.criterion}”: a criterion has one score",
                f"hai phát hiện cùng cho điểm tiêu chí “{f.criterion}”: mỗi tiêu chí chỉ có một điểm",
            )
        if f.score is not None and f.criterion in most:
            yield from _score(f, f.score, most[f.criterion], place)
        yield from _figure(f, place, figures)


def _score(f: Finding, score: Decimal, most: int, place: str) -> Iterator[Problem]:
    if not (0 <= score <= most and short(score)):
        yield Problem(
            place,
            f"score {score} of “{f.criterion}” is not within 0 and {most} with at most {PLACES} decimals",
            f"điểm {score} của “{f.criterion}” không nằm trong khoảng 0 đến {most}, "
            f"tối đa {PLACES} chữ số thập phân",
        )


def _figure(f: Finding, place: str, figures: Collection[str]) -> Iterator[Problem]:
    if f.definition and f.definition not in figures:
        yield Problem(
            f"{place} figure",
            f"figure “{f.definition:.60}” is not known here; known are: {', '.join(sorted(figures))}",
            f"ở đây không có chỉ số “{f.definition:.60}”; có các chỉ số: {', '.join(sorted(figures))}",
        )
    if f.definition and not "" < f.first <= f.last:
        yield Problem(
            f"{place} figure",
            "a figure needs “from” and “to”: days, in order",
            "chỉ số cần “from” và “to”: hai ngày, ngày trước ghi trước",
        )
    if not f.definition and (f.first or f.last):
        yield Problem(
            f"{place} figure",
            "“from” and “to” without a “definition”",
            "có “from”, “to” mà thiếu “definition”",
        )


def _advice(record: Record, name: str) -> Iterator[Problem]:
    most = {c.key: c.most for c in record.criteria}
    numbers = [a.number for a in record.advice]
    for a in record.advice:
        if not 0 < a.number <= MOST_NUMBER:
            yield Problem(
                f"{name} recommendations",
                f"“number” of a recommendation is to be within 1 and {MOST_NUMBER}",
                f"“number” của khuyến nghị phải từ 1 đến {MOST_NUMBER}",
            )
            continue
        place = f"{name} recommendations[{a.number}]"
        if numbers.count(a.number) > 1:
            yield Problem(
                place, f"recommendation {a.number} comes twice", f"khuyến nghị {a.number} ghi hai lần"
            )
        if a.criterion:
            yield from _unknown(a.criterion, place, most)
