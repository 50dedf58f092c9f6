"""The parts of the board, as tabs above each of its first pages."""

from django.urls import reverse
from django.utils.translation import gettext as _


def sections_of(current: str) -> list[dict[str, object]]:
    """Links to the parts of the board; ``current`` names the one that is shown."""
    found = (
        ("figures", _("Rates"), reverse("board:home")),
        ("reach", _("Services"), reverse("board:reach")),
        ("index", _("Index 766"), reverse("board:index")),
        ("publishing", _("Publication"), reverse("board:publishing")),
        ("papi", "PAPI", reverse("board:papi")),
        ("assessments", _("Assessments"), reverse("board:assessments")),
    )
    return [{"label": label, "href": href, "current": name == current} for name, label, href in found]
