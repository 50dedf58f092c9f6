"""Errors of the API: problem+json (RFC 9457) with code, title, detail and errors[]."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.operations import AnswersRefused

BAD_TOKEN = Text("Thiếu mã truy cập, hoặc mã không còn hiệu lực.", "The token is missing or not in force.")
BAD_INPUT = Text("Dữ liệu gửi lên chưa đúng.", "The data sent is not right.")


class MissingScope(Refusal):
    """The token does not carry the scope of this call."""

    code = "missing_scope"
    cause = Text("Mã truy cập không có quyền “{scope}”.", "The token does not have scope “{scope}”.")
    next_step = Text("Dùng mã truy cập có quyền này.", "Use a token that has it.")
    status = 403


class TooMany(Refusal):
    """Too many tries from one place."""

    code = "too_many_tries"
    cause = Text("Bạn đã thử quá nhiều lần.", "There were too many tries.")
    next_step = Text("Thử lại sau 15 phút.", "Try again in 15 minutes.")
    status = 429


def problem(
    *, status: int, code: str, title: str, detail: str = "", errors: Iterable[Mapping[str, Any]] = ()
) -> HttpResponse:
    """One error as the contract gives it."""
    body = {
        "type": f"about:blank#{code}", "status": status, "code": code, "title": title, "detail": detail,
        "errors": list(errors),
    }  # fmt: skip
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type="application/problem+json; charset=utf-8",
    )


def words(text: Text) -> str:
    """A text in the language of the call."""
    return text.to(get_language() or "vi")


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    errors: list[dict[str, Any]] = []
    if isinstance(refusal, AnswersRefused):
        errors = [{"pointer": e.pointer, "message": words(e.message)} for e in refusal.errors]
    return problem(
        status=refusal.status, code=refusal.code, title=words(refusal.cause), detail=words(refusal.next_step),
        errors=errors,
    )  # fmt: skip


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = []
    for fault in error.errors:
        place = [str(p) for p in fault.get("loc", ()) if p not in {"body", "query", "path", "header", "data"}]
        errors.append({"pointer": "/" + "/".join(place[1:] or place), "message": str(fault.get("msg", ""))})
    return problem(status=422, code="invalid_request", title=words(BAD_INPUT), errors=errors)


def _unauthorised(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(status=401, code="unauthorised", title=words(BAD_TOKEN))
    answer.headers["WWW-Authenticate"] = 'Bearer realm="motcua"'
    return answer


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(status=error.status_code, code="bad_request", title=words(BAD_INPUT), detail=str(error))


def install(api: NinjaAPI) -> None:
    """Give the API its error handlers."""
    handlers: dict[type[Exception], Any] = {
        Refusal: _refused,
        ValidationError: _invalid,
        AuthenticationError: _unauthorised,
        HttpError: _http,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
