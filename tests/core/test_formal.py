from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.formal import date_words, moment_words, money_figures, money_words, number_words

GOLDEN = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    30: "ba mươi",
    91: "chín mươi mốt",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    114: "một trăm mười bốn",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    144: "một trăm bốn mươi tư",
    555: "năm trăm năm mươi lăm",
    1_000: "một nghìn",
    1_001: "một nghìn không trăm linh một",
    1_005: "một nghìn không trăm linh năm",
    1_010: "một nghìn không trăm mười",
    1_015: "một nghìn không trăm mười lăm",
    1_021: "một nghìn không trăm hai mươi mốt",
    1_100: "một nghìn một trăm",
    2_024: "hai nghìn không trăm hai mươi tư",
    7_000: "bảy nghìn",
    10_000: "mười nghìn",
    15_000: "mười lăm nghìn",
    21_000: "hai mươi mốt nghìn",
    105_000: "một trăm linh năm nghìn",
    1_000_000: "một triệu",
    1_000_001: "một triệu không trăm linh một",
    1_005_000: "một triệu không trăm linh năm nghìn",
    1_050_200: "một triệu không trăm năm mươi nghìn hai trăm",
    21_421_054: "hai mươi mốt triệu bốn trăm hai mươi mốt nghìn không trăm năm mươi tư",
    1_000_000_000: "một tỷ",
    1_000_000_005: "một tỷ không trăm linh năm",
    12_345_678_901: ("mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một"),
    1_000_000_000_000: "một nghìn tỷ",
    1_001_000_000_000: "một nghìn không trăm linh một tỷ",
    2_000_000_000_000_000: "hai triệu tỷ",
}


@pytest.mark.parametrize("number", GOLDEN)
def test_golden_words(number: int) -> None:
    assert number_words(number) == GOLDEN[number]


def test_the_southern_word() -> None:
    assert number_words(1_105, empty_tens="lẻ") == "một nghìn một trăm lẻ năm"


@pytest.mark.parametrize("number", [-1, 10**18])
def test_what_is_not_written(number: int) -> None:
    with pytest.raises(ValueError, match="not written"):
        number_words(number)


DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
VALUES = {w: n for n, w in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5, "mười": 10}
SCALES = {"mươi": 10, "trăm": 100, "nghìn": 1000, "triệu": 10**6}


def read(words: str) -> int:
    """Reads the words again, by another way than they were written."""
    total = group = digit = 0
    billions = 0
    for word in words.split():
        if word in VALUES:
            group, digit = group + digit, VALUES[word]
        elif word in {"mươi", "trăm"}:
            group, digit = group + digit * SCALES[word], 0
        elif word in {"nghìn", "triệu"}:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
        elif word == "tỷ":
            billions, total, group, digit = total + group + digit, 0, 0, 0
        else:
            assert word == "linh"
    return billions * 10**9 + total + group + digit


@given(st.integers(0, 10**18 - 1))
def test_what_is_written_reads_back(number: int) -> None:
    assert read(number_words(number)) == number


def test_money_and_days() -> None:
    assert (money_figures(15_000), money_words(15_000)) == ("15.000 đồng", "Mười lăm nghìn đồng")
    assert money_figures(0) == "0 đồng"
    assert date_words(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert date_words(date(2026, 11, 26)) == "ngày 26 tháng 11 năm 2026"
    late = datetime(2026, 7, 9, 18, 5, tzinfo=UTC)  # the tenth in Viet Nam
    assert moment_words(late) == "1 giờ 05 phút, ngày 10 tháng 7 năm 2026"
