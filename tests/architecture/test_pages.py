"""Every route that answers people stands in the inventory of pages, or says why it is no page."""

from fnmatch import fnmatchcase

from tests.support.inventory import NO_PAGES, PAGES, routes_of
from tests.support.routes import routes


def test_every_page_is_in_the_inventory() -> None:
    """It is the list that axe, the HTML checker, the weights and the zoom are run over."""
    listed = routes_of()
    missing = {
        route.name
        for route in routes()
        if route.name not in listed and not any(fnmatchcase(route.name, pattern) for pattern in NO_PAGES)
    }
    assert not missing, (
        f"add to PAGES (or, with the reason, NO_PAGES) of tests/support/inventory.py: {missing}"
    )


def test_no_entry_is_left_over() -> None:
    names = {route.name for route in routes()}
    assert not [p for p in NO_PAGES if not any(fnmatchcase(n, p) for n in names)]
    assert len({page.name for page in PAGES}) == len(PAGES)
