"""Money at the desk: what was taken, by which receipt, by whom and when."""

from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.core.actor import Actor, Role
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.models import FeeReceipt
from motcua.dossiers.operations.common import Held, hold, keep, move_to, user_of
from motcua.dossiers.rules.status import Action, Status

MOST = 1_000_000_000  # đồng on one receipt


class WrongAmount(Refusal):
    """The desk takes what is owed, no more and no less."""

    code = "wrong_amount"
    cause = Text("Số tiền phải thu là {left_vi} đồng.", "The amount to take is {left_en} đồng.")
    next_step = Text("Ghi đúng số tiền trên biên lai.", "Write the amount that stands on the receipt.")
    status = 422


class AmountNeeded(Refusal):
    """An amount of money is a whole number of đồng above zero."""

    code = "amount_needed"
    cause = Text("Chưa ghi số tiền đã thu.", "No amount was given.")
    next_step = Text("Ghi số tiền bằng đồng, lớn hơn 0.", "Give the amount in đồng, more than 0.")
    status = 422


class ReceiptNeeded(Refusal):
    """Money is taken against a receipt only."""

    code = "receipt_needed"
    cause = Text("Chưa ghi số biên lai.", "No receipt number was given.")
    next_step = Text(
        "Ghi ký hiệu và số của biên lai đã giao cho người nộp.", "Give series and number of the receipt."
    )
    status = 422


class ReceiptUsed(Refusal):
    """One receipt, one payment."""

    code = "receipt_used"
    cause = Text("Biên lai số {number} đã được ghi.", "Receipt {number} has been recorded already.")
    next_step = Text("Xem lại số trên biên lai.", "Check the number on the receipt.")


def _checked(held: Held, amount: int, receipt: str) -> None:
    if not receipt:
        raise ReceiptNeeded
    if not 0 < amount <= MOST:
        raise AmountNeeded
    if held.dossier.fee is not None and amount != held.dossier.fee - held.dossier.fee_taken:
        left = f"{held.dossier.fee - held.dossier.fee_taken:,}"
        raise WrongAmount(left_vi=left.replace(",", "."), left_en=left)


def _desk_of(held: Held) -> int:
    """The desk that took it: the receiving one where the actor sits there."""
    here = held.dossier.receiving_id
    return here if held.actor.has_role(Role.DESK, [here]) else held.dossier.agency_id


def _moment(held: Held) -> int:
    if held.case.status == Status.PROCESSED:
        return FeeReceipt.Moment.RETURN
    supplemented = held.case.status == Status.SUPPLEMENT
    return FeeReceipt.Moment.SUPPLEMENT if supplemented else FeeReceipt.Moment.INTAKE


@transaction.atomic
def take_fee(*, code: str, amount: int = 0, receipt: str = "", actor: Actor, now: datetime) -> None:
    """Record the fee taken at the desk, in whole đồng, against the receipt that was handed over.

    A known fee is taken exactly. Where the amount is not known the desk takes what its rules say, and
    answers for it by the receipt.
    """
    held = hold(code, Action.TAKE_FEE, actor)
    number = receipt.strip()[:60]
    _checked(held, amount, number)
    moment = _moment(held)
    try:
        with transaction.atomic():
            FeeReceipt.objects.create(
                dossier=held.dossier, agency_id=_desk_of(held), number=number, amount=amount,
                moment=moment, taken_by_id=user_of(actor), taken_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise ReceiptUsed(number=number) from None
    held.dossier.fee_taken += amount
    move_to(held, Action.TAKE_FEE)
    told = {"amount": amount, "receipt": number, "moment": moment, "taken": held.dossier.fee_taken}
    keep(held, "dossier.fee_taken", told, now)
