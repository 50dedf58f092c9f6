"""Everyday words find the right procedure among the real ones, in the first three."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from motcua.catalogue import queries
from motcua.catalogue.models import Procedure
from motcua.catalogue.operations import import_procedures
from motcua.catalogue.queries.shelf import synonyms
from motcua.catalogue.rules.search import clear_of
from motcua.core.actor import PUBLIC, SYSTEM

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)
FILES = {"justice.jsonl": 271, "public-security.jsonl": 339, "finance.jsonl": 706}

WANTED = """
giay doc than = 1.004873
giấy chứng nhận độc thân = 1.004873
xac nhan tinh trang hon nhan = 1.004873
giấy chứng nhận còn độc thân để kết hôn = 1.004873
tôi muốn xin giấy chưa kết hôn = 1.004873
tinh trang hon nhan giay xac nhan = 1.004873
dang ky tam tru = 1.004194
tạm trú = 1.004194
giấy tạm trú cho sinh viên thuê trọ = 1.004194
gia han tam tru = 1.002755
tạm vắng = 1.003677
khách ngủ lại nhà = 2.001159
thong bao luu tru = 2.001159
nhap ho khau = 1.004222
đăng ký thường trú = 1.004222
tách khẩu = 1.010038
cắt hộ khẩu = 1.003197
ct07 = 1.010041
khai sinh cho con = 1.001193
làm giấy khai sinh = 1.001193
dang ky ket hon = 1.000894
lấy chồng nước ngoài = 2.000806
giấy chứng tử = 1.000656
bao tu = 1.000656
ban sao giay khai sinh = 2.000635
cai chinh ho tich = 1.004859
đổi tên trong giấy khai sinh = 1.004859
nhận con = 1.001022
nhan con nuoi = 2.001263
đăng ký giám hộ = 1.004837
làm căn cước công dân = 1.014061
mất cccd = 1.014064
doi cccd = 1.014063
lam passport = 1.001456
mất hộ chiếu = 1.010386 1.010385 1.001445
lý lịch tư pháp số 2 = 3.000333
sang tên xe máy = 1.013076
đổi bằng lái xe = 3.000347
mất bằng lái = 3.000348
sao y bản chính = 2.000815
chứng thực chữ ký = 2.000884
mở công ty tnhh = 2.001199 2.001583
thành lập công ty cổ phần = 2.002043
mở quán cà phê = 1.001612
mã số thuế cá nhân = 1.008498
vneid mức 2 = 3.000228
thẻ bảo hiểm y tế = 2.000639
rút bảo hiểm xã hội một lần = 1.001613
thế chấp sổ đỏ = 1.011441
di chúc = 2.001019
ghi chú ly hôn = 2.000554
nhập quốc tịch = 2.002039
1.004873 = 1.004873
"""
PHRASES = [tuple(line.split(" = ")) for line in WANTED.strip().splitlines()]


@pytest.fixture(scope="module")
def real(django_db_setup: None, django_db_blocker: Any, shared_data: Path) -> Iterator[dict[str, Any]]:
    """The real files, imported once for this file's tests and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        folder = shared_data / "procedures"
        yield {name: import_procedures(folder / name, actor=SYSTEM, now=NOW) for name in FILES}
        transaction.set_rollback(True)


def first(q: str, **how: Any) -> list[str]:
    return [item.code for item in queries.search(q, actor=PUBLIC, limit=3, **how).items]


@pytest.mark.feature("1")
def test_every_real_record_is_kept_and_a_second_run_changes_nothing(
    real: dict[str, Any], shared_data: Path
) -> None:
    assert {n: (c.new, c.refused) for n, c in real.items()} == {n: (k, []) for n, k in FILES.items()}
    listed = shared_data / "procedures" / "list-justice.xlsx"
    got = import_procedures(listed, actor=SYSTEM, now=NOW)
    assert (got.new, got.refused, got.lines) == (0, [], 271)
    for path in (listed, shared_data / "procedures" / "justice.jsonl"):
        again = import_procedures(path, actor=SYSTEM, now=NOW)
        assert (again.new, again.changed, again.unchanged, again.refused) == (0, 0, 271, [])
    assert queries.procedure("1.000894", actor=PUBLIC).facts.steps


@pytest.mark.parametrize(("phrase", "codes"), PHRASES)
@pytest.mark.feature("4")
def test_everyday_words_find_it_in_the_first_three(real: None, phrase: str, codes: str) -> None:
    assert set(first(phrase)) & set(codes.split()), first(phrase)


def test_the_marriage_status_page_never_says_free(real: None) -> None:
    page = queries.procedure("1.004873", actor=PUBLIC)
    assert {m.channel for m in page.facts.methods} == {1, 2, 3}
    assert all(m.fee.contradiction and not m.fee.free for m in page.facts.methods)
    assert all(m.time.text.en == "3 (the source gives no unit)" for m in page.facts.methods)
    assert {"fee_contradiction", "time_unit_unknown"} <= set(page.facts.flags)
    assert len(page.facts.required_papers) == 6
    assert (page.level, page.level_declared, page.has_pack) == ("information", None, False)


def test_exact_marks_come_first(tmp_path: Path) -> None:
    names = {"1.000001": "Đăng ký mũ vải", "1.000002": "Đăng ký mủ vái", "1.000003": "Đăng ký mù vai"}
    rows = [json.dumps({"code": c, "name": n}) for c, n in names.items()]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(rows))
    import_procedures(file, actor=SYSTEM, now=NOW)
    assert first("mù vai")[0] == "1.000003"
    assert first("mũ vải")[0] == "1.000001"
    assert first("mủ vái")[0] == "1.000002"
    assert set(first("mu vai")) == set(names)


def test_a_last_word_may_be_unfinished_and_the_order_free(real: None) -> None:
    assert "1.004873" in first("xac nhan tinh trang hon nh")
    assert "1.004194" in first("trú tạm ký đăng")


TYPED = """
tajm truus = 1.004194
ddawng kys keets hoon = 1.000894
d9ang8 ky1 ta5m tru1 = 1.004194
giaays ddoocj thaan = 1.004873
dangkykethon = 1.000894
can cuoc cong dam = 1.014061 1.014063 1.014064
đăng kí tạm chú = 1.004194
khai xinh cho con = 1.001193
hộ chếu = 1.001456 1.001471 1.010386
ly lich tu pahp = 3.000333
xnttht hon nhan = 1.004873
đóng bảo hiểm xã hội tự nguyện = 1.002179
hoà giải viên = 1.002211
"""
TYPED_LINES = [tuple(line.split(" = ")) for line in TYPED.strip().splitlines()]


@pytest.mark.parametrize(("typed", "codes"), TYPED_LINES)
@pytest.mark.feature("4")
def test_slips_keys_left_in_the_text_and_abbreviations_find_it(real: None, typed: str, codes: str) -> None:
    assert set(first(typed)) & set(codes.split()), first(typed)


def test_every_database_gives_the_same_first_three(real: None) -> None:
    """``first_three.tsv`` was written on SQLite; PostgreSQL has to agree, letter for letter."""
    lines = (Path(__file__).parent / "first_three.tsv").read_text("utf-8").splitlines()
    wanted = dict(line.split("\t") for line in lines)
    assert len(wanted) >= 60
    assert {q: " ".join(first(q)) for q in wanted} == wanted


@pytest.mark.feature("4")
def test_filters_narrow(real: None) -> None:
    assert all(i.agency_code == "G01" for i in queries.search("cấp lại", agency="G01", actor=PUBLIC).items)
    assert all(i.field == "Hộ tịch" for i in queries.search("đăng ký", field="Hộ tịch", actor=PUBLIC).items)
    assert first("đăng ký", level="full") == []
    assert first("đăng ký kết hôn", audience="business") != first("đăng ký kết hôn")
    for audience in ("citizen", "business", "foreigner", "organisation", "official"):
        codes = first("cấp lại", audience=audience)
        kept = Procedure.objects.filter(code__in=codes).values_list("audience", flat=True).order_by("code")
        assert len(codes) == 3
        assert all(audience in a.split() for a in kept)
    assert first("tạm trú", level="information")[0] == "1.004194"


@pytest.mark.parametrize("q", ["đăng ký lại", "", "1.0"])
def test_pages_follow_each_other_without_gap_or_repeat(real: None, q: str) -> None:
    whole = [i.code for i in queries.search(q, actor=PUBLIC, limit=100).items]
    seen: list[str] = []
    after: str | None = None
    while len(seen) < len(whole):
        page = queries.search(q, actor=PUBLIC, limit=7, after=after)
        seen += [i.code for i in page.items]
        after = page.next
        if after is None:
            break
    assert seen[: len(whole)] == whole
    assert len(set(seen)) == len(seen)


def test_a_search_takes_at_most_three_queries(real: None, django_assert_max_num_queries: Any) -> None:
    queries.search("giấy", actor=PUBLIC)  # the titles are at hand from the second search of a process on
    with django_assert_max_num_queries(3):
        queries.search("giấy độc thân", agency="G15", field="Hộ tịch", level="information", actor=PUBLIC)


@pytest.mark.parametrize(
    "q",
    [
        "'",
        '"',
        "a OR",
        "NEAR(",
        "* *",
        "tam:*",
        "\\",
        "%",
        "\x00",
        "🙂",
        "đ" * 5000,
        "AND NOT",
        "!()&|",
        "0",
        "()",
    ],
)
def test_no_text_breaks_the_search(real: None, q: str) -> None:
    for how in ({}, {"after": "x\x00"}, {"after": "'"}, {"field": "'", "level": "none"}):
        assert len(queries.search(q, actor=PUBLIC, **how).items) <= 20


def test_the_synonym_file_is_in_order() -> None:
    entries = synonyms()
    assert len(entries) >= 60
    phrases = [p for s in entries for p in s.phrases]
    assert len(phrases) == len(set(phrases)), sorted(p for p in phrases if phrases.count(p) > 1)
    assert all(p == p.strip().lower() and t for s in entries for p in s.phrases for t in s.terms)
    assert all(s.owner and s.since <= s.until for s in entries)


@pytest.mark.feature("4")
def test_counts_by_field_and_agency(real: None) -> None:
    agencies = {a.code: a.count for a in queries.agency_counts()}
    assert agencies == {"G01": 339, "G12": 706, "G15": 271}
    fields = queries.field_counts(agency="G15")
    assert fields[0].field == "Hộ tịch"
    assert sum(f.count for f in fields) == 271
    assert sum(1 for _ in queries.all_procedures(NOW.date(), actor=SYSTEM)) == 1316


def test_what_is_far_below_a_sure_answer_is_only_related(real: None) -> None:
    found = {i.code: i.related for i in queries.search("đăng ký tạm trú", actor=PUBLIC).items}
    assert not found["1.004194"]
    assert found["1.002755"], "a renewal is near, and not what was asked for"
    order = [i.related for i in queries.search("đăng ký tạm trú", actor=PUBLIC).items]
    assert order == sorted(order), "what is related comes after what answers"
    first = queries.search("đăng ký tạm trú", limit=2, actor=PUBLIC)
    second = queries.search("đăng ký tạm trú", limit=20, after=first.next, actor=PUBLIC)
    assert {i.code: i.related for i in (*first.items, *second.items)}.items() >= found.items()
    assert not any(i.related for i in queries.search("", actor=PUBLIC).items)


@pytest.mark.parametrize(
    ("scores", "clear"),
    [([], 0), ([3.9, 0.1], 0), ([9.0, 8.0, 4.95, 4.9, 1.0], 3), ([4.0], 1), ([4.0, 4.0], 2)],
)
def test_a_gap_counts_only_below_a_sure_first(scores: list[float], clear: int) -> None:
    assert clear_of(scores) == clear
