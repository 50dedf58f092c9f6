"""Words that citizen and desk pages share: time left, states, channels."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.core.texts import Text
from motcua.dossiers.queries.views import ClockView, StepView

MINUTES_A_DAY = {"working_days": 480, "working_hours": 480, "days": 1440, "hours": 1440}


def span(minutes: int, unit: str) -> str:
    """Counted minutes in words: working days of eight hours, or calendar days."""
    days, rest = divmod(abs(minutes), MINUTES_A_DAY[unit])
    hours, left = divmod(rest, 60)
    working = unit.startswith("working")
    parts = []
    if days and working:
        parts.append(ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days})
    elif days:
        parts.append(ngettext("%(n)s day", "%(n)s days", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if not days and (left or not hours):
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", left) % {"n": left})
    return " ".join(parts)


def limit_words(amount: int, unit: str) -> str:
    """A time limit in words, for example "3 working days"."""
    per = {
        "working_days": ngettext("%(n)s working day", "%(n)s working days", amount),
        "working_hours": ngettext("%(n)s working hour", "%(n)s working hours", amount),
        "days": ngettext("%(n)s day", "%(n)s days", amount),
        "hours": ngettext("%(n)s hour", "%(n)s hours", amount),
    }
    return per[str(unit)] % {"n": amount}


def limit(clock: ClockView) -> str:
    """The legal limit of a clock in words."""
    return limit_words(clock.amount, clock.unit)


def reckoning(clock: ClockView, agency: str, at: Callable[[datetime], str]) -> str:
    """How the due date comes about, in one or two sentences; ``at`` writes a moment."""
    counted = clock.unit.startswith("working")
    way = _("by the working calendar of %(agency)s") if counted else _("day and night")
    first = _("%(limit)s from %(start)s, counted %(way)s.") % {
        "limit": limit(clock), "start": at(clock.started_at), "way": way % {"agency": agency},
    }  # fmt: skip
    n = len(clock.pauses)
    stood = ngettext(
        "It stood still %(n)s time; that time is not counted.",
        "It stood still %(n)s times; that time is not counted.", n,
    )  # fmt: skip
    open_ = _("It stands still now: the due date moves on until it goes again.") if clock.paused else ""
    return " ".join(s for s in (first, stood % {"n": n} if n else "", open_) if s)


def status_label(status: Text, *, supplemented: bool) -> str:
    """The status for who filed it: what came back to the desk with a supplement is not new."""
    return _("Added to, waiting to be looked at") if supplemented else status.to(get_language() or "vi")


def time_left(clock: ClockView) -> tuple[str, str]:
    """(words, tone) for what is left of the limit."""
    return left_words(
        clock.left_minutes, clock.unit, stopped=clock.stopped, paused=clock.paused, late=clock.late
    )


def left_words(minutes: int, unit: str, *, stopped: bool, paused: bool, late: bool) -> tuple[str, str]:
    """(words, tone) for counted minutes that are left of a limit, negative when late."""
    words = span(minutes, unit)
    if stopped:
        text = _("Finished %(span)s late") if minutes < 0 else _("Finished with %(span)s left")
        return text % {"span": words}, "danger" if minutes < 0 else "good"
    if paused:
        return _("Paused with %(span)s left") % {"span": words}, "info"
    if late:
        return late_words(minutes, unit), "danger"
    return _("%(span)s left") % {"span": words}, "warning" if minutes < MINUTES_A_DAY[unit] else "good"


def late_words(minutes: int | None, unit: str) -> str:
    """How late something is; only that it is where the calendar of its years is not fixed."""
    return _("Late") if minutes is None else _("Late by %(span)s") % {"span": span(minutes, unit)}


def step_state(step: StepView) -> tuple[str, str]:
    """(words, tone) for a step."""
    if step.late:
        return _("Late"), "danger"
    if step.state == "done" and step.outcome == "rejected":
        return _("Sent it back"), "warning"
    if step.closed_late:
        return _("Done late"), "warning"
    return {
        "open": (_("Open"), "info"),
        "waiting": (_("Waiting"), "warning"),
        "done": (_("Done"), "good"),
        "cancelled": (_("Cancelled"), ""),
    }.get(step.state, (step.state, ""))


def channel(number: int) -> str:
    """How the dossier came."""
    return {1: _("At the counter"), 2: _("Online"), 3: _("By post")}.get(number, str(number))


def filed_by(kind: str) -> str:
    """Who filed it."""
    return {
        "self": _("By the person"),
        "helped": _("By a registered helper, for the person"),
        "officer": _("By an officer at the counter, for the person"),
    }.get(kind, kind)


def copy_kind(number: int) -> str:
    """What kind of copy a paper is."""
    return {0: _("Original"), 1: _("Copy"), 2: _("Electronic copy")}.get(number, "")


def paper_state(state: str) -> str:
    """How far the check of a file is."""
    return {
        "scanning": _("Being checked for harmful content"),
        "clean": _("Checked"),
        "unscanned": _("Not checked for harmful content"),
        "refused": _("Refused: harmful content"),
    }.get(state, "")


def supplement_reasons() -> dict[str, str]:
    """The reasons that a supplement may be asked for, by code."""
    return {
        "missing": _("Missing"),
        "unreadable": _("Cannot be read"),
        "wrong": _("Does not match the answers"),
        "expired": _("No longer valid"),
        "other": _("Other"),
    }


def done(action: str) -> str:
    """What an action has brought about, for the one who did it."""
    return {
        "receive": _("Received. The applicant is told the date promised."),
        "complete_step": _("The step is completed."),
        "answer_consultation": _("Your answer has been sent to the agency that asked."),
        "sign": _("Signed. The result can now be handed over."),
        "return_result": _("Handed over. The applicant is told where to find the result."),
        "request_supplement": _("Asked. The dossier comes back to you when the applicant answers."),
        "consult": _("The question has been sent."),
        "transfer": _("Transferred. It is now on the other agency's list."),
        "apologise": _("The apology and the new date have been sent to the applicant."),
        "correct_result": _("Corrected. The new document is signed; the old one says what replaced it."),
        "refuse": _("Refused. The applicant is told your reason."),
        "decline": _("Declined. The applicant is told your reason."),
        "stop": _("Stopped. The applicant is told your reason."),
        "confirm_draft": _("You have agreed. The result now goes to be signed."),
        "reject_draft": _("Sent back. The officer mends the draft and shows it to you again."),
        "return_draft": _("Sent back, with your reason, to the officer who made the draft."),
        "return_step": _("Sent back to be mended, with your reason. The step is not completed."),
        "withdraw": _("Your dossier is withdrawn. Nothing more is done with it."),
    }.get(action, _("It is done and recorded."))


def decision(kind: str) -> str:
    """The name of a written decision."""
    return {
        "refuse": _("Refused at intake"),
        "decline": _("Declined"),
        "stop": _("Processing stopped"),
        "apologise": _("Apology and new date"),
        "revoke": _("Result revoked"),
        "correct": _("Result corrected"),
        "withdraw": _("Withdrawn by the applicant"),
    }.get(kind, kind)


def result_state(state: str) -> tuple[str, str]:
    """(words, tone) for how an issued result stands."""
    return {
        "valid": (_("Valid"), "good"),
        "expired": (_("Expired"), "warning"),
        "revoked": (_("Revoked"), "danger"),
    }.get(str(state), (_("Unknown"), ""))


def status_tone(status: int) -> str:
    """The tone of a dossier's status; the words carry the meaning."""
    tones = {1: "info", 2: "info", 3: "danger", 4: "info", 5: "warning", 6: "warning", 9: "good", 10: "good"}
    return tones.get(status, "")


def findings(step: StepView, language: str) -> tuple[tuple[str, str], ...]:
    """What a step found: (label, value) in words; what the step's definition does not name comes last."""
    lines, known = [], set()
    for definition in step.findings_defs:
        known.add(definition.key)
        value = step.findings.get(definition.key)
        if value is None or value == "":
            continue
        if definition.type == "choice":
            names = {o.key: o.label.to(language) for o in definition.options}
            value = names.get(str(value), value)
        lines.append((definition.label.to(language), _plain(value)))
    others = {"answer": _("Answer"), "reason": _("Reason"), "confirmed_by": _("Confirmed by")}
    for key, value in step.findings.items():
        if key not in known and key in others:
            lines.append((others[key], _plain(value)))
    return tuple(lines)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    words = {"applicant": _("the applicant"), "silence": _("no answer in time")}
    return words.get(str(value), str(value))


def provider_name() -> str:
    """The identity provider's name in the page's language: ``Vietnamese | English`` in the settings."""
    vi, _, en = (part.strip() for part in settings.OIDC_NAME.partition("|"))
    return Text(vi, en or vi).to(get_language() or "vi")
