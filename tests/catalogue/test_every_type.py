"""Every type of question with every need: page and API take and refuse the same, and nothing breaks them."""

import io
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pypdf import PdfReader

from motcua.catalogue.rules.blank_form import blank_fields
from motcua.catalogue.rules.check import robustness_problems, some_value
from motcua.catalogue.rules.form import (
    Form,
    FormPage,
    Question,
    clean_page,
    describe,
    json_schema,
    prefill,
    validate_answers,
)
from motcua.catalogue.rules.form_lookup import matches, resolved
from motcua.catalogue.rules.form_raw import to_raw
from motcua.catalogue.rules.form_reading import TYPES
from motcua.catalogue.rules.pack import PackFault, load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.core.number_words import in_english, in_vietnamese
from tests.support import kitchen

FACTS: dict[str, Any] = {
    "dossier": {"channel": 2}, "service": {}, "steps": {}, "today": "2026-07-06", "answers": {},
}  # fmt: skip


def loaded(folder: Path) -> Any:
    kitchen.write(folder)
    return parse_pack(load_folder(folder))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return loaded(tmp_path_factory.mktemp("kitchen"))


@pytest.fixture(scope="module")
def schema(pack: Any) -> Draft202012Validator:
    made = json_schema(pack.form)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made, format_checker=FormatChecker())


def question(pack: Any, key: str) -> Question:
    found = pack.form.question(key)
    assert found is not None
    return found


def alone(q: Question) -> Form:
    """A form of that question only."""
    from dataclasses import replace

    plain = replace(q, checks=(), show_if="")
    return Form(pages=(FormPage("p", q.label, questions=(plain,)),))


@pytest.mark.feature("11")
def test_the_pack_holds_every_type_and_need(pack: Any) -> None:
    assert {q.type for _, q in pack.form.questions()} == set(TYPES)
    assert len(TYPES) >= 20
    assert robustness_problems(pack) == []
    assert pack.form.question("choice_soft_other") is not None
    assert pack.form.question("choices_soft_other") is not None


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["\x00", "a\u202eb", "\u200b", "😀", "x" * 3000, "٣" * 12, "31", "2", "1990", "-1", "1e9", "NaN",
         "inf", "other", "a", "b", "pho", "Phở", "VN", "Việt Nam", "22738", "11.5, 108.9", "11,5",
         "yes", "{}", "[]"]
    ),
)  # fmt: skip
ENDINGS = (
    "",
    "-day",
    "-month",
    "-year",
    "-from-day",
    "-to-year",
    "-line",
    "-commune",
    "-lat",
    "-lon",
    "-unknown",
)
KEYS = [f"{t}_{n}" for t in TYPES for n in kitchen.NEEDS] + [
    "group_required-0-in_address",
    "group_required-999-x",
]
POSTS = st.dictionaries(
    st.builds(str.__add__, st.sampled_from(KEYS), st.sampled_from(ENDINGS)),
    st.lists(HOSTILE, max_size=3),
    max_size=8,
)


@given(st.sampled_from(TYPES), POSTS)
@settings(max_examples=300, deadline=None)
def test_no_post_breaks_a_page_and_what_is_kept_the_api_takes(
    pack: Any, schema: Draft202012Validator, page: str, raw: dict[str, list[str]]
) -> None:
    cleaned = clean_page(pack.form, page, raw, FACTS)
    properties = schema.schema["properties"]
    for key, value in cleaned.values.items():
        if value is not None:
            assert Draft202012Validator(properties[key], format_checker=FormatChecker()).is_valid(value), (
                key,
                value,
            )
    describe(pack.form, cleaned.values, FACTS)
    assert all(e.message.vi and e.message.en for e in (*cleaned.errors, *cleaned.warnings))


@given(st.sampled_from([f"{t}_{n}" for t in kitchen.PARTS for n in kitchen.NEEDS]), st.integers(0, 10**6))
@settings(max_examples=300, deadline=None)
def test_page_and_api_keep_the_same_of_a_good_answer(pack: Any, key: str, seed: int) -> None:
    form = alone(question(pack, key))
    q = form.pages[0].questions[0]
    value = some_value(q, random.Random(seed))
    api = validate_answers(form, {key: value}, FACTS)
    web = clean_page(form, "p", to_raw(q, value), FACTS)
    assert not api.errors
    assert api.values == web.values
    assert [e.pointer for e in api.warnings] == [e.pointer for e in web.warnings]
    again = clean_page(form, "p", to_raw(q, api.values[key]), FACTS)
    assert again.values == api.values, "what is kept can be shown and sent again"
    assert describe(form, api.values, FACTS)[0].value.vi


WRONG: dict[str, Any] = {
    "text": "a\nb", "long_text": "a\u202eb", "personal_number": "12345678901", "full_name": "Nguyễn 2",
    "date": "1990-02-30", "partial_date": "1990-13", "yes_no": "maybe", "choice": "z", "choices": ["a", "z"],
    "lookup": "không có đâu", "number": -1, "phone": "12", "email": "a@b", "commune": "1",
    "address": {"line": "", "commune": "22738"}, "country": "Không Có",
    "map_point": {"lat": 91.0, "lon": 1.0}, "period": {"from": "2020-02-02", "to": "2020-01-01"}, "money": -1,
}  # fmt: skip


@pytest.mark.parametrize("kind", [t for t in kitchen.PARTS if t != "statement"])
def test_page_and_api_refuse_the_same_with_words_that_mend(pack: Any, kind: str) -> None:
    form = alone(question(pack, f"{kind}_required"))
    q = form.pages[0].questions[0]
    api = validate_answers(form, {q.key: WRONG[kind]}, FACTS)
    raw = to_raw(q, WRONG[kind]) if kind != "text" else {q.key: ["x" * 201]}
    raw = {
        n: v if v != ["a\u202eb"] else ["x" * 2001] for n, v in raw.items()
    }  # marks nobody sees are dropped
    web = clean_page(form, "p", raw, FACTS)
    assert [e.pointer for e in api.errors] == [e.pointer for e in web.errors] == [f"/{q.key}"]
    assert len(api.errors[0].message.vi) > 20


def test_a_statement_is_true_or_missing(pack: Any) -> None:
    form = alone(question(pack, "statement_required"))
    assert validate_answers(form, {"statement_required": False}, FACTS).errors
    assert clean_page(form, "p", {"statement_required": ["no"]}, FACTS).errors
    assert clean_page(form, "p", {"statement_required": ["yes"]}, FACTS).values == {
        "statement_required": True
    }


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("partial_date", {"-year": "1950"}, "1950"),
        ("partial_date", {"-year": "1950", "-month": "3"}, "1950-03"),
        ("partial_date", {"-year": "1950", "-month": "3", "-day": "2"}, "1950-03-02"),
        ("partial_date", {"-year": "1950", "-day": "2"}, None),
        ("lookup", {"": "viet"}, "Kinh"),
        ("lookup", {"": "KHƠ ME"}, "Khơ-me"),
        ("country", {"": "han quoc"}, "KR"),
        ("country", {"": "Laos"}, "LA"),
        ("country", {"": "mỹ"}, "US"),
        ("map_point", {"-lat": "11,5643", "-lon": "108.98861234567"}, {"lat": 11.5643, "lon": 108.988612}),
        ("map_point", {"-lat": "11.5643, 108.9886"}, {"lat": 11.5643, "lon": 108.9886}),
        ("text", {"": "Thôn\u200b 1\u202e"}, "Thôn 1"),
        ("full_name", {"": "Tra\u0302\u0300n Mẫu"}, "Trần Mẫu"),
        ("money", {"": "1.500.000"}, 1_500_000),
    ],
)
def test_people_write_as_they_are_used_to(pack: Any, kind: str, raw: dict[str, str], kept: Any) -> None:
    key = f"{kind}_required"
    form = alone(question(pack, key))
    cleaned = clean_page(form, "p", {key + end: [text] for end, text in raw.items()}, FACTS)
    assert cleaned.values[key] == kept
    assert bool(cleaned.errors) == (kept is None)


def test_words_that_mean_several_entries_are_not_guessed(pack: Any) -> None:
    q = question(pack, "lookup_soft")
    assert [o.key for o in matches(q, "banh")] == ["banh_canh", "banh_can"]
    assert resolved(q, "banh") == "banh"
    assert resolved(q, "bánh căn") == "banh_can"
    assert resolved(q, "banh can") == "banh_can", "a whole name comes before a part of one"
    assert matches(q, " ") == ()


@pytest.mark.parametrize(
    ("number", "warned"), [("001190000123", 0), ("555190000123", 1), ("999190000123", 0)]
)
def test_a_province_part_that_is_none_warns_and_never_refuses(pack: Any, number: str, warned: int) -> None:
    form = alone(question(pack, "personal_number_required"))
    cleaned = validate_answers(form, {"personal_number_required": number}, FACTS)
    assert cleaned.errors == ()
    assert len(cleaned.warnings) == warned


def test_known_data_fills_a_list_by_its_name(pack: Any) -> None:
    from dataclasses import replace

    q = replace(question(pack, "lookup_required"), source="person.ethnicity")
    assert prefill(alone(q), {"person.ethnicity": "Kinh"}) == {q.key: "Kinh"}
    assert prefill(alone(q), {"person.ethnicity": "Không rõ"}) == {}


def test_answers_in_words(pack: Any) -> None:
    answers = {
        "partial_date_required": "1950-03", "choices_required": ["c", "a"], "country_required": "KR",
        "address_required": {"line": "Thôn 1", "commune": "22738"}, "money_required": 1_500_000,
        "map_point_required": {"lat": 11.5, "lon": 108.25},
    }  # fmt: skip
    facts = {**FACTS, "lookup": {"commune": {"22738": "Phường Đô Vinh"}}}
    said = {line.key: line.value for line in describe(pack.form, answers, facts)}
    assert said["partial_date_required"].vi == "tháng 03/1950"
    assert said["choices_required"].vi == "Ô a; Ô c"
    assert said["country_required"].vi == "Hàn Quốc"
    assert said["address_required"].vi == "Thôn 1, Phường Đô Vinh"
    assert said["money_required"].vi == "1.500.000 đồng (một triệu năm trăm nghìn đồng)"
    assert said["map_point_required"].vi == "vĩ độ 11,5; kinh độ 108,25"


def test_a_commune_that_is_none_is_refused_in_an_address_too(pack: Any) -> None:
    form = alone(question(pack, "address_required"))
    facts = {**FACTS, "lookup": {"commune": {}}}
    answers = {"address_required": {"line": "Thôn 1", "commune": "22738"}}
    assert validate_answers(form, answers, facts).errors
    assert not validate_answers(form, answers, FACTS).errors


@pytest.mark.feature("8")
def test_the_blank_paper_form_asks_every_type(pack: Any) -> None:
    from datetime import date

    from motcua.core.texts import Text
    from motcua.documents.operations import render_form

    template = Path(__file__).parents[2] / "motcua/catalogue/blank_form.typ"
    content = render_form(
        template=template.read_text("utf-8"), fields=blank_fields(pack, "en"),
        title=Text(pack.name.vi, pack.name.en), made_on=date(2026, 7, 10),
    )  # fmt: skip
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages)
    printed = "".join(text.split())
    for _, q in pack.form.questions():
        assert "".join(q.label.vi.split()) in printed, q.key
        assert "".join(q.label.en.split()) in printed, q.key
    assert "Sốnhà,đường,thôn,tổdânphố" in printed
    assert "Vĩđộ" in printed


def test_lists_are_frozen_with_the_pack_and_faults_are_named(tmp_path: Path) -> None:
    kitchen.write(tmp_path)
    files = load_folder(tmp_path)
    assert {"lists/food.toml", "lists/ethnicities.toml", "lists/countries.toml"} <= set(files)
    assert len(parse_pack(files).form.question("country_required").options) == 249
    assert len(parse_pack(files).form.question("lookup_required").options) == 55
    broken = {**files, "lists/food.toml": '[entries]\npho = ["Phở"]\n'}
    with pytest.raises(PackFault) as caught:
        parse_pack(broken)
    assert any("lists/food.toml pho" in str(p) for p in caught.value.problems)
    del broken["lists/food.toml"]
    with pytest.raises(PackFault) as caught:
        parse_pack(broken)
    assert any("lists/food.toml is missing" in str(p) for p in caught.value.problems)


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (0, "không", "zero"),
        (15, "mười lăm", "fifteen"),
        (21, "hai mươi mốt", "twenty-one"),
        (105, "một trăm linh năm", "one hundred and five"),
        (1_005, "một nghìn không trăm linh năm", "one thousand and five"),
        (7_000, "bảy nghìn", "seven thousand"),
        (24_035_011, "hai mươi tư triệu không trăm ba mươi lăm nghìn không trăm mười một",
         "twenty-four million thirty-five thousand and eleven"),
        (2_005_000_000, "hai tỷ không trăm linh năm triệu", "two billion five million"),
        (10**12, "một nghìn tỷ", "one trillion"),
        (-4, "âm bốn", "minus four"),
    ],
)  # fmt: skip
def test_amounts_in_words(number: int, vi: str, en: str) -> None:
    assert (in_vietnamese(number), in_english(number)) == (vi, en)
