"""What people of the demo say: petitions in each state, an unhappy rating, a complaint, a proposal."""

from datetime import datetime, timedelta

from motcua.agencies.queries import actor_for
from motcua.core.actor import Actor
from motcua.demo.operations.province import commune_agency
from motcua.demo.people import PHAN_RANG
from motcua.dossiers.queries import dossiers_of
from motcua.people.queries import account_by_username
from motcua.voice import operations

ENDED, REFUSED = frozenset({9, 10}), 3
PROPOSED = "1.001193"  # registration of a birth


def speak(now: datetime) -> None:
    """Everything that is said, some days back; the desk has answered a part of it."""
    here = commune_agency(PHAN_RANG)
    _petitions(here, now)
    _rating(now)
    _complaint(now)
    citizen = demo_actor("citizen", now)
    words = "Cha mẹ mới sinh con nên làm được giấy khai sinh cho con ngay tại nhà."
    operations.propose(procedure=PROPOSED, words=words, actor=citizen, now=now - timedelta(days=4))


def demo_actor(username: str, now: datetime) -> Actor:
    """The actor behind an account of the demo."""
    found = account_by_username(username)
    if found is None:
        raise LookupError(username)
    return actor_for(found.id, now=now)


def _petitions(here: str, now: datetime) -> None:
    _published(here, now)
    waiting = operations.PetitionForm(
        kind="regulation",
        title="Nên cho đăng ký tạm trú theo cả khu trọ",
        words="Khu trọ có ba mươi phòng; mỗi người thuê phải nộp riêng một hồ sơ, mất nhiều công.",
        agency=here,
    )
    operations.send_petition(form=waiting, actor=demo_actor("citizen", now), now=now - timedelta(days=3))
    unclear = operations.PetitionForm(
        kind="regulation",
        title="Lệ phí ghi trên trang không rõ",
        words="Trang thủ tục ghi hai mức lệ phí khác nhau, không biết nộp mức nào.",
        agency=here,
    )
    asked = operations.send_petition(
        form=unclear, actor=demo_actor("business", now), now=now - timedelta(days=6)
    )
    operations.handle_petition(
        code=asked.code, act="ask_more", words="Xin cho biết mã thủ tục bạn đã xem.",
        actor=demo_actor("desk", now), now=now - timedelta(days=5),
    )  # fmt: skip


def _published(here: str, now: datetime) -> None:
    first = now - timedelta(days=18)
    said = operations.PetitionForm(
        kind="conduct",
        title="Quầy một cửa đóng sớm chiều thứ Sáu",
        words="Tôi đến lúc 16 giờ 40 chiều thứ Sáu thì quầy đã đóng, trong khi giờ làm việc đến 17 giờ 30.",
        agency=here,
        consent=True,
    )
    sent = operations.send_petition(form=said, actor=demo_actor("citizen2", now), now=first)
    answer = "Đúng như bạn nêu. Chúng tôi xin lỗi và đã phân công người trực đến hết giờ làm việc."
    for act, words, days in (("answer", answer, 4), ("publish", "", 5)):
        operations.handle_petition(
            code=sent.code,
            act=act,
            words=words,
            actor=demo_actor("desk", now),
            now=first + timedelta(days=days),
        )
    operations.react(
        code=sent.code, likes=True, actor=demo_actor("citizen", now), now=first + timedelta(days=6)
    )


def _rating(now: datetime) -> None:
    """About the absence that was declared: the other results of the citizen's are still to be rated."""
    citizen = demo_actor("citizen", now)
    ended = next(d for d in dossiers_of(citizen).items if d.status in ENDED)
    operations.rate(
        code=ended.code, satisfied=False, reason="visit", words="Nộp trực tuyến rồi vẫn phải đến ký.",
        way="page", actor=citizen, now=now,
    )  # fmt: skip


def _complaint(now: datetime) -> None:
    citizen2 = demo_actor("citizen2", now)
    refused = next(d for d in dossiers_of(citizen2).items if d.status == REFUSED)
    operations.file_complaint(
        dossier=refused.code, against="refuse", actor=citizen2, now=now - timedelta(days=1),
        words="Hồ sơ trước của tôi đã rút nên không phải nộp trùng.", wanted="Tiếp nhận lại hồ sơ.",
    )  # fmt: skip
