"""Revisions: their states, what changed in typed words, closing, and packs and procedures that come back."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.queries import agency
from motcua.catalogue import queries
from motcua.catalogue.models import Procedure, Revision
from motcua.catalogue.operations import (
    PackRefused,
    close_service,
    import_procedures,
    offer,
    publish_pack,
)
from motcua.catalogue.operations.closing import NothingToClose
from motcua.catalogue.rules.exchange import own_record, read_own
from motcua.catalogue.rules.national import Refused
from motcua.catalogue.rules.pack import load_folder
from motcua.cli import motcua as command
from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.refusals import NotFound

CODE = "1.004873"


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A copy of the marriage-status pack, free to be changed."""
    return Path(shutil.copytree(root / "packs" / "vn" / "marriage-status", tmp_path / "pack"))


def changed(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), "utf-8")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=True)


@pytest.mark.django_db
@pytest.mark.feature("6")
def test_a_published_pack_comes_back_byte_for_byte(folder: Path, tmp_path: Path, now: datetime) -> None:
    head = folder / "process.toml"
    head.write_bytes(head.read_bytes().replace(b"\n", b"\r\n"))
    publish_pack(folder=folder, actor=SYSTEM, now=now)
    out = tmp_path / "out"
    told = run("pack", "export", CODE, str(out))
    assert told.exit_code == 0, told.output
    names = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    written = {p.relative_to(out) for p in out.rglob("*") if p.is_file()}
    assert {n.parts[0] for n in written - set(names)} <= {"lists"}, "common lists were frozen with it"
    assert publish_pack(folder=out, actor=SYSTEM, now=now).number == 1, "the same revision"
    assert all((out / n).read_bytes() == (folder / n).read_bytes() for n in names)
    again = run("pack", "export", CODE, str(out))
    assert again.exit_code == 1, "a folder that is there is never written over"
    assert run("pack", "export", "1.999999", str(tmp_path / "none")).exit_code == 1


@pytest.mark.django_db
@pytest.mark.feature("6", "2")
def test_a_clone_is_a_draft_that_cannot_be_published(folder: Path, tmp_path: Path, now: datetime) -> None:
    new = tmp_path / "new"
    assert run("pack", "clone", str(folder), str(new), "--code", "1.999001").exit_code == 0
    with pytest.raises(PackRefused) as refused:
        publish_pack(folder=new, actor=SYSTEM, now=now)
    assert "draft" in str(refused.value.faults)
    assert run("pack", "check", str(new)).exit_code == 0, "a draft is checked as any pack"
    changed(new, "procedure.toml", "draft = true # take this line out to publish\n", "")
    assert publish_pack(folder=new, actor=SYSTEM, now=now).procedure_code == "1.999001"
    assert load_folder(new).keys() == load_folder(folder).keys()
    assert run("pack", "clone", str(folder), str(tmp_path / "other"), "--code", "x").exit_code == 1
    assert not (tmp_path / "other").exists()


@pytest.mark.django_db
@pytest.mark.feature("2")
def test_changes_are_typed(folder: Path, tmp_path: Path, root: Path) -> None:
    same = run("pack", "diff", str(root / "packs/vn/marriage-status"), str(folder))
    assert (same.exit_code, same.output) == (0, "no difference\n")
    residence = Path(shutil.copytree(root / "packs/vn/temporary-residence", tmp_path / "residence"))
    changed(residence, "procedure.toml", "amount = 7000", "amount = 8000")
    changed(residence, "procedure.toml", 'limit = { amount = 3, unit = "working_days" }',
            'limit = { amount = 2, unit = "working_days" }')  # fmt: skip
    changed(residence, "form.toml", 'label_vi = "Chỗ ở này là"', 'label_vi = "Chỗ ở đó là"')
    told = run("pack", "diff", str(root / "packs/vn/temporary-residence"), str(residence))
    assert told.exit_code == 1
    kinds = [line.split(":")[0] for line in told.output.splitlines()]
    assert [k.split()[:2] for k in kinds[:3]] == [
        ["changed", "fee"],
        ["changed", "time"],
        ["changed", "question"],
    ]
    assert "7,000 VND → 8,000 VND" in told.output
    whole = run("pack", "diff", str(root / "packs/vn/marriage-status"), str(residence)).output
    assert "added step" in whole
    assert "removed step" in whole
    assert run("pack", "diff", str(tmp_path / "nowhere"), str(folder)).exit_code == 2


@pytest.mark.django_db
@pytest.mark.feature("2")
def test_the_page_of_revisions_tells_state_days_and_changes(
    folder: Path, now: datetime, client: Client
) -> None:
    publish_pack(folder=folder, actor=SYSTEM, now=now)
    changed(folder, "procedure.toml", 'name_vi = "', 'name_vi = "Mới: ')
    publish_pack(folder=folder, actor=SYSTEM, now=now + timedelta(days=3))
    newest, first = queries.revisions(CODE)
    assert (newest.state, first.state, first.changes) == ("published", "closed", ())
    assert first.closed_at == now + timedelta(days=3)
    assert {c.kind for c in newest.changes} == {"name"}
    page = client.get(
        f"/thu-tuc/{CODE}/phien-ban/", headers={"cookie": "motcua_language=en"}
    ).content.decode()
    for words in ("Revision 2", "In force", "Closed", "10/07/2026", "13/07/2026", "changed", "Mới: "):
        assert words in page
    assert f"/thu-tuc/{CODE}/phien-ban/" in client.get(f"/thu-tuc/{CODE}/").content.decode()
    assert client.get("/thu-tuc/1.999999/phien-ban/").status_code == 404
    compared = run("pack", "diff", f"{CODE}@1", f"{CODE}@2")
    assert (compared.exit_code, "Mới: " in compared.output) == (1, True)
    with pytest.raises(NotFound):
        queries.revision_content(CODE, 9)


@pytest.mark.django_db
@pytest.mark.feature("2")
def test_a_closed_service_takes_nothing_new_and_keeps_what_runs(
    folder: Path, now: datetime, make_agency: Callable[..., int], client: Client
) -> None:
    make_agency("H43")
    first = publish_pack(folder=folder, actor=SYSTEM, now=now)
    offer(procedure_code=CODE, agency="H43", from_on=date(2026, 1, 1), actor=SYSTEM, now=now)
    closed = close_service(code=CODE, reason="Luật mới", actor=SYSTEM, now=now)
    assert (closed.number, closed.has_pack) == (2, False)
    assert queries.revision_pack(first.id).code == CODE, "running dossiers keep their revision"
    page = queries.procedure(CODE, actor=PUBLIC, on=now.date())
    assert (page.has_pack, page.services, page.level) == (False, (), "information")
    assert page.facts.papers, "what it publishes stays"
    assert [c.kind for c in queries.revisions(CODE)[0].changes if c.deed == "removed"][-1] == "service"
    assert client.get(f"/nop/{CODE}/").status_code in {302, 404}
    with pytest.raises(NothingToClose):
        close_service(code=CODE, reason="again", actor=SYSTEM, now=now)
    again = publish_pack(folder=folder, actor=SYSTEM, now=now)
    assert (again.number, again.has_pack) == (3, True)
    assert agency("H43").identifier == "H43"


@pytest.mark.django_db
@pytest.mark.feature("6")
def test_procedures_are_exported_and_come_in_again_unchanged(
    folder: Path, tmp_path: Path, now: datetime, shared_data: Path
) -> None:
    some = (shared_data / "procedures" / "justice.jsonl").read_text("utf-8").splitlines()[:40]
    (tmp_path / "some.jsonl").write_text("\n".join(some), "utf-8")
    import_procedures(tmp_path / "some.jsonl", actor=SYSTEM, now=now)
    publish_pack(folder=folder, actor=SYSTEM, now=now)
    out, again = tmp_path / "out.jsonl", tmp_path / "again.jsonl"
    told = run("export", "procedures", str(out))
    assert (told.exit_code, told.output.strip()) == (0, f"{out}: {Procedure.objects.count()} procedures")
    before = Revision.objects.count()
    counts = import_procedures(out, actor=SYSTEM, now=now)
    assert (counts.new, counts.changed, counts.refused) == (0, 0, [])
    assert Revision.objects.count() == before
    run("export", "procedures", str(again))
    assert again.read_bytes() == out.read_bytes()
    assert run("export", "procedures", str(out)).exit_code == 1, "a file that is there is not written over"


@pytest.mark.django_db
@pytest.mark.feature("6")
def test_an_empty_site_gets_the_same_procedures(tmp_path: Path, now: datetime) -> None:
    record = {
        "code": "1.000001",
        "name": "Thủ tục thử",
        "agency_code": "G15",
        "methods": [{"mode": "Trực tiếp"}],
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    import_procedures(tmp_path / "a.jsonl", actor=SYSTEM, now=now)
    run("export", "procedures", str(tmp_path / "out.jsonl"))
    content = Revision.objects.get().content_hash
    from motcua.catalogue.models import SearchEntry

    for model in (SearchEntry, Revision, Procedure):
        model.objects.all().delete()
    counts = import_procedures(tmp_path / "out.jsonl", actor=SYSTEM, now=now)
    assert (counts.new, counts.refused) == (1, [])
    assert Revision.objects.get().content_hash == content


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
METHOD = {"channel": 1, "time": {"amount": "3", "unit": "day"}, "fee": {"amount": 5, "currency": "VND"}}
GOOD = own_record(CODE, {"record": {"code": CODE, "name_vi": "Tên", "methods": [METHOD]}})


@given(key=st.sampled_from(["code", "name_vi", "levels", "methods", "papers", "agency_code"]), value=JSON)
def test_no_line_of_an_export_breaks_the_import(key: str, value: object) -> None:
    line = {**GOOD, "layers": {"record": {**GOOD["layers"]["record"], key: value}}}
    try:
        facts = read_own(line)["record"]
    except Refused:
        return
    assert isinstance(facts.name_vi, str)
    assert all(m.fee.text.vi and m.time.text.vi for m in facts.methods)
