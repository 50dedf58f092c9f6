"""Work lists of an officer with several posts: one list by deadline, page by page, however it is gathered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.process.models import Step
from motcua.process.queries import LANES, Narrow, lane_counts, work
from tests.dossiers.conftest import Commune, act, commune, file

__all__ = ["Commune", "act", "commune", "file"]


@pytest.fixture
def both(commune, file, act, now):
    """An officer of the desk who also handles: six dossiers at the desk, three handed on."""
    codes = [file(at=now - timedelta(hours=n)) for n in range(6)]
    for code in codes[:3]:
        act("desk", "receive", code)
    return replace(commune.desk, posts=(*commune.desk.posts, *commune.specialist.posts))


def test_pages_of_several_posts_are_one_list_by_deadline(both, now):
    every = [(s.due_at, s.id) for s in work(actor=both, lane="all", now=now, limit=50, after=None)]
    assert len({Step.objects.get(pk=i).role for _, i in every}) == 2
    assert every == sorted(every)
    paged, after = [], None
    while True:
        some = [(s.due_at, s.id) for s in work(actor=both, lane="all", now=now, limit=2, after=after)]
        paged += some[:2]
        if len(some) < 3:
            break
        after = some[1]
    assert paged == every


def test_each_lane_counts_what_it_lists(both, now):
    later = now + timedelta(days=3)
    Step.objects.filter(pk=work(actor=both, lane="all", now=now, limit=1, after=None)[0].id).update(
        assignee_id=both.user_id, resumed_at=now
    )
    counts = lane_counts(actor=both, now=later)
    listed = {n: len(work(actor=both, lane=n, now=later, limit=50, after=None)) for n in LANES}
    assert counts == listed
    assert (counts["mine"], counts["supplement_in"]) == (1, 1)
    assert counts["overdue"] > 1


def test_narrowed_to_nothing_is_nothing(both, now):
    only = Narrow(references=[])
    assert work(actor=both, lane="all", now=now, limit=5, after=None, only=only) == ()


def test_who_holds_no_post_has_no_work(commune, file, now):
    file()
    assert work(actor=commune.citizen, lane="all", now=now, limit=5, after=None) == ()
    assert set(lane_counts(actor=commune.citizen, now=now).values()) == {0}
