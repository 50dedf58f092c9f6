"""What was settled long ago loses words, names, accounts and files; figures stay what they were."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from motcua.core.actor import PUBLIC, Actor
from motcua.core.refusals import NotFound
from motcua.documents.models import Paper
from motcua.notices.models import Message
from motcua.voice import operations, queries
from motcua.voice.gateways import retention_of
from motcua.voice.models import Attachment, Complaint, Petition, Rating, Reaction
from motcua.voice.rules.petitions import ActRefused
from motcua.voice.rules.retention import Retention, settled_before
from tests.dossiers.conftest import Commune
from tests.voice.test_attachments import complain, hold
from tests.voice.test_figures import figure
from tests.voice.test_petitions import ANSWER, handle, seen, send

pytestmark = pytest.mark.django_db


def years_after(now: datetime, kind: str, days: int) -> datetime:
    years = retention_of(kind, now.date()).years
    return now.replace(year=now.year + years) + timedelta(days=days)


def test_a_time_to_be_kept_ends_on_the_same_day_of_a_later_year() -> None:
    five = Retention(date(2022, 1, 1), "", 5)
    assert settled_before(date(2031, 7, 10), five) == date(2026, 7, 10)
    assert settled_before(date(2032, 2, 29), five) == date(2027, 2, 28)
    for kind in ("petition", "complaint", "rating"):
        assert "[M" in retention_of(kind, date(2026, 7, 10)).source


@pytest.fixture
def settled(commune: Commune, now: datetime) -> dict[str, str]:
    """One published, one only answered, one still open; each with a file."""
    kinds = {"published": True, "answered": False, "open": False}
    found = {
        name: send(
            commune.citizen, now, consent=consent, title=f"Việc {name}", name="Nguyễn Thị Thử",
            attachments=[hold(commune.citizen, now, name=f"{name}.png")],
        ).code
        for name, consent in kinds.items()
    }  # fmt: skip
    for name in ("published", "answered"):
        handle(commune, found[name], "ask_more", now, words="Xin cho biết thêm ngày.")
        operations.answer_question(code=found[name], words="Tôi đến ngày 9.", actor=commune.citizen, now=now)
        handle(commune, found[name], "answer", now, words=ANSWER)
    handle(commune, found["published"], "publish", now)
    operations.react(code=found["published"], likes=True, actor=commune.other, now=now)
    return found


def test_figures_stay_and_what_is_personal_goes(
    settled: dict[str, str], commune: Commune, now: datetime, read_log: Callable[[], None],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:  # fmt: skip
    read_log()
    counted = ("petitions_conduct_766", "petitions_on_time_766", "petitions_satisfied_766")
    before = [figure(definition) for definition in counted]
    files = dict(Attachment.objects.values_list("petition__code", "paper__storage_name"))
    assert operations.strip_old_petitions(now=years_after(now, "petition", 0)) == 0
    later = years_after(now, "petition", 1)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert operations.strip_old_petitions(now=later) == 2
    assert operations.strip_old_petitions(now=later) == 0
    read_log()
    assert [figure(definition) for definition in counted] == before

    published, answered, waiting = (Petition.objects.get(code=code) for code in settled.values())
    for row in (published, answered):
        assert (row.words, row.name, row.email, row.question, row.more) == ("", "", "", "", "")
        assert (row.author_id, row.stripped_at) == (None, later)
        assert not default_storage.exists(files[row.code])
    assert (published.title, published.answer, published.likes) == ("Việc published", ANSWER, 1)
    assert (answered.title, answered.answer) == ("", "")
    assert not Reaction.objects.exists()
    assert (waiting.words != "", waiting.author_id) == (True, commune.citizen.user_id)
    assert [a.petition_id for a in Attachment.objects.all()] == [waiting.pk]
    assert Paper.objects.count() == 1
    assert default_storage.exists(files[settled["open"]])


def test_a_stripped_petition_is_nobodys_and_says_so(
    settled: dict[str, str], commune: Commune, now: datetime
) -> None:
    later = years_after(now, "petition", 1)
    operations.strip_old_petitions(now=later)
    with pytest.raises(NotFound):
        seen(settled["answered"], commune.citizen, later)
    with pytest.raises(NotFound):
        seen(settled["answered"], PUBLIC, later)
    desk = seen(settled["answered"], commune.desk, later)
    assert (desk.item.title, desk.words, desk.name) == (settled["answered"], "", "")
    assert desk.stripped_at == later
    with pytest.raises(ActRefused):
        handle(commune, settled["answered"], "publish", later)
    public = seen(settled["published"], commune.other, later)
    assert (public.item.answer, public.words, public.reacts) == (ANSWER, "", False)
    with pytest.raises(NotFound):
        operations.react(code=settled["published"], likes=False, actor=commune.other, now=later)
    assert queries.petitions_of(commune.citizen, now=later).items[0].code == settled["open"]


def test_a_settled_complaint_is_stripped_after_its_own_time(
    ended: str, commune: Commune, now: datetime
) -> None:
    done = complain(ended, commune.citizen, now, hold(commune.citizen, now))
    for act, words in (("accept", ""), ("uphold", "Khiếu nại đúng, cơ quan sẽ sửa kết quả.")):
        settle(done, act, words, commune.signatory, now)
    still = complain(ended, commune.citizen, now, hold(commune.citizen, now))
    assert operations.strip_old_complaints(now=years_after(now, "petition", 30)) == 0
    later = years_after(now, "complaint", 1)
    assert operations.strip_old_complaints(now=later) == 1
    assert operations.strip_old_complaints(now=later) == 0
    row = Complaint.objects.get(code=done)
    assert (row.words, row.wanted, row.decision, row.author_id) == ("", "", "", None)
    assert row.dossier == ended
    assert list(Attachment.objects.values_list("complaint__code", flat=True)) == [still]
    for stranger in (commune.citizen, PUBLIC):
        with pytest.raises(NotFound):
            queries.complaint_for(done, actor=stranger, now=later)
    view = queries.complaint_for(done, actor=commune.signatory, now=later)
    assert (view.words, view.own, view.stripped_at) == ("", False, later)


def settle(code: str, act: str, words: str, actor: Actor, now: datetime) -> None:
    operations.handle_complaint(code=code, act=act, words=words, actor=actor, now=now)


def test_the_worker_strips(settled: dict[str, str], now: datetime) -> None:
    from motcua.core.sweeps import sweeps

    (sweep,) = [one for one in sweeps() if one.name == "voice.retention"]
    assert sweep.run(years_after(now, "petition", 1)) == 2


def test_pages_of_a_stripped_petition_say_when_its_words_went(
    settled: dict[str, str],
    commune: Commune,
    now: datetime,
) -> None:
    from django.test import Client

    later = years_after(now, "petition", 1)
    operations.strip_old_petitions(now=later)
    page = Client().get(f"/phan-anh/{settled['published']}/").content.decode()
    assert "đã được xóa ngày" in page
    assert ANSWER in page


def messages(code: str) -> list[Message]:
    return list(Message.objects.filter(reference=code, template="voice"))


def test_news_of_a_stripped_petition_leaves_the_outbox(
    settled: dict[str, str], commune: Commune, now: datetime
) -> None:
    nameless = send(PUBLIC, now, email="co.thu@example.com").code
    handle(commune, nameless, "answer", now, words=ANSWER)
    handle(commune, settled["open"], "ask_more", now, words="Xin cho biết thêm ngày.")
    assert [one.address for one in messages(nameless)] == ["co.thu@example.com"]
    assert any(ANSWER in one.body and one.user_id for one in messages(settled["answered"]))
    operations.strip_old_petitions(now=years_after(now, "petition", 1))
    for code in (nameless, settled["answered"], settled["published"]):
        assert messages(code) == []
    assert not Message.objects.filter(address="co.thu@example.com").exists()
    assert messages(settled["open"])


def test_news_of_a_stripped_complaint_leaves_the_outbox(ended: str, commune: Commune, now: datetime) -> None:
    done = complain(ended, commune.citizen, now, hold(commune.citizen, now))
    for act, words in (("accept", ""), ("uphold", "Khiếu nại đúng, cơ quan sẽ sửa kết quả.")):
        settle(done, act, words, commune.signatory, now)
    assert any("sẽ sửa kết quả" in one.body for one in messages(done))
    operations.strip_old_complaints(now=years_after(now, "complaint", 1))
    assert messages(done) == []


def test_the_words_of_a_rating_go_and_the_rating_stays(ended: str, commune: Commune, now: datetime) -> None:
    said = {"satisfied": False, "reason": "slow", "words": "Chậm hai ngày, số của tôi 0912."}
    operations.rate(code=ended, way="page", actor=commune.citizen, now=now, **said)  # type: ignore[arg-type]
    operations.answer_rating(code=ended, words="Xin lỗi anh chị.", actor=commune.desk, now=now)
    others = Message.objects.filter(reference=ended).exclude(template="voice").count()
    assert messages(ended)
    assert operations.strip_old_ratings(now=years_after(now, "rating", 0)) == 0
    later = years_after(now, "rating", 1)
    assert operations.strip_old_ratings(now=later) == 1
    assert operations.strip_old_ratings(now=later) == 0
    row = Rating.objects.get(dossier=ended)
    assert (row.words, row.answer, row.satisfied, row.reason) == ("", "", False, "slow")
    assert row.answered_at == now
    assert messages(ended) == []
    assert Message.objects.filter(reference=ended).count() == others
