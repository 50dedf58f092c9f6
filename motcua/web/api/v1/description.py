"""The API with its description: made once, completed with what the framework leaves out."""

from typing import Any

from ninja import NinjaAPI


class DescribedAPI(NinjaAPI):
    """Keeps its description; errors stand in it as problem+json."""

    _description: Any = None

    def get_openapi_schema(self, **how: Any) -> Any:
        """The OpenAPI 3.1 document; computed at the first call of a process."""
        if self._description is None:
            self._description = _completed(super().get_openapi_schema(**how))
        return self._description


def _completed(document: Any) -> Any:
    """The framework's document with the media type that errors really have."""
    for path in document["paths"].values():
        for call in path.values():
            for status, answer in call["responses"].items():
                content = answer.get("content", {})
                if int(status) >= 400 and "application/json" in content:
                    content["application/problem+json"] = content.pop("application/json")
    return document
