"""The OpenID Connect client: allauth's code flow with PKCE and state; nonce and signature checked here.

allauth neither sends a nonce nor checks the signature of an ID token that it fetched itself; both are
done here, so that a provider reached without TLS (the demo's) or a mixed-up answer is refused too.
"""

import hmac
import logging
import secrets
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.people.rules.identity import Arrival, SubjectMissing, read_arrival
from motcua.web.words import provider_name

log = logging.getLogger(__name__)
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
LEEWAY = 60  # seconds that the two clocks may differ


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What allauth asks this site about providers: no account is ever made by itself."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Always False: the site's own question makes accounts."""
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **more: Any
    ) -> None:
        """Say in words that it did not work, and that nothing was changed; the log says why."""
        if error != AuthError.CANCELLED:
            log.warning(
                "sign-in by the provider refused: %s (%r)", exception, getattr(exception, "__cause__", "")
            )
        raise ImmediateHttpResponse(refused(request, cancelled=error == AuthError.CANCELLED))


def refused(request: HttpRequest, *, cancelled: bool = False, status: int = 0) -> HttpResponse:
    """The page that says that signing in by the provider did not work, and what else to do."""
    context = {"provider_name": provider_name(), "cancelled": cancelled, "silent": status == 503}
    return render(
        request, "account/provider_failed.html", context, status=status or (200 if cancelled else 401)
    )


class Provider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The one provider of the settings; what it says of somebody becomes an ``Arrival``."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "provider")
        self.state: dict[str, Any] = {}
        self.arrival: Arrival | None = None

    def get_provider(self) -> Any:
        """allauth's generic provider, as the settings describe it."""
        app = SocialApp(
            provider="openid_connect",
            provider_id="provider",
            name=settings.OIDC_NAME,
            client_id=settings.OIDC_CLIENT_ID,
            secret=settings.OIDC_CLIENT_SECRET,
            settings={
                "server_url": settings.OIDC_ISSUER.rstrip("/"),
                "oauth_pkce_enabled": True,
                "scope": settings.OIDC_SCOPES.split(),
            },
        )
        provider = OpenIDConnectProvider(self.request, app=app)
        provider.get_oauth2_adapter = lambda request: self
        return provider

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes of itself; it must call itself as the settings call it."""
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != settings.OIDC_ISSUER:
            raise OAuth2Error("the provider calls itself otherwise than MOTCUA_OIDC_ISSUER")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends people back to: this site as it was asked for."""
        return request.build_absolute_uri(reverse("account_provider_callback"))

    def leave(self, *, process: str, next_url: str, fresh: bool) -> HttpResponse:
        """Send somebody to the provider; ``fresh`` demands that it asks them anew."""
        nonce = secrets.token_urlsafe(32)
        asked = {"nonce": nonce, **({"prompt": "login"} if fresh else {})}
        answer: HttpResponse = self.get_provider().redirect(
            self.request, process, next_url=next_url, auth_params=asked, nonce=nonce
        )
        return answer

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Check what came back and keep it as ``arrival``; ends allauth's part of the way."""
        try:
            claims = self._claims(kwargs["response"]["id_token"], token.token)
            level = settings.OIDC_LEVELS.get(str(claims.get("acr", "")), "0")
            self.arrival = read_arrival(
                claims,
                issuer=settings.OIDC_ISSUER,
                level=int(level) if level.isdigit() else 0,
                names=settings.OIDC_CLAIMS,
            )
        except (KeyError, TypeError, ValueError, SubjectMissing, jwt.PyJWTError) as error:
            raise OAuth2Error("the provider's answer cannot be trusted") from error
        raise ImmediateHttpResponse(HttpResponse(status=204))

    def _claims(self, id_token: str, access_token: str) -> dict[str, Any]:
        """The claims of ID token and userinfo of one subject; the token is signed, ours and fresh."""
        config = self.openid_config
        with get_adapter().get_requests_session() as session:
            keys = jwt.PyJWKSet.from_dict(session.get(config["jwks_uri"]).json())
        key = keys[jwt.get_unverified_header(id_token)["kid"]]
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key,
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
        if not hmac.compare_digest(str(claims.get("nonce", "")), str(self.state.get("nonce") or "none")):
            raise ValueError("nonce")
        if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
            raise ValueError("azp")
        if "userinfo_endpoint" in config:
            more = self._fetch_user_info(access_token)
            if more.get("sub") != claims["sub"]:
                raise ValueError("userinfo of another subject")
            claims = {**more, **claims}
        return claims


class Return(OAuth2CallbackView):  # type: ignore[misc]
    """allauth's way back from the provider; ``adapter.arrival`` holds who came, if all was right."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, answer = super()._get_state(request, provider)
        self.adapter.state = state or {}
        return state, answer


def come_back(request: HttpRequest) -> tuple[Provider, HttpResponse]:
    """Go through the provider's answer: the adapter (with an arrival or without) and a page for failures."""
    adapter = Provider(request)
    return adapter, Return.adapter_view(adapter)(request)
