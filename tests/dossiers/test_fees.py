"""Money at the desk: owed, taken once, against one receipt, by the desk alone; told everywhere alike."""

import pytest

from motcua.core.refusals import Refusal
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier

RECEIPT = "AA/26E 0000001"


@pytest.fixture
def code(file):
    return file()


def pay(act, code, amount=5000, receipt=RECEIPT, who="desk", **more):
    act(who, "take_fee", code, amount=amount, receipt=receipt, **more)


def refused(act, code, **how):
    with pytest.raises(Refusal) as refusal:
        pay(act, code, **how)
    return refusal.value.code


def seen(commune, code, now, who="citizen"):
    return queries.dossier_for(code, actor=getattr(commune, who), now=now)


def test_it_is_recorded_with_amount_receipt_who_and_when(commune, code, act, now):
    assert (seen(commune, code, now).fee.amount, seen(commune, code, now).fee.left) == (5000, 5000)
    pay(act, code, "5.000 đ")
    fee = seen(commune, code, now).fee
    assert (fee.taken, fee.left) == (5000, 0)
    taken = fee.receipts[0]
    assert (taken.amount, taken.receipt, taken.agency, taken.moment) == (5000, RECEIPT, "H43.01", 1)
    assert taken.at > now
    told = seen(commune, code, now).timeline[-1]
    assert (told.kind, told.detail.vi) == ("dossier.fee_taken", f"5.000 đồng, biên lai số {RECEIPT}")
    assert told.by.vi.startswith("Cán bộ")
    assert seen(commune, code, now).status == 1, "paying moves nothing on"


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"amount": 4000}, "wrong_amount"),
        ({"amount": 6000}, "wrong_amount"),
        ({"amount": 0}, "amount_needed"),
        ({"amount": -5000}, "amount_needed"),
        ({"amount": "năm nghìn"}, "bad_parameter"),
        ({"amount": True}, "bad_parameter"),
        ({"amount": 2**40}, "amount_needed"),
        ({"receipt": "  "}, "receipt_needed"),
        ({"who": "specialist"}, "not_your_task"),
        ({"who": "citizen"}, "not_your_task"),
        ({"who": "other"}, "not_found"),
    ],
)
def test_what_is_not_taken(commune, code, act, now, how, why):
    assert refused(act, code, **how) == why
    assert seen(commune, code, now).fee.taken == 0


def test_nothing_is_taken_twice(commune, code, file, act, now):
    pay(act, code)
    assert refused(act, code, receipt="AA/26E 0000002") == "nothing_owed"
    other = file()
    assert refused(act, other) == "receipt_used"
    pay(act, other, receipt="AA/26E 0000002")
    assert seen(commune, code, now).fee.taken == seen(commune, other, now).fee.taken == 5000


def test_a_fee_that_is_not_known_is_taken_by_its_receipt(commune, code, act, now):
    Dossier.objects.filter(code=code).update(fee=None)
    assert seen(commune, code, now).fee.left is None
    pay(act, code, 8000)
    fee = seen(commune, code, now).fee
    assert (fee.amount, fee.taken, fee.left) == (None, 8000, None)


def test_free_is_free(commune, code, act, now):
    Dossier.objects.filter(code=code).update(fee=0)
    assert refused(act, code, amount=1000) == "nothing_owed"


def test_the_moment_of_paying_is_kept(commune, code, act, now):
    act("desk", "receive", code)
    act("specialist", "request_supplement", code, items=[{"text": "Giấy tờ"}])
    pay(act, code)
    assert seen(commune, code, now).fee.receipts[0].moment == 2


def test_nothing_is_taken_after_the_end(commune, code, act, now):
    act("citizen", "withdraw", code)
    assert refused(act, code) == "not_in_this_status"
