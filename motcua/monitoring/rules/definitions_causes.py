"""Why dossiers miss a figure: the first condition that a dossier fails, counted like a rate.

A dossier that misses stands under exactly one cause; the causes of a figure add up to its misses. What is
left out of the figure for an unknown fact has no cause. Counted along by the rollups, so that a cause opens
into its dossiers.
"""

from collections.abc import Callable
from datetime import datetime

from motcua.core.texts import Text
from motcua.monitoring.rules.definition import Definition
from motcua.monitoring.rules.definitions_handling import ON_TIME_766
from motcua.monitoring.rules.definitions_online import ONLINE_766, ONLINE_2022, ONLINE_EMC
from motcua.monitoring.rules.facts import FULL, ONLINE, SUPPLEMENT, Facts, is_open
from motcua.monitoring.rules.predicates import Finding, Predicate

Test = Callable[[Facts], bool]
POST = 3  # channel

_DIRECT = ("direct", Text("nộp trực tiếp tại quầy", "filed at the counter"))
_BY_POST = ("post", Text("nộp qua bưu chính", "filed by post"))
_ON_PAPER = ("paper", Text("không có kết quả điện tử", "no electronic result"))

TESTS: tuple[tuple[Definition, tuple[tuple[str, Text, Test], ...]], ...] = (
    (
        ONLINE_2022,
        ((*_BY_POST, lambda f: f.channel == POST), (*_DIRECT, lambda f: f.channel != ONLINE)),
    ),
    (
        ONLINE_766,
        (
            (*_BY_POST, lambda f: f.channel == POST),
            (*_DIRECT, lambda f: f.channel != ONLINE),
            (*_ON_PAPER, lambda f: f.e_result is not True),
        ),
    ),
    (
        ONLINE_EMC,
        (
            (*_BY_POST, lambda f: f.channel == POST),
            (*_DIRECT, lambda f: f.channel is not None and f.channel != ONLINE),
            (
                "partial",
                Text("dịch vụ chưa toàn trình", "the service is not full"),
                lambda f: bool(f.level) and f.level != FULL,
            ),
            (
                "visit",
                Text("vẫn phải đến trực tiếp", "a visit was needed all the same"),
                lambda f: bool(f.visits),
            ),
            (*_ON_PAPER, lambda f: f.e_result is False),
        ),
    ),
    (
        ON_TIME_766,
        (
            (
                "again",
                Text("đang chờ bổ sung từ lần thứ hai", "waiting at a second supplement"),
                lambda f: f.status == SUPPLEMENT,
            ),
            ("open", Text("quá hạn, chưa giải quyết xong", "overdue and not done"), is_open),
            ("late", Text("giải quyết xong sau hẹn", "done after the promised date"), lambda f: True),
        ),
    ),
)


def _because(base: Definition, tests: tuple[tuple[str, Text, Test], ...], wanted: int) -> Predicate:
    def missed(facts: Facts, end: datetime) -> Finding:
        if base.denominator(facts, end) is not True or base.numerator(facts, end) is not False:
            return False
        return next((n for n, (_, _, test) in enumerate(tests) if test(facts)), None) == wanted

    return missed


def _cause(base: Definition, tests: tuple[tuple[str, Text, Test], ...], number: int) -> Definition:
    key, words, _ = tests[number]
    why = Text(f"Trong số hồ sơ chưa đạt: {words.vi}.", f"Of the dossiers that miss: {words.en}.")
    return Definition(
        identifier=f"{base.identifier}~{key}", revision=base.revision, name=words, source=base.source,
        formula=why, above=words, below=base.below, counts=base.counts,
        denominator=_because(base, tests, number), changes_on=base.changes_on,
    )  # fmt: skip


CAUSES: dict[str, tuple[Definition, ...]] = {
    base.identifier: tuple(_cause(base, tests, n) for n in range(len(tests))) for base, tests in TESTS
}
