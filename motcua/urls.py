"""Every address of the site, by audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("motcua.web.public.urls")),
]
