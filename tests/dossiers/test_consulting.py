"""Questions to other agencies: several at once, each with its term, its reminder and its rule for silence."""

from datetime import datetime, timedelta

import pytest

from motcua.core.refusals import Refusal
from motcua.dossiers import queries
from motcua.dossiers.jobs import questions
from tests.dossiers.conftest import FILES, PROCEDURE, Commune

ASK = {"agency": "H43.02", "question": "Có đăng ký kết hôn tại phường không?"}


@pytest.fixture
def received(commune: Commune, file, act) -> str:
    code = file()
    act("desk", "receive", code)
    return code


def offered(**changes: str) -> None:
    """The small pack with its process changed."""
    from motcua.catalogue.models import Revision
    from motcua.catalogue.queries import revision_pack

    process = FILES["process.toml"]
    for old, new in changes.values():
        assert old in process
        process = process.replace(old, new)
    Revision.objects.filter(procedure__code=PROCEDURE).update(pack={**FILES, "process.toml": process})
    revision_pack.cache_clear()


LIMIT = 'limit = { amount = 1, unit = "working_days" }'


def rule(line: str) -> tuple[str, str]:
    return LIMIT, f"{LIMIT}\n{line}"


def steps(code: str, commune: Commune, now: datetime, kind: str = "consult"):
    return [s for s in queries.dossier_for(code, actor=commune.desk, now=now).steps if s.kind == kind]


def test_several_are_asked_at_once_each_with_its_own_term(commune: Commune, received: str, act, now) -> None:
    due = queries.dossier_for(received, actor=commune.desk, now=now).due_at
    act("specialist", "consult", received, **ASK)
    act("specialist", "consult", received, **ASK, days="5")
    first, second = steps(received, commune, now)
    assert (first.due_at.date().isoformat(), second.due_at.date().isoformat()) == ("2026-07-15", "2026-07-17")
    assert queries.dossier_for(received, actor=commune.desk, now=now).due_at == due  # its clock goes on
    act("asked", "answer_consultation", received, step="consult:2", answer="Không có đăng ký.")
    assert [s.state for s in steps(received, commune, now)] == ["open", "done"]


@pytest.mark.parametrize("days", ["31", "400"])
def test_a_term_is_bounded(commune: Commune, received: str, act, days: str) -> None:
    with pytest.raises(Refusal) as refused:
        act("specialist", "consult", received, **ASK, days=days)
    assert refused.value.code == "days_out_of_range"


def test_no_term_but_a_number(commune: Commune, received: str, act) -> None:
    with pytest.raises(Refusal) as refused:
        act("specialist", "consult", received, **ASK, days="vài")
    assert refused.value.code == "bad_parameter"


def test_who_is_asked_is_reminded_once_and_told_by_message(commune: Commune, received: str, act, now) -> None:
    from motcua.events.operations import run_readers
    from motcua.notices.models import Message

    act("specialist", "consult", received, **ASK)
    questions(now + timedelta(days=3))  # Monday: two days are left
    kinds = [t.kind for t in queries.dossier_for(received, actor=commune.desk, now=now).timeline]
    assert "dossier.consultation_reminded" not in kinds
    for _ in range(3):
        questions(now + timedelta(days=4, hours=2))  # Tuesday: less than a working day is left
    kinds = [t.kind for t in queries.dossier_for(received, actor=commune.desk, now=now).timeline]
    assert kinds.count("dossier.consultation_reminded") == 1
    run_readers(now=now)
    told = Message.objects.filter(template="consultation", user_id=commune.asked.user_id)
    assert told.filter(channel="inbox").count() == 2  # the question, and the reminder


def test_silence_is_no_answer_unless_the_pack_says_so(commune: Commune, file, act, now) -> None:
    code = file(ask=True)
    act("desk", "receive", code)
    questions(now + timedelta(days=30))
    assert [s.state for s in steps(code, commune, now)] == ["open"]


def test_where_it_is_one_the_handling_goes_on_and_says_why(commune: Commune, file, act, now) -> None:
    offered(a=rule('silence = "agree"'))
    code = file(ask=True)
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    questions(now + timedelta(hours=2))  # too early
    assert [s.state for s in steps(code, commune, now)] == ["open"]
    questions(now + timedelta(days=5))
    (asked,) = steps(code, commune, now)
    assert (asked.state, asked.outcome) == ("done", "silence")
    seen = queries.dossier_for(code, actor=commune.citizen, now=now)
    assert [s.key for s in seen.steps if s.state == "open"] == ["draft"]
    assert any("không trả lời đúng hạn" in t.title.vi for t in seen.timeline)


def test_the_pack_rules_questions_of_an_officers_own(commune: Commune, file, act, now) -> None:
    whole = '[consultation]\nlimit = { amount = 1, unit = "working_days" }\nsilence = "agree"\n'
    offered(a=('[[steps]]\nkey = "intake"', whole + '[[steps]]\nkey = "intake"'))
    code = file()
    act("desk", "receive", code)
    act("specialist", "consult", code, **ASK)
    questions(now + timedelta(days=5))
    assert [(s.due_at.date().isoformat(), s.outcome) for s in steps(code, commune, now)] == [
        ("2026-07-13", "silence")
    ]


def test_a_step_goes_to_whoever_has_least_open_work(
    commune: Commune, file, act, now, make_user, appoint
) -> None:
    share = 'role = "specialist"\nshare = "0.5"'
    offered(a=(share, f'{share}\nassign = "least_open"'))
    appoint(make_user("nguoihai"), "H43.01", "specialist")
    codes = [file(), file()]
    for code in codes:
        act("desk", "receive", code)
    who = {s.assignee for code in codes for s in steps(code, commune, now, "handle")}
    assert who == {"Người chuyenvien", "Người Thử nguoihai"}


def test_the_citizen_sees_who_has_it(commune: Commune, file, act, now) -> None:
    code = file(ask=True)
    act("desk", "receive", code)
    seen = queries.dossier_for(code, actor=commune.citizen, now=now)
    with_ = {s.agency.name.vi for s in seen.steps if s.state == "open"}
    assert with_ == {"UBND phường Một", "UBND phường Hai"}
