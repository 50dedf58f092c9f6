"""Answers of several parts: for each type everything that reads, checks, describes or says it, in one place.

A type is a ``Kind``; the modules beside ask ``KINDS`` before their own tables of plain types.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from motcua.catalogue.rules.form_model import BLANK, Question
from motcua.catalogue.rules.form_patterns import LENGTHS, PATTERNS, composed, day, real_day
from motcua.catalogue.rules.form_sent import DIGITS, NO_DAY, Raw, boxes, day_of, every, first
from motcua.core.texts import Text

Shape = dict[str, Any]
Fields = dict[str, list[str]]
DAY: Shape = {"type": "string", "format": "date", "pattern": PATTERNS["date"]}
RANGES = {"lat": (-90, 90), "lon": (-180, 180)}  # degrees, WGS 84
PLACES = 6  # decimals of a degree: a tenth of a metre
_PAIR = re.compile(r"(-?[0-9]{1,3}\.[0-9]+)\s*[,; ]\s*(-?[0-9]{1,3}\.[0-9]+)")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{1,12})?")


@dataclass(frozen=True, slots=True)
class Kind:
    """One type: ``read`` and ``show`` are a web page's fields, ``fits`` and ``schema`` the API's limits."""

    wrong: Text
    read: Callable[[Question, Raw, str], Any]
    show: Callable[[Any, str], Fields]
    fits: Callable[[Question, Any], bool]
    schema: Callable[[Question, str], Shape]
    spoken: Callable[[Question, Any, Mapping[str, Any]], Text]
    example: Callable[[Question, Random], Any]
    tidy: Callable[[Any], Any] = composed


def _closed(properties: Shape) -> Shape:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


# period: from one day to another


def _read_period(q: Question, raw: Raw, name: str) -> Any:
    days = {"from": day_of(raw, f"{name}-from"), "to": day_of(raw, f"{name}-to")}
    return days if any(days.values()) else None


def _say_period(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    begins, ends = day(value["from"]), day(value["to"])
    return Text(f"từ {begins} đến {ends}", f"{begins} to {ends}")


PERIOD = Kind(
    wrong=Text(
        "Mục “{label}”: ghi đủ ngày, tháng, năm (bốn chữ số) cả hai ngày; ngày sau không trước ngày đầu.",
        "“{label}”: give day, month and year (four digits) of both days; the last is not before the first.",
    ),
    read=_read_period,
    show=lambda value, name: boxes(value["from"], f"{name}-from") | boxes(value["to"], f"{name}-to"),
    fits=lambda q, v: isinstance(v, dict) and set(v) == {"from", "to"} and all(map(real_day, v.values())),
    schema=lambda q, locale: _closed({"from": DAY, "to": DAY}),
    spoken=_say_period,
    example=lambda q, chance: {"from": "1949-02-03", "to": _some_day(chance)},
)


def _some_day(chance: Random) -> str:
    return f"{chance.randint(1950, 2025)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}"


# partial date: a year, a month of a year, or a day, as far as one knows it


def _read_partial(q: Question, raw: Raw, name: str) -> str | None:
    year, month, date = (first(raw, f"{name}-{part}") for part in ("year", "month", "day"))
    if not (year or month or date):
        return first(raw, name) or None
    parts = [p for p in (year, month, date) if p]
    known = bool(year) and (bool(month) or not date)
    if not known or not all(DIGITS.fullmatch(p) and len(p) <= 4 for p in parts):
        return NO_DAY
    return "-".join([f"{int(year):04d}", *(f"{int(p):02d}" for p in parts[1:])])


def _fits_partial(q: Question, value: Any) -> bool:
    return real_day(value) or (isinstance(value, str) and bool(re.match(PATTERNS["partial_date"], value)))


def _say_partial(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    if len(value) == 10:
        return Text(day(value), day(value))
    year, _dash, month = value.partition("-")
    return Text(f"tháng {month}/{year}", f"{month}/{year}") if month else Text(f"năm {year}", year)


PARTIAL = Kind(
    wrong=Text(
        "Mục “{label}”: ghi năm, hoặc tháng và năm, hoặc đủ ngày, tháng, năm; phần không nhớ để trống.",
        "“{label}”: write the year, or month and year, or the whole date. What you do not know stays empty.",
    ),
    read=_read_partial,
    show=boxes,
    fits=_fits_partial,
    schema=lambda q, locale: {"anyOf": [{"type": "string", "pattern": PATTERNS["partial_date"]}, DAY]},
    spoken=_say_partial,
    example=lambda q, chance: _some_day(chance)[: chance.choice((4, 7, 10))],
)

# several choices of a list


def _fits_choices(q: Question, value: Any) -> bool:
    known = {o.key for o in q.options}
    if not isinstance(value, list) or not all(isinstance(v, str) and v in known for v in value):
        return False
    low, high = q.least or 1, q.most or len(known)
    return len(set(value)) == len(value) and low <= len(value) <= high


def _choices_schema(q: Question, locale: str) -> Shape:
    return {
        "type": "array",
        "items": {"type": "string", "enum": [o.key for o in q.options]},
        "uniqueItems": True,
        "minItems": q.least or 1,
        "maxItems": q.most or len(q.options),
        "x-options": [{"const": o.key, "title": o.label.to(locale)} for o in q.options],
    }


def _say_choices(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    said = [o.label for o in q.options if o.key in value]
    return Text("; ".join(t.vi for t in said), "; ".join(t.en for t in said))


def _some_choices(q: Question, chance: Random) -> list[str]:
    count = chance.randint(q.least or 1, q.most or len(q.options))
    return [o.key for o in chance.sample(q.options, count)]


CHOICES = Kind(
    wrong=Text(
        "Mục “{label}”: đánh dấu từ {least} đến {most} ô.", "“{label}”: tick from {least} to {most} boxes."
    ),
    read=lambda q, raw, name: every(raw, name) or None,
    show=lambda value, name: {name: [str(v) for v in value]},
    fits=_fits_choices,
    schema=_choices_schema,
    spoken=_say_choices,
    example=_some_choices,
    tidy=lambda value: value,
)

# address: what stands before the commune, and the commune of today's list


def _read_address(q: Question, raw: Raw, name: str) -> Any:
    parts = {"line": composed(first(raw, f"{name}-line")), "commune": first(raw, f"{name}-commune")}
    return parts if any(parts.values()) else None


def _fits_address(q: Question, value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"line", "commune"}:
        return False
    line, code = value["line"], value["commune"]
    if not (isinstance(line, str) and isinstance(code, str) and len(line) <= LENGTHS["text"]):
        return False
    return bool(re.match(PATTERNS["text"], line) and re.match(PATTERNS["commune"], code))


def _address_schema(q: Question, locale: str) -> Shape:
    line = {"type": "string", "pattern": PATTERNS["text"], "maxLength": LENGTHS["text"]}
    return _closed({"line": line, "commune": {"type": "string", "pattern": PATTERNS["commune"]}})


def _say_address(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    name = (lookup.get("commune") or {}).get(value["commune"]) or value["commune"]
    named = name if isinstance(name, Text) else Text(str(name), str(name))
    return Text(f"{value['line']}, {named.vi}", f"{value['line']}, {named.en}")


ADDRESS = Kind(
    wrong=Text(
        "Mục “{label}”: ghi số nhà, đường, thôn, rồi xã, phường (tên hiện nay hoặc tên trước tháng 7/2025).",
        "“{label}”: write house, street or hamlet, then the commune (its name today, or before July 2025).",
    ),
    read=_read_address,
    show=lambda value, name: {f"{name}-{part}": [str(value[part])] for part in ("line", "commune")},
    fits=_fits_address,
    schema=_address_schema,
    spoken=_say_address,
    example=lambda q, chance: {"line": f"Số {chance.randint(1, 99)}, thôn Mẫu", "commune": "22738"},
    tidy=lambda value: {name: composed(part) for name, part in value.items()},
)

# map point: latitude and longitude in degrees


def _read_point(q: Question, raw: Raw, name: str) -> Any:
    lat, lon = (first(raw, f"{name}-{part}") for part in ("lat", "lon"))
    both = _PAIR.fullmatch(lat) if not lon else None  # copied from a map in one piece
    lat, lon = (both[1], both[2]) if both else (lat, lon)
    if not (lat or lon):
        return None
    return {"lat": _degrees(lat), "lon": _degrees(lon)}


def _degrees(text: str) -> Any:
    return float(text.replace(",", ".")) if _DEGREES.fullmatch(text) else text


def _fits_point(q: Question, value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != set(RANGES):
        return False
    return all(
        isinstance(value[part], (int, float)) and not isinstance(value[part], bool)
        and low <= value[part] <= high
        for part, (low, high) in RANGES.items()
    )  # fmt: skip


def _point_schema(q: Question, locale: str) -> Shape:
    numbers = {p: {"type": "number", "minimum": low, "maximum": high} for p, (low, high) in RANGES.items()}
    return _closed(numbers)


def _say_point(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    lat, lon = (f"{value[part]:.{PLACES}f}".rstrip("0").rstrip(".") for part in ("lat", "lon"))
    vi = f"vĩ độ {lat.replace('.', ',')}; kinh độ {lon.replace('.', ',')}"
    return Text(vi, f"latitude {lat}, longitude {lon}")


POINT = Kind(
    wrong=Text(
        "Mục “{label}”: ghi vĩ độ (ví dụ 11,5643) và kinh độ (ví dụ 108,9886).",
        "“{label}”: write the latitude (such as 11.5643) and the longitude (such as 108.9886).",
    ),
    read=_read_point,
    show=lambda value, name: {f"{name}-{part}": [str(value[part])] for part in RANGES},
    fits=_fits_point,
    schema=_point_schema,
    spoken=_say_point,
    example=lambda q, chance: {
        "lat": chance.randint(8_000, 23_000) / 1000,
        "lon": chance.randint(102_000, 117_000) / 1000,
    },
    tidy=lambda value: {part: round(float(value[part]), PLACES) for part in RANGES},
)

KINDS: Mapping[str, Kind] = {
    "period": PERIOD, "partial_date": PARTIAL, "choices": CHOICES, "address": ADDRESS, "map_point": POINT,
}  # fmt: skip


def communes_in(q: Question, value: Any) -> Iterator[str]:
    """The codes of communes in an answer, of a group's entries too."""
    if not value:
        return
    if q.type == "commune" and isinstance(value, str):
        yield value
    elif q.type == "address" and isinstance(value, dict):
        yield str(value.get("commune", ""))
    elif q.type == "group" and isinstance(value, list):
        for entry in value:
            for part in q.questions if isinstance(entry, dict) else ():
                yield from communes_in(part, entry.get(part.key))


def said(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text | None:
    """The words of an answer of several parts; None for a plain type."""
    kind = KINDS.get(q.type)
    if kind is None:
        return None
    return BLANK if value is None else kind.spoken(q, value, lookup)
