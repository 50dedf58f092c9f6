"""The search texts of one procedure, as they are kept beside it."""

from collections.abc import Iterable

from motcua.catalogue.rules.asking import marked_words, pairs
from motcua.core.folding import fold, words
from motcua.core.texts import Text


def entry_of(*, code: str, name_vi: str, name_en: str = "", extra: Iterable[str] = ()) -> dict[str, str]:
    """The search texts of one procedure: title with and without marks, its terms, and words of the rest."""
    title = words(name_vi)
    terms = [*title, *pairs(title), *words(name_en), *code.split(".")]
    body: set[str] = set()
    for text in extra:
        body |= set(words(text))
    return {
        "title_marked": " ".join(marked_words(name_vi))[:1000],
        "title": " ".join(title)[:1000],
        "terms": " ".join(terms),
        "body": " ".join(sorted(body - set(terms))),
    }


def prior_of(subjects: Iterable[str], levels: Iterable[str]) -> float:
    """How likely a person at home asks for a procedure: for citizens, and close to them (0 to 1)."""
    told = " ".join(fold(s) for s in subjects)
    near = {"commune": 0.5, "province": 0.3}
    return (0.5 if "cong dan viet nam" in told else 0.0) + max(
        (near.get(x, 0.0) for x in levels), default=0.0
    )


# For whom a procedure is: how the national database names its subjects, folded.
_SUBJECTS = {
    "citizen": ("cong dan viet nam", "dang vien"),
    "foreigner": ("nguoi nuoc ngoai", "dinh cu o nuoc ngoai"),
    "business": ("doanh nghiep", "hop tac xa"),
    "organisation": ("to chuc",),
    "official": ("can bo", "cong chuc", "vien chuc"),
}
AUDIENCES = {
    "citizen": Text("Công dân Việt Nam", "Vietnamese citizens"),
    "foreigner": Text(
        "Người nước ngoài, người Việt Nam ở nước ngoài", "Foreigners, Vietnamese living abroad"
    ),
    "business": Text("Doanh nghiệp, hợp tác xã", "Businesses, cooperatives"),
    "organisation": Text("Cơ quan, tổ chức khác", "Other organisations"),
    "official": Text("Cán bộ, công chức, viên chức", "Public officials"),
}


def audience_of(subjects: Iterable[str]) -> str:
    """For whom a procedure is: names of AUDIENCES, apart by spaces; what stands in brackets is left out."""
    told = [fold(s).split("(")[0] for s in subjects]
    return " ".join(name for name, marks in _SUBJECTS.items() if any(m in s for m in marks for s in told))
