"""Giving and ending mandates: a person acts in the name of a business for a time."""

from datetime import date, datetime

from django.db import transaction

from motcua.core.actor import SYSTEM, Actor
from motcua.core.folding import nfc
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.people.models import Mandate, Person


class MandateRefused(Refusal):
    """A mandate is given by a business to a human being, for days in the right order."""

    code = "mandate_refused"
    cause = Text(
        "Chỉ doanh nghiệp ủy quyền cho cá nhân, và ngày kết thúc không được sớm hơn ngày bắt đầu.",
        "A mandate goes from a business to a human being, and its last day is not before its first.",
    )
    next_step = Text("Kiểm tra lại hai bên và các ngày.", "Check the two and the days.")
    status = 422


def give_mandate(
    *,
    business_id: int,
    representative_id: int,
    capacity: str,
    source: str,
    from_on: date,
    to_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Let a person act for a business from a day on; returns the mandate's id. Raises ``MandateRefused``.

    Only the system (an operator's command) gives one: somebody has looked at the paper ``source``.
    """
    if actor != SYSTEM:
        raise NotFound
    with transaction.atomic():
        kinds = dict(Person.objects.filter(pk__in=[business_id, representative_id]).values_list("pk", "kind"))
        fits = (
            kinds.get(business_id) == Person.Kind.BUSINESS
            and kinds.get(representative_id) == Person.Kind.CITIZEN
        )
        if not fits or (to_on is not None and to_on < from_on):
            raise MandateRefused
        made = Mandate.objects.create(
            business_id=business_id,
            representative_id=representative_id,
            capacity=nfc(capacity),
            source=nfc(source),
            valid_from=from_on,
            valid_to=to_on,
        )
        data = {"mandate": made.pk, "representative": representative_id, "from": str(from_on)}
        append(stream=f"person:{business_id}", kind="mandate.given", data=data, actor=actor, now=now)
    return made.pk


def end_mandate(*, mandate_id: int, last_on: date, actor: Actor, now: datetime) -> None:
    """End a mandate after a day; by the system, the business, or the one who holds it.

    Raises ``NotFound`` and ``MandateRefused``.
    """
    with transaction.atomic():
        row = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
        own = row is not None and actor.person_id in {row.business_id, row.representative_id}
        if row is None or not (actor == SYSTEM or own):
            raise NotFound
        if last_on < row.valid_from:
            raise MandateRefused
        row.valid_to = min(last_on, row.valid_to) if row.valid_to else last_on
        row.save(update_fields=["valid_to"])
        data = {"mandate": row.pk, "last_on": str(row.valid_to)}
        append(stream=f"person:{row.business_id}", kind="mandate.ended", data=data, actor=actor, now=now)
