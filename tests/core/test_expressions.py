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
