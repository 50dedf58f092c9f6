"""Records of the national database become typed facts, with every doubt of the source named."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.rules.amounts import read_fee, read_time, split_note
from motcua.catalogue.rules.facts import Facts, from_record, merge, to_record
from motcua.catalogue.rules.national import Refused, read_record, read_row, split_names

COUNCIL = "(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định. Miễn lệ phí cho hộ nghèo.)"


def record(**changes: Any) -> dict[str, Any]:
    return {"code": "1.000001", "name": "Thủ tục thử", "agency_code": "G15", **changes}


@pytest.mark.parametrize(
    ("raw", "unit", "amount", "read_unit", "flag"),
    [
        ("3", "Ngày làm việc", "3", "working_day", ""),
        ("3", "", "3", "unknown", "time_unit_unknown"),
        ("12", "Giờ", "12", "hour", ""),
        ("0,5", "Ngày", "0.5", "day", ""),
        ("3 ngày làm việc", "", "3", "working_day", ""),
        ("0", "", None, "unknown", "time_unknown"),
        ("", "Ngày", None, "day", "time_unknown"),
        ("Không có thông tin", "", None, "unknown", "time_unknown"),
        ("1100,000", "", None, "unknown", "time_implausible"),
        ("99999999999999999999", "Ngày", None, "unknown", "time_implausible"),
        ("nhanh", "Ngày", None, "day", "time_implausible"),
    ],
)
@pytest.mark.feature("1")
def test_a_time_limit_keeps_its_unit_or_says_that_it_has_none(
    raw: str, unit: str, amount: str | None, read_unit: str, flag: str
) -> None:
    time = read_time(raw, unit)
    assert time.amount == (None if amount is None else Decimal(amount))
    assert (time.unit, time.flag) == (read_unit, flag)


def test_a_range_keeps_both_ends() -> None:
    time = read_time("từ 3 đến 5", "Ngày")
    assert (time.least, time.amount, time.text.vi) == (Decimal(3), Decimal(5), "3–5 ngày")


def test_a_limit_that_ran_into_an_amount_of_money_is_not_shown() -> None:
    facts = read_record(record(methods=[{"mode": "Trực tuyến", "time": "120", "fee": "", "fee_note": "VNĐ"}]))
    assert facts.methods[0].time.amount is None
    assert "time_implausible" in facts.flags


@pytest.mark.parametrize(
    ("raw", "note", "amount", "free", "contradiction", "flag"),
    [
        ("Miễn phí", "", 0, True, False, ""),
        ("Miễn phí", "(Không có)", 0, True, False, ""),
        ("Miễn phí", "05 ngày làm việc, kể từ ngày nhận đủ hồ sơ.", 0, True, False, ""),
        ("Miễn phí", COUNCIL, None, False, True, "fee_contradiction"),
        ("Miễn phí", "(20.000.000 đồng/lần)", None, False, True, "fee_contradiction"),
        ("0 VNĐ", COUNCIL, None, False, True, "fee_contradiction"),
        ("50 VNĐ", "(50.000 đồng/lần)", None, False, True, "fee_contradiction"),
        ("50 VNĐ", "", None, False, False, "fee_implausible"),
        ("8,000 VNĐ", "", 8000, False, False, ""),
        ("1,000,000 Việt Nam Đồng", "(01 triệu đồng/lần cấp.)", 1_000_000, False, False, ""),
        (
            "2,000,000 VNĐ",
            "(áp dụng mức phí 1.000.000 đồng/hồ sơ)",
            2_000_000,
            False,
            True,
            "fee_contradiction",
        ),
        ("10 USD", "(/bản)", 10, False, False, ""),
        ("Không có thông tin", "", None, False, False, "fee_unknown"),
        ("", "", None, False, False, "fee_unknown"),
    ],
)
@pytest.mark.feature("1")
def test_a_fee_is_never_free_while_its_note_contradicts(
    raw: str, note: str, amount: int | None, free: bool, contradiction: bool, flag: str
) -> None:
    fee = read_fee(raw, note)
    assert (fee.amount, fee.free, fee.contradiction, fee.flag) == (amount, free, contradiction, flag)
    assert free is (fee.text.vi == "Miễn phí")


def test_a_note_on_the_fee_and_one_on_the_filing_are_told_apart() -> None:
    assert split_note("(Không có)Nộp tại xã (giờ hành chính).") == (
        "Không có",
        "Nộp tại xã (giờ hành chính).",
    )
    assert split_note("Nộp tại xã.") == ("", "Nộp tại xã.")
    assert split_note("(") == ("", "")


def test_what_is_no_paper_is_a_note() -> None:
    papers = [
        {"name": "Tờ khai", "originals": 1, "copies": 0},
        {"name": "Người nộp được giải thích", "originals": 0, "copies": 0},
        {"name": "hoặc", "originals": 1, "copies": 0},
        {"name": "Đơn theo Mẫu số 07/2024", "originals": 20241, "copies": 0},
        {"name": "Bản sao", "originals": "2", "copies": None},
    ]
    facts = read_record(record(papers=papers))
    assert [p.is_note for p in facts.papers] == [False, True, True, False, False]
    assert [p.originals for p in facts.papers] == [1, 0, 1, None, 2]
    assert "paper_count_implausible" in facts.flags


def test_two_rows_for_one_channel_both_stay() -> None:
    methods = [
        {"mode": "Trực tuyến", "time": "1", "unit": "Ngày làm việc", "fee": "Miễn phí", "fee_note": "thường"},
        {
            "mode": "Trực tuyến",
            "time": "2",
            "unit": "Ngày làm việc",
            "fee": "Miễn phí",
            "fee_note": "phức tạp",
        },
    ]
    facts = read_record(record(methods=methods))
    assert [(m.channel, m.time.text.vi, m.note) for m in facts.methods] == [
        (2, "1 ngày làm việc", "thường"),
        (2, "2 ngày làm việc", "phức tạp"),
    ]


def test_names_in_one_cell_are_told_apart_without_breaking_names_that_hold_commas() -> None:
    assert split_names(" Bộ Tư pháp \nỦy ban nhân dân cấp tỉnh\n") == (
        "Bộ Tư pháp",
        "Ủy ban nhân dân cấp tỉnh",
    )
    assert split_names("Sở Tài chính các tỉnh, thành phố, Công an tỉnh") == (
        "Sở Tài chính các tỉnh, thành phố",
        "Công an tỉnh",
    )
    subjects = "Công dân Việt Nam, Cán bộ, công chức, viên chức, Tổ chức (không bao gồm doanh nghiệp, HTX)"
    assert read_record(record(subjects=subjects)).subjects == (
        "Công dân Việt Nam",
        "Cán bộ, công chức, viên chức",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    )


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "1.000001",
        {},
        record(name=""),
        record(name=7),
        record(name="x" * 1001),
        record(name="\ud800"),
        record(code=1.000001),
        record(code="1.00001"),
        record(code="1.004873.000.00.00.H56"),
        record(agency_code="Bộ Tư pháp"),
        record(methods="Trực tiếp"),
        record(methods=["Trực tiếp"]),
        record(methods=[{"mode": 1}]),
        record(papers=[{"name": "x", "originals": []}]),
        record(papers=[{"name": "x", "originals": float("nan")}]),
        record(legal=[1]),
    ],
)
def test_what_cannot_be_a_procedure_is_refused_with_a_reason(broken: object) -> None:
    with pytest.raises(Refused, match=r".{8,}"):
        read_record(broken)


def test_codes_starting_with_6_and_codes_among_spaces_are_codes() -> None:
    assert read_record(record(code=" 6.000123\n")).code == "6.000123"


def test_a_number_cell_gives_back_the_zeros_that_the_sheet_lost() -> None:
    facts = read_row({"code": 1.01496, "name": "Tên", "agency": "Bộ Tư pháp"}, {"Bộ Tư pháp": "G15"})
    assert (facts.code, facts.agency_code) == ("1.014960", "G15")


def test_a_poorer_source_only_fills_gaps() -> None:
    full = read_record(record(field="Hộ tịch", steps="Nộp", performing=""))
    row = read_row({"code": "1.000001", "name": "Tên khác", "field": "Khác", "performing": "Sở Tư pháp"}, {})
    merged = merge([full, row])
    assert (merged.name_vi, merged.field, merged.steps) == ("Thủ tục thử", "Hộ tịch", "Nộp")
    assert merged.performing == ("Sở Tư pháp",)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        "agency",
        "field",
        "levels",
        "subjects",
        "performing",
        "steps",
        "methods",
        "papers",
        "results",
        "legal",
        "url",
    ]
)


@given(st.dictionaries(KEYS, JUNK))
def test_any_record_is_read_or_refused(junk: dict[str, Any]) -> None:
    try:
        facts = read_record(record(**junk))
    except Refused:
        return
    assert from_record(json.loads(json.dumps(to_record(facts)))) == facts


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=80))
def test_any_amount_is_read(raw: str, unit: str, note: str) -> None:
    fee, time = read_fee(raw, note), read_time(raw, unit)
    assert fee.free is (fee.amount == 0)
    assert fee.amount is None or fee.amount >= 0
    assert time.amount is None or time.amount > 0
    assert isinstance(Facts("1.000001", "x").flag_texts, tuple)
