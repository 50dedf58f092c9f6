"""All of an agency by what it waits for, whoever asks; and finding one dossier among all of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import operations, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import whole
from motcua.people.queries import index_of_number
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

pytestmark = pytest.mark.django_db
LATER = timedelta(days=20)


@pytest.fixture
def some(commune: Commune, file, act) -> dict[str, str]:
    """One dossier of each kind, and one that is over."""
    names = ("new", "running", "asked", "confirm", "ready", "over")
    codes = {name: file() for name in names}
    for name in names[1:]:
        act("desk", "receive", codes[name])
    act(
        "specialist",
        "request_supplement",
        codes["asked"],
        items=[{"component": "proof", "reason": "missing"}],
    )
    for name in ("confirm", "ready", "over"):
        act("specialist", "complete_step", codes[name], step="check", findings={})
        act("specialist", "complete_step", codes[name], step="draft", findings={"note": "x"})
    for name in ("ready", "over"):
        act("citizen", "confirm_draft", codes[name])
        act("signatory", "sign", codes[name])
    act("desk", "return_result", codes["over"], how="online")
    return codes


def listed(actor, lane: str, now) -> set[str]:
    return {line.code for line in whole.whole_agency(actor=actor, lane=lane, now=now).items}


def test_each_lane_holds_what_it_says_and_counts_it(commune: Commune, some, now):
    soon = now + timedelta(hours=2)
    held = {lane: listed(commune.signatory, lane, soon) for lane in whole.WHOLE_LANES}
    assert held["open"] == {some[n] for n in ("new", "running", "asked", "confirm", "ready")}
    assert held["new"] == {some["new"]}
    assert held["citizen"] == {some["asked"], some["confirm"]}
    assert held["return"] == {some["ready"]}
    assert not held["overdue"] | held["late_step"]
    counts = whole.whole_agency(actor=commune.signatory, now=soon).counts
    assert counts == {lane: len(codes) for lane, codes in held.items()}


def test_overdue_is_of_the_whole_agency_and_not_of_what_stands_still(commune: Commune, some, now):
    then = now + LATER
    found = whole.whole_agency(actor=commune.desk, lane="overdue", now=then)
    assert {line.code for line in found.items} == {some["running"], some["confirm"]}
    assert found.counts["overdue"] == 2
    assert all(line.late and line.minutes is not None and line.minutes < -480 for line in found.items)
    assert some["new"] in listed(commune.desk, "late_step", then)  # nobody received it in time
    line = next(x for x in found.items if x.code == some["running"])
    assert [(s.role, s.late, s.assignee) for s in line.steps] == [("specialist", True, "")]
    assert line.steps[0].minutes > 480


def test_a_date_of_today(commune: Commune, some, now):
    due = Dossier.objects.get(code=some["running"]).due_at
    assert some["running"] in listed(commune.desk, "today", due - timedelta(hours=1))
    assert some["running"] not in listed(commune.desk, "today", due + timedelta(minutes=1))


def test_only_ones_own_agency(commune: Commune, some, now):
    for who in (commune.stranger, commune.asked, commune.citizen):
        assert not listed(who, "open", now)
    assert not listed(commune.leader, "open", now)  # leads the province: sees each, but it is no list of hers


def test_what_is_taken_in_for_others_is_listed_once(commune: Commune, some, now):
    other = Dossier.objects.get(code=some["running"])
    Dossier.objects.filter(pk=other.pk).update(agency_id=commune.asked.posts[0].agency_id)
    both = replace(commune.desk, posts=(*commune.desk.posts, *commune.asked.posts))
    for who in (commune.desk, commune.asked, both):
        codes = [line.code for line in whole.whole_agency(actor=who, lane="open", now=now).items]
        assert codes.count(some["running"]) == 1


def test_pages_are_one_list_without_gaps_and_lead_on_both_ways(commune: Commune, some, file, now):
    for _ in range(3):
        file()
    every = [line.code for line in whole.whole_agency(actor=commune.desk, now=now).items]
    paged, after = [], None
    while True:
        page = whole.whole_agency(actor=commune.desk, limit=3, after=after, now=now)
        paged += [line.code for line in page.items]
        after = page.next
        if after is None:
            break
    assert paged == every
    assert len(every) == 8
    lines = {x.code: x for x in whole.whole_agency(actor=commune.desk, now=now).items}
    for i, code in enumerate(every):
        before, after_ = whole.whole_beside(
            actor=commune.desk, lane="open", at=whole.place_of(lines[code]), but=code, now=now
        )
        assert (before.code if before else "") == (every[i - 1] if i else "")
        assert (after_.code if after_ else "") == (every[i + 1] if i + 1 < len(every) else "")


def test_queries_do_not_grow(commune: Commune, some, file, now):
    def counted(work) -> int:
        work()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            work()
        return len(seen)

    def listing() -> None:
        whole.whole_agency(actor=commune.desk, now=now + LATER)

    def finding() -> None:
        whole.find_dossiers("thu", actor=commune.desk, now=now + LATER)

    few, found = counted(listing), counted(finding)
    for _ in range(12):
        file()
    assert counted(listing) == few <= 6
    assert counted(finding) == found <= 7


def test_a_name_is_found_without_its_marks_open_and_closed(commune: Commune, some, now):
    def found(text: str, actor=commune.desk) -> set[str]:
        return {x.code for x in whole.find_dossiers(text, actor=actor, now=now).items}

    assert found("nguyen thi thu") == found("Thử") == found("NGUYỄN") == set(some.values())
    assert not found("nguyen van")
    assert found("  ") == set()
    assert not found("thu", commune.stranger)
    assert found(some["over"]) == found(some["over"].lower()) == {some["over"]}
    assert found(some["over"][-6:]) == {some["over"]}
    assert not found("99-999999")


def test_a_code_is_found_however_it_is_typed(commune: Commune, some, now):
    code = some["over"]
    for typed in (code.lower().replace("-", " "), code.replace("-", "").replace(".", "")):
        assert [x.code for x in whole.find_dossiers(typed, actor=commune.desk, now=now).items] == [code], (
            typed
        )


def test_a_number_is_found_by_its_blind_index_only(commune: Commune, some, now):
    unknown = operations.submit(
        procedure=PROCEDURE, agency="H43.01", answers={**ANSWERS, "number": "999199000777"}, channel=1,
        filed_by="officer", key="u", actor=commune.desk, now=now,
    ).code  # fmt: skip
    assert Dossier.objects.get(code=unknown).applicant_id is None

    def found(number: str) -> set[str]:
        index = index_of_number(number)
        return {
            x.code for x in whole.find_dossiers("", number_index=index, actor=commune.desk, now=now).items
        }

    assert found("999199000777") == {unknown}
    assert found("999 199 000 123") == set(some.values())
    assert found("999199000124") == set()
    assert "999199000777" not in str(Dossier.objects.filter(code=unknown).values().get())


def test_found_pages_go_on(commune: Commune, some, now):
    first = whole.find_dossiers("thu", actor=commune.desk, limit=4, now=now)
    rest = whole.find_dossiers("thu", actor=commune.desk, limit=4, before=first.next, now=now)
    assert [len(first.items), len(rest.items), rest.next] == [4, 2, None]


def test_lists_and_searches_say_who_saw_whom(commune: Commune, some, now):
    actor = replace(commune.desk, readings=[])
    whole.find_dossiers("thu", actor=actor, now=now)
    whole.whole_agency(actor=actor, lane="new", now=now)
    assert [(r.kind, r.why, len(r.listed)) for r in actor.readings] == [
        ("list", "search", 6), ("list", "whole agency", 1),
    ]  # fmt: skip


def test_an_early_end_has_minutes_left(commune: Commune, some, now):
    line = whole.named([some["over"]], actor=commune.desk, now=now + LATER)[some["over"]]
    assert line.stopped
    assert not line.late
    assert 0 < line.minutes <= 3 * 480
    assert queries.dossier_for(some["over"], actor=commune.desk, now=now).clock.left_minutes == line.minutes
