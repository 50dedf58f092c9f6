"""Questions understood: spelling, dated synonyms, both ways of writing a tone."""

from datetime import date

import pytest

from motcua.catalogue.queries.shelf import synonyms
from motcua.catalogue.rules.asking import Synonym, ask, book_of, marked_words
from motcua.catalogue.rules.spelling import guess, plain_keys, vocabulary
from motcua.catalogue.rules.titles import Title, Titles

WORDS = "dang ky tam tru tan ket hon cong dan dam can cuoc thuong chu truong"
KNOWN = vocabulary(
    dict.fromkeys(WORDS.split(), 1),
    {"dang0ky", "ky0tam", "tam0tru", "ket0hon", "cong0dan", "can0cuoc", "cuoc0cong", "thuong0tru"},
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tajm", "tam"),
        ("truus", "truu"),
        ("ddawng", "dang"),
        ("nguwowif", "nguoi"),
        ("giaays", "giay"),
        ("ta5m", "tam"),
        ("d9ang8", "dang"),
        ("tw", "tu"),
        ("hoon", "hon"),
        ("xyz", "xy"),
        ("123", "123"),
    ],
)
def test_keys_left_in_the_text(typed: str, meant: str) -> None:
    assert plain_keys(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tajm truus", "tam tru"),
        ("tma tru", "tam tru"),
        ("tam chu", "tam tru"),  # sounds alike, though "chu" is a word: its neighbour decides
        ("dang ky tan tru", "dang ky tam tru"),  # "tan" is a word, but no neighbour of these
        ("can cuoc cong dam", None),  # one neighbour alone is not enough to change a known word
        ("tamtru", "tam tru"),
        ("dangkytamtru", "dang ky tam tru"),
        ("tam tru", None),
        ("qqqqq", None),
        ("", None),
    ],
)
def test_known_words_are_guessed_by_their_neighbours(typed: str, meant: str | None) -> None:
    assert guess(typed.split(), KNOWN) == (tuple(meant.split()) if meant else None)


def test_what_was_typed_is_always_one_reading() -> None:
    titles = Titles(
        [Title(1, "1.1", "dang ky tam tru", "đăng ký tạm trú", "dang ky tam tru tam0tru", 0.0)], ()
    )
    question = ask("tajm truus", book_of(()), titles.weigh, titles.corrected)
    assert [r.folded for r in question.readings] == [("tajm", "truus"), ("tam", "tru")]
    assert titles.propose(question, 5, None)[0].code == "1.1"


@pytest.mark.feature("4")
def test_a_synonym_counts_from_its_day_until_its_day() -> None:
    entry = Synonym(("ở trọ",), ("đăng ký tạm trú",), "x", date(2026, 1, 1), date(2026, 6, 30))
    readings = ask("ở trọ", book_of([entry])).readings
    assert [r.folded for r in readings] == [("dang", "ky", "tam", "tru"), ("o", "tro")]
    assert [r.folded for r in ask("ổ tro", book_of([entry])).readings] == [("o", "tro")]  # other marks


@pytest.mark.parametrize(
    "typed", ["goá chồng", "góa vợ", "goa chong", "mất vợ", "chồng đã mất", "ly hôn rồi", "không có chồng"]
)
def test_who_lost_a_spouse_is_led_to_the_certificate_of_marriage_status(typed: str) -> None:
    today = date(2026, 11, 28)
    readings = ask(typed, book_of([s for s in synonyms() if s.since <= today <= s.until])).readings
    assert "xac nhan tinh trang hon nhan" in " ".join(readings[0].folded)


def test_both_places_of_a_tone_are_one_word() -> None:
    assert marked_words("hoà giải, uỷ quyền, quý") == ["hòa", "giải", "ủy", "quyền", "quý"]


def test_an_abbreviation_and_its_long_form_are_one() -> None:
    rows = [
        Title(1, "1.1", "cap so bhxh", "cấp sổ bhxh", "cap so bhxh", 0.0),
        Title(2, "1.2", "bao hiem xa hoi", "bảo hiểm xã hội", "bao hiem xa hoi", 0.0),
    ]
    titles = Titles(rows, (), [("bhxh", "bảo hiểm xã hội")])
    for q in ("bhxh", "bao hiem xa hoi"):
        question = ask(q, book_of(()), titles.weigh, titles.corrected)
        assert {t.code for t in titles.propose(question, 5, None)} == {"1.1", "1.2"}
