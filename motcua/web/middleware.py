"""What every request passes through (placeholder bodies; owned by the web pages)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


class SafetyHeaders:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class ChosenLanguage(SafetyHeaders):
    pass


class ActorAtTheEdge(SafetyHeaders):
    pass


class RefusalsInWords(SafetyHeaders):
    pass
