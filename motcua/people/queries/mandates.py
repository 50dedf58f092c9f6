"""Who may act in the name of which business, on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from motcua.people.models import Mandate


@dataclass(frozen=True, slots=True)
class MandateRef:
    """A mandate: who acts for whom, as what, from when until when, by which paper."""

    id: int
    business_id: int
    business: str
    representative_id: int
    representative: str
    capacity: str
    source: str
    valid_from: date
    valid_to: date | None


def _in_force(on: date) -> QuerySet[Mandate]:
    rows = Mandate.objects.select_related("business", "representative").filter(valid_from__lte=on)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=on)).order_by("valid_from", "pk")


def _ref(row: Mandate) -> MandateRef:
    return MandateRef(
        row.pk, row.business_id, row.business.full_name, row.representative_id,
        row.representative.full_name, row.capacity, row.source, row.valid_from, row.valid_to,
    )  # fmt: skip


def mandates_of(person_id: int | None, *, on: date) -> tuple[MandateRef, ...]:
    """The mandates that a person holds on a day, oldest first."""
    return tuple(_ref(row) for row in _in_force(on).filter(representative_id=person_id or 0))


def representatives_of(business_id: int | None, *, on: date) -> tuple[MandateRef, ...]:
    """The mandates that a business has given and that are in force on a day, oldest first."""
    return tuple(_ref(row) for row in _in_force(on).filter(business_id=business_id or 0))


def mandate_in_force(mandate_id: int, *, on: date) -> MandateRef | None:
    """This mandate if it is in force on a day, else None."""
    row = _in_force(on).filter(pk=mandate_id).first()
    return _ref(row) if row else None


def mandate_for(person_id: int | None, number_index: str, *, on: date) -> MandateRef | None:
    """The mandate that a person holds on a day for the business of this (blindly indexed) number."""
    row = _in_force(on).filter(representative_id=person_id or 0, business__number_index=number_index).first()
    return _ref(row) if row else None
