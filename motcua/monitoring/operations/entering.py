"""Figures whose data is elsewhere: typed in or imported; replaced ones kept, signed ones left alone."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.periods import Period, local_day
from motcua.events.operations import append
from motcua.monitoring.models import Entered, EnteredRevision, SignOff
from motcua.monitoring.queries.entering import enterable_agencies, outside_components
from motcua.monitoring.queries.index766_parts import is_month
from motcua.monitoring.rules.entered import EnteredFigure
from motcua.monitoring.rules.entering import FigureSigned, read_typed


@transaction.atomic
def enter_figure(*, typed: Mapping[str, str], actor: Actor, now: datetime) -> str:
    """Keep what was typed (``component``, ``agency``, ``first``, ``last``, ``numerator``, ``denominator``,
    ``source``, ``told_on``; days as 2026-06-30); "new", "changed" or "unchanged".

    Raises ``NotFound`` for whoever may enter nothing, ``FigureRefused``, ``FigureSigned``.
    """
    today = local_day(now)
    agencies = {one.identifier for one in enterable_agencies(actor)}
    components = {one.key for one in outside_components(today)}
    figure, told_on = read_typed(typed, components=components, agencies=agencies, today=today)
    done = keep_figure(figure, told_on=told_on, by=actor.user_id, now=now)
    if done != "unchanged":
        data = {
            "component": figure.component, "agency": figure.scope, "from": figure.first.isoformat(),
            "to": figure.last.isoformat(), "numerator": figure.numerator,
            "denominator": figure.denominator, "done": done,
        }  # fmt: skip
        append(stream="monitoring", kind="monitoring.figure_entered", data=data, actor=actor, now=now)
    return done


def keep_figure(figure: EnteredFigure, *, told_on: date | None, by: int | None, now: datetime) -> str:
    """Keep a figure in the caller's transaction, and what it said before. Raises ``FigureSigned``."""
    key: dict[str, str | date] = {
        "component": figure.component, "scope": figure.scope, "first": figure.first, "last": figure.last,
    }  # fmt: skip
    row = Entered.objects.select_for_update().filter(**key).first()
    if told_on is None and row is not None and row.source == figure.source:
        told_on = row.told_on  # a file names no day; another source has another
    values = {
        "numerator": figure.numerator, "denominator": figure.denominator, "source": figure.source,
        "told_on": told_on,
    }  # fmt: skip
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return "unchanged"
    if _signed(figure):
        raise FigureSigned
    if row is None:
        made = {**values, "entered_by_id": by, "imported_at": now}
        row, is_new = Entered.objects.get_or_create(**key, defaults=made)
        if is_new:
            return "new"
    before = {name: getattr(row, name) for name in values}
    EnteredRevision.objects.create(
        figure=row, **before, entered_by_id=row.entered_by_id, entered_at=row.imported_at, replaced_at=now
    )
    Entered.objects.filter(pk=row.pk).update(**values, entered_by_id=by, imported_at=now)
    return "changed"


def _signed(figure: EnteredFigure) -> bool:
    """Whether the index of exactly this agency and month was signed as right."""
    if not is_month(Period(figure.first, figure.last)):
        return False
    return SignOff.objects.filter(agency__identifier=figure.scope, month=figure.first, agrees=True).exists()
