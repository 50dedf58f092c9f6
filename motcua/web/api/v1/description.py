"""The API with its description: made once, completed with what the framework leaves out."""

from collections.abc import Iterator
from typing import Any

from ninja import NinjaAPI

from motcua.people.rules import SCOPES
from motcua.web.api.v1.auth import Token
from motcua.web.api.v1.examples import examples

_SCHEME = "Token"


class DescribedAPI(NinjaAPI):
    """Keeps its description; errors stand in it as problem+json, scopes and examples with each call."""

    _description: Any = None

    def get_openapi_schema(self, **how: Any) -> Any:
        """The OpenAPI 3.1 document; computed at the first call of a process."""
        if self._description is None:
            document = super().get_openapi_schema(**how)
            _problems(document)
            _scopes(document, dict(self._scopes_of_calls()))
            _examples(document)
            self._description = document
        return self._description

    def _scopes_of_calls(self) -> Iterator[tuple[str, str]]:
        """Operation id and scope of each call that wants a token."""
        for router in self._get_bound_routers():
            for view in router.path_operations.values():
                for operation in view.operations:
                    for auth in operation.auth_callbacks:
                        if isinstance(auth, Token):
                            yield self.get_openapi_operation_id(operation), auth.scope


def _calls(document: Any) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def _problems(document: Any) -> None:
    """The media type that errors really have."""
    for call in _calls(document):
        for status, answer in call["responses"].items():
            content = answer.get("content", {})
            if int(status) >= 400 and "application/json" in content:
                content["application/problem+json"] = content.pop("application/json")


def _scopes(document: Any, scopes: dict[str, str]) -> None:
    """What a token must carry: with each call, and all of them with the way to give it."""
    words = "; ".join(f"`{scope}`: {text.en}" for scope, text in SCOPES.items())
    scheme = document["components"]["securitySchemes"][_SCHEME]
    scheme["description"] = f"A token of `motcua token` or of one's account page. Scopes: {words}."
    for call in _calls(document):
        scope = scopes.get(call["operationId"])
        if scope:
            call["security"] = [{_SCHEME: [scope]}]
            call["description"] = f"{call.get('description', '')}\n\nScope of the token: `{scope}`.".strip()


def _examples(document: Any) -> None:
    """An example of each request and of its answers, as ``examples.json`` keeps them."""
    for call in _calls(document):
        answers = {str(status): answer for status, answer in call["responses"].items()}
        for where, value in examples(call["operationId"].rpartition("_v1_")[2]).items():
            part = call.get("requestBody", {}) if where == "request" else answers.get(where, {})
            for content in part.get("content", {}).values():
                content["example"] = value
