"""The real server with the demo province, in a home of its own, and a scene that shows every page."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import randrange
from typing import Any

import httpx

from tests.support.cluster import free_port
from tests.support.house import ROOT
from tests.support.inventory import Page
from tests.support.processes import environment

CODE = "1.004873"
SIGN_IN = "/tai-khoan/login/"
COOKIE = "motcua_csrf"


@dataclass(slots=True)
class DemoSite:
    """Where the site answers, whom one may be, and the browsers that are signed in."""

    address: str
    password: str
    environment: dict[str, str]
    signed_in: dict[str, httpx.Client] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)  # recovery codes: the second factor

    def client(self, who: str = "", language: str = "vi") -> httpx.Client:
        """A signed-in client (nobody when ``who`` is empty); one sign-in a person and language."""
        key = f"{who} {language}"
        if key not in self.signed_in:
            client = httpx.Client(base_url=self.address, timeout=60)
            client.cookies.set("motcua_language", language)
            if who:
                self.sign_in(client, *who.split(", "))
            self.signed_in[key] = client
        return self.signed_in[key]

    def sign_in(self, client: httpx.Client, who: str, how_far: str = "") -> None:
        """Send the sign-in form, then a recovery code where one is asked; "half way" stops there."""
        led = post(client, SIGN_IN, {"login": who, "password": self.password})
        assert led.status_code == 302, (who, led.status_code)
        if "/2fa/" in led.headers["Location"] and how_far != "half way":
            led = post(client, led.headers["Location"], {"code": self.codes[who].pop()})
            assert led.status_code == 302, (who, led.status_code)

    def open(self, page: Page, language: str = "vi") -> httpx.Response:
        """Ask for a page as the person who sees it, after what has to be sent before."""
        client = self.client(page.who, language)
        for address, data in page.before:
            post(client, address, dict(data))
        if page.data is not None:
            return post(client, page.address, dict(page.data))
        answer = client.get(page.address)
        if answer.status_code == 302 and "/reauthenticate/" in answer.headers["Location"]:
            post(client, answer.headers["Location"], {"password": self.password})
            answer = client.get(page.address)
        return answer

    def motcua(self, *words: str) -> str:
        """A command of the program on this site; what it prints."""
        return run(["-m", "motcua.cli", *words], self.environment)

    def python(self, module: str, *words: str) -> Any:
        """The JSON that a module of the tests prints, run inside this site."""
        return json.loads(run(["-m", module, *words], self.environment).splitlines()[-1])


def run(words: list[str], surroundings: dict[str, str]) -> str:
    """Run this Python; what it prints; its errors are the failure's words."""
    done = subprocess.run(
        [sys.executable, *words], env=surroundings, cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def post(client: httpx.Client, address: str, data: dict[str, Any] | None = None) -> httpx.Response:
    """Send a form with the token that its page set."""
    if COOKIE not in client.cookies:
        client.get(SIGN_IN)
    token = {"csrfmiddlewaretoken": client.cookies[COOKIE]}
    caller = ".".join(str(randrange(1, 255)) for _ in range(4))  # limits count by address; here all are one
    headers = {"Referer": f"{client.base_url}{address}", "X-Forwarded-For": caller}
    return client.post(address, data={**token, **(data or {})}, headers=headers)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 90.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            httpx.get(f"{address}/livez", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"the site does not start: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def running(home: Path, **settings: str) -> Iterator[DemoSite]:
    """Make the demo in ``home`` and serve it on a free port; ends with its process group."""
    settings = {"MOTCUA_TRUSTED_PROXIES": "1", **settings}
    surroundings = environment(home, DJANGO_SETTINGS_MODULE="motcua.settings", **settings)
    password = re.search(r"password: (\S+)", run(["-m", "motcua.cli", "demo"], surroundings))
    assert password, "the demo names no password"
    port, log = free_port(), home / "served.log"
    address = f"http://127.0.0.1:{port}"
    surroundings["MOTCUA_PUBLIC_URL"] = address
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "motcua.cli", "serve", "--port", str(port)],
            env=surroundings, cwd=ROOT, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    site = DemoSite(address, password[1], surroundings)
    try:
        _wait(address, server, log)
        yield site
    finally:
        for client in site.signed_in.values():
            client.close()
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
