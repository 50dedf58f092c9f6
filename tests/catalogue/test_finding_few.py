"""Search among few procedures: words found wherever they stand; the same on every database."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from motcua.catalogue import queries
from motcua.catalogue.operations import import_procedures
from motcua.catalogue.queries import shelf
from motcua.catalogue.rules.asking import Synonym
from motcua.core.actor import PUBLIC, SYSTEM

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)


def found(q: str) -> list[str]:
    return [item.code for item in queries.search(q, actor=PUBLIC, limit=3).items]


@pytest.mark.parametrize(
    "q",
    [
        "kết hôn",
        "ket hon",
        "hôn nhân kết",
        "giấy kết",
        "to khai tinh trang",
        "cư trú hôn nhân",
        "ho chieu hon nhan",
        "xac nhan ho chieu",
        "tư pháp",
    ],
)
def test_words_of_the_title_and_words_of_the_rest_find_it_together(tmp_path: Path, q: str) -> None:
    """Neither the title nor the rest holds all of them; the same on every database."""
    record = {
        "code": "1.004873",
        "name": "Cấp Giấy xác nhận tình trạng hôn nhân",
        "results": [{"name": "Tờ khai, để kết hôn hoặc để cư trú; hộ chiếu"}],
        "field": "Tư pháp",
    }
    other = {"code": "1.000009", "name": "Cấp chứng chỉ hành nghề", "field": "Luật sư"}
    file = tmp_path / "one.jsonl"
    file.write_text("\n".join(json.dumps(r) for r in (record, other)))
    import_procedures(file, actor=SYSTEM, now=NOW)
    assert found(q)[:1] == ["1.004873"]
    assert found("sân bay") == []


def test_the_titles_at_hand_follow_the_catalogue(tmp_path: Path) -> None:
    """A procedure imported or renamed a moment ago is found at once, by its new name only."""
    file = tmp_path / "one.jsonl"
    for name, other in (("Cấp phép nuôi cá sấu", "trồng sâm"), ("Cấp phép trồng sâm", "nuôi cá sấu")):
        file.write_text(json.dumps({"code": "1.000011", "name": name}))
        import_procedures(file, actor=SYSTEM, now=NOW)
        assert found(name) == ["1.000011"]
        assert found(other) == []


def test_only_synonyms_in_force_on_the_day_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entry = Synonym(("thú cưng",), ("đăng ký chó mèo",), "catalogue", date(2026, 1, 1), date(2026, 6, 30))
    monkeypatch.setattr(shelf, "synonyms", lambda: (entry,))
    shelf.book_on.cache_clear()
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"code": "1.000012", "name": "Đăng ký chó mèo"}))
    import_procedures(file, actor=SYSTEM, now=NOW)
    for day, codes in ((date(2026, 6, 30), ["1.000012"]), (date(2026, 7, 1), []), (date(2025, 12, 31), [])):
        got = queries.search("thú cưng", on=day, actor=PUBLIC).items
        assert [i.code for i in got] == codes
    shelf.book_on.cache_clear()
