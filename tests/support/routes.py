"""Every route of the site, with its parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {"int": "1", "uuid": str(UUID(int=7)), "slug": "x", "str": "x", "path": "x"}


@dataclass(frozen=True)
class Route:
    """A route by its name (with its namespaces); ``text`` is its address with ``<parameter>``s."""

    name: str
    text: str
    kinds: Mapping[str, str]  # parameter → converter: int, uuid, slug, str, path

    def address(self, ids: Mapping[str, str] = {}) -> str:
        """The address with ``ids`` filled in, and samples where there is none."""
        text = self.text
        for name, kind in self.kinds.items():
            text = text.replace(f"<{name}>", ids.get(name, SAMPLES[kind]))
        return text


def _walk(resolver: URLResolver, place: str, space: str, kinds: dict[str, str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        text, here = str(entry.pattern), dict(kinds)
        for name, converter in entry.pattern.converters.items():
            kind = next((k for k in SAMPLES if type(converter).__name__.lower().startswith(k[:3])), "str")
            text, here[name] = text.replace(f"<{kind}:{name}>", f"<{name}>"), kind
        text = place + text.removeprefix("^").removesuffix("$")
        if isinstance(entry, URLResolver):
            yield from _walk(entry, text, f"{space}{entry.namespace}:" if entry.namespace else space, here)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"/{text} has no name"
            yield Route(space + entry.name, f"/{text}", here)


@cache
def routes() -> tuple[Route, ...]:
    """All of them; one without a name is a fault."""
    return tuple(_walk(get_resolver(), "", "", {}))
