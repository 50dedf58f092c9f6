"""Addresses of the board."""

from django.urls import URLPattern, path

from motcua.web.board import index, indices, publishing, views

app_name = "board"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("chi-so-766/", index.index, name="index"),
    path("chi-so-766/<str:agency>/ky/", index.sign, name="sign_index"),
    path("cong-bo/", publishing.publishing, name="publishing"),
    path("papi/", indices.ranking, name="papi"),
    path("papi/<str:subject>/", indices.province, name="papi_province"),
    path("<slug:definition>/", views.figure, name="figure"),
    path("<slug:definition>/cach-tinh/", views.meaning, name="meaning"),
    path("<slug:definition>/ho-so/", views.detail, name="detail"),
]
