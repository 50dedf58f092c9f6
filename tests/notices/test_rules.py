from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.notices import rules


@given(st.text(max_size=400))
def test_a_header_is_one_line(text: str) -> None:
    line = rules.header(text)
    assert len(line) <= 250
    assert not any(c in line for c in "\r\n\0\x0b\x0c\x85\u2028\u2029")


@pytest.mark.parametrize("number", ["056095001234", "056 095 001 234", "0560 9500 1234"])
def test_personal_numbers_are_hidden(number: str) -> None:
    said = rules.in_words({"reason": f"số {number}, sai", "items": [number]}, "vi")
    assert said == {"reason": "số •••••••••234, sai", "items": ["•••••••••234"]}


@pytest.mark.parametrize(
    "text",
    [
        "H43.12-260710-0001",
        "0912 345 678",
        "1.004873",
        "http://192.168.100.100:8000/verify/012345678901",
        "12",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert rules.in_words(text, "vi") == text


def test_moments_are_told_in_the_time_of_viet_nam() -> None:
    moment = datetime(2026, 7, 10, 20, 30, tzinfo=UTC)
    assert rules.in_words(moment, "vi") == "03:30 ngày 11/07/2026"
    assert rules.in_words(moment.isoformat(), "en") == "11/07/2026, 03:30"
    assert rules.in_words(date(2026, 7, 10), "vi") == rules.in_words("2026-07-10", "en") == "10/07/2026"


def test_waits_grow_and_end() -> None:
    waits = [rules.wait_after(n) for n in range(1, rules.MAX_TRIES)]
    assert waits[:3] == [timedelta(minutes=m) for m in (1, 2, 4)]
    assert waits[-1] == rules.LONGEST_WAIT
    assert rules.wait_after(rules.MAX_TRIES) is None
    assert sum((w for w in waits if w), timedelta()) > timedelta(hours=12)


@given(st.text(max_size=300), st.sampled_from(["inbox", "email"]))
def test_a_key_fits_its_column_and_tells_channels_apart(key: str, channel: str) -> None:
    assert len(rules.channel_key(key, channel)) <= 120
    assert rules.channel_key(key, "inbox") != rules.channel_key(key, "email")
