"""A form field as the template ``components/_field.html`` shows it; pages build these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of radios, checkboxes or a select."""

    value: str
    label: str
    hint: str = ""
    divider: bool = False  # the word "or" before it


@dataclass(frozen=True, slots=True)
class DateBox:
    """One of the three boxes of a date."""

    name: str
    id: str
    label: str
    value: str
    width: int
    autocomplete: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question on a page.

    ``kind``: text, password, textarea, select, radios, checkboxes, date or file. ``value`` is a string;
    for checkboxes use ``values``; for a date the boxes are named ``<name>-day``, ``-month``, ``-year``
    and take theirs from ``parts``. ``heading`` makes the label (or legend) the page's only ``h1``.
    """

    kind: str
    name: str
    label: str
    hint: str = ""
    value: str = ""
    error: str = ""
    options: tuple[Choice, ...] = ()
    values: frozenset[str] = frozenset()
    parts: Mapping[str, str] = field(default_factory=dict)
    heading: bool = False
    caption: str = ""  # small text over the heading
    width: str = ""  # "2", "4", "10", "20", "" = full
    inputmode: str = ""
    autocomplete: str = ""
    accept: str = ""  # of a file
    multiple: bool = False  # several files at once
    suffix: str = ""
    rows: int = 5
    spellcheck: bool = True
    inline: bool = False  # two short radios side by side
    autofocus: bool = False  # the cursor stands here when the page opens
    suggestions: tuple[str, ...] = ()  # of a text: what a browser may offer while one types

    @property
    def id(self) -> str:
        """The id of the first control, and the prefix of hint, error and further controls."""
        return self.name.replace(".", "-").replace(":", "-").replace("[", "-").replace("]", "")

    @property
    def target(self) -> str:
        """Where a link of the error summary leads."""
        return f"{self.id}-day" if self.kind == "date" else self.id

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for ``aria-describedby``."""
        parts = ((self.hint, "hint"), (self.error, "error"))
        return " ".join(f"{self.id}-{name}" for text, name in parts if text)

    @property
    def grouped(self) -> bool:
        """True when the question needs a fieldset and a legend."""
        return self.kind in {"radios", "checkboxes", "date"}

    @property
    def boxes(self) -> tuple[DateBox, ...]:
        """The three boxes of a date."""
        labels = (_("Day"), _("Month"), _("Year"))
        return tuple(
            DateBox(
                name=f"{self.name}-{part}",
                id=f"{self.id}-{part}",
                label=label,
                value=self.parts.get(part, ""),
                width=4 if part == "year" else 2,
                autocomplete=f"bday-{part}" if self.autocomplete == "bday" else "",
            )
            for part, label in zip(DATE_PARTS, labels, strict=True)
        )


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One line of the error summary: what is wrong, and the id of the control that mends it."""

    target: str
    message: str


def faults_of(fields: Iterable[Field]) -> tuple[FieldFault, ...]:
    """The error summary of a page's fields, in their order."""
    return tuple(FieldFault(f.target, f.error) for f in fields if f.error)
