"""Satisfaction, complaints, proposals."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from motcua.core.actor import PUBLIC
from motcua.core.links import sign
from motcua.core.refusals import NotFound
from motcua.voice import operations, queries
from motcua.voice.rules.complaints import AgainstUnknown, ComplaintActRefused
from motcua.voice.rules.petitions import WordsNeeded
from motcua.voice.rules.proposals import AlreadyFull, ProposalClosed, ProposedAlready
from motcua.voice.rules.ratings import NotEnded, RatedAlready, ReasonUnknown
from tests.dossiers.conftest import PROCEDURE, Commune

pytestmark = pytest.mark.django_db


def rate(code: str, commune: Commune, now: datetime, *, who: str = "citizen", **more: object) -> None:
    how = {"satisfied": False, "reason": "slow", "words": "Chậm hai ngày.", **more}
    operations.rate(code=code, way="page", actor=getattr(commune, who), now=now, **how)  # type: ignore[arg-type]


@pytest.mark.feature("68")
def test_the_result_message_asks_and_its_link_needs_no_account(
    ended: str, commune: Commune, now: datetime, read_log: Callable[[], None]
) -> None:
    from motcua.notices.models import Message

    read_log()
    told = [m.body for m in Message.objects.filter(reference=ended, template="result")]
    assert told
    token = told[0].split("/danh-gia/")[1].split("/")[0]
    assert queries.asked_by_link(token).may
    operations.rate_by_link(token=token, satisfied=True, actor=PUBLIC, now=now)
    assert queries.rating_of(ended).satisfied  # type: ignore[union-attr]
    with pytest.raises(RatedAlready):
        operations.rate_by_link(token=token, satisfied=False, actor=PUBLIC, now=now)
    for wrong in ("", "x", sign("petition", ended), token + "x"):
        with pytest.raises(NotFound):
            operations.rate_by_link(token=wrong, satisfied=True, actor=PUBLIC, now=now)


def test_a_dossier_is_rated_once_by_its_own_and_only_when_it_has_ended(
    ended: str, commune: Commune, now: datetime, file: Callable[..., str]
) -> None:
    with pytest.raises(NotEnded):
        rate(file(), commune, now)
    for stranger in ("other", "desk", "leader"):
        with pytest.raises(NotFound):
            rate(ended, commune, now, who=stranger)
    with pytest.raises(ReasonUnknown):
        rate(ended, commune, now, reason="weather")
    rate(ended, commune, now)
    with pytest.raises(RatedAlready):
        rate(ended, commune, now)


@pytest.mark.feature("68")
def test_an_unhappy_one_waits_at_the_desk_until_it_is_answered(
    ended: str, commune: Commune, now: datetime
) -> None:
    rate(ended, commune, now)
    (waiting,) = queries.unhappy_at(commune.desk).items
    assert (waiting.dossier, waiting.reason.en) == (ended, "Later than promised")
    assert not queries.unhappy_at(commune.asked).items
    with pytest.raises(NotFound):
        operations.answer_rating(code=ended, words="Xin lỗi anh chị.", actor=commune.asked, now=now)
    operations.answer_rating(code=ended, words="Xin lỗi anh chị.", actor=commune.desk, now=now)
    assert not queries.unhappy_at(commune.desk).items
    asked = queries.asked_of(ended, actor=commune.citizen)
    assert asked.given is not None
    assert asked.given.answer == "Xin lỗi anh chị."
    from motcua.notices.queries import inbox

    assert any("Xin lỗi anh chị." in message.body for message in inbox(actor=commune.citizen).items)


def complain(
    code: str, commune: Commune, now: datetime, who: str = "citizen", against: str = "result"
) -> str:
    return operations.file_complaint(
        dossier=code,
        against=against,
        words="Kết quả ghi sai ngày sinh.",
        actor=getattr(commune, who),
        now=now,
    ).code


def test_a_complaint_has_its_own_clock_and_is_settled_by_who_signs(
    ended: str, commune: Commune, now: datetime
) -> None:
    code = complain(ended, commune, now)
    view = queries.complaint_for(code, actor=commune.citizen, now=now)
    assert view.accept_due_at == now + timedelta(days=10)
    assert (view.acts, view.late) == (("withdraw",), False)
    assert queries.complaint_for(code, actor=commune.citizen, now=now + timedelta(days=11)).late
    for who in ("desk", "specialist", "other", "stranger"):
        with pytest.raises(NotFound):
            operations.handle_complaint(code=code, act="accept", actor=getattr(commune, who), now=now)
    with pytest.raises(ComplaintActRefused):
        operations.handle_complaint(
            code=code, act="uphold", words="Khiếu nại đúng, cấp lại.", actor=commune.signatory, now=now
        )
    operations.handle_complaint(code=code, act="accept", actor=commune.signatory, now=now)
    accepted = queries.complaint_for(code, actor=commune.signatory, now=now)
    assert accepted.decide_due_at == now + timedelta(days=30)
    with pytest.raises(WordsNeeded):
        operations.handle_complaint(code=code, act="uphold", actor=commune.signatory, now=now)
    operations.handle_complaint(
        code=code, act="uphold", words="Khiếu nại đúng, cấp lại.", actor=commune.signatory, now=now
    )
    settled = queries.complaint_for(code, actor=commune.citizen, now=now)
    assert (settled.state, settled.decision, settled.due_at) == ("upheld", "Khiếu nại đúng, cấp lại.", None)


def test_a_complaint_is_about_ones_own_dossier_and_may_be_taken_back(
    ended: str, commune: Commune, now: datetime
) -> None:
    with pytest.raises(NotFound):
        complain(ended, commune, now, who="other")
    with pytest.raises(AgainstUnknown):
        complain(ended, commune, now, against="weather")
    code = complain(ended, commune, now)
    with pytest.raises(NotFound):
        operations.withdraw_complaint(code=code, actor=commune.other, now=now)
    operations.withdraw_complaint(code=code, actor=commune.citizen, now=now)
    assert not queries.complaints_at(commune.signatory, now=now).items


def test_a_proposal_collects_one_vote_an_account_and_is_answered(commune: Commune, now: datetime) -> None:
    from datetime import date

    from motcua.agencies.operations import appoint
    from motcua.agencies.queries import actor_for
    from motcua.catalogue.operations import ensure_stub
    from motcua.core.actor import SYSTEM, Role

    ensure_stub("9.000002", name="Thủ tục khác", source="a test", actor=SYSTEM, now=now)
    words = "Nên làm được tại nhà."
    code = operations.propose(procedure="9.000002", words=words, actor=commune.citizen, now=now)
    with pytest.raises(ProposedAlready):
        operations.propose(procedure="9.000002", words=words, actor=commune.other, now=now)
    with pytest.raises(AlreadyFull):
        operations.propose(procedure=PROCEDURE, words=words, actor=commune.other, now=now)
    with pytest.raises(NotFound):
        operations.propose(procedure="9.999999", words=words, actor=commune.other, now=now)
    for _ in range(2):
        operations.vote(code=code, actor=commune.other, now=now)
    with pytest.raises(NotFound):
        operations.vote(code=code, actor=PUBLIC, now=now)
    (item,) = queries.proposals(actor=commune.other).items
    assert (item.votes, item.voted, item.may_vote, item.may_answer) == (2, True, False, False)
    for left in (1, 1):  # taken back once; again changes nothing
        operations.withdraw_vote(code=code, actor=commune.other, now=now)
        (item,) = queries.proposals(actor=commune.other).items
        assert (item.votes, item.voted, item.may_vote, item.may_unvote) == (left, False, True, False)
    with pytest.raises(NotFound):
        operations.withdraw_vote(code=code, actor=PUBLIC, now=now)
    operations.vote(code=code, actor=commune.other, now=now)
    with pytest.raises(NotFound):
        operations.answer_proposal(code=code, accept=True, words=words, actor=commune.leader, now=now)
    user = commune.leader.user_id
    assert user is not None
    appoint(user_id=user, agency="H43", role=Role.CONTROLLER, from_on=date(2025, 7, 1), actor=SYSTEM, now=now)
    controller = actor_for(user, now=now)
    operations.answer_proposal(
        code=code, accept=True, words="Sẽ làm trong quý sau.", actor=controller, now=now
    )
    with pytest.raises(ProposalClosed):
        operations.vote(code=code, actor=commune.desk, now=now)
    with pytest.raises(ProposalClosed):
        operations.withdraw_vote(code=code, actor=commune.other, now=now)
    (answered,) = queries.proposals(actor=PUBLIC, state="accepted").items
    assert answered.answer == "Sẽ làm trong quý sau."
