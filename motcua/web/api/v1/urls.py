"""The API and its description."""

from django.urls import path

from motcua import __version__
from motcua.web.api.v1 import (
    attachments,
    catalogue,
    complaints,
    dossiers,
    papers,
    problems,
    public,
    uploads,
    voice,
    webhooks,
)
from motcua.web.api.v1.description import DescribedAPI

api = DescribedAPI(
    title="Motcua",
    version=__version__,
    description="Một cửa: find, file, follow, handle, verify, count. Errors are problem+json (RFC 9457).",
    urls_namespace="api-v1",
    docs_url=None,
)
problems.install(api)
api.add_router("", catalogue.router)
api.add_router("", public.router)
api.add_router("", dossiers.router)
api.add_router("", papers.router)
api.add_router("", uploads.router)
api.add_router("", voice.router)
api.add_router("", complaints.router)
api.add_router("", attachments.router)
api.add_router("", webhooks.router)
urlpatterns = [path("", api.urls)]
