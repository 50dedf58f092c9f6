"""Many at once, each by itself; and nobody acts on what they have not seen."""

import pytest

from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations, queries
from motcua.dossiers.rules.bulk import MOST_AT_ONCE
from tests.dossiers.conftest import Commune


def many(who, action: str, codes: list[str], now, **params):
    done = operations.act_on_many(action=action, codes=codes, params=params, actor=who, now=now)
    return {one.code: one.refusal.code if one.refusal else "done" for one in done}


def drafted(file, act, now) -> str:
    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    act("citizen", "confirm_draft", code)
    return code


def test_each_is_done_or_refused_by_itself(commune: Commune, file, act, now) -> None:
    first, second, third = file(), file(), file()
    act("desk", "refuse", second, reason="Không thuộc thẩm quyền")
    came = many(commune.desk, "receive", [first, second, third, "H43.01-000101-9999"], now)
    assert came == {
        first: "done", second: "not_in_this_status", third: "done", "H43.01-000101-9999": "not_found",
    }  # fmt: skip
    assert queries.dossier_for(third, actor=commune.desk, now=now).status == 2


def test_one_is_done_once_although_it_was_ticked_twice(commune: Commune, file, now) -> None:
    code = file()
    assert many(commune.desk, "receive", [code, code], now) == {code: "done"}


def test_many_are_signed_but_nobody_signs_their_own(commune: Commune, file, act, now) -> None:
    codes = [drafted(file, act, now) for _ in range(3)]
    assert many(commune.specialist, "sign", codes, now) == dict.fromkeys(codes, "not_your_task")
    assert many(commune.signatory, "sign", codes, now) == dict.fromkeys(codes, "done")
    numbers = [queries.dossier_for(c, actor=commune.desk, now=now).result.number for c in codes]
    assert len(set(numbers)) == 3


def test_a_failure_of_the_machinery_stops_only_its_own_dossier(
    commune: Commune, file, act, now, monkeypatch, caplog
) -> None:
    codes = [drafted(file, act, now) for _ in range(2)]
    from motcua.documents.models import IssuedDocument as Issued

    real = Issued.save

    def fails_once(self, *args, **kwargs):
        monkeypatch.setattr(Issued, "save", real)
        raise OSError("disk full")

    monkeypatch.setattr(Issued, "save", fails_once)
    came = many(commune.signatory, "sign", codes, now)
    assert list(came.values()) == ["broke_off", "done"]
    assert queries.dossier_for(codes[0], actor=commune.desk, now=now).result is None


def test_bounds(commune: Commune, now) -> None:
    with pytest.raises(Refusal) as refused:
        many(commune.desk, "receive", [f"c{i}" for i in range(MOST_AT_ONCE + 1)], now)
    assert refused.value.code == "too_many_at_once"
    with pytest.raises(NotFound):
        many(commune.desk, "decline", [], now)


def test_what_is_chosen_is_ones_own_open_work_of_that_kind(commune: Commune, file, act, now) -> None:
    fresh, taken = file(), file()
    act("desk", "receive", taken)
    chosen = queries.chosen_work("receive", codes=[fresh, taken], actor=commune.desk, now=now)
    assert [i.code for i in chosen] == [fresh]
    assert [i.code for i in queries.chosen_work("receive", codes=None, actor=commune.desk, now=now)] == [
        fresh
    ]
    assert not queries.chosen_work("receive", codes=[fresh], actor=commune.stranger, now=now)


def test_who_has_least_open_work_gets_it(commune: Commune, file, act, now, make_user, appoint) -> None:
    from motcua.people.queries import account

    second = account(make_user("nguoihai"))
    appoint(second.id, "H43.01", "specialist")
    codes = [file() for _ in range(3)]
    for code in codes:
        act("desk", "receive", code)
    act("specialist", "assign", codes[0], username="chuyenvien")
    came = many(commune.specialist, "assign", codes[1:], now, username="*")
    assert set(came.values()) == {"done"}
    who = [queries.dossier_for(c, actor=commune.desk, now=now).steps[-1].assignee for c in codes]
    assert who[0] == "Người chuyenvien"
    assert who[1] == second.name  # the idle one first
    assert len(set(who)) == 2


def test_a_page_that_has_grown_old_is_refused_in_words(commune: Commune, file, act, now) -> None:
    code = file()
    act("desk", "receive", code)
    page = queries.dossier_for(code, actor=commune.specialist, now=now)
    act("specialist", "assign", code)
    ask = {"agency": "H43.02", "question": "Có đăng ký kết hôn không?"}
    with pytest.raises(Refusal) as refused:
        operations.act_as_seen(
            code=code, action="consult", params=ask, seen=str(page.version), actor=commune.specialist, now=now
        )
    assert refused.value.code == "changed_meanwhile"
    assert "đã phân công" in refused.value.cause.vi
    fresh = queries.dossier_for(code, actor=commune.specialist, now=now)
    operations.act_as_seen(
        code=code, action="consult", params=ask, seen=str(fresh.version), actor=commune.specialist, now=now
    )


def test_lanes_and_filters(commune: Commune, file, act, now) -> None:
    one, two = file(), file()
    act("desk", "receive", one)
    act("desk", "receive", two)
    act("specialist", "assign", one)

    def listed(lane: str = "all", **by: str) -> list[str]:
        narrowed = queries.Narrowing(**by)
        found = queries.worklist(actor=commune.specialist, lane=lane, by=narrowed, now=now)
        return [i.code for i in found.items]

    assert listed("unassigned") == [two]
    assert listed("mine") == [one]
    assert listed(text=two[-4:]) == [two]
    assert listed(kind="sign") == []
    assert listed(kind="handle") == [one, two]
    assert listed(procedure="9.000001") == [one, two]
    assert listed(procedure="1.000000") == []
    assert listed(assignee="chuyenvien") == [one]
    assert listed(assignee="khongco") == []
