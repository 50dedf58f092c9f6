"""How values are written in each language."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from motcua.core.texts import Text
from motcua.web.fields import Field, faults_of
from motcua.web.templatetags.motcua import day, grouped, iso, moment, percent, text, vnd


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", ["chào", "1.234.567 đồng", "1.234", "55,5%", "7%", "–"]),
        ("en", ["hello", "1,234,567 VND", "1,234", "55.5%", "7%", "–"]),
    ],
)
def test_words_and_figures(language: str, expected: list[str]) -> None:
    with translation.override(language):
        written = [
            text(Text("chào", "hello")),
            vnd(1234567),
            grouped(1234),
            percent(Decimal("55.50")),
            percent(7.0),
            percent(None),
        ]
    assert written == expected


def test_days_are_those_of_viet_nam() -> None:
    late = datetime(2026, 7, 9, 17, 30, tzinfo=UTC)
    assert (day(late), moment(late)) == ("10/07/2026", "10/07/2026 00:30")
    assert day(date(2026, 1, 2)) == day("2026-01-02") == "02/01/2026"
    assert day("soon") == "soon"
    assert (day(None), moment(None), text(None), vnd(None)) == ("", "", "", "")


def test_a_moment_for_machines_has_no_fraction() -> None:
    assert iso(datetime(2026, 7, 9, 17, 30, 1, 365607, tzinfo=UTC)) == "2026-07-10T00:30:01+07:00"
    assert iso(None) == ""


def test_a_field_knows_its_ids() -> None:
    born = Field("date", "members.0.born", "Born", hint="As on the card", error="Enter the day")
    assert (born.id, born.target) == ("members-0-born", "members-0-born-day")
    assert born.described_by == "members-0-born-hint members-0-born-error"
    assert [box.name for box in born.boxes] == [f"members.0.born-{part}" for part in ("day", "month", "year")]
    assert [fault.target for fault in faults_of([Field("text", "a", "A"), born])] == ["members-0-born-day"]
