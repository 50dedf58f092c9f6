"""Quarantine, with a real clamd: nobody opens a paper before it has been scanned."""

import io
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from motcua.documents import operations, queries
from motcua.documents.gateways.scanner import Scanner, ScannerAbsent
from tests.support import clamav

pytestmark = pytest.mark.django_db


def pdf(inside: bytes = b"") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if inside:
            document.Root["/MotcuaNote"] = document.make_stream(inside)
        document.save(out, compress_streams=False)
    return out.getvalue()


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder, clamav.clamd(Path(folder)) as url:
        yield url


@pytest.mark.feature("23")
def test_a_clean_paper_is_released_and_a_harmful_one_never(
    clamd: str, settings: Any, store: Callable[..., queries.PaperRef], now: datetime
) -> None:
    settings.CLAMD_URL = clamd
    content = pdf()  # made once: its identifier tells the second
    clean, harmful = store(content), store(pdf(clamav.MARK))
    assert (clean.state, harmful.state) == ("scanning", "scanning")
    for ref in (clean, harmful):
        with pytest.raises(queries.PaperWaits):
            queries.paper_bytes(ref.id)

    assert operations.scan_due(now=now) == operations.ScanCounts(clean=1, refused=1, waiting=0)
    assert operations.scan_due(now=now) == operations.ScanCounts()
    assert queries.paper(clean.id).state == "clean"
    assert queries.paper_bytes(clean.id) == content
    refused = queries.paper(harmful.id)
    assert (refused.state, "Motcua.Test" in refused.reason) == ("refused", True)
    with pytest.raises(queries.PaperHarmful):
        queries.paper_bytes(harmful.id)


@pytest.mark.feature("23")
def test_papers_wait_while_the_scanner_is_away(
    clamd: str, settings: Any, store: Callable[..., queries.PaperRef], now: datetime, tmp_path: Path
) -> None:
    settings.CLAMD_URL = f"unix://{tmp_path / 'nobody.sock'}"
    ref = store(pdf())
    assert operations.scan_due(now=now) == operations.ScanCounts(waiting=1)
    assert queries.paper(ref.id).state == "scanning"
    settings.CLAMD_URL = clamd
    assert operations.scan_due(now=now).clean == 1


def test_without_a_scanner_the_paper_says_so(store: Callable[..., queries.PaperRef], now: datetime) -> None:
    content = pdf()
    ref = store(content)
    assert ref.state == "unscanned"
    assert operations.scan_due(now=now) == operations.ScanCounts()
    assert queries.paper_bytes(ref.id) == content


def test_a_scanner_that_is_not_there_is_named() -> None:
    with pytest.raises(ScannerAbsent, match="connecting"):
        Scanner("tcp://127.0.0.1:9", timeout=2).harmful(b"x")
