"""Addresses of the desk."""

from django.urls import URLPattern, path

from motcua.web.desk import (
    book,
    bulk,
    counter,
    dossier,
    handing_over,
    recovery,
    slips,
    voice,
    whole,
    worklist,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", worklist.work_list, name="worklist"),
    path("ca-co-quan/", whole.whole, name="whole"),
    path("tim/", whole.find, name="find"),
    path("quay/", counter.find, name="counter_find"),
    path("quay/xong/<str:code>/", counter.done, name="counter_done"),
    path("quay/<str:code>/", counter.counter, name="counter"),
    path("nhieu/<str:verb>/", bulk.bulk, name="bulk"),
    path("ban-giao/", handing_over.hand_over, name="hand_over"),
    path("khoi-phuc/", recovery.recovery, name="recovery"),
    path("so-theo-doi/", book.book, name="book"),
    path("so-theo-doi/so.pdf", book.book_pdf, name="book_pdf"),
    path("y-kien/", voice.voices, name="voices"),
    path("y-kien/phan-anh/<str:petition>/", voice.petition, name="petition"),
    path("y-kien/khieu-nai/<str:complaint>/", voice.complaint, name="complaint"),
    path("y-kien/danh-gia/<str:rated>/", voice.answer_rating, name="answer_rating"),
    path("y-kien/de-xuat/<str:proposal>/", voice.answer_proposal, name="answer_proposal"),
    path("<str:code>/phieu/<str:key>/thay/", slips.correct, name="correct_slip"),
    path("<str:code>/", dossier.dossier, name="dossier"),
    path("<str:code>/<str:action>/", dossier.act, name="act"),
]
