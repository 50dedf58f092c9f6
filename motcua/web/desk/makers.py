"""The fields of the desk's action forms, one maker for each parameter."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import shorten

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.agencies.queries import agencies, communes, holders
from motcua.core.actor import Actor, Role
from motcua.core.refusals import Refusal
from motcua.dossiers.queries import ActionOffer, DossierView, correctable_values
from motcua.dossiers.queries.views import StepView
from motcua.dossiers.rules.bulk import LEAST
from motcua.web.fields import DATE_PARTS, Choice, Field


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused: which, why, and what had been typed."""

    action: str
    refusal: Refusal
    post: QueryDict


@dataclass(frozen=True, slots=True)
class Asking:
    """What the fields of one form are made from."""

    view: DossierView
    offer: ActionOffer
    actor: Actor
    now: datetime
    language: str
    step: StepView | None = None
    refused: Refused | None = None
    prefix: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str, otherwise: str = "") -> str:
        """What was typed before, if this form was refused."""
        typed = self.refused.post.get(f"{self.prefix}.{name}") if self.refused else None
        return otherwise if typed is None else typed

    def field(self, kind: str, name: str, label: str, **more: object) -> Field:
        """A field of this form, with what was typed and what is wrong."""
        return Field(
            kind,
            f"{self.prefix}.{name}",
            label,
            value=self.value(name, str(more.pop("value", ""))),
            error=self.errors.get(name, ""),
            **more,  # type: ignore[arg-type]
        )


def _inside(ask: Asking) -> Field | None:
    """The reason of what stays inside the agency: another officer reads it, the applicant does not."""
    step = ask.step
    if ask.offer.name == "complete_step" and step:
        label = _("If something is not so (“No”): what has to be mended, and why")
        hint = _(
            "The dossier then goes back to “%(step)s”. Whoever does it reads this; the applicant does not."
        ) % {"step": step.back.to(ask.language)}
        return ask.field("textarea", "reason", label, hint=hint, rows=3)
    if ask.offer.name == "reject_draft":
        hint = _("The officer who mends the draft reads this, the applicant does not. Say what to change.")
        return ask.field("textarea", "reason", _("What has to be mended, and why"), hint=hint, rows=4)
    return None


def _reason(ask: Asking) -> Field:
    inside = _inside(ask)
    if inside is not None:
        return inside
    hint = _("The applicant reads this. Write it in plain words.")
    if ask.offer.name == "transfer":
        hint += " " + _("The date promised stays as it is: a transfer takes no time from the applicant.")
    return ask.field("textarea", "reason", _("Reason"), hint=hint, rows=4)


def _clause(ask: Asking) -> Field:
    hint = _("For example: Decree 123/2015/ND-CP, Article 22, clause 3")
    return ask.field("text", "clause", _("Clause of the law"), hint=hint)


def _ground(ask: Asking) -> Field:
    hint = _("Its clause is written on the slip, unless you write another one below.")
    options = tuple(
        Choice(key, f"{shorten(text.to(ask.language), 110, placeholder=' …')} ({clause})")
        for key, text, clause in ask.view.grounds
    )
    return ask.field("select", "ground", _("Ground"), hint=hint, options=(Choice("", _("Choose")), *options))


def _username(ask: Asking) -> Field:
    """Those who hold the role of the step that is given away, and nobody twice."""
    step = next((s for s in ask.view.steps if s.state == "open" and s.kind in {"handle", "sign"}), None)
    there = holders(step.agency.id, Role(step.role), now=ask.now) if step else ()
    own = [Choice("", _("Myself"))] if any(h.user_id == ask.actor.user_id for h in there) else []
    others = {h.username: h.name for h in there if h.user_id != ask.actor.user_id}
    least = Choice(LEAST, _("Whoever has least open work"))
    options = (*own, least, *(Choice(u, n) for u, n in others.items()))
    return ask.field("select", "username", _("Officer"), options=options)


def _agency(ask: Asking) -> Field:
    everybody = agencies() if ask.offer.name == "consult" else communes(ask.view.agency.root)
    near = [a for a in everybody if a.id != ask.view.agency.id]
    options = tuple(Choice(a.identifier, f"{a.name.to(ask.language)} ({a.identifier})") for a in near)
    return ask.field("select", "agency", _("Agency"), options=(Choice("", _("Choose")), *options))


def _days(ask: Asking) -> Field:
    hint = _("Working days. Empty: as the procedure says. The dossier's own clock goes on meanwhile.")
    return ask.field("text", "days", _("Time for the answer"), hint=hint, width="2", inputmode="numeric")


def _how(ask: Asking) -> Field:
    options = (
        Choice("online", _("Online, in the person's account")),
        Choice("desk", _("On paper, at the desk")),
        Choice("post", _("On paper, by public post")),
    )
    asked = {1: "desk", 2: "online", 3: "post"}.get(ask.view.channel, "desk")  # as it was filed
    return ask.field("radios", "how", _("How it is returned"), options=options, value=asked)


def _new_due_at(ask: Asking) -> Field:
    parts = {p: ask.value(f"new_due_at-{p}") for p in DATE_PARTS}
    hint = _("The legal due date stays as it is; this is the new promise.")
    return ask.field("date", "new_due_at", _("New date promised"), hint=hint, parts=parts)


def _amount(ask: Asking) -> Field:
    left = ask.view.fee.left
    hint = _("The fee is not known: take what your rules say, against a receipt.") if left is None else ""
    return ask.field(
        "text", "amount", _("Amount taken, in đồng"), hint=hint, value="" if left is None else str(left),
        width="10", inputmode="numeric",
    )  # fmt: skip


def _receipt(ask: Asking) -> Field:
    hint = _("As printed on the receipt that you hand over.")
    return ask.field("text", "receipt", _("Series and number of the receipt"), hint=hint, width="20")


def correction_fields(ask: Asking) -> tuple[Field, ...]:
    """The values of the issued result, as they stand, to be written anew where they err."""
    made = []
    for one in correctable_values(ask.view.code, actor=ask.actor):
        day = one.day and re.fullmatch(r"(....)-(..)-(..)", one.value)
        value = f"{day[3]}/{day[2]}/{day[1]}" if day else one.value
        kind = "textarea" if len(value) > 60 else "text"
        name = f"correction.{one.key}"
        made.append(ask.field(kind, name, one.label.to(ask.language), value=value, rows=2))
    return tuple(made)


MAKERS: dict[str, Callable[[Asking], Field]] = {
    "reason": _reason,
    "clause": _clause,
    "ground": _ground,
    "username": _username,
    "agency": _agency,
    "question": lambda ask: ask.field("textarea", "question", _("Question to the agency"), rows=4),
    "days": _days,
    "answer": lambda ask: ask.field("textarea", "answer", _("Answer"), rows=4),
    "how": _how,
    "new_due_at": _new_due_at,
    "amount": _amount,
    "receipt": _receipt,
}
