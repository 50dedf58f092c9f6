"""Accessibility of a page in a real browser: axe, and no scrolling sideways."""

from pathlib import Path
from typing import Any

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations"


def violations(page: Any) -> list[str]:
    """What axe finds on the page that stands open, one line a rule, with the first places."""
    page.evaluate(AXE.read_text(encoding="utf-8") + "; true")
    return [
        f"{found['impact']} {found['id']}: {found['help']} at "
        + "; ".join(" ".join(map(str, node["target"])) for node in found["nodes"][:5])
        for found in page.evaluate(RUN, TAGS)
    ]


def assert_accessible(page: Any) -> None:
    """axe finds nothing at all, and the page does not scroll sideways. Needs a page with scripts on."""
    found = violations(page)
    assert not found, f"{page.url}:\n" + "\n".join(found)
    wide, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= shown, f"{page.url} is {wide} px wide in a window of {shown} px"


def sign_in(page: Any, username: str, password: str = "a long enough secret") -> None:
    """Sign in by the form; ends where the form leads."""
    page.goto("/tai-khoan/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
