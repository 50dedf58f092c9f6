"""Files with petitions and complaints: what is kept, who opens them, when they go."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from motcua.core.actor import PUBLIC, Actor, Reading
from motcua.core.links import sign
from motcua.core.refusals import NotFound
from motcua.documents.models import Paper
from motcua.documents.rules import PaperRefused
from motcua.voice import operations, queries
from motcua.voice.models import Attachment, Complaint, Petition
from motcua.voice.rules.attachments import MOST_FILES, AttachmentGone, TooManyFiles
from motcua.voice.rules.petitions import ActRefused
from tests.documents.test_papers import PNG, pdf
from tests.documents.test_pictures import photograph
from tests.dossiers.conftest import Commune
from tests.voice.test_petitions import ANSWER, handle, seen, send

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def hold(actor: Actor, now: datetime, content: bytes = PNG, name: str = "ảnh.png", beside: int = 0) -> str:
    return operations.hold_attachment(
        content=io.BytesIO(content), name=name, beside=beside, actor=actor, now=now
    ).handle


def opened(view: queries.PetitionView, actor: Actor, token: str = "") -> bytes:
    return queries.attachment_seen(view.attachments[0].id, actor=actor, token=token)[1]


def complain(dossier: str, actor: Actor, now: datetime, *handles: str) -> str:
    return operations.file_complaint(
        dossier=dossier, against="result", words="Kết quả ghi sai ngày sinh.", attachments=handles,
        actor=actor, now=now,
    ).code  # fmt: skip


def test_files_go_with_a_petition_in_their_order(commune: Commune, now: datetime) -> None:
    handles = (hold(commune.citizen, now), hold(commune.citizen, now, pdf(), "đơn.exe"))
    sent = send(commune.citizen, now, attachments=handles)
    for who in (commune.citizen, commune.desk):
        files = seen(sent.code, who, now).attachments
        assert [(f.name, f.kind, f.state) for f in files] == [
            ("ảnh.png", "image/png", "unscanned"), ("đơn.pdf", "application/pdf", "unscanned"),
        ]  # fmt: skip
        assert opened(seen(sent.code, who, now), who) == PNG
    assert Attachment.objects.filter(petition__code=sent.code).count() == 2


def test_a_photograph_is_turned_and_loses_its_place(commune: Commune, now: datetime) -> None:
    handle_ = hold(commune.citizen, now, photograph(orientation=6, place=True), "cổng.jpg")
    view = seen(send(commune.citizen, now, attachments=[handle_]).code, commune.desk, now)
    assert view.attachments[0].changes == ("upright", "place_removed")
    kept = Image.open(io.BytesIO(opened(view, commune.desk)))
    assert kept.size == (20, 40)
    assert not kept.getexif().get_ifd(0x8825)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "rỗng.png"),
        (b"<html><script>alert(1)</script>", "ảnh.png"),
        (b"GIF89a" + bytes(40), "ảnh.png"),
        (b"MZ" + bytes(200), "ảnh.jpg"),
        (PNG[:30], "cụt.png"),
        (b"%PDF-1.7 broken".ljust(99), "hỏng.pdf"),
        (bytes(10 * 1024 * 1024 + 1), "lớn.png"),
        (PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:], "bom.png"),
    ],
)
def test_what_is_no_picture_and_no_pdf_is_refused(
    commune: Commune, now: datetime, content: bytes, name: str
) -> None:
    with pytest.raises(PaperRefused):
        hold(commune.citizen, now, content, name)
    assert not Attachment.objects.exists()


def test_a_petition_has_a_few_files_at_most(commune: Commune, now: datetime) -> None:
    with pytest.raises(TooManyFiles):
        hold(commune.citizen, now, beside=MOST_FILES)
    handles = [hold(commune.citizen, now) for _ in range(MOST_FILES + 1)]
    with pytest.raises(TooManyFiles):
        send(commune.citizen, now, attachments=handles)
    assert not Petition.objects.exists()


def test_files_go_with_the_answer_to_a_question_after_the_first_ones(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now, attachments=[hold(commune.citizen, now)])
    handle(commune, sent.code, "ask_more", now, words="Xin gửi ảnh chụp biên nhận.")
    later = hold(commune.citizen, now, pdf(), "biên nhận.pdf")

    def answer(actor: Actor, *handles: str) -> None:
        operations.answer_question(
            code=sent.code, words="Tôi gửi kèm biên nhận.", attachments=handles, actor=actor, now=now
        )

    for wrong in (hold(commune.other, now), "x"):
        with pytest.raises(AttachmentGone):
            answer(commune.citizen, wrong)
    with pytest.raises(TooManyFiles):
        answer(commune.citizen, *(hold(commune.citizen, now) for _ in range(MOST_FILES + 1)))
    with pytest.raises(NotFound):
        answer(commune.other, later)
    assert seen(sent.code, commune.citizen, now).more == ""  # nothing of a refused answer stays
    answer(commune.citizen, later)
    view = seen(sent.code, commune.desk, now)
    assert (view.more, [file.name for file in view.attachments]) == (
        "Tôi gửi kèm biên nhận.", ["ảnh.png", "biên nhận.pdf"],
    )  # fmt: skip
    with pytest.raises(ActRefused):
        answer(commune.citizen, hold(commune.citizen, now))
    assert len(seen(sent.code, commune.desk, now).attachments) == 2


def test_a_handle_is_used_once_and_by_its_own(commune: Commune, now: datetime) -> None:
    mine = hold(commune.citizen, now)
    for wrong in ("", "x", mine + "x", sign("petition", mine), sign("attachment", str(Paper().id))):
        with pytest.raises(AttachmentGone):
            send(commune.citizen, now, attachments=[wrong])
    for stranger in (commune.other, PUBLIC):
        assert queries.held_attachments([mine], actor=stranger) == ()
        with pytest.raises(AttachmentGone):
            send(stranger, now, attachments=[mine])
        with pytest.raises(AttachmentGone):
            operations.drop_attachment(handle=mine, actor=stranger)
    held = queries.held_attachments(["x", mine, mine], actor=commune.citizen)
    assert [h.handle.partition(":")[0] for h in held] == [mine.partition(":")[0]]  # whenever it was signed
    sent = send(commune.citizen, now, attachments=[mine, mine])
    assert len(seen(sent.code, commune.citizen, now).attachments) == 1
    with pytest.raises(AttachmentGone):
        send(commune.citizen, now, attachments=[mine])
    with pytest.raises(AttachmentGone):
        operations.drop_attachment(handle=mine, actor=commune.citizen)
    assert queries.held_attachments([mine], actor=commune.citizen) == ()


def test_only_the_author_and_who_handles_it_open_a_file(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now, consent=True, attachments=[hold(commune.citizen, now)])
    view = seen(sent.code, commune.citizen, now)
    for who in (commune.other, commune.stranger, commune.asked, commune.leader, PUBLIC):
        with pytest.raises(NotFound):
            opened(view, who, sent.token)
    assert seen(sent.code, commune.leader, now).attachments == ()  # above: reads the words, not the files
    handle(commune, sent.code, "answer", now, words=ANSWER)
    handle(commune, sent.code, "publish", now)
    public = seen(sent.code, PUBLIC, now)
    assert (public.item.answer, public.attachments) == (ANSWER, ())
    for who in (commune.other, PUBLIC):
        with pytest.raises(NotFound):
            opened(view, who)
    assert opened(view, commune.citizen) == PNG


def test_it_opens_under_its_own_record_only(commune: Commune, now: datetime) -> None:
    one = send(commune.citizen, now, attachments=[hold(commune.citizen, now)])
    other = send(commune.citizen, now)
    file = seen(one.code, commune.citizen, now).attachments[0].id
    assert queries.attachment_seen(file, of=one.code, actor=commune.desk)[1] == PNG
    for wrong, of in ((file, other.code), ("x", one.code), (str(Attachment().id), "")):
        with pytest.raises(NotFound):
            queries.attachment_seen(wrong, of=of, actor=commune.desk)


def test_who_sends_it_on_no_longer_opens_it(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now, attachments=[hold(commune.citizen, now)])
    view = seen(sent.code, commune.desk, now)
    handle(commune, sent.code, "forward", now, to="H43.02")
    assert opened(view, commune.asked) == PNG
    with pytest.raises(NotFound):
        opened(view, commune.desk)


def test_an_officers_look_is_noted_and_ones_own_is_not(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now, attachments=[hold(commune.citizen, now)])
    file = seen(sent.code, commune.citizen, now).attachments[0].id
    looks: list[Reading] = commune.desk.readings
    looks.clear()
    queries.attachment_seen(file, actor=commune.desk)
    assert [(look.kind, look.subject) for look in looks] == [("attachment", file)]


def test_without_an_account_the_link_opens_it(commune: Commune, now: datetime) -> None:
    handle_ = hold(PUBLIC, now)
    sent = send(PUBLIC, now, attachments=[handle_])
    view = seen(sent.code, PUBLIC, now, sent.token)
    assert opened(view, PUBLIC, sent.token) == PNG
    for token in ("", "x", send(PUBLIC, now).token):
        with pytest.raises(NotFound):
            opened(view, PUBLIC, token)


def test_files_of_a_complaint_are_for_its_author_and_who_settles_it(
    ended: str, commune: Commune, now: datetime
) -> None:
    code = complain(ended, commune.citizen, now, hold(commune.citizen, now, pdf(), "kết quả.pdf"))
    for who in (commune.citizen, commune.signatory):
        (file,) = queries.complaint_for(code, actor=who, now=now).attachments
        assert queries.attachment_seen(file.id, of=code, actor=who)[0].name == "kết quả.pdf"
    for who in (commune.desk, commune.other, commune.asked, commune.leader, PUBLIC):
        with pytest.raises(NotFound):
            queries.attachment_seen(file.id, actor=who)
    (listed,) = queries.complaints_at(commune.signatory, now=now).items
    assert listed.attachments == (file,)
    with pytest.raises(AttachmentGone):
        complain(ended, commune.citizen, now, hold(commune.other, now))


def test_what_was_not_sent_goes_and_what_was_stays(commune: Commune, now: datetime) -> None:
    stays, goes = hold(commune.citizen, now), hold(commune.citizen, now)
    sent = send(commune.citizen, now, attachments=[stays])
    names = dict(Attachment.objects.values_list("petition__code", "paper__storage_name"))
    assert operations.forget_loose_attachments(now=now + DAY) == 0
    assert operations.forget_loose_attachments(now=now + 2 * DAY) == 1
    assert operations.forget_loose_attachments(now=now + 2 * DAY) == 0
    assert Paper.objects.count() == 1
    assert default_storage.exists(names[sent.code])
    with pytest.raises(AttachmentGone):
        send(commune.citizen, now, attachments=[goes])


def test_a_file_goes_with_its_record(
    ended: str, commune: Commune, now: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    sent = send(commune.citizen, now, attachments=[hold(commune.citizen, now)])
    complain(ended, commune.citizen, now, hold(commune.citizen, now))
    held = set(Attachment.objects.values_list("paper_id", "paper__storage_name"))
    Petition.objects.filter(code=sent.code).delete()
    Complaint.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert operations.forget_loose_attachments(now=now + 2 * DAY) == 2
    assert not Paper.objects.filter(pk__in=[paper for paper, _ in held]).exists()
    assert not [name for _, name in held if default_storage.exists(name)]


def test_an_account_keeps_few_unsent_files(commune: Commune, now: datetime) -> None:
    first = hold(commune.citizen, now)
    for minutes in range(20):
        hold(commune.citizen, now + timedelta(minutes=minutes + 1))
    assert Attachment.objects.count() == 20
    assert queries.held_attachments([first], actor=commune.citizen) == ()


def test_a_file_that_is_scanned_waits_and_a_harmful_one_never_opens(
    commune: Commune, now: datetime, settings: object
) -> None:
    from motcua.documents.queries import PaperHarmful, PaperWaits

    settings.CLAMD_URL = "tcp://127.0.0.1:9"  # type: ignore[attr-defined]
    sent = send(commune.citizen, now, attachments=[hold(commune.citizen, now)])
    view = seen(sent.code, commune.desk, now)
    assert view.attachments[0].state == "scanning"
    with pytest.raises(PaperWaits):
        opened(view, commune.desk)
    Paper.objects.update(state=Paper.State.REFUSED)
    for who in (commune.desk, commune.citizen):
        with pytest.raises(PaperHarmful):
            opened(view, who)
