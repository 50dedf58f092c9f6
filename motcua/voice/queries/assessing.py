"""An assessment as a written document: page, Word and print are made of it."""

from datetime import date, datetime
from decimal import Decimal

from motcua.core.periods import local_day
from motcua.core.texts import Text
from motcua.core.written import Bar, Cell, Part, Table, Written
from motcua.voice.queries.assessments import AdviceView, AssessmentView
from motcua.voice.rules.assessments import ANSWERS, Compared, Finding


def written_assessment(view: AssessmentView, *, now: datetime) -> Written:
    """The whole record with the answers, and each criterion beside the last time."""
    record = view.record
    days = " – ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in (record.first, record.last))
    return Written(
        title=record.title,
        subtitle=Text(
            f"{view.subject.name.vi}; {record.assessor}, {days}. Mã {record.code}.",
            f"{view.subject.name.en or view.subject.name.vi}; {record.assessor}, {days}. Code {record.code}.",
        ),
        made_on=local_day(now),
        parts=(_how(view), _results(view), _findings(view), _asked(view)),
        notes=(
            Text(f"Nguồn: {record.source}", f"Source: {record.source}"),
            _how_counted(view),
        ),
    )


def _weighted(view: AssessmentView) -> bool:
    return any(c.weight is not None for c in view.record.criteria)


def _how_counted(view: AssessmentView) -> Text:
    if not _weighted(view):
        return Text(
            "Điểm của từng tiêu chí được quy về thang 100; không có điểm tổng vì bên đánh giá không cho "
            "trọng số.",
            "The score of each criterion is put on a scale of 100; there is no total, because the "
            "assessor gave no weights.",
        )
    if view.total is None:
        return Text(
            "Điểm của từng tiêu chí được quy về thang 100; không có điểm tổng vì có tiêu chí chưa được cho "
            "điểm.",
            "The score of each criterion is put on a scale of 100; there is no total, because a criterion "
            "was given no score.",
        )
    return Text(
        "Điểm của từng tiêu chí được quy về thang 100; điểm tổng là trung bình theo trọng "
        "số của bên đánh giá.",
        "The score of each criterion is put on a scale of 100; the total is the mean by the assessor's "
        "weights.",
    )


def _total(view: AssessmentView) -> tuple[Text, ...]:
    if view.total is None:
        return ()
    vi, en = (_points(view.total, here) for here in (True, False))
    return (Text(f"Điểm tổng theo trọng số: {vi} trên 100.", f"Weighted total: {en} of 100."),)


def _how(view: AssessmentView) -> Part:
    record = view.record
    size = f"{record.size:,}"
    sample = Text(
        f"Mẫu: {size.replace(',', '.')}. {record.sample.vi}", f"Sample: {size}. {record.sample.to('en')}"
    )
    return Part(Text("Cách đánh giá", "How it was assessed"), (record.independence, record.method, sample))


def _results(view: AssessmentView) -> Part:
    weighted = _weighted(view)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            c.criterion.name, *((c.criterion.weight,) if weighted else ()), c.share, c.share_before,
            _change(c) if view.before else None,
        )
        for c in view.criteria
    )  # fmt: skip
    head = (
        Text("Tiêu chí", "Criterion"), *((Text("Trọng số", "Weight"),) if weighted else ()),
        Text("Lần này (trên 100)", "Now (of 100)"), Text("Lần trước", "Last time"),
        Text("Thay đổi", "Change"),
    )  # fmt: skip
    bars = tuple(
        Bar(c.criterion.name, c.share, Text(*(_points(c.share, vi) for vi in (True, False))))
        for c in view.criteria
    )
    caption = Text("Điểm theo tiêu chí", "Scores by criterion")
    return Part(
        Text("Kết quả", "Results"),
        (_summary(view), *_total(view), *_gone(view)),
        bars,
        Table(caption, head, rows),
    )


def _points(value: Decimal | None, vi: bool) -> str:
    if value is None:
        return "–"
    return f"{value}".replace(".", ",") if vi else f"{value}"


def _change(one: Compared) -> Cell:
    if one.change is not None:
        plain = f"{one.change:+}".replace("-", "−")
        return Text(plain.replace(".", ","), plain)
    if not one.known_before:
        return Text("mới", "new")
    return None


def _summary(view: AssessmentView) -> Text:
    judged = [c for c in view.criteria if c.share is not None]
    if not judged:
        return Text("Không có tiêu chí nào được cho điểm.", "No criterion was given a score.")
    low = min(judged, key=lambda c: (c.share or Decimal(0), c.criterion.key))
    vi = (
        f"{len(judged)} tiêu chí có điểm; thấp nhất là “{low.criterion.name.vi}”: {_points(low.share, True)}."
    )
    en = f"{len(judged)} criteria have a score; the lowest is “{low.criterion.name.to('en')}”: {low.share}."
    if not view.before:
        return Text(vi, en)
    up, down = (sum(1 for c in judged if c.change and (c.change > 0) is better) for better in (True, False))
    return Text(
        f"{vi} So với lần trước ({view.before}): {up} tiêu chí tốt lên, {down} kém đi.",
        f"{en} Against the last time ({view.before}): {up} got better, {down} worse.",
    )


def _gone(view: AssessmentView) -> tuple[Text, ...]:
    if not view.dropped:
        return ()
    vi, en = ("; ".join(c.name.to(language) for c in view.dropped) for language in ("vi", "en"))
    return (Text(f"Lần này không đánh giá lại: {vi}.", f"Not judged again this time: {en}."),)


def _findings(view: AssessmentView) -> Part:
    names = {c.key: c.name for c in view.record.criteria}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (names[f.criterion], f.words, _evidence(f)) for f in view.record.findings
    )
    head = (Text("Tiêu chí", "Criterion"), Text("Phát hiện", "Finding"), Text("Bằng chứng", "Evidence"))
    return Part(Text("Phát hiện", "Findings"), table=Table(Text("Phát hiện", "Findings"), head, rows))


def _evidence(finding: Finding) -> Text:
    if not finding.definition:
        return finding.evidence
    days = " – ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in (finding.first, finding.last) if day)
    figure = f"{finding.definition}, {days}"
    return Text(f"{finding.evidence.vi} ({figure})", f"{finding.evidence.to('en')} ({figure})")


def _asked(view: AssessmentView) -> Part:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"{one.advice.number}", one.advice.words, one.agency.name, _answer(one), _moved(one))
        for one in view.advice
    )
    head = (
        Text("Số", "No."), Text("Khuyến nghị", "Recommendation"), Text("Gửi", "To"),
        Text("Trả lời", "Answer"), Text("Lần đánh giá sau", "Next assessment"),
    )  # fmt: skip
    accepted, refused = (sum(1 for a in view.advice if a.answer == x) for x in ("accepted", "refused"))
    waiting = len(view.advice) - accepted - refused
    told = Text(
        f"{len(view.advice)} khuyến nghị: {accepted} được chấp nhận, {refused} không, "
        f"{waiting} chưa trả lời.",
        f"{len(view.advice)} recommendations: {accepted} accepted, {refused} refused, {waiting} unanswered.",
    )
    title = Text("Khuyến nghị", "Recommendations")
    return Part(title, (told,), table=Table(title, head, rows))


def _answer(one: AdviceView) -> Text:
    if one.answer is None:
        return Text(f"Chưa trả lời ({one.waits} ngày)", f"No answer yet ({one.waits} days)")
    said = ANSWERS[one.answer]
    return Text(f"{said.vi}: {one.reason}", f"{said.en}: {one.reason}")


def _moved(one: AdviceView) -> Cell:
    if one.moved is None or one.moved.change is None:
        return None
    change = one.moved.change
    return Text(f"{change:+} điểm trên 100".replace(".", ","), f"{change:+} points of 100")
