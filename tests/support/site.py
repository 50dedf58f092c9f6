"""A portal started as people start it: ``motcua run``, real processes, a home of its own."""

import http.client
import re
import subprocess
import sys
from pathlib import Path

from tests.support.house import ROOT
from tests.support.processes import command, descendants, environment, until


class Site:
    """A started portal."""

    def __init__(self, home: Path, log: Path, port: int, *options: str) -> None:
        self.port, self.log = port, log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motcua.cli", "run", "--port", str(port), *options],
                cwd=ROOT,
                env=environment(home),
                stdout=out,
                stderr=out,
            )

    @property
    def words(self) -> str:
        return self.log.read_text()

    def ready(self) -> bool:
        until(lambda: "is ready" in self.words or self.process.poll() is not None, 180)
        assert "is ready" in self.words, self.words
        return True

    def status(self, path: str = "/livez") -> int | None:
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            client.request("GET", path)
            return client.getresponse().status
        except OSError:
            return None
        finally:
            client.close()

    def part(self, word: str) -> int:
        found = [pid for pid in descendants(self.process.pid) if word in command(pid)]
        return min(found)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def password(self) -> str:
        return re.findall(r"^  password: (\S+)$", self.words, re.MULTILINE)[0]

    @property
    def provider(self) -> str:
        return re.findall(r"identity provider: (\S+),", self.words)[0]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
