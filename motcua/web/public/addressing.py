"""Choosing an agency without scripts: a few words of its name, few choices, one of them chosen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.core.folding import fold
from motcua.core.periods import local_day
from motcua.voice.queries import Addressee, Addressees, addressees, find_addressees
from motcua.web.fields import Choice, Field
from motcua.web.public.saying import typed
from motcua.web.requests import EdgeRequest

MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Addressing:
    """What the form shows of it. ``only``: a search was asked for; nothing is to be sent now."""

    name: str
    chosen: str
    searched: str  # the words that the choices answer
    choices: Field
    words: Field
    only: bool
    more: bool

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions, in their order on the page."""
        return (self.choices, self.words) if self.choices.options else (self.words,)

    @property
    def step(self) -> str:
        """What its button asks for."""
        return f"find_{self.name}"


def addressing(
    request: EdgeRequest,
    label: str,
    *,
    name: str = "agency",
    before: str = "",
    hint: str = "",
    judged: bool = False,
    fault: str = "",
) -> Addressing:
    """Read the choice of a form. ``before``: chosen already where one came from; ``judged``: one is needed
    now; ``fault``: of the choice."""
    step = request.POST.get("step") == f"find_{name}"
    chosen = typed(request, name, 30) if request.method == "POST" else before
    words = typed(request, f"{name}_words", MOST_LETTERS).strip()
    searched = typed(request, f"{name}_searched", MOST_LETTERS).strip()
    anew = bool(words) and (step or fold(words) != fold(searched))
    asked = words if anew else searched
    found = find_addressees(asked, on=local_day(request.now)) if asked else Addressees()
    chosen, items = _settled(chosen, found, anew=anew)
    wrong = _wrong(found, words, step=step) if (step or judged) and not chosen else ""
    options = tuple(_choice(item, request.LANGUAGE_CODE) for item in items)
    first, second = (wrong or fault, "") if options else ("", wrong or fault)
    return Addressing(
        name=name, chosen=chosen, searched=asked, only=step, more=found.more,
        choices=Field("radios", name, label, value=chosen, options=options, error=first),
        words=_words(name, label, words, hint, first=not options, error=second),
    )  # fmt: skip


def _settled(chosen: str, found: Addressees, *, anew: bool) -> tuple[str, tuple[Addressee, ...]]:
    """What is chosen, and what to choose from; an earlier choice stays until one looks anew."""
    known = {item.agency.identifier for item in found.items}
    if anew and chosen not in known:
        chosen = found.items[0].agency.identifier if found.sure else ""
    kept = addressees([chosen]) if chosen not in known else ()
    return (chosen if chosen in known or kept else ""), (*kept, *found.items)


def _words(name: str, label: str, words: str, hint: str, *, first: bool, error: str) -> Field:
    """Where the name is typed; below choices it is for another one."""
    way = _("Write a few words of its name or of its commune, for example: phuong dong hai.")
    return Field(
        "text", f"{name}_words", label if first else _("Another agency"), value=words, spellcheck=False,
        autocomplete="off", hint=f"{way}\n{hint}" if hint else way, error=error,
    )  # fmt: skip


def _wrong(found: Addressees, words: str, *, step: bool) -> str:
    if found.items:
        return "" if step else _("Choose which agency you mean")
    if words:
        return _("No agency has such a name. Try fewer words, or the name of the commune.")
    return _("Write whom it is for")


def _choice(item: Addressee, language: str) -> Choice:
    """An agency to choose; the hint tells those of one name apart."""
    agency, root = item.agency, item.root.to(language)
    hint = " · ".join(part for part in (root, agency.identifier) if part)
    return Choice(agency.identifier, agency.name.to(language), hint)
