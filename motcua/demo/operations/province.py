"""Units, agencies and calendar of the demo province; identifiers below the roots are made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from motcua.agencies.operations import create_agency, freeze_year, open_desk, set_weekday
from motcua.core.actor import SYSTEM
from motcua.places.operations import import_units
from motcua.places.queries import UnitRef, communes

DATA = Path(__file__).resolve().parent.parent / "data"
PROVINCE = "58"  # the code that Ninh Thuận had until July 2025: here it goes on
FIRST_COMMUNE = 21  # H43.21 is the first commune by code
FIRST_YEAR = 2022
HOURS = "07:30–11:30, 13:30–17:30"


@dataclass(frozen=True, slots=True)
class Plan:
    """An agency to be made. Parents come before their children."""

    identifier: str
    name_vi: str
    name_en: str
    level: str
    parent: str | None = None
    serves: str | None = None

    @property
    def made_up(self) -> bool:
        """Everything below a root: those identifiers are this demo's own."""
        return self.parent is not None


STATE = (
    Plan("G01", "Bộ Công an", "Ministry of Public Security", "ministry"),
    Plan("G09", "Bộ Nội vụ", "Ministry of Home Affairs", "ministry"),
    Plan("G12", "Bộ Tài chính", "Ministry of Finance", "ministry"),
    Plan("G15", "Bộ Tư pháp", "Ministry of Justice", "ministry"),
    Plan("H43", "UBND tỉnh Ninh Thuận", "People's Committee of Ninh Thuận", "province", None, PROVINCE),
    Plan("H43.01", "Văn phòng UBND tỉnh", "Office of the People's Committee", "province", "H43", PROVINCE),
    Plan("H43.02", "Sở Tư pháp", "Department of Justice", "province", "H43", PROVINCE),
    Plan("H43.03", "Sở Nội vụ", "Department of Home Affairs", "province", "H43", PROVINCE),
    Plan(
        "H43.04",
        "Sở Thông tin và Truyền thông",
        "Department of Information and Communications",
        "province",
        "H43",
        PROVINCE,
    ),
    Plan(
        "H43.05",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "Provincial One-Stop Centre",
        "province",
        "H43",
        PROVINCE,
    ),
    Plan("G01.43", "Công an tỉnh Ninh Thuận", "Police of Ninh Thuận", "province", "G01", PROVINCE),
)


def commune_agency(code: str) -> str:
    """Identifier of the people's committee of a commune of the demo, such as ``H43.23``."""
    codes = sorted(unit.code for unit in communes(PROVINCE))
    return f"H43.{FIRST_COMMUNE + codes.index(code)}"


def _commune_plans(units: tuple[UnitRef, ...]) -> Iterator[Plan]:
    for number, unit in enumerate(sorted(units, key=lambda u: u.code), FIRST_COMMUNE):
        name = unit.name[:1].lower() + unit.name[1:]
        yield Plan(
            f"H43.{number}",
            f"UBND {name}",
            f"People's Committee of {unit.name_en}",
            "commune",
            "H43",
            unit.code,
        )
        yield Plan(
            f"G01.43.{number}", f"Công an {name}", f"Police of {unit.name_en}", "commune", "G01.43", unit.code
        )


def load_units(now: datetime) -> None:
    """The province and its 24 communes and wards."""
    counts = import_units(path=DATA / "units.csv", actor=SYSTEM, now=now)
    if counts.refused:
        raise RuntimeError(f"the demo's own units are wrong: {counts.refused}")


def create_agencies(now: datetime) -> None:
    """Ministries, the province, its departments, the communes and the police, with their desks."""
    for plan in [*STATE, *_commune_plans(communes(PROVINCE))]:
        create_agency(
            identifier=plan.identifier,
            name_vi=plan.name_vi,
            name_en=plan.name_en,
            level=plan.level,
            parent=plan.parent,
            serves_code=plan.serves,
            made_up=plan.made_up,
            actor=SYSTEM,
            now=now,
        )
        if plan.identifier == "H43.05" or plan.level == "commune":
            open_desk(
                agency=plan.identifier,
                name_vi=f"Bộ phận một cửa, {plan.name_vi}",
                name_en=f"One-stop desk, {plan.name_en}",
                hours=HOURS,
                actor=SYSTEM,
                now=now,
            )


def freeze_years(now: datetime) -> None:
    """The working calendar from the conference's year to the next one; the police open on Saturday mornings.

    The records of residence say so: "sáng thứ 7 hàng tuần" (1.004194, 07/2026).
    """
    for year in range(min(FIRST_YEAR, now.year - 1), now.year + 2):
        freeze_year(year=year, actor=SYSTEM, now=now)
        set_weekday(
            year=year, weekday=5, open_hours="07:30-11:30", reason="Sáng thứ Bảy", agency="G01.43",
            actor=SYSTEM, now=now,
        )  # fmt: skip
