"""What an officer vouches for: without “yes” a step is never completed."""

from collections.abc import Callable
from datetime import datetime

import pytest

from motcua.core.refusals import Refusal
from motcua.dossiers import queries
from tests.dossiers.conftest import FILES, PROCEDURE, Commune

pytestmark = pytest.mark.django_db
RIGHT = """
[[steps.findings]]
key = "right"
label_vi = "Dự thảo đúng"
label_en = "The draft is right"
type = "yes_no"
required = true
no = "stops"
"""


def attest(back: str = "") -> None:
    """The small pack with an attestation at its draft, and where that step goes back to."""
    from motcua.catalogue.models import Revision
    from motcua.catalogue.queries import revision_pack

    old = 'key = "draft"\nname_vi = "Dự thảo"\nname_en = "Draft"\nkind = "handle"\nrole = "specialist"\n'
    process = FILES["process.toml"].replace(old, old + back)
    process = process.replace('[[steps.next]]\nto = "confirm"', RIGHT + '[[steps.next]]\nto = "confirm"')
    pack = {**FILES, "process.toml": process}
    Revision.objects.filter(procedure__code=PROCEDURE).update(pack=pack)
    revision_pack.cache_clear()


def live(code: str, commune: Commune, now: datetime) -> list[tuple[str, int]]:
    seen = queries.dossier_for(code, actor=commune.specialist, now=now)
    return [(s.key, s.round) for s in seen.steps if s.state in {"open", "waiting"}]


def drafting(file: Callable, act: Callable) -> str:
    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    return code


@pytest.mark.parametrize("answer", [False, "no"])
def test_a_no_keeps_the_step_open(
    commune: Commune, file: Callable, act: Callable, now: datetime, answer: object
) -> None:
    attest()
    code = drafting(file, act)
    with pytest.raises(Refusal) as refused:
        act("specialist", "complete_step", code, findings={"note": "x", "right": answer}, reason="Sai tên")
    assert refused.value.code == "not_attested"
    assert live(code, commune, now) == [("draft", 1)]
    act("specialist", "complete_step", code, findings={"note": "x", "right": True})
    assert live(code, commune, now) == [("confirm", 1)]


def test_with_a_reason_it_goes_back_to_where_it_is_mended(
    commune: Commune, file: Callable, act: Callable, now: datetime
) -> None:
    attest('on_reject = "check"\n')
    code = drafting(file, act)
    wrong = {"note": "x", "right": False}
    with pytest.raises(Refusal) as refused:
        act("specialist", "complete_step", code, findings=wrong, reason=" ")
    assert refused.value.code == "reason_needed"
    act("specialist", "complete_step", code, findings=wrong, reason="Sai tên")
    assert live(code, commune, now) == [("check", 2)]
    seen = queries.dossier_for(code, actor=commune.specialist, now=now)
    draft = next(s for s in seen.steps if s.key == "draft")
    assert (draft.outcome, draft.findings["reason"]) == ("rejected", "Sai tên")
    assert seen.timeline[-1].kind == "dossier.step_returned"


def test_a_finding_of_blanks_is_none(file: Callable, act: Callable) -> None:
    code = drafting(file, act)
    with pytest.raises(Refusal) as refused:
        act("specialist", "complete_step", code, findings={"note": "   "})
    assert refused.value.code == "finding_refused"


def test_what_has_to_be_mended_is_not_dropped_beside_a_yes(
    commune: Commune, file: Callable, act: Callable, now: datetime
) -> None:
    attest('on_reject = "check"\n')
    code = drafting(file, act)
    right = {"note": "x", "right": True}
    with pytest.raises(Refusal) as refused:
        act("specialist", "complete_step", code, findings=right, reason="Sai tên")
    assert refused.value.code == "reason_without_no"
    assert live(code, commune, now) == [("draft", 1)]
    act("specialist", "complete_step", code, findings=right, reason="  ")
    assert live(code, commune, now) == [("confirm", 1)]
