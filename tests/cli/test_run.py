"""``motcua run`` as people use it: real processes, on SQLite in a home of its own."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.cluster import free_port
from tests.support.house import ROOT
from tests.support.processes import alive, command, descendants, until
from tests.support.site import Site

Start = Callable[..., Site]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def start(home: Path, tmp_path: Path) -> Iterator[Start]:
    sites: list[Site] = []

    def starting(*options: str, port: int | None = None) -> Site:
        site = Site(home, tmp_path / f"{len(sites)}.log", port or free_port(), *options)
        sites.append(site)
        return site

    yield starting
    for site in sites:
        family = descendants(site.process.pid)
        if site.process.poll() is None:
            site.process.terminate()
            site.process.wait(30)
        for pid in alive(family):
            os.kill(pid, signal.SIGKILL)


def test_it_starts_prints_and_stops_everything(start: Start) -> None:
    site = start("--no-demo")
    assert site.ready()
    assert f"http://localhost:{site.port}" in site.words
    assert site.status() == 200
    family = descendants(site.process.pid)
    assert len(family) >= 3, "web, its worker process, and the worker"
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(30) == 0, site.words
    assert alive(family) == set()
    assert site.status() is None
    assert "Traceback" not in site.words


def test_nothing_outlives_a_killed_supervisor(start: Start) -> None:
    site = start("--no-demo")
    assert site.ready()
    family = descendants(site.process.pid)
    site.process.kill()
    assert until(lambda: not alive(family)), [command(pid) for pid in alive(family)]
    assert site.status() is None


@pytest.mark.parametrize("part", ["granian", "motcua.cli work"])
def test_a_killed_part_comes_back(start: Start, part: str) -> None:
    site = start("--no-demo")
    assert site.ready()
    family = descendants(site.process.pid)
    killed = site.part(part)
    os.kill(killed, signal.SIGKILL)
    assert until(lambda: "starting it again" in site.words), site.words
    assert until(lambda: site.status() == 200)
    assert until(lambda: descendants(site.process.pid) - family)
    assert killed not in alive({killed})


def test_a_taken_port_is_refused_with_the_way_out(start: Start) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        site = start("--no-demo", port=other.getsockname()[1])
        assert site.process.wait(30) == 1
    assert "cannot be used" in site.words
    assert "PORT=" in site.words
    assert "Traceback" not in site.words


def test_a_home_that_cannot_be_written_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    site = Site(tmp_path / "home", tmp_path / "log", free_port())
    assert site.process.wait(60) == 1
    assert "MOTCUA_HOME must be a folder" in site.words
    assert "Traceback" not in site.words


def test_a_new_home_gets_its_demo_once(tmp_path: Path) -> None:
    passwords = []
    for turn in range(2):
        site = Site(tmp_path / "demo", tmp_path / f"{turn}.log", free_port())
        try:
            assert site.ready()
            assert site.status("/") == 200, site.words
            assert ("loading the demo" in site.words) == (turn == 0)
            assert "INFO" not in site.words, "the worker's lines belong in its file"
            assert until(lambda: "worker started" in (tmp_path / "demo/worker.log").read_text())
            for username in ("citizen", "desk", "signatory", "operator"):
                assert re.search(rf"^  {username} ", site.words, re.MULTILINE)
            if turn == 1:  # its own process, in its own home, mended when killed
                assert (tmp_path / "demo/idp/provider.sqlite3").is_file()
                kill_its_provider(site)
            family = descendants(site.process.pid)
            passwords += re.findall(r"^  password: (\S+)$", site.words, re.MULTILINE)
        finally:
            site.process.terminate()
            site.process.wait(30)
        assert not alive(family), "the provider stops with the rest"
    assert len(passwords) == 2
    assert passwords[0] == passwords[1]


@pytest.mark.parametrize("refused", ["SITES=5", "TRAINING=1"])
def test_what_comes_later_is_refused_with_its_reason(refused: str) -> None:
    done = subprocess.run(["make", "run", refused], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode != 0
    assert "refused for now" in done.stderr
    assert "issue" in done.stderr


def kill_its_provider(site: Site) -> None:
    assert "newcomer" in site.words
    os.kill(site.part("motcua.web.idp.wsgi"), signal.SIGKILL)
    assert until(lambda: "identity provider ended" in site.words), site.words
    assert until(lambda: answers(f"{site.provider}/livez"))


def answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == 200
    except httpx.HTTPError:
        return False
