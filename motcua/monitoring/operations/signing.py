"""The head of a unit signs its index of a month, or says why not; and figures that come from elsewhere."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from motcua.core.actor import Actor
from motcua.core.periods import Period, local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.core.tabular import LineCounts, Row, read_rows
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.monitoring.models import SignOff
from motcua.monitoring.operations.entering import keep_figure
from motcua.monitoring.queries.index766 import index_766
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.rules.entered import COLUMNS, EnteredFigure, read_entered
from motcua.monitoring.rules.entering import FigureSigned
from motcua.monitoring.rules.targets import LineRefused


class SignedAlready(Refusal):
    """What was signed is never rewritten."""

    code = "signed_already"
    cause = Text("Tháng này đã được ký xác nhận.", "This month has been signed already.")
    next_step = Text("Số liệu đã ký giữ nguyên.", "What was signed stays as it is.")


class MonthNotOver(Refusal):
    """Figures of a month are signed when it is over."""

    code = "month_not_over"
    cause = Text("Tháng này chưa kết thúc.", "This month is not over yet.")
    next_step = Text("Ký sau ngày cuối tháng.", "Sign it after its last day.")


class ReasonNeeded(Refusal):
    """Who does not sign says why."""

    code = "reason_needed"
    cause = Text("Không xác nhận thì phải ghi lý do.", "Who does not agree has to say why.")
    next_step = Text("Ghi lý do bằng văn bản.", "Write the reason.")
    status = 422


def sign_index(
    *, agency: str, period: Period, agrees: bool, reason: str = "", actor: Actor, now: datetime
) -> None:
    """Keep the index of a month as it stands, signed or with a reason, once.

    Raises ``NotFound`` for whoever does not lead the agency, ``MonthNotOver``, ``ReasonNeeded``,
    ``SignedAlready``.
    """
    found = index_766(period, agency, actor=actor)
    if not found.may_sign or actor.user_id is None:
        raise NotFound
    if local_day(now) <= period.last:
        raise MonthNotOver
    if not agrees and not reason.strip():
        raise ReasonNeeded
    components = {
        one.component.key: [
            one.counted.numerator if one.counted else None,
            one.counted.denominator if one.counted else None,
            str(one.counted.rate) if one.counted and one.counted.rate is not None else None,
            str(one.points) if one.points is not None else None,
        ]
        for one in found.score.scored
    }
    try:
        with transaction.atomic():
            SignOff.objects.create(
                agency_id=load_land().by_identifier[agency].id, month=period.first,
                scheme=found.score.scheme.number, agrees=agrees, reason=reason.strip()[:2000],
                points=found.score.points, possible=found.score.possible, components=components,
                signed_by_id=actor.user_id, signed_at=now,
            )  # fmt: skip
            data = {"agency": agency, "month": period.first.isoformat(), "agrees": agrees,
                    "points": str(found.score.points)}  # fmt: skip
            append(stream=f"index:{agency}", kind="index.signed", data=data, actor=actor, now=now)
    except IntegrityError:
        raise SignedAlready from None


def import_figures(*, path: Path, actor: Actor, now: datetime) -> LineCounts:
    """Read figures whose data is elsewhere; the same file twice changes nothing, a signed month neither.

    Raises ``core.tabular.HeaderUnknown``.
    """
    counts = LineCounts()
    with transaction.atomic():
        for line, figure in _figures(read_rows(path, needed=COLUMNS), path.name, counts):
            _keep(figure, counts, line, now)
        if counts.new or counts.changed:
            data = {"file": path.name, "new": counts.new, "changed": counts.changed}
            append(stream="monitoring", kind="monitoring.figures_imported", data=data, actor=actor, now=now)
    return counts


def _figures(rows: Iterator[Row], source: str, counts: LineCounts) -> Iterator[tuple[int, EnteredFigure]]:
    for row in rows:
        try:
            if row.fault:
                raise LineRefused(row.fault)
            yield row.line, read_entered(row.cells, source)
        except LineRefused as why:
            counts.refuse(row.line, why)


def _keep(figure: EnteredFigure, counts: LineCounts, line: int, now: datetime) -> None:
    try:
        done = keep_figure(figure, told_on=None, by=None, now=now)
    except FigureSigned as why:
        counts.refuse(line, f"{why.cause.en} {why.next_step.en}")
        return
    setattr(counts, done, getattr(counts, done) + 1)
