"""One form, three readers: web page, API schema and desk must agree; no input breaks any of them."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from motcua.catalogue.rules.check import some_value
from motcua.catalogue.rules.form import (
    Check,
    Form,
    FormPage,
    Option,
    Question,
    clean_page,
    describe,
    json_schema,
    page_questions,
    prefill,
    settle,
    validate_answers,
    visible_pages,
)
from motcua.catalogue.rules.form_raw import to_raw
from motcua.catalogue.rules.form_reading import TYPES
from motcua.catalogue.rules.pack import load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.core.texts import Text

FACTS: dict[str, Any] = {
    "dossier": {"channel": 2, "filed_by": "self", "procedure": "x"},
    "service": {},
    "steps": {},
    "today": "2026-07-06",
}
PACK = parse_pack(load_folder(Path(__file__).parents[2] / "packs/vn/marriage-status"))
PLAIN = [t for t in TYPES if t not in {"group", "note", "file"}]


def q(key: str, kind: str, **more: Any) -> Question:
    if kind in {"choice", "choices", "lookup"}:
        more.setdefault("options", (Option("a", Text("A", "A")), Option("b", Text("B", "B"))))
    return Question(key, kind, Text(f"Mục {key} {{x}}", f"Item {key}"), **more)


EVERY = tuple(q(f"q_{t}", t) for t in PLAIN)
GROUP = q(
    "rows",
    "group",
    questions=(q("name", "full_name"), q("when", "period"), q("n", "number", need="optional")),
    most=3,
)
OPTIONAL = tuple(q(f"o_{t}", t, need="optional") for t in PLAIN)
UNKNOWN = q("maybe", "date", unknown=True)
SHAPES = Form(pages=(FormPage("p", Text("P", "P"), questions=(*EVERY, GROUP, *OPTIONAL, UNKNOWN)),))
SCHEMA = Draft202012Validator(json_schema(SHAPES), format_checker=FormatChecker())


def good(seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    questions = [x for _, x in SHAPES.questions()]
    return {x.key: some_value(x, chance) for x in questions if x.required or chance.random() < 0.5}


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(10**30, 10**40),
    st.floats(allow_nan=False),
    st.text(),
    st.sampled_from(
        [
            "a",
            "1990-02-30",
            "1990-2-3",
            "1899-01-01",
            "2200-01-01",
            "123456789012\n",
            "12345678901",
            "\ud800",
            "x\x00y",
            "a@b",
            "+84 912",
            "vn",
            "yes",
            "x" * 3000,
            "٣" * 12,
            "2001-01-01\n",
            "1990",
            "1990-13",
            "1990-02",
            "a\u202eb",
            "Nguyễn 😀",
            ["a"],
            ["a", "a"],
            ["b", "a"],
            ["c"],
            {"line": "Số 1", "commune": "22738"},
            {"line": "Số 1", "commune": "x"},
            {"line": "", "commune": "22738"},
            {"lat": 11.5, "lon": 108},
            {"lat": 91, "lon": 108.9},
            {"lat": True, "lon": 1e308},
            1.0,
            1.5,
            -1,
            10**9 + 1,
        ]
    ),
    st.lists(st.text(), max_size=3),
    st.dictionaries(st.text(), st.text(), max_size=2),
    st.fixed_dictionaries(
        {"from": st.sampled_from(["2001-01-01", "x"]), "to": st.sampled_from(["2002-01-01", None])}
    ),
    st.lists(
        st.fixed_dictionaries({"name": st.text(max_size=4)}, optional={"n": st.integers(), "z": st.none()}),
        max_size=5,
    ),
)


@given(
    st.integers(0, 10**6),
    st.sampled_from([k for k, _ in [(x.key, 0) for _, x in SHAPES.questions()]] + ["stranger"]),
    JUNK,
)
@settings(max_examples=400, deadline=None)
@pytest.mark.feature("11")
def test_the_schema_accepts_exactly_what_the_form_accepts(seed: int, key: str, value: Any) -> None:
    answers = {**good(seed), key: value}
    cleaned = validate_answers(SHAPES, answers, FACTS)
    periods_fit = not any("period" in e.pointer or "when" in e.pointer for e in cleaned.errors)
    if SCHEMA.is_valid(answers) and periods_fit:  # the order of a period's days is beyond a schema
        assert not cleaned.errors
    if not cleaned.errors:
        assert SCHEMA.is_valid(answers), list(SCHEMA.iter_errors(answers))
    for error in cleaned.errors:
        assert error.message.vi
        assert error.message.en


@given(st.integers(0, 10**6))
@settings(max_examples=50, deadline=None)
def test_a_missing_required_answer_is_refused_by_both(seed: int) -> None:
    answers = good(seed)
    key = random.Random(seed).choice([x.key for x in EVERY])
    del answers[key]
    assert not SCHEMA.is_valid(answers)
    assert f"/{key}" in [e.pointer for e in validate_answers(SHAPES, answers, FACTS).errors]


@given(st.recursive(JUNK, lambda inner: st.lists(inner, max_size=3), max_leaves=4))
def test_anything_that_is_no_object_is_refused(value: Any) -> None:
    if not isinstance(value, dict):
        assert validate_answers(SHAPES, value, FACTS).errors


RAW = st.dictionaries(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                f"{k}{s}"
                for k in (
                    "q_date",
                    "rows-0-when-from",
                    "o_number",
                    "maybe",
                    "q_text",
                    "rows-999-name",
                    "q_statement",
                )
                for s in ("", "-day", "-month", "-year", "-unknown")
            ]
        ),
    ),
    st.one_of(
        st.lists(
            st.one_of(st.text(), st.sampled_from(["99999999999999999999", "\x00", "31", "2", "1990", "-1"])),
            max_size=3,
        ),
        st.text(),
        st.none(),
        st.integers(),
    ),
    max_size=12,
)


@given(RAW)
@settings(max_examples=300, deadline=None)
def test_no_form_post_raises(raw: Any) -> None:
    cleaned = clean_page(SHAPES, "p", raw, {**FACTS, "answers": {}})
    assert cleaned.errors
    assert all(e.message.vi and e.message.en for e in cleaned.errors)


@given(st.integers(0, 10**6))
@settings(max_examples=50, deadline=None)
def test_what_is_kept_can_be_shown_again_and_sent_again(seed: int) -> None:
    answers, raw = good(seed), {}
    for _, question in SHAPES.questions():
        raw |= to_raw(question, answers.get(question.key))
    again = clean_page(
        SHAPES, "p", {**raw, "maybe-unknown": [] if "maybe" in answers else ["yes"]}, {**FACTS, "answers": {}}
    )
    assert not again.errors
    assert {k: v for k, v in again.values.items() if v is not None} == answers


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("date", {"x-day": ["27"], "x-month": ["3"], "x-year": ["1990"]}, "1990-03-27"),
        ("personal_number", {"x": ["001 196 000 123"]}, "001196000123"),
        ("phone", {"x": ["+84 912.345.678"]}, "+84912345678"),
        ("number", {"x": ["1.000"]}, 1000),
        ("yes_no", {"x": ["no"]}, False),
        ("full_name", {"x": ["  Trần  Thị\tMẫu "]}, "Trần Thị Mẫu"),
        ("text", {"x": ["cũ", "mới"]}, "mới"),
        ("statement", {"x": ["on"]}, True),
    ],
)
@pytest.mark.feature("11")
def test_people_write_as_they_are_used_to(kind: str, raw: dict[str, list[str]], value: Any) -> None:
    form = Form(pages=(FormPage("p", Text("P", "P"), questions=(q("x", kind),)),))
    assert clean_page(form, "p", raw, FACTS).values == {"x": value}


BRANCH = Form(
    pages=(
        FormPage(
            "one",
            Text("1", "1"),
            questions=(q("way", "choice"), q("why", "text", show_if="answers.way == 'b'")),
        ),
        FormPage(
            "two", Text("2", "2"), questions=(q("more", "text", need="soft"),), show_if="answers.way == 'b'"
        ),
        FormPage(
            "three",
            Text("3", "3"),
            questions=(
                q("twice", "number", calculated="answers.way == 'b' ? 2 : 1"),
                q(
                    "day",
                    "date",
                    not_future=True,
                    need="optional",
                    checks=(Check("answers.day > '2000-01-01'", Text("sau 2000", "after 2000")),),
                ),
            ),
        ),
    )
)


@pytest.mark.feature("14")
def test_hidden_answers_are_dropped_and_do_not_steer_anything() -> None:
    stale = {"way": "a", "why": "old", "more": "old"}
    assert [p.key for p in visible_pages(BRANCH, {**FACTS, "answers": stale})] == ["one", "three"]
    cleaned = validate_answers(BRANCH, stale, FACTS)
    assert not cleaned.errors
    assert cleaned.values == {"way": "a", "why": None, "more": None, "twice": 1, "day": None}


@pytest.mark.feature("14")
@pytest.mark.parametrize(("way", "twice"), [("a", 1), ("b", 2)])
def test_a_calculated_answer_follows_the_others_and_is_nobodys_to_give(way: str, twice: int) -> None:
    given = {"way": way, "why": "x", "more": "y"} if way == "b" else {"way": way}
    assert validate_answers(BRANCH, given, FACTS).values["twice"] == twice
    assert validate_answers(BRANCH, {**given, "twice": 99}, FACTS).values.get("twice") != 99


@pytest.mark.feature("15")
def test_a_soft_answer_may_be_left_out_and_is_told() -> None:
    cleaned = validate_answers(BRANCH, {"way": "b", "why": "x"}, FACTS)
    assert not cleaned.errors
    assert [w.pointer for w in cleaned.warnings] == ["/more"]


def test_a_question_of_the_same_page_is_asked_with_its_condition() -> None:
    assert [x.key for x in page_questions(BRANCH, "one", settle(BRANCH, {**FACTS, "answers": {}}))] == [
        "way",
        "why",
    ]
    missing = clean_page(BRANCH, "one", {"way": ["b"]}, {**FACTS, "answers": {}})
    assert [e.pointer for e in missing.errors] == ["/why"]
    assert clean_page(BRANCH, "one", {"way": ["a"], "why": ["x"]}, FACTS).values == {"way": "a"}


@pytest.mark.parametrize(("day", "said"), [("2030-01-01", "future"), ("1999-01-01", "after 2000")])
def test_checks_and_future_days(day: str, said: str) -> None:
    errors = validate_answers(BRANCH, {"way": "a", "day": day}, FACTS).errors
    assert [e.pointer for e in errors] == ["/day"]
    assert said in errors[0].message.en


def test_a_code_that_the_list_does_not_know_is_refused() -> None:
    form = Form(pages=(FormPage("p", Text("P", "P"), questions=(q("x", "commune"),)),))
    facts = {**FACTS, "lookup": {"commune": {"22738": "Phường Phan Rang"}}}
    assert not validate_answers(form, {"x": "22738"}, facts).errors
    assert validate_answers(form, {"x": "99999"}, facts).errors
    assert describe(form, {"x": "22738"}, facts)[0].value.vi == "Phường Phan Rang"


def test_known_data_fills_in_advance_only_where_it_is_acceptable() -> None:
    known = {
        "person.full_name": "Trần Thị Mẫu",
        "person.personal_number": "12",
        "person.birth_on": "1990-03-27",
    }
    assert prefill(PACK.form, known) == {"applicant_name": "Trần Thị Mẫu", "applicant_birth": "1990-03-27"}
    assert PACK.form.sources({"applicant_name": "A", "person_name": "B"}) == {"person.full_name": "A"}


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
@pytest.mark.feature("17")
def test_the_real_form_its_schema_and_its_words_agree_on_random_answers(seed: int) -> None:
    chance = random.Random(seed)
    asked = [x for _, x in PACK.form.questions() if x.asked]
    answers = {x.key: some_value(x, chance) for x in asked if chance.random() < 0.9} | {
        "wanted": "status",
        "citizen": True,
    }
    cleaned = validate_answers(PACK.form, answers, FACTS)
    schema = Draft202012Validator(json_schema(PACK.form), format_checker=FormatChecker())
    if not cleaned.errors:
        assert schema.is_valid(answers)
        assert not validate_answers(PACK.form, cleaned.values, FACTS).errors, "clean answers are clean again"
        assert schema.is_valid(cleaned.values)
        lines = describe(PACK.form, cleaned.values, FACTS)
        assert all(line.value.vi and line.value.en and line.label.en for line in lines)
    settle(PACK.form, {**FACTS, "answers": cleaned.values})


FLAT = "Nhà này không đủ chỗ."
CHILD = q("born", "date"), q(
    "guardian", "full_name", show_if="years(entry.born, today) < 18",
    checks=(Check("entry.guardian != answers.owner", Text("Không phải chủ nhà", "Not the owner")),),
)  # fmt: skip
HOUSE = Form(
    pages=(
        FormPage(
            "p",
            Text("P", "P"),
            questions=(
                q("owner", "full_name"),
                q(
                    "people",
                    "group",
                    questions=(*CHILD, q("room", "number", need="soft")),
                    checks=(Check("size(answers.people) < 3", Text(FLAT, "No room"), soft=True),),
                    most=50,
                ),
            ),
        ),
    )
)
GROWN, YOUNG = {"born": "1990-01-01", "room": 1}, {"born": "2020-01-01", "room": 1}


def house(*people: dict[str, Any]) -> Any:
    return validate_answers(HOUSE, {"owner": "Trần Mẫu", "people": list(people)}, FACTS)


def test_a_question_inside_a_group_is_asked_by_its_entry() -> None:
    assert house(GROWN).errors == ()
    assert [e.pointer for e in house(GROWN, YOUNG).errors] == ["/people/1/guardian"]
    assert [e.key for e in house({**YOUNG, "guardian": "Trần Mẫu"}).errors] == ["people-0-guardian"]
    assert house({**YOUNG, "guardian": "Lê Mẫu"}).errors == ()


def test_what_an_entry_hides_is_not_kept() -> None:
    assert house({**GROWN, "guardian": "Lê Mẫu"}).values["people"][0]["guardian"] is None


@pytest.mark.feature("15")
def test_a_soft_check_warns_and_lets_go_on() -> None:
    many = house(GROWN, GROWN, GROWN)
    assert (many.errors, [w.message.vi for w in many.warnings]) == ((), [FLAT])
    assert [w.pointer for w in house({"born": "1990-01-01"}).warnings] == ["/people/0/room"]


def test_a_page_says_the_same_of_a_group_as_the_api() -> None:
    raw = {"owner": ["Trần Mẫu"], "people-0-born": ["2020-01-01"], "people-1-born": ["1990-01-01"]}
    raw |= {"people-0-room": ["1"], "people-1-room": ["1"], "people-1-guardian": ["5"]}
    page = clean_page(HOUSE, "p", raw, FACTS)
    assert [e.pointer for e in page.errors] == ["/people/0/guardian"], "what is hidden is not judged"
    lines = {f"people-{i}-{k}": [v] for i in range(60) for k, v in (("born", "1990-01-01"), ("room", "1"))}
    full = clean_page(HOUSE, "p", {"owner": ["Trần Mẫu"], **lines}, FACTS)
    assert [e.pointer for e in full.errors] == ["/people"], "a longer list is refused, never cut"


def test_a_failed_check_of_a_period_names_the_end_that_it_is_about() -> None:
    late = Check("answers.stay.from >= '2026-07-06'", Text("Đã qua", "Past"))
    long = Check("answers.stay.to <= months_after(answers.stay.from, 1)", Text("Quá dài", "Too long"))
    form = Form(pages=(FormPage("p", Text("P", "P"), questions=(q("stay", "period", checks=(late, long)),)),))
    given = {"stay": {"from": "2026-07-01", "to": "2026-09-01"}}
    found = validate_answers(form, given, FACTS).errors
    assert [(e.pointer, e.key) for e in found] == [("/stay", "stay-from"), ("/stay", "stay-to")]
