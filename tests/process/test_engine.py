"""What follows a step: branches, joins, rejections, and what holds under any order of completions."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.expressions import ExpressionFault
from motcua.core.texts import Text
from motcua.process.rules.definition import Definition, Edge, StepDef, StepKind, parse, problems
from motcua.process.rules.engine import LIVE, NoWayOn, StepState, after_completion, after_rejection

FACTS: dict[str, Any] = {"answers": {"ask": True}, "steps": {}}


def step(
    key: str, *to: str, kind: str = "handle", join: str = "any", on_reject: str = "", when: str = ""
) -> StepDef:
    role = {"intake": "desk", "return": "desk", "confirm": "applicant", "sign": "signatory"}.get(
        kind, "specialist"
    )
    edges = tuple(Edge(*t.split("?")) if "?" in t else Edge(t, when) for t in to)
    return StepDef(key, Text(key, key), StepKind(kind), role, join=join, next=edges, on_reject=on_reject)


def process(*steps: StepDef) -> Definition:
    return Definition(steps)


LIFE = process(
    step("intake", "verify", kind="intake"),
    step("verify", "a?answers.ask == true", "b", "draft"),
    step("a", "sworn?answers.ask == true", "draft?answers.ask != true", kind="consult"),
    step("b", "draft", kind="consult"),
    step("sworn", "draft"),
    step("draft", "confirm", join="all"),
    step("confirm", "sign", kind="confirm", on_reject="draft"),
    step("sign", "return", kind="sign"),
    step("return", kind="return"),
)


class Walk:
    """A process that is walked: every move is applied, and what may never happen is refused."""

    def __init__(self, definition: Definition, facts: dict[str, Any] = FACTS) -> None:
        self.definition, self.facts, self.ended = definition, facts, False
        self.states: list[StepState] = [StepState(definition.first.key, 1, "open")]

    @property
    def live(self) -> list[str]:
        return [s.key for s in self.states if s.state in LIVE]

    def complete(self, key: str, *, reject: bool = False) -> None:
        assert not self.ended
        at = next(i for i, s in enumerate(self.states) if s.key == key and s.state in LIVE)
        self.states[at] = StepState(key, self.states[at].round, "done")
        ask = after_rejection if reject else after_completion
        move = ask(self.definition, self.states, key, self.facts)
        gone = set(move.cancel)
        self.states = [
            StepState(s.key, s.round, "cancelled") if (s.key, s.round) in gone else s for s in self.states
        ]
        for pair in move.open:
            assert pair not in {(s.key, s.round) for s in self.states}, f"{pair} opened twice"
            self.states.append(StepState(*pair, "open"))
        self.ended = move.ended

    def run(self, keys: Sequence[str]) -> "Walk":
        for key in keys:
            self.complete(key)
        return self


@pytest.mark.feature("29")
def test_a_join_of_all_waits_for_every_branch_whatever_the_order() -> None:
    walk = Walk(LIFE).run(["intake", "verify"])
    assert sorted(walk.live) == ["a", "b"]
    walk.run(["a", "b"])
    assert walk.live == ["sworn"]
    walk.complete("sworn")
    assert walk.live == ["draft"]


def test_a_join_fires_when_the_last_branch_leads_elsewhere_or_is_not_taken() -> None:
    walk = Walk(LIFE, {"answers": {"ask": False}, "steps": {}}).run(["intake", "verify"])
    assert walk.live == ["b"]
    assert walk.run(["b"]).live == ["draft"]


def test_a_rejected_draft_opens_a_new_round_and_the_join_does_not_fire_again() -> None:
    walk = Walk(LIFE).run(["intake", "verify", "b", "a", "sworn", "draft"])
    walk.complete("confirm", reject=True)
    assert [(s.key, s.round) for s in walk.states if s.state in LIVE] == [("draft", 2)]
    walk.run(["draft"])
    assert [(s.key, s.round) for s in walk.states if s.state in LIVE] == [("confirm", 2)]
    walk.run(["confirm", "sign", "return"])
    assert walk.ended
    assert not walk.live


def test_any_join_opens_at_the_first_and_cancels_what_leads_only_there() -> None:
    race = process(
        step("intake", "a", "b", "c", kind="intake"),
        step("a", "done"),
        step("b", "done"),
        step("c", "done", "return"),
        step("done", "return"),
        step("return", kind="return", join="all"),
    )
    walk = Walk(race).run(["intake", "a"])
    assert sorted(walk.live) == ["c", "done"]
    walk.run(["c"])
    assert walk.live == ["done"]
    assert walk.run(["done"]).live == ["return"]


def test_a_step_without_an_open_way_is_a_named_fault() -> None:
    stuck = process(
        step("intake", "return?answers.ask == 'no'", kind="intake"), step("return", kind="return")
    )
    with pytest.raises(NoWayOn, match="intake"):
        Walk(stuck).run(["intake"])


@pytest.mark.feature("12")
def test_a_condition_on_a_step_that_does_not_exist_is_a_fault_and_not_false() -> None:
    wrong = process(
        step("intake", "return?steps.nobody.ok == true", kind="intake"), step("return", kind="return")
    )
    with pytest.raises(ExpressionFault, match="nobody"):
        Walk(wrong).run(["intake"])


@st.composite
def walks(draw: st.DrawFn) -> tuple[bool, list[int], int]:
    order = draw(st.lists(st.integers(0, 5), min_size=60, max_size=60))
    return draw(st.booleans()), order, draw(st.integers(0, 3))


@given(walks())
@settings(max_examples=200, deadline=None)
@pytest.mark.feature("27")
def test_every_order_ends_once_and_nothing_opens_twice(case: tuple[bool, list[int], int]) -> None:
    ask, order, rejections = case
    walk = Walk(LIFE, {"answers": {"ask": ask}, "steps": {}})
    for choice in order:
        if walk.ended:
            break
        key = walk.live[choice % len(walk.live)]
        reject = key == "confirm" and rejections > 0
        rejections -= reject
        walk.complete(key, reject=reject)
    assert walk.ended
    assert not walk.live
    assert [s.state for s in walk.states].count("open") == 0


BASE = {
    "steps": [
        {
            "key": "in",
            "name_vi": "a",
            "name_en": "a",
            "kind": "intake",
            "role": "desk",
            "next": [{"to": "out"}],
        },
        {"key": "out", "name_vi": "b", "name_en": "b", "kind": "return", "role": "desk"},
    ]
}


@pytest.mark.feature("27")
def test_a_sound_definition_is_read() -> None:
    assert parse(BASE).first.key == "in"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "handle", "role": "specialist"}, "exactly one intake"),
        ({"next": [{"to": "nowhere"}]}, "unknown step"),
        ({"next": []}, "ends the process"),
        ({"nxet": 1}, "unknown key “nxet”"),
        ({"limit": {"amount": 0, "unit": "days"}}, "at least 1"),
        ({"limit": {"amount": 1, "unit": "weeks"}}, "not one of"),
        ({"share": "much"}, "not a number"),
        ({"share": "1.5"}, "between 0 and 1"),
        ({"name_en": ""}, "name"),
        ({"next": [{"to": "in"}, {"to": "out"}]}, "circle"),
    ],
)
def test_faults_of_a_definition_name_their_place(change: dict[str, Any], said: str) -> None:
    steps = [BASE["steps"][0] | change, BASE["steps"][1]]
    if change.get("name_en") == "":
        del steps[0]["name_en"]
    with pytest.raises(ValueError, match=said) as caught:
        parse({"steps": steps})
    assert "in" in str(caught.value)


def test_an_unreached_step_and_a_heavy_way_are_found() -> None:
    assert "nothing leads" in str(problems(process(*LIFE.steps, step("lonely", "return"))))
    heavy = parse(BASE)
    from dataclasses import replace
    from decimal import Decimal

    both = tuple(replace(s, share=Decimal("0.6")) for s in heavy.steps)
    assert "more than 1" in str(problems(Definition(both)))
