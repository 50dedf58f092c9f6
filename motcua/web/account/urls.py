"""Addresses of the account pages: allauth's views that this site opens, and no others."""

from allauth.account import views as allauth_views
from django.urls import include, path

from motcua.web.account import acting, provider, recovery, sessions, tokens, views

urlpatterns = [
    path("", views.account, name="account"),
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", allauth_views.signup, name="account_signup"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("provider/", provider.leave, name="account_provider"),
    path("provider/callback/", provider.callback, name="account_provider_callback"),
    path("provider/first/", provider.first, name="account_provider_first"),
    path("provider/make/", provider.make, name="account_provider_make"),
    path("provider/link/", provider.link, name="account_provider_link"),
    path("provider/<int:identity_id>/unlink/", provider.unlink, name="account_provider_unlink"),
    path("sessions/", sessions.sessions, name="account_sessions"),
    path("sessions/<int:session_id>/end/", sessions.end, name="account_session_end"),
    path("tokens/", tokens.tokens, name="account_tokens"),
    path("tokens/<int:token_id>/end/", tokens.end, name="account_token_end"),
    path("acting/", acting.act, name="account_acting"),
    path("recover/", recovery.recover, name="account_recover"),
    path("2fa/", include("allauth.mfa.urls")),
]
