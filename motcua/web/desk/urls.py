"""Addresses of the desk."""

from django.urls import URLPattern, path

from motcua.web.desk import counter, dossier, recovery, worklist

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", worklist.work_list, name="worklist"),
    path("quay/", counter.find, name="counter_find"),
    path("quay/xong/<str:code>/", counter.done, name="counter_done"),
    path("quay/<str:code>/", counter.counter, name="counter"),
    path("khoi-phuc/", recovery.recovery, name="recovery"),
    path("<str:code>/", dossier.dossier, name="dossier"),
    path("<str:code>/<str:action>/", dossier.act, name="act"),
]
