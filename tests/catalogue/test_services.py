"""Publishing freezes a pack; services are offered from a day on, at a level that is derived."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from motcua.catalogue import queries
from motcua.catalogue.models import Revision, Service
from motcua.catalogue.operations import PackRefused, ensure_stub, import_procedures, offer, publish_pack
from motcua.catalogue.operations.services import BadCode, NotOffered
from motcua.catalogue.rules.level import AgencyFacts
from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.refusals import NotFound

pytestmark = pytest.mark.django_db
CODE = "1.004873"
DAY = date(2026, 7, 1)


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A copy of the marriage-status pack, free to be changed."""
    return Path(shutil.copytree(root / "packs" / "vn" / "marriage-status", tmp_path / "pack"))


def national(tmp_path: Path, now: datetime, **more: object) -> None:
    record = {"code": CODE, "name": "Tên của nguồn", "agency_code": "G15", "conditions": "Có", **more}
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(record))
    assert import_procedures(file, actor=SYSTEM, now=now).refused == []


def test_publishing_freezes_the_pack_and_again_changes_nothing(folder: Path, now: datetime) -> None:
    first = publish_pack(folder=folder, actor=SYSTEM, now=now)
    assert (first.procedure_code, first.number, first.has_pack) == (CODE, 1, True)
    assert publish_pack(folder=folder, actor=SYSTEM, now=now) == first
    pack = queries.revision_pack(first.id)
    assert queries.revision_pack(first.id) is pack
    page = queries.procedure(CODE, actor=PUBLIC)
    assert (page.name, page.has_pack) == (pack.name, True)
    assert page.facts.legal == pack.legal
    assert [p.name for p in page.facts.papers] == [p.name.vi for p in pack.papers]


@pytest.mark.feature("2")
def test_a_changed_pack_is_a_new_revision_and_the_old_one_stays_as_it_was(
    folder: Path, now: datetime
) -> None:
    first = publish_pack(folder=folder, actor=SYSTEM, now=now)
    template = folder / "result" / "template.typ"
    template.write_text(template.read_text(encoding="utf-8") + "\n// changed\n", encoding="utf-8")
    second = publish_pack(folder=folder, actor=SYSTEM, now=now)
    assert (second.number, Revision.objects.get(id=first.id).closed_at) == (2, now)
    kept = Revision.objects.get(id=first.id).pack
    assert kept is not None
    assert "// changed" not in kept["result/template.typ"]


def test_a_national_record_wins_and_its_import_keeps_the_pack(
    folder: Path, tmp_path: Path, now: datetime
) -> None:
    publish_pack(folder=folder, actor=SYSTEM, now=now)
    national(tmp_path, now)
    page = queries.procedure(CODE, actor=PUBLIC)
    assert (page.name.vi, page.facts.conditions, page.has_pack) == ("Tên của nguồn", "Có", True)
    assert page.name.en
    assert page.facts.legal
    assert page.revision == 2


@pytest.mark.parametrize(
    ("file", "text"), [("procedure.toml", "code ="), ("process.toml", ""), ("form.toml", "\ufffd[[")]
)
def test_a_pack_with_faults_is_refused_with_the_list(
    folder: Path, file: str, text: str, now: datetime
) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(PackRefused) as refusal:
        publish_pack(folder=folder, actor=SYSTEM, now=now)
    assert refusal.value.faults
    assert any(file in fault for fault in refusal.value.faults)
    assert not Revision.objects.exists()


def test_a_service_counts_on_its_days_only(
    folder: Path, make_agency: Callable[..., int], now: datetime
) -> None:
    make_agency("H43")
    revision = publish_pack(folder=folder, actor=SYSTEM, now=now)
    made = offer(
        procedure_code=CODE, agency="H43", from_on=DAY, to_on=date(2026, 7, 31), actor=SYSTEM, now=now
    )
    assert made.revision_id == revision.id
    assert queries.service_for(CODE, "H43", on=DAY) == made
    assert queries.service_for(CODE, "H43", on=date(2026, 6, 30)) is None
    assert queries.service_for(CODE, "H43", on=date(2026, 8, 1)) is None
    assert queries.services_of(CODE, on=date(2026, 7, 31)) == (made,)
    assert [s.agency for s in queries.all_services(DAY, actor=SYSTEM)] == ["H43"]
    item = queries.search("tình trạng hôn nhân", actor=PUBLIC).items[0]
    assert (item.code, item.level, item.level_declared) == (CODE, made.level, None)


def test_the_level_follows_from_pack_and_agency_and_a_declared_one_is_kept_beside_it(
    folder: Path, make_agency: Callable[..., int], now: datetime
) -> None:
    make_agency("H43")
    publish_pack(folder=folder, actor=SYSTEM, now=now)
    made = offer(
        procedure_code=CODE,
        agency="H43",
        from_on=DAY,
        level_declared="full",
        facts=AgencyFacts(signs_results=False),
        actor=SYSTEM,
        now=now,
    )
    assert (made.level, made.level_declared) == ("partial", "full")
    assert "result_not_signed" in made.blockers
    assert Service.objects.count() == 1
    assert queries.search("hôn nhân", level="partial", actor=PUBLIC).items[0].code == CODE


def test_what_has_no_pack_cannot_be_offered(
    tmp_path: Path, make_agency: Callable[..., int], now: datetime
) -> None:
    make_agency("H43")
    national(tmp_path, now)
    with pytest.raises(NotOffered):
        offer(procedure_code=CODE, agency="H43", from_on=DAY, actor=SYSTEM, now=now)
    with pytest.raises(NotFound):
        offer(procedure_code="1.000001", agency="H43", from_on=DAY, actor=SYSTEM, now=now)
    with pytest.raises(NotFound):
        queries.procedure("1.000001", actor=PUBLIC)
    with pytest.raises(BadCode):
        ensure_stub("'; drop", actor=SYSTEM, now=now)
