"""Files that come in parts: each part once, in order, of the owner's own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from motcua.core.actor import PUBLIC, Actor
from motcua.core.refusals import NotFound
from motcua.documents import operations, queries, rules
from motcua.documents.models import Upload
from tests.documents.test_papers import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(make_user: Callable[..., int]) -> Actor:
    return Actor("person", user_id=make_user("owner"))


@pytest.fixture
def add(owner: Actor, now: datetime) -> Callable[..., queries.UploadView]:
    def added(upload: queries.UploadView, offset: int, part: bytes, **who: Any) -> queries.UploadView:
        how = {"actor": owner, "now": now} | who
        return operations.add_part(upload_id=upload.id, offset=offset, part=part, **how)

    return added


def kept_parts() -> list[str]:
    return [name for row in Upload.objects.order_by("pk") for name in row.parts]


def test_a_broken_line_goes_on_where_it_stood(
    owner: Actor,
    add: Callable[..., queries.UploadView],
    now: datetime,
    django_capture_on_commit_callbacks,
) -> None:
    content = pdf(3)
    upload = operations.begin_upload(name="hộ khẩu.pdf", length=len(content), actor=owner, now=now)
    assert (upload.received, upload.paper) == (0, None)
    add(upload, 0, content[:100])
    with pytest.raises(operations.UploadMismatch):
        add(upload, 0, content[:100])  # the answer was lost and the part came again
    assert queries.upload(upload.id, actor=owner).received == 100
    parts = kept_parts()
    with django_capture_on_commit_callbacks(execute=True):
        whole = add(upload, 100, content[100:])
    assert whole.paper is not None
    assert queries.paper_bytes(whole.paper.id) == content
    assert whole.paper.name == "hộ khẩu.pdf"
    assert not any(default_storage.exists(name) for name in parts)
    assert add(upload, 0, b"more") == whole  # a finished upload answers as it is


def test_a_part_beyond_the_end_is_not_taken(
    owner: Actor, add: Callable[..., queries.UploadView], now: datetime
) -> None:
    upload = operations.begin_upload(name="x", length=10, actor=owner, now=now)
    with pytest.raises(operations.UploadMismatch):
        add(upload, 0, b"x" * 11)
    assert queries.upload(upload.id, actor=owner).received == 0


@pytest.mark.parametrize("length", [0, rules.MAX_BYTES + 1])
def test_a_length_out_of_bounds_is_refused_before_a_byte_is_sent(
    owner: Actor, now: datetime, length: int
) -> None:
    with pytest.raises(rules.PaperRefused):
        operations.begin_upload(name="x", length=length, actor=owner, now=now)


def test_the_whole_file_is_judged_by_its_content(
    owner: Actor, add: Callable[..., queries.UploadView], now: datetime
) -> None:
    upload = operations.begin_upload(name="x.pdf", length=6, actor=owner, now=now)
    add(upload, 0, b"<ht")
    with pytest.raises(rules.PaperRefused):
        add(upload, 3, b"ml>")


def test_an_upload_of_others_does_not_exist(
    owner: Actor, add: Callable[..., queries.UploadView], make_user: Callable[..., int], now: datetime
) -> None:
    upload = operations.begin_upload(name="x", length=10, actor=owner, now=now)
    for stranger in (PUBLIC, Actor("person", user_id=make_user("other"))):
        with pytest.raises(NotFound):
            add(upload, 0, b"x", actor=stranger)
        with pytest.raises(NotFound):
            queries.upload(upload.id, actor=stranger)
        with pytest.raises(NotFound):
            operations.drop_upload(upload_id=upload.id, actor=stranger, now=now)
    with pytest.raises(NotFound):
        queries.upload(uuid4(), actor=owner)


def test_what_nobody_goes_on_with_is_forgotten(
    owner: Actor,
    add: Callable[..., queries.UploadView],
    now: datetime,
    django_capture_on_commit_callbacks,
) -> None:
    stale = operations.begin_upload(name="x", length=10, actor=owner, now=now)
    add(stale, 0, b"12345")
    later = now + timedelta(hours=25)
    fresh = operations.begin_upload(name="y", length=10, actor=owner, now=later)
    parts = kept_parts()
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.forget_stale_uploads(now=later) == 1
    assert [str(row.id) for row in Upload.objects.order_by("pk")] == [fresh.id]
    assert parts
    assert not any(default_storage.exists(name) for name in parts)


def test_one_account_holds_few_unfinished_uploads(owner: Actor, now: datetime) -> None:
    for number in range(14):
        operations.begin_upload(name=str(number), length=10, actor=owner, now=now + timedelta(seconds=number))
    names = Upload.objects.order_by("begun_at").values_list("name", flat=True)
    assert list(names) == [str(number) for number in range(4, 14)]
