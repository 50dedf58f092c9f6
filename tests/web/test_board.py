"""The public board: figures, drill, definitions, dossiers for those who may, hostile addresses."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.core.actor import Role
from tests.monitoring.conftest import CODES, at, catalogue, count, land, make_dossier, offer

__all__ = ["catalogue", "count", "land", "make_dossier", "offer"]
pytestmark = pytest.mark.django_db

BOARD = "/bang-dieu-hanh/"
JUNE = "?from=2026-06-01&to=2026-06-30"
NAMES = ("provision", "services_with_dossiers", "online_emc", "online_2022", "online_766", "on_time_766")


@pytest.fixture
def some(
    make_dossier: Callable[..., Any], count: Callable[..., None], offer: Callable[..., None]
) -> list[Any]:
    """Eight dossiers: six of commune 12 (four of them online), two of the police, both online."""
    offer(CODES[0], "H43.12", "full")
    made = [make_dossier("H43.12", channel=2 if i < 4 else 1) for i in range(6)]
    made += [make_dossier("G01.20", CODES[1]) for _ in range(2)]
    count(*made)
    return made


@pytest.fixture
def leader(
    client: Client, make_user: Callable[..., int], appoint: Callable[..., Any], land: dict[str, int]
) -> Client:
    """A browser in which the leader of the province is signed in."""
    from django.contrib.auth import get_user_model

    user_id = make_user("leader")
    appoint(user_id, "H43", Role.LEADER)
    client.force_login(get_user_model().objects.get(pk=user_id), "motcua.web.account.backend.Backend")
    return client


def text_of(client: Client, path: str, status: int = 200, language: str = "en") -> str:
    client.cookies["motcua_language"] = language
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def plain(html: str) -> str:
    """The words of a page, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_each_figure_names_its_definition_and_its_counts(client: Client, some: list[Any]) -> None:
    html = text_of(client, BOARD + JUNE)
    for name in NAMES:
        assert f'id="{name}"' in html
        assert f"{BOARD}{name}/" in html
        assert f"{BOARD}{name}/cach-tinh/" in html
    words = plain(html)
    assert "6 / 8" in words  # online_2022
    assert "75%" in words
    assert "70%" in words  # the target of online_emc
    assert "Local block" in words


def test_every_chart_is_well_formed_labelled_and_has_its_table(client: Client, some: list[Any]) -> None:
    html = text_of(client, BOARD + JUNE)
    charts = re.findall(r"<svg class=\"mc-bars\".*?</svg>", html, flags=re.DOTALL)
    assert len(charts) == 6
    for chart in charts:
        svg = ElementTree.fromstring(chart)
        assert svg.get("role") == "img"
        ids = (svg.get("aria-labelledby") or "").split()
        assert [e.get("id") for e in svg if e.tag in {"title", "desc"}] == ids
        assert all(e.text for e in svg if e.tag in {"title", "desc", "text"})
        assert {e.get("x") for e in svg if e.tag == "rect"} == {"0"}  # bars begin at zero
    assert html.count("<table") == 6
    assert " style=" not in html
    assert "<script" not in html
    assert len(re.findall(r'id="([^"]+)"', html)) == len(set(re.findall(r'id="([^"]+)"', html)))


def test_names_are_escaped(client: Client, some: list[Any]) -> None:
    from motcua.catalogue.models import Procedure

    Procedure.objects.filter(code=CODES[0]).update(name_vi='<script>alert("1")</script> & "x"')
    html = text_of(client, f"{BOARD}online_2022/{JUNE}&by=procedure")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.feature("60")
def test_a_figure_drills_down_level_by_level(client: Client, some: list[Any]) -> None:
    blocks = text_of(client, f"{BOARD}online_2022/{JUNE}")
    assert "scope=block%3Alocal&amp;by=agency" in blocks
    local = plain(text_of(client, f"{BOARD}online_2022/{JUNE}&scope=block:local&by=agency"))
    assert "Agency H43" in local
    assert "Agency H43.12" not in local
    assert "4 of 6" in local
    province = plain(text_of(client, f"{BOARD}online_2022/{JUNE}&scope=H43&by=agency"))
    assert "Agency H43.12" in province
    places = plain(text_of(client, f"{BOARD}online_2022/{JUNE}&scope=place:56&by=place"))
    assert "6 of 8" in places  # the police count where they serve
    assert "Phan Rang" in places


def test_small_numbers_are_hidden_from_the_public_only(leader: Client, some: list[Any]) -> None:
    public = plain(text_of(Client(), f"{BOARD}online_2022/{JUNE}&by=procedure"))
    assert re.search(rf"Thủ tục {CODES[1]} fewer than 5", public)
    assert re.search(rf"Thủ tục {CODES[0]} 4 6", public)
    own = plain(text_of(leader, f"{BOARD}online_2022/{JUNE}&by=procedure"))
    assert re.search(rf"Thủ tục {CODES[1]} 2 2", own)
    hidden = plain(text_of(Client(), f"{BOARD}online_2022/{JUNE}&scope=procedure:{CODES[1]}"))
    assert "not shown" in hidden


def test_a_leader_opens_a_count_into_its_dossiers_inside_the_own_tree(
    leader: Client, some: list[Any]
) -> None:
    board = text_of(leader, f"{BOARD}online_2022/{JUNE}")
    assert f"{BOARD}online_2022/ho-so/" in board
    counted = text_of(leader, f"{BOARD}online_2022/ho-so/{JUNE}&which=numerator")
    assert {d.code for d in some if d.code in counted} == {d.code for d in some[:4]}
    whole = text_of(leader, f"{BOARD}online_2022/ho-so/{JUNE}")
    assert {d.code for d in some if d.code in whole} == {d.code for d in some[:6]}  # not the police's
    none = plain(text_of(leader, f"{BOARD}online_2022/ho-so/{JUNE}&scope=G01"))
    assert "No dossier of your agencies" in none
    services = text_of(leader, f"{BOARD}services_with_dossiers/ho-so/{JUNE}&which=numerator")
    assert {d.code for d in some if d.code in services} == {d.code for d in some[:4]}


def test_the_public_and_wrong_questions_get_not_found(
    client: Client, leader: Client, some: list[Any]
) -> None:
    assert Client().get(f"{BOARD}online_2022/ho-so/{JUNE}").status_code == 404
    assert "/ho-so/" not in re.sub(r'href="/ho-so/"', "", text_of(Client(), f"{BOARD}online_2022/{JUNE}"))
    for path in (
        f"online_2022/ho-so/{JUNE}&which=everything",
        f"online_2022/ho-so/{JUNE}&after=nonsense",
        f"provision/ho-so/{JUNE}",
        f"services_with_dossiers/ho-so/{JUNE}&which=denominator",
        f"nothing/ho-so/{JUNE}",
    ):
        assert leader.get(BOARD + path).status_code == 404, path


@pytest.mark.parametrize(
    "path",
    [
        "nothing/",
        "nothing/cach-tinh/",
        "online_2022/?scope=H99",
        "online_2022/?scope=place:%00",
        "?scope=%27%3B+DROP+TABLE",
        "?scope=" + "H" * 5000,
    ],
)
def test_what_there_is_not_is_not_found(client: Client, land: dict[str, int], path: str) -> None:
    assert client.get(BOARD + path).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?from=2026-13-01&to=2026-06-30",
        "?from=yesterday",
        "?from=2026-06-30&to=2026-06-01",
        "?from-day=31&from-month=2&from-year=2026",
        "?to-day=1&to-month=1&to-year=99999",
        "?from=1066-01-01",
        "?to=9999-12-31",
        "chi-so-766/?from=2011-01-01&to=5000-01-01",
        "?from=0000-00-00&to=",
        "?from=%F0%9F%98%80-%00-1",
    ],
)
def test_wrong_dates_are_said_in_words(client: Client, land: dict[str, int], query: str) -> None:
    html = text_of(client, BOARD + query, status=400)
    assert "govuk-error-summary" in html


def test_dates_come_in_three_boxes_too(client: Client, some: list[Any]) -> None:
    boxes = "?from-day=1&from-month=6&from-year=2026&to-day=30&to-month=6&to-year=2026"
    assert "6 / 8" in plain(text_of(client, BOARD + boxes))
    assert "6 / 8" not in plain(
        text_of(client, BOARD + boxes.replace("-month=6", "-month=5").replace("=30", "=31"))
    )


def test_an_empty_site_says_what_to_do(client: Client, db: None) -> None:
    words = plain(text_of(client, BOARD))
    assert "not applicable" in words
    assert "Choose another period" in words
    assert "nothing to count here" in plain(text_of(client, f"{BOARD}online_766/?by=place"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_definition_is_explained_in_both_languages(
    client: Client, db: None, name: str, language: str
) -> None:
    from motcua.monitoring.rules.definitions import definition

    found = definition(name)
    html = text_of(client, f"{BOARD}{name}/cach-tinh/", language=language)
    for words in (found.name, found.formula, found.above, found.below, *found.notes):
        assert words.to(language) in html.replace("&quot;", '"').replace("&#x27;", "'")


@pytest.mark.parametrize(
    "path", ["", "online_2022/", "on_time_766/", "services_with_dossiers/", "provision/"]
)
def test_queries_do_not_grow_with_the_dossiers(
    client: Client, make_dossier: Callable[..., Any], count: Callable[..., None], some: list[Any], path: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(BOARD + path + JUNE + "&by=agency").status_code == 200
        return len(seen)

    few = queries()
    count(
        *(
            make_dossier(a, c, received_at=at(i + 1))
            for i in range(9)
            for a in ("H43.13", "G15")
            for c in CODES
        )
    )
    assert queries() == few <= 12


def test_the_usual_period_is_this_year_until_today(client: Client, db: None) -> None:
    html = text_of(client, BOARD)
    assert re.search(r'name="from-day"[^>]*value="1"|name="from-day"[^>]*value="01"', html)
    assert f'value="{date.today().year}"' in html  # noqa: DTZ011


@pytest.mark.feature("69")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_units_are_shown_as_squares_that_lead_on(
    client: Client,
    some: list[Any],
    make_dossier: Callable[..., Any],
    count: Callable[..., None],
    language: str,
) -> None:
    count(*(make_dossier("H43.13") for _ in range(6)))
    page = text_of(client, f"{BOARD}online_2022/{JUNE}&by=agency&scope=H43", language=language)
    squares = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"><title>', page)
    assert len(squares) >= 2
    assert all("online_2022" in href and "scope=H43." in href for href, _ in squares)
    assert len({label for _, label in squares}) == len(squares)
    assert 'id="tiles"' not in text_of(client, f"{BOARD}online_2022/{JUNE}&by=block")


def test_the_leaders_board_names_what_is_behind_and_what_waits(leader: Client, some: list[Any]) -> None:
    html = text_of(leader, f"{BOARD}lanh-dao/{JUNE}")
    words = plain(html)
    assert "6 dossiers are overdue today" in words
    assert re.search(r"Agency H43\.12 6", words)
    assert "Sign the index of" in words
    assert "4 / 6" in words
    overdue = re.search(r'href="([^"]*on_time_766~open/ho-so/[^"]*)"', html)
    assert overdue is not None
    opened = text_of(leader, overdue[1].replace("&amp;", "&"))
    assert all(d.code in opened for d in some[:6])
    assert f"{BOARD}lanh-dao/" in text_of(leader, BOARD)
    assert f"{BOARD}lanh-dao/" not in text_of(Client(), BOARD)
    text_of(leader, f"{BOARD}lanh-dao/?scope=G15", 404)
    text_of(leader, f"{BOARD}lanh-dao/?from=2026-13-45", 400)


def test_an_officers_figures_open_on_the_own_agency(
    client: Client, make_user: Callable[..., int], appoint: Callable[..., Any], some: list[Any]
) -> None:
    from django.contrib.auth import get_user_model

    user_id = make_user("officer")
    appoint(user_id, "H43.12", Role.DESK)
    client.force_login(get_user_model().objects.get(pk=user_id), "motcua.web.account.backend.Backend")
    own = text_of(client, f"{BOARD}{JUNE}")
    assert re.search(r'<span class="govuk-caption-l">Agency H43\.12,', own)
    assert '<input type="hidden" name="scope" value="H43.12">' in own
    up = [
        h.replace("&amp;", "&")
        for h in re.findall(r'href="(/bang-dieu-hanh/\?[^"]*scope=national[^"]*)"', own)
    ]
    assert up
    assert "Agency H43.12," not in text_of(client, up[0]).split("<h1")[0]
    assert "Agency H43.12," not in text_of(Client(), f"{BOARD}{JUNE}").split("<h1")[0]


RESIDENCE = "/bang-dieu-hanh/bao-cao/residence/"


def test_a_day_of_a_report_that_is_none_is_told_at_its_box_and_the_rest_is_kept(leader: Client) -> None:
    text = text_of(leader, f"{RESIDENCE}?agency=H43&from-day=31&from-month=2&from-year=2022&to=2022-12-31")
    assert 'id="from-error"' in text
    assert re.search(r'name="from-day"[^>]* value="31"', text)
    assert "from=2022-01-01" in text  # the usual period stands meanwhile
    assert 'id="to-error"' in text_of(leader, f"{RESIDENCE}?from=2022-12-31&to=2022-01-01")


def test_the_agency_of_a_report_is_chosen_from_those_on_ones_own_line(leader: Client) -> None:
    options = re.findall(r'<option value="([^"]+)"', text_of(leader, RESIDENCE))
    assert "H43" in options
    assert not [one for one in options if not one.startswith("H43")]
    text_of(leader, f"{RESIDENCE}?agency=G15", status=404)
