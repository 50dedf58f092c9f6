"""The forms of slips and the way to complain, from slips.toml, read once a process."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.catalogue.rules.pack_model import Ground, Source
from motcua.core.texts import Text
from motcua.dossiers.rules.slips import Complaint, SlipForm, complaint_on


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).resolve().parent.parent / "slips.toml").read_text("utf-8"))


@cache
def slip_forms() -> dict[str, SlipForm]:
    """Every form by its name."""
    return {
        row["form"]: SlipForm(
            row["form"], Text(row["title_vi"], row["title_en"]), row["suffix"], row["line"],
            row["source"], row["mark"],
        )
        for row in _file()["form"]
    }  # fmt: skip


@cache
def complaints() -> tuple[Complaint, ...]:
    """The dated ways to complain."""
    return tuple(
        Complaint(
            row["key"], row["from"], row.get("until", date.max),
            tuple(Text(vi, en) for vi, en in zip(row["line_vi"], row["line_en"], strict=True)),
            Text(row["head_vi"], row["head_en"]), row["source"], row["mark"],
        )
        for row in _file()["complaint"]
    )  # fmt: skip


def complaint_lines(agency: Text, day: date) -> tuple[Text, ...]:
    """How to complain against a decision that an agency took on a day; empty where no rule is known."""
    rule = complaint_on(complaints(), day)
    return rule.told(agency) if rule else ()


@cache
def _grounds() -> tuple[tuple[date, date, Ground], ...]:
    return tuple(
        (
            row["from"], row.get("until", date.max),
            Ground(
                row["key"], Text(row["text_vi"], row["text_en"]), row["clause"],
                Source(row["source"], row["mark"]),
            ),
        )
        for row in _file()["ground"]
    )  # fmt: skip


def general_grounds(day: date) -> tuple[Ground, ...]:
    """Grounds of refusal at intake that every procedure knows, in force on a day."""
    return tuple(ground for first, last, ground in _grounds() if first <= day <= last)


@cache
def supplement_reasons() -> dict[str, Text]:
    """Why a supplement may be asked for, by code, in the order of the list."""
    return {row["key"]: Text(row["vi"], row["en"]) for row in _file()["reason"]}
