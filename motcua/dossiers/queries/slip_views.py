"""Slips as readers of a dossier get them."""

from dataclasses import dataclass
from datetime import datetime

from motcua.core.texts import Text


@dataclass(frozen=True, slots=True)
class SlipView:
    """A slip of the dossier; its PDF is found by ``key`` ("01", "03-2").

    ``form`` is its layout (``CT04``); ``corrects`` and ``corrected_by`` are numbers of other slips;
    ``running``: it is written on until the dossier ends; ``internal``: it is not for the applicant.
    """

    key: str
    kind: str
    form: str
    title: Text
    number: str
    issued_at: datetime
    corrects: str
    corrected_by: str
    running: bool
    internal: bool
