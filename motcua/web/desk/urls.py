"""Addresses of the desk."""

from django.urls import URLPattern, path

from motcua.web.desk import dossier, worklist

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", worklist.work_list, name="worklist"),
    path("<str:code>/", dossier.dossier, name="dossier"),
    path("<str:code>/<str:action>/", dossier.act, name="act"),
]
