"""The forms of a dossier's actions: fields from what the action takes, parameters from what was posted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.actor import Actor
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.queries import ActionOffer, DossierView
from motcua.dossiers.queries.views import StepView
from motcua.web.desk.makers import MAKERS, Asking, Refused, correction_fields
from motcua.web.fields import DATE_PARTS, Choice, Field
from motcua.web.words import supplement_reasons

# in the order of the panel; the applicant's own actions have their pages elsewhere
DESK_ACTIONS = (
    "receive", "complete_step", "answer_consultation", "sign", "reject_draft", "return_result",
    "request_supplement", "take_fee", "consult", "assign", "transfer", "apologise", "refuse", "decline",
    "stop", "correct_result", "revoke_result",
)  # fmt: skip
HARD = frozenset({"refuse", "decline", "stop", "correct_result", "revoke_result"})
USUAL = frozenset({"receive", "complete_step", "answer_consultation", "sign", "return_result"})
OF_STEPS = {"complete_step": "handle", "answer_consultation": "consult"}
# the field that a refusal is about
ABOUT = {
    "supplement_items_needed": "items",
    "new_date_needed": "new_due_at",
    "not_a_holder": "username",
    "bad_parameter": "new_due_at",
    "not_found": "agency",
    "already_with_agency": "agency",
    "not_offered_online": "agency",
    "wrong_amount": "amount",
    "amount_needed": "amount",
    "receipt_needed": "receipt",
    "receipt_used": "receipt",
    "days_out_of_range": "days",
    "ground_needed": "ground",
    "reason_without_no": "reason",
}


class GroundNeeded(Refusal):
    """A refusal on the desk's page names a ground or a clause."""

    code = "ground_needed"
    cause = Text(
        "Chưa chọn căn cứ hoặc ghi điều khoản của việc từ chối.",
        "No ground was chosen and no clause was written for the refusal.",
    )
    next_step = Text(
        "Chọn một căn cứ trong danh sách, hoặc ghi điều khoản.", "Choose a ground, or write the clause."
    )
    status = 422


def check_grounded(action: str, params: Mapping[str, object]) -> None:
    """Raise ``GroundNeeded`` for a refusal at intake that names nothing in law."""
    if action == "refuse" and not (params.get("ground") or str(params.get("clause") or "").strip()):
        raise GroundNeeded


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One paper of the pack in a supplement request; the free row has no component."""

    key: str
    label: str
    checked: bool
    reason: Field
    text: Field


@dataclass(frozen=True, slots=True)
class ActionForm:
    """One action as a form. ``open`` shows it unfolded; ``hard`` marks what ends or undoes."""

    action: str
    label: Text
    about: str = ""
    fields: tuple[Field, ...] = ()
    rows: tuple[ItemRow, ...] = ()
    step: str = ""
    open: bool = False
    hard: bool = False
    first: bool = False  # unfolded from the start: what is usually done next
    drafts: bool = False  # who sends it vouches for the draft: it is shown
    anchor: str = ""
    target: str = ""


def _finding_fields(ask: Asking) -> tuple[Field, ...]:
    made = []
    for definition in ask.step.findings_defs if ask.step else ():
        options: tuple[Choice, ...] = ()
        label = definition.label.to(ask.language)
        label = label if definition.required else _("%(label)s (optional)") % {"label": label}
        kind = {"text": "text", "long_text": "textarea"}.get(definition.type, "radios")
        if definition.type == "yes_no":
            options = (Choice("yes", _("Yes")), Choice("no", _("No")))
        elif definition.type == "choice":
            options = tuple(Choice(o.key, o.label.to(ask.language)) for o in definition.options)
        inline = definition.type == "yes_no"
        name = f"finding.{definition.key}"
        made.append(ask.field(kind, name, label, options=options, inline=inline, rows=3))
    return tuple(made)


def _item_rows(ask: Asking) -> tuple[ItemRow, ...]:
    known = [(key, name.to(ask.language)) for key, name in ask.view.components]
    options = tuple(Choice(k, v) for k, v in supplement_reasons().items())
    rows = []
    for key, label in [*known, ("", _("Something else: a paper or an answer"))]:
        basis = ask.view.bases.get(key, "")
        hint = _("Asked for by: %(basis)s") % {"basis": basis} if basis else ""
        own = tuple(Choice(r.key, r.label.to(ask.language)) for r in ask.view.reasons.get(key, ()))
        why = (Choice("", _("Choose")), *own, *options)
        reason = ask.field("select", f"why.{key}", _("Reason"), hint=hint, options=why)
        text = ask.field("text", f"text.{key}", _("What to do, in words"))
        rows.append(ItemRow(key, label, bool(ask.value(f"on.{key}")), reason, text))
    return tuple(rows)


def _errors(offer: ActionOffer, refused: Refused, step: StepView | None, language: str) -> dict[str, str]:
    refusal = refused.refusal
    about = ABOUT.get(refusal.code, "")
    if refusal.code == "reason_needed":
        about = next((n for n in ("question", "answer", "reason") if n in offer.fields), "")
    if refusal.code in {"finding_refused", "not_attested"} and step:
        wrong = refusal.values.get("label_vi")
        about = next((f"finding.{d.key}" for d in step.findings_defs if d.label.vi == wrong), "")
    if refusal.code in {"correction_refused", "not_correctable"}:
        about = f"correction.{refusal.values.get('name')}"
    return {about: cause(refusal, language)}


def cause(refusal: Refusal, language: str) -> str:
    """Why a form was refused, in the words of its page: the only parameter of a form that can be
    unreadable is a date.
    """
    if refusal.code == "bad_parameter":
        return _("Write a real date: day, month and year.")
    return refusal.cause.to(language)


def _has_place(name: str, ask: Asking) -> bool:
    """False for a parameter that means nothing here: no published grounds, no step that can go back."""
    if name == "reason" and ask.step:
        return bool(ask.step.back.vi)
    return name != "ground" or bool(ask.view.grounds)


def _form(ask: Asking, about: str) -> ActionForm:
    names = [n for n in ask.offer.fields if n in MAKERS and _has_place(n, ask)]
    fields = tuple(MAKERS[n](ask) for n in names)
    if "findings" in ask.offer.fields:
        fields = (*_finding_fields(ask), *fields)
    if "corrections" in ask.offer.fields:
        fields = (*correction_fields(ask), *fields)
    wrong = next((f.target for f in fields if f.error), ask.prefix)
    completes = ask.offer.name == "complete_step"
    return ActionForm(
        action=ask.offer.name,
        label=ask.offer.label,
        about=about,
        fields=fields,
        rows=_item_rows(ask) if "items" in ask.offer.fields else (),
        step=ask.step.key if ask.step else "",
        open=ask.refused is not None,
        hard=ask.offer.name in HARD,
        drafts=ask.offer.name == "sign" or bool(completes and ask.step and ask.step.drafts),
        anchor=ask.prefix,
        target=wrong,
    )


def _steps(view: DossierView, actor: Actor, kind: str) -> tuple[StepView, ...]:
    mine = {(p.role.value, p.agency_id) for p in actor.posts}
    return tuple(
        s for s in view.steps if s.kind == kind and s.state == "open" and (s.role, s.agency.id) in mine
    )


def _kind_of(action: str, view: DossierView) -> str:
    """The kind of step whose findings an action asks for; "" where it asks for none."""
    if action == "receive":
        return "intake" if any(s.kind == "intake" and s.findings_defs for s in view.steps) else ""
    return OF_STEPS.get(action, "")


def _asking(
    view: DossierView, offer: ActionOffer, step: StepView | None, actor: Actor, now: datetime,
    language: str, refused: Refused | None,
) -> Asking:  # fmt: skip
    prefix = offer.name if step is None else f"{offer.name}-{step.key}".replace(":", "-").replace(".", "-")
    posted_step = refused.post.get("step", "") if refused else ""
    if refused and (refused.action != offer.name or (step and posted_step != step.key)):
        refused = None
    errors = _errors(offer, refused, step, language) if refused else {}
    return Asking(view, offer, actor, now, language, step, refused, prefix, errors)


def action_forms(
    view: DossierView, *, actor: Actor, now: datetime, language: str, refused: Refused | None = None
) -> tuple[ActionForm, ...]:
    """The allowed actions as forms, in the panel's order; one for each open step where steps matter."""
    forms = []
    for name in DESK_ACTIONS:
        offer = view.action(name)
        if offer is None or not offer.allowed:
            continue
        kind = _kind_of(name, view)
        steps: tuple[StepView | None, ...] = _steps(view, actor, kind) if kind else (None,)
        for step in steps:
            ask = _asking(view, offer, step, actor, now, language, refused)
            form = _form(ask, f"{step.name.to(language)}" if step else "")
            if name != "correct_result" or any(".correction." in f.name for f in form.fields):
                forms.append(form)  # an earlier revision's pack may name nothing that can be corrected
    return _first(forms)


def _first(forms: list[ActionForm]) -> tuple[ActionForm, ...]:
    if not forms or forms[0].action not in USUAL:
        return tuple(forms)
    return (replace(forms[0], first=True), *forms[1:])


def params_of(post: QueryDict) -> dict[str, object]:
    """The parameters of an action from its posted form; names are ``<form>.<parameter>``."""
    given = {name.split(".", 1)[1]: str(post[name]) for name in post if "." in name}
    params: dict[str, object] = {
        name: value.strip() for name, value in given.items() if "." not in name and "-" not in name
    }
    findings = {n.removeprefix("finding."): v for n, v in given.items() if n.startswith("finding.")}
    corrections = {n.removeprefix("correction."): v for n, v in given.items() if n.startswith("correction.")}
    if corrections:
        params["corrections"] = corrections
    keys = [n.removeprefix("why.") for n in given if n.startswith("why.")]
    if keys:
        params["items"] = [
            {"component": k, "reason": given[f"why.{k}"], "text": given.get(f"text.{k}", "").strip()}
            for k in keys
            if given.get(f"on.{k}") or given.get(f"text.{k}", "").strip()  # what is written is asked for
        ]
    if any(n.startswith("new_due_at-") for n in given):
        year, month, day = (given.get(f"new_due_at-{p}", "").strip() for p in reversed(DATE_PARTS))
        params["new_due_at"] = f"{year:0>4}-{month:0>2}-{day:0>2}"
    return {**params, "findings": findings, **({"step": post["step"]} if post.get("step") else {})}
