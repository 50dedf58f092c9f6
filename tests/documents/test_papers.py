import contextlib
import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from motcua.core.actor import PUBLIC, Actor
from motcua.core.refusals import NotFound
from motcua.documents import queries, rules
from motcua.documents.models import Paper

pytestmark = pytest.mark.django_db


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 10), "teal").save(out, kind)
    return out.getvalue()


PNG, JPEG = picture("PNG"), picture("JPEG")


def pdf(pages: int = 1, **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        for name, value in how.pop("root", {}).items():
            document.Root[name] = value
        document.save(out, **how)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"), [(pdf(), "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_papers_are_known_by_content(
    store: Callable[..., queries.PaperRef], content: bytes, kind: str
) -> None:
    ref = store(content, "../../trick.exe")
    assert (ref.kind, ref.state, ref.name) == (kind, "unscanned", "trick" + rules.EXTENSIONS[kind])
    assert queries.paper_bytes(ref.id) == content
    row = Paper.objects.get(id=ref.id)
    assert "trick" not in row.storage_name
    assert row.storage_name.startswith("papers/2026/07/")
    assert queries.papers([ref.id, "no", str(uuid4())]) == {ref.id: ref}


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return out.getvalue()


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "rỗng"),
        (b"<html><script>alert(1)</script></html>", "không phải PDF"),
        (zipped(), "không phải PDF"),
        (b"MZ\x90\x00" + b"\0" * 60, "không phải PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "không phải PDF"),
        (b"%PDF-1.7 and nothing else", "hỏng"),
        (b"%PDF-" + b"x" * rules.MAX_BYTES, "10 MB"),
        (pdf(rules.MAX_PAGES + 1), "200 trang"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "mật khẩu"),
        (pdf(root={"/OpenAction": SCRIPT}), "mã chạy"),
        (PNG[:20], "hỏng"),
        (PNG[:-20], "hỏng"),
        (JPEG[:-200], "hỏng"),
        (PNG[:16] + struct.pack(">II", 60000, 60000) + PNG[24:], "50 triệu"),
        (b"\xff\xd8\xff\xe0\x00\x02" + b"\x00" * 20, "hỏng"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_says_why(
    store: Callable[..., queries.PaperRef], content: bytes, says: str
) -> None:
    with pytest.raises(rules.PaperRefused) as caught:
        store(content)
    assert says in caught.value.cause.vi
    assert caught.value.next_step.vi
    assert not Paper.objects.exists()


@given(content=st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    from motcua.documents.operations.storing import checked_kind

    for head in (b"", *rules.MAGIC):
        with contextlib.suppress(rules.PaperRefused):
            assert checked_kind(head + content) in rules.EXTENSIONS


def test_a_paper_of_others_does_not_exist(
    store: Callable[..., queries.PaperRef], make_user: Callable[..., int]
) -> None:
    ref = store(PNG)
    owner = Paper.objects.get(id=ref.id).owner_id
    assert queries.paper_for(ref.id, actor=Actor("person", user_id=owner)) == ref
    for stranger in (PUBLIC, Actor("person", user_id=make_user("other"))):
        with pytest.raises(NotFound):
            queries.paper_for(ref.id, actor=stranger)
    for unknown in (str(uuid4()), "not-a-uuid", "../../x"):
        with pytest.raises(NotFound):
            queries.paper(unknown)


def test_an_anonymous_paper_belongs_to_its_draft(store: Callable[..., queries.PaperRef]) -> None:
    held = store(PNG, owner_id=None, session="index-of-a-draft", actor=PUBLIC)
    assert queries.paper_for(held.id, actor=PUBLIC, session="index-of-a-draft") == held
    free = store(PNG, owner_id=None, actor=PUBLIC)
    for ref, session in ((held, ""), (held, "another"), (free, "")):
        with pytest.raises(NotFound):
            queries.paper_for(ref.id, actor=PUBLIC, session=session)


def test_a_refused_paper_is_not_released(store: Callable[..., queries.PaperRef]) -> None:
    ref = store(PNG)
    Paper.objects.filter(id=ref.id).update(state="refused")
    with pytest.raises(queries.PaperHarmful):
        queries.paper_bytes(ref.id)


def bomb(unpacked: int) -> bytes:
    """A PDF whose cross-reference stream unpacks to much."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(unpacked >> 20)) + packer.flush()
    entries = b"/Type /XRef /Size 3 /Root 1 0 R /W [1 2 1] /Filter /FlateDecode /Length %d" % len(packed)
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    head += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 1 >>\nendobj\n"
    stream = b"3 0 obj\n<< " + entries + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    return head + stream + b"startxref\n%d\n%%%%EOF\n" % len(head)


def test_a_pdf_that_unpacks_to_very_much_is_refused_in_little_memory(
    store: Callable[..., queries.PaperRef],
) -> None:
    content = bomb(128 << 20)
    assert len(content) < 1 << 20
    tracemalloc.start()
    try:
        with pytest.raises(rules.PaperRefused):
            store(content)
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()
