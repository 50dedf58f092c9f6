"""Expressions: bounded, and a name that is not there is a named fault."""

import pytest

from motcua.core.expressions import MAX_LENGTH, ExpressionFault, evaluate, references, truth


@pytest.mark.parametrize(
    ("source", "facts", "value"),
    [
        ("answers.a == 'x'", {"answers": {"a": "x"}}, True),
        ("answers.a == 'x'", {"answers": {"a": None}}, False),
        ("answers.rows.exists(r, r.n > 2)", {"answers": {"rows": [{"n": 1}, {"n": 3}]}}, True),
        ("answers['a'] == 1 && has(answers.a)", {"answers": {"a": 1}}, True),
        ("'a.b' in answers.list", {"answers": {"list": ["a.b"], "rest": object()}}, True),
        ("", {}, True),
    ],
)
@pytest.mark.feature("12")
def test_truth(source: str, facts: dict[str, object], value: bool) -> None:
    assert truth(source, facts) is value


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("answers.typo == 'x'", "typo"),
        ("answer.a == 'x'", "answer"),
        ("answers.a > 3", "overload"),
        ("answers.a", "true or false"),
        ("answers.a ==", "valid"),
        ("(" * 40 + "true" + ")" * 40, "nested"),
        ("true || " * (MAX_LENGTH // 8) + "true", "longer"),
        ("answers.a.b == 1", "b|select|member|type"),
    ],
)
def test_faults_are_named(source: str, said: str) -> None:
    with pytest.raises(ExpressionFault, match=said):
        truth(source, {"answers": {"a": "x"}})


@pytest.mark.parametrize(
    "source", ["!" * 500 + "true", "-" * 500 + "1 == 1", "true?" * 100 + "true", "[" * 300]
)
def test_no_expression_breaks_the_process(source: str) -> None:
    try:
        value = truth(source, {})
    except ExpressionFault:
        return
    assert isinstance(value, bool)


def test_references_leave_strings_out() -> None:
    assert references("answers.a == 'answers.b' && steps.verify.ok == true") == {
        "answers.a",
        "steps.verify.ok",
    }


def test_a_value_is_plain_data() -> None:
    rows = [{"place": "A", "during": {"from": "2001-01-01"}}]
    value = evaluate("answers.rows.map(r, {'p': r.place, 'f': r.during.from})", {"answers": {"rows": rows}})
    assert value == [{"p": "A", "f": "2001-01-01"}]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("years('2008-03-27', '2026-03-26')", 17),
        ("years('2008-03-27', '2026-03-27')", 18),
        ("years('2008-02-29', '2026-02-28')", 17),
        ("days('2026-02-27', '2026-03-01')", 2),
        ("days('2026-03-01', '2026-02-27')", -2),
        ("months_after('2026-08-31', 6)", "2027-02-28"),
        ("months_after('2026-01-31', -2)", "2025-11-30"),
        ("months_after('9999-12-31', 1)", None),
        ("years(answers.none, '2026-01-01')", None),
        ("days('2026-02-30', '2026-03-01')", None),
        ("answers.rows.exists(r, years(r.born, today) < 18)", True),
    ],
)
def test_days_are_counted(source: str, value: object) -> None:
    facts = {"answers": {"none": None, "rows": [{"born": "2020-01-01"}]}, "today": "2026-07-06"}
    assert evaluate(source, facts) == value


def test_a_day_that_is_not_known_is_a_fault_in_a_comparison_never_false() -> None:
    with pytest.raises(ExpressionFault):
        truth("years(answers.born, today) < 18", {"answers": {"born": None}, "today": "2026-07-06"})


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("days_after('2026-11-27', 30)", "2026-12-27"),
        ("days_after('2028-02-28', 1)", "2028-02-29"),
        ("days_after('2026-01-01', -1)", "2025-12-31"),
        ("days_after('9999-12-31', 1)", None),
        ("days_after('no day', 1)", None),
        ("days_after('2026-01-01', 99999999)", None),
    ],
)
def test_so_many_days_later(words: str, day: str | None) -> None:
    assert evaluate(words, {}) == day
