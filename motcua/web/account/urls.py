"""Addresses of the account pages: our own front, allauth behind it."""

from django.urls import include, path

from motcua.web.account import views

urlpatterns = [
    path("", views.account, name="account"),
    path("", include("allauth.urls")),
]
