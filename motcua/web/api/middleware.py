"""Whatever goes wrong under ``/api/`` is told as problem+json, also where no call of ours was reached."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from motcua.web.api.v1.problems import problem

KIND = "application/problem+json"
KEPT = ("Allow", "WWW-Authenticate", "Retry-After")


class ProblemsForMachines:
    """Turns an error page under ``/api/`` into a problem; what is one already passes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say the error in the API's own way."""
        response = self.get_response(request)
        told = response.get("Content-Type", "").startswith(KIND)
        if response.status_code < 400 or told or not request.path.startswith("/api/"):
            return response
        status = HTTPStatus(response.status_code)
        answer = problem(
            status=status.value, code=status.name.lower(), title=status.phrase, detail=status.description
        )
        for name in KEPT:
            if name in response:
                answer[name] = response[name]
        return answer
