import hashlib
import shutil
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from motcua.core.actor import SYSTEM
from motcua.core.refusals import NotFound
from motcua.documents import operations, queries, rules
from motcua.documents.models import IssuedDocument, NumberBook

from .conftest import FIELDS, TITLE

pytestmark = pytest.mark.django_db
Issue = Callable[..., operations.Issued]


def test_an_issued_document_is_kept_and_found(issue: Issue, now: datetime) -> None:
    done = issue()
    assert done.number == "01/GXN"
    content = queries.issued_bytes(done.token)
    assert hashlib.sha256(content).hexdigest() == done.sha256
    assert queries.issued(done.token).size == len(content)
    assert [ref.token for ref in queries.issued_for("H43.90-260710-0001")] == [done.token]
    assert len(done.token) >= 22  # at least 128 random bits
    assert queries.check_file(content) == queries.FileCheck("intact", done.token)


def test_numbers_follow_each_other_in_their_book(issue: Issue, now: datetime) -> None:
    assert [issue().number for _ in range(2)] == ["01/GXN", "02/GXN"]
    assert issue(book="other").number == "01/GXN"
    assert issue(now=datetime(2026, 12, 31, 17, 0, tzinfo=UTC)).number == "01/GXN"  # 2027 in Viet Nam


def test_a_number_that_was_not_used_is_given_again(issue: Issue) -> None:
    def fail_after_issuing() -> None:
        with transaction.atomic():
            issue()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_issuing()
    with pytest.raises(rules.TemplateFault):
        issue(template="#data.no_such_field")
    assert issue().number == "01/GXN"


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_under_concurrency(issue: Issue) -> None:
    start = threading.Barrier(4)

    def work(_: int) -> list[str]:
        try:
            start.wait(10)
            return [issue(template="#paper-title(data.number)").number for _ in range(3)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for group in pool.map(work, range(4)) for number in group]
    assert sorted(numbers) == [f"{n:02d}/GXN" for n in range(1, 13)]
    assert NumberBook.objects.get().last == 12


@pytest.mark.feature("45")
def test_verification_tells_state_and_nothing_personal(issue: Issue, now: datetime) -> None:
    token = issue().token
    valid = queries.verification(token, now=now)
    assert (valid.state, valid.trial, valid.number, valid.title) == ("valid", True, "01/GXN", TITLE)
    assert (valid.issued_on, valid.valid_until_on) == (date(2026, 7, 10), date(2027, 1, 9))
    assert FIELDS["person_name"] not in repr(valid)
    assert queries.verification(token, now=now + timedelta(days=400)).state == "expired"
    operations.revoke(token=token, reason="sai thông tin", actor=SYSTEM, now=now)
    revoked = queries.verification(token, now=now)
    assert (revoked.state, revoked.revoked_on) == ("revoked", date(2026, 7, 10))
    with pytest.raises(operations.AlreadyRevoked):
        operations.revoke(token=token, reason="again", actor=SYSTEM, now=now)


@pytest.mark.parametrize("token", ["", "x", "a" * 41, "a\0b", "' or 1=1 --"])
def test_an_unknown_token_is_unknown(token: str, now: datetime) -> None:
    assert queries.verification(token, now=now).state == "unknown"
    with pytest.raises(NotFound):
        queries.issued_bytes(token)


def test_revoking_nothing_is_not_found(now: datetime) -> None:
    with pytest.raises(NotFound):
        operations.revoke(token="no-such", reason="x", actor=SYSTEM, now=now)


def pdfsig(content: bytes, tmp_path: Path) -> str:
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is absent (Debian: poppler-utils)")
    path = tmp_path / "result.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, timeout=30).stdout


@pytest.mark.feature("44")
def test_pdfsig_accepts_the_file_and_refuses_a_changed_byte(issue: Issue, tmp_path: Path) -> None:
    content = queries.issued_bytes(issue().token)
    said = pdfsig(content, tmp_path)
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    changed = bytearray(content)
    changed[len(content) // 3] ^= 1
    assert "Signature is Valid" not in pdfsig(bytes(changed), tmp_path)


def test_no_changed_byte_is_taken_for_ours(issue: Issue) -> None:
    content = queries.issued_bytes(issue().token)
    for at in range(0, len(content), len(content) // 40):
        changed = bytearray(content)
        changed[at] ^= 1
        assert queries.check_file(bytes(changed)).state == "changed", at


def test_a_file_with_something_added_is_changed(issue: Issue) -> None:
    content = queries.issued_bytes(issue().token)
    assert queries.check_file(content + b"\n").state == "changed"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"\x00" * 100, b"/ByteRange [0 1 2 3]"[:3]])
def test_any_other_file_is_not_ours(content: bytes) -> None:
    assert queries.check_file(content).state == "not_ours"


def test_a_signature_of_somebody_else_is_not_ours(issue: Issue, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "another"
    theirs = queries.issued_bytes(issue().token)
    settings.HOME = tmp_path / "ours"
    assert queries.check_file(theirs).state == "not_ours"


def test_a_real_certificate_ends_the_trial_only_when_declared(
    issue: Issue, settings: Any, tmp_path: Path
) -> None:
    from motcua.documents.gateways.authority import demo_authority

    settings.SIGNING_P12 = str(demo_authority(tmp_path / "operator") / "signing.p12")
    assert queries.issued(issue().token).trial is True
    settings.TRIAL = False
    real = issue()
    assert queries.issued(real.token).trial is False
    assert queries.check_file(queries.issued_bytes(real.token)).state == "intact"
    settings.SIGNING_P12 = ""
    assert queries.issued(issue().token).trial is True  # the demo authority is never anything else


@pytest.mark.parametrize(("name", "password"), [("absent.p12", ""), ("signing.p12", "wrong")])
def test_a_key_that_cannot_sign_is_refused_in_words(
    issue: Issue, settings: Any, tmp_path: Path, name: str, password: str
) -> None:
    from motcua.documents.gateways.authority import demo_authority
    from motcua.documents.gateways.signer import SigningUnavailable

    settings.SIGNING_P12 = str(demo_authority(tmp_path / "operator") / name)
    settings.SIGNING_PASSWORD = password
    with pytest.raises(SigningUnavailable):
        issue()
    assert not IssuedDocument.objects.exists()


def test_issuing_asks_the_database_little(issue: Issue, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):  # savepoint, number, row, release
        issue()
    assert connection.in_atomic_block
