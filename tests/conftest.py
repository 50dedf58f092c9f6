"""What every test stands on: a home of its own, a hostile environment, real servers.

``--postgres`` (or MOTCUA_TEST_DB=postgres) runs the same tests on a private PostgreSQL cluster,
else they run on SQLite in a file. Settings are read after this, so nothing here imports motcua early.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.support import browser as browsers
from tests.support import cluster as clusters
from tests.support.mail import PostOffice, Server

ROOT = Path(__file__).resolve().parent.parent
# machines are shared and slow now and then: no example fails for its time, a found fault prints its blob
hypothesis_settings.register_profile(
    "motcua", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("motcua")
STATE = pytest.StashKey[dict[str, Any]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("motcua")
    group.addoption("--postgres", action="store_true", help="run on a private PostgreSQL cluster")
    group.addoption("--pictures", action="store_true", help="write the documents' pictures anew")
    group.addoption("--max-skips", type=int, default=None, help="fail when more tests than this are skipped")


def wants_postgres(config: pytest.Config) -> bool:
    return bool(config.getoption("--postgres")) or os.environ.get("MOTCUA_TEST_DB") == "postgres"


def runs_tests_itself(config: pytest.Config) -> bool:
    """False for the process that only hands out tests to others."""
    return hasattr(config, "workerinput") or not getattr(config.option, "tx", None)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give this process its home and database before the settings are read."""
    from django.conf import settings

    if settings.configured:
        raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: the tests set up their own home first")
    if not runs_tests_itself(config):
        return  # each worker process has a home and a database of its own
    home = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    state: dict[str, Any] = {"home": home, "cluster": None}
    config.stash[STATE] = state
    for name in [n for n in os.environ if n.startswith("MOTCUA_") and n != "MOTCUA_TEST_DB"]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ["MOTCUA_HOME"] = str(home)
    if wants_postgres(config):
        home.chmod(0o755)
        state["cluster"] = clusters.start(home / "cluster")
        os.environ["DATABASE_URL"] = state["cluster"].url
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # no collectstatic before tests


def pytest_unconfigure(config: pytest.Config) -> None:
    state = config.stash.get(STATE, None)
    if state is None:
        return
    if state["cluster"] is not None:
        state["cluster"].stop()
    shutil.rmtree(state["home"], ignore_errors=True)


def pytest_report_header(config: pytest.Config) -> str:
    return "database: " + ("PostgreSQL (private cluster)" if wants_postgres(config) else "SQLite (file)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if wants_postgres(config):
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgres")]
    if elsewhere:  # they have a run of their own; not run here is not the same as skipped
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hold the number of skipped tests to ``--max-skips``."""
    allowed = session.config.getoption("--max-skips")
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if allowed is None or reporter is None or hasattr(session.config, "workerinput"):
        return
    skipped = len(reporter.stats.get("skipped", []))
    if skipped > allowed:
        reporter.write_line("")
        reporter.write_line(f"{skipped} tests skipped, {allowed} allowed", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of a query without an order come in another order each time, as a database may give them."""
    from django.db.models.query import QuerySet

    fetch = QuerySet._fetch_all

    def shuffling(self: Any) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and len(self._result_cache) > 1 and not self.ordered:
            random.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffling)


@pytest.fixture(autouse=True)
def _no_packs_of_other_tests() -> None:
    """Row numbers come again after a rollback; a real revision never changes."""
    from motcua.catalogue.queries import revision_pack
    from motcua.catalogue.queries.procedures import revision_facts

    revision_pack.cache_clear()
    revision_facts.cache_clear()


@pytest.fixture(autouse=True)
def _no_tries_of_other_tests() -> None:
    """All tests of a process come from one address: what one has tried must not count against another."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="module", autouse=True)
def _no_titles_of_other_tests() -> None:
    """Row numbers come again after a rollback, with other titles."""
    from motcua.catalogue.queries.shelf import SHELF

    SHELF.clear()


@pytest.fixture
def now() -> datetime:
    """A working moment: Friday 10 July 2026, 09:00 in Viet Nam."""
    from motcua.core.periods import VIETNAM

    return datetime(2026, 7, 10, 9, 0, tzinfo=VIETNAM)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data beside the repository; skips, aloud, where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("real data is absent: ../shared/data")
    return folder


@pytest.fixture
def post_office(settings: Any) -> Iterator[PostOffice]:
    """A running SMTP server that the settings point to; ``.mails``, ``.to(address)``, ``.refuses``."""
    office = PostOffice()
    server = Server(office)
    server.start()
    settings.SMTP_URL = office.url
    yield office
    server.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running chromium, one a file of tests: playwright's event loop ends with it."""
    with browsers.chromium() as browser:
        # playwright keeps an event loop in this thread; our queries here stay ordinary ones
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        yield browser
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def live_site(live_server: Any, settings: Any) -> str:
    """Address of the portal, served from this process on a free port."""
    settings.PUBLIC_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def open_page(chromium: Any, live_site: str) -> Callable[..., AbstractContextManager[Any]]:
    """``with open_page(width=360, language="en", scripts=False) as page: page.goto("/")``."""

    def opened(**how: Any) -> AbstractContextManager[Any]:
        return browsers.page(chromium, live_site, **how)

    return opened


@pytest.fixture
def make_user(db: None, now: datetime) -> Callable[..., int]:
    """Make a person with an account, through the operations; answers the user's id."""
    from motcua.core.actor import SYSTEM
    from motcua.people import operations as people

    def make(username: str, password: str = "a long enough secret", **person: Any) -> int:
        person.setdefault("full_name", f"Người Thử {username}")
        person_id = people.create_person(**person, fictional=True, actor=SYSTEM, now=now)
        return people.create_account(
            username=username,
            password=password,
            display_name=person["full_name"],
            person_id=person_id,
            actor=SYSTEM,
            now=now,
        )

    return make


@pytest.fixture
def make_agency(db: None, now: datetime) -> Callable[..., int]:
    """Make a made-up agency, through the operations; answers its id."""
    from motcua.agencies import operations as agencies
    from motcua.core.actor import SYSTEM

    def make(identifier: str, *, level: str = "province", parent: str | None = None, **more: Any) -> int:
        more.setdefault("name_vi", f"Cơ quan {identifier}")
        more.setdefault("name_en", f"Agency {identifier}")
        more.setdefault("serves_code", None)
        return agencies.create_agency(
            identifier=identifier, level=level, parent=parent, made_up=True, actor=SYSTEM, now=now, **more
        )

    return make


@pytest.fixture
def appoint(db: None, now: datetime) -> Callable[..., Any]:
    """Give a user a post from the start of this year: ``appoint(user_id, "H43.31", Role.DESK)``."""
    from motcua.agencies import operations as agencies
    from motcua.core.actor import SYSTEM

    def give(user_id: int, agency: str, role: Any) -> Any:
        from_on = now.date().replace(month=1, day=1)
        return agencies.appoint(
            user_id=user_id, agency=agency, role=role, from_on=from_on, actor=SYSTEM, now=now
        )

    return give
