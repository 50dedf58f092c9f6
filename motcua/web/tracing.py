"""A span for each request, named by its route."""

from django.http import HttpRequest, HttpResponse

from motcua.core.tracing import span
from motcua.web.middleware import Handler


class Traced:
    """The first to see a request and the last to see its answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the span holds method, route and status, nothing of who or what."""
        with span("request", **{"http.request.method": request.method or ""}) as current:
            response = self.get_response(request)
            if current is not None:
                match = request.resolver_match
                route = f"/{match.route}" if match else "(none)"
                current.update_name(f"{request.method} {route}")
                current.set_attribute("http.route", route)
                current.set_attribute("http.response.status_code", response.status_code)
            return response
