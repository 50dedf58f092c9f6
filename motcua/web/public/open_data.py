"""Open data: a page, monthly files, and the catalogues of DCAT-AP 3 and CPSV-AP 3.2 as JSON-LD."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.catalogue.queries import described
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.monitoring.queries import OPEN_COLUMNS, OpenRow, open_months, open_rows
from motcua.web.public.cpsv import CONTEXT, both, public_service
from motcua.web.requests import EdgeRequest

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
SERVICES_A_PAGE = 100  # some kilobytes each
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


@require_safe
def page(request: EdgeRequest) -> HttpResponse:
    """What there is, under which licence, how small numbers are kept."""
    months = open_months(local_day(request.now), actor=request.actor)
    files = [
        (month, [(form.upper(), _file(month, form)) for form in MEDIA])
        for month in months[:24]
    ]  # fmt: skip
    return render(request, "public/open_data.html", {"files": files, "licence": LICENCE})


def _file(month: date, form: str) -> str:
    return reverse("open_month", args=[f"{month:%Y-%m}", form])


@require_safe
def month(request: EdgeRequest, month: str, form: str) -> StreamingHttpResponse:
    """The figures of one month; raises ``NotFound`` for a month or form that there is not."""
    found = _MONTH.fullmatch(month)
    if found is None or form not in MEDIA:
        raise NotFound
    day = date(int(found[1]), int(found[2]), 1)
    rows = open_rows(day, local_day(request.now), actor=request.actor)
    lines = _csv(rows) if form == "csv" else _json(rows)
    answer = StreamingHttpResponse(lines, content_type=MEDIA[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="motcua-{month}.{form}"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Link"] = f'<{LICENCE}>; rel="license"'
    return answer


class _Echo:
    def write(self, value: str) -> str:
        return value


def _csv(rows: Iterable[OpenRow]) -> Iterator[str]:
    writer = csv.DictWriter(_Echo(), OPEN_COLUMNS, lineterminator="\r\n")
    yield ",".join(OPEN_COLUMNS) + "\r\n"
    for row in rows:
        yield str(writer.writerow(row.as_record()))


def _json(rows: Iterable[OpenRow]) -> Iterator[str]:
    """One object a line inside one list."""
    start = "["
    for row in rows:
        yield f"{start}\n{json.dumps(row.as_record(), ensure_ascii=False)}"
        start = ","
    yield "[]" if start == "[" else "\n]\n"


@require_safe
def catalogue(request: EdgeRequest) -> JsonResponse:
    """The catalogue of datasets (DCAT-AP 3)."""
    base, publisher = settings.PUBLIC_URL, {"@type": "foaf:Agent", "foaf:name": settings.SITE_NAME}
    months = open_months(local_day(request.now), actor=request.actor)
    datasets = [_dataset(base, one, publisher) for one in months]
    return _linked(
        {
            "@context": DCAT,
            "@id": base + reverse("open_catalogue"),
            "@type": "dcat:Catalog",
            "dct:title": _both("Dữ liệu mở của " + settings.SITE_NAME, f"Open data of {settings.SITE_NAME}"),
            "dct:description": _both(
                "Số liệu dịch vụ công theo tháng và danh mục thủ tục.",
                "Monthly figures of public services, and the catalogue of procedures.",
            ),
            "dct:publisher": publisher,
            "dct:license": {"@id": LICENCE},
            "dct:language": ["vi", "en"],
            "dcat:dataset": [*datasets, _services_dataset(base, publisher)],
        }
    )


def _dataset(base: str, month: date, publisher: dict[str, str]) -> dict[str, Any]:
    name = f"{month:%Y-%m}"
    return {
        "@id": f"{base}{reverse('open_data')}#{name}",
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _both(
            f"Số liệu dịch vụ công tháng {month:%m/%Y}", f"Figures of public services, {name}"
        ),
        "dct:description": _both(
            "Tử số, mẫu số và tỷ lệ theo cơ quan; số nhỏ được ẩn.",
            "Numerators, denominators and rates by agency; small numbers are hidden.",
        ),
        "dct:publisher": publisher,
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": month.isoformat()},
        "dct:accrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/MONTHLY",
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": base + _file(month, form)},
                "dcat:downloadURL": {"@id": base + _file(month, form)},
                "dcat:mediaType": media.partition(";")[0],
                "dct:license": {"@id": LICENCE},
            }
            for form, media in MEDIA.items()
        ],
    }


def _services_dataset(base: str, publisher: dict[str, str]) -> dict[str, Any]:
    address = base + reverse("open_services")
    return {
        "@id": f"{base}{reverse('open_data')}#services",
        "@type": "dcat:Dataset",
        "dct:identifier": "services",
        "dct:title": _both("Danh mục thủ tục hành chính", "Catalogue of administrative procedures"),
        "dct:description": _both("Theo CPSV-AP 3.2.", "By CPSV-AP 3.2."),
        "dct:publisher": publisher,
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": address},
                "dcat:mediaType": "application/ld+json",
                "dct:license": {"@id": LICENCE},
            }
        ],
    }


@require_safe
def services(request: EdgeRequest) -> JsonResponse:
    """The catalogue of procedures (CPSV-AP 3.2), by code, so many a page."""
    after, base = request.GET.get("after", "").replace("\x00", "")[:20], settings.PUBLIC_URL
    page = described(local_day(request.now), after=after, limit=SERVICES_A_PAGE, actor=request.actor)
    places = {"vocabulary": base + reverse("open_data"), "events": base + reverse("life_events")}
    graph = [
        public_service(row, address=base + reverse("procedure", args=[row.code]), **places)
        for row in page.items
    ]
    if page.next:  # a node like the others: an "@id" beside "@graph" would make a graph of that name
        graph.append({"@id": _page_of(after), "hydra:next": {"@id": _page_of(page.next)}})
    return _linked({"@context": CONTEXT, "@graph": graph})


def _page_of(after: str) -> str:
    address = settings.PUBLIC_URL + reverse("open_services")
    return f"{address}?{urlencode({'after': after})}" if after else address


def _both(vi: str, en: str) -> list[dict[str, str]]:
    return both(Text(vi, en))


def _linked(document: dict[str, Any]) -> JsonResponse:
    answer = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Type"] = "application/ld+json"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
