"""How soon a citizen's page shows its largest part on a weak signal and a slow processor.

python bench/pages.py [--rounds 3]

A site of its own on PostgreSQL, the demo province, Debian's chromium over its own protocol: 400 kbit/s
down and up, 400 ms delay, a processor slowed six times, no cache. Prints the largest contentful paint
(LCP), its limit, what came over the wire, and the machine.
"""

import argparse
import statistics
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from site_under_test import machine, running  # noqa: E402

from tests.support import browser as browsers  # noqa: E402

LIMIT_MS = 2_500
WEAK = {
    "offline": False,
    "latency": 400,  # ms from request to first byte
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWED = 6
PAGES = {
    "front page": "/",
    "search": "/thu-tuc/?q=giay+doc+than",
    "procedure": "/thu-tuc/1.004873/",
    "start": "/nop/1.004873/",
    "first question": "/nop/1.004873/dieu-kien/",
    "track": "/tra-cuu/",
    "sign-in": "/tai-khoan/login/",
}
LARGEST = """() => new Promise(done => new PerformanceObserver(list => {
  const all = list.getEntries(); done(all[all.length - 1].startTime);
}).observe({type: 'largest-contentful-paint', buffered: true}))"""


def visit(browser: Any, address: str) -> tuple[float, int]:
    """LCP in milliseconds and bytes over the wire of one first visit."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.send("Network.emulateNetworkConditions", WEAK)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    shown = float(page.evaluate(LARGEST))
    context.close()
    return shown, sum(sizes)


def main() -> int:
    """Measure and print; 1 when a page is slower than the limit."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=3)
    rounds = asked.parse_args().rounds
    print(machine())
    print(
        f"python bench/pages.py --rounds {rounds}: 400 kbit/s, 400 ms, processor ÷ {SLOWED}, 360 px, no cache"
    )
    slow = 0
    with running(workers=1) as site, browsers.chromium() as browser:
        for name, path in PAGES.items():
            visit(browser, site.address + path)  # templates and shelves of the server are warm afterwards
            taken = [visit(browser, site.address + path) for _ in range(rounds)]
            lcp = statistics.median(one for one, _ in taken)
            slow += lcp > LIMIT_MS
            print(
                f"  {name:15} LCP {lcp:5.0f} ms (limit {LIMIT_MS}), {taken[0][1] / 1024:.1f} KB over the wire"
            )
    return int(slow > 0)


if __name__ == "__main__":
    raise SystemExit(main())
