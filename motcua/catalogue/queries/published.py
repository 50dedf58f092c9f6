"""What all procedures publish, in short: for those who count them."""

from dataclasses import dataclass

from motcua.catalogue.models import Revision
from motcua.catalogue.rules.completeness import bears_fee, missing_parts
from motcua.catalogue.rules.facts import from_record

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Published:
    """Of one procedure: the parts that its record lacks, and whether a fee is due (None: not known)."""

    missing: tuple[str, ...]
    bears_fee: bool | None


_known: dict[tuple[int, str], Published] = {}  # by revision and its content, which never change


def published() -> dict[str, Published]:
    """Every procedure with a current revision, by code; a stub has none and is not here."""
    rows = Revision.objects.filter(closed_at__isnull=True).order_by("id")
    current = {(number, content): code for number, content, code in rows.values_list(
        "id", "content_hash", "procedure__code"
    )}  # fmt: skip
    new = [key for key in current if key not in _known]
    for start in range(0, len(new), _CHUNK):
        keys = dict(new[start : start + _CHUNK])
        found = Revision.objects.filter(id__in=keys).order_by("id")
        for number, record in found.values_list("id", "facts"):
            facts = from_record(record)
            _known[number, keys[number]] = Published(missing_parts(facts), bears_fee(facts))
    return {code: _known[key] for key, code in current.items()}
