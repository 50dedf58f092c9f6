"""Addresses of the desk."""

from django.urls import URLPattern, path

from motcua.web.desk import book, counter, dossier, recovery, slips, worklist

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", worklist.work_list, name="worklist"),
    path("quay/", counter.find, name="counter_find"),
    path("quay/xong/<str:code>/", counter.done, name="counter_done"),
    path("quay/<str:code>/", counter.counter, name="counter"),
    path("khoi-phuc/", recovery.recovery, name="recovery"),
    path("so-theo-doi/", book.book, name="book"),
    path("so-theo-doi/so.pdf", book.book_pdf, name="book_pdf"),
    path("<str:code>/phieu/<str:key>/thay/", slips.correct, name="correct_slip"),
    path("<str:code>/", dossier.dossier, name="dossier"),
    path("<str:code>/<str:action>/", dossier.act, name="act"),
]
