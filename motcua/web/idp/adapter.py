"""What the demo's identity provider says of its made-up people."""

from collections.abc import Iterable
from typing import Any

import cryptography.hazmat.primitives.serialization  # allauth uses it without importing it
from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from motcua.core.actor import SYSTEM
from motcua.demo.queries import provider_level
from motcua.people.queries import person_profile

__all__ = ["DemoProvider", "cryptography"]


class DemoProvider(DefaultOIDCAdapter):  # type: ignore[misc]
    """Claims of a demo person; ``acr`` is the level at which they were identified."""

    def get_claims(
        self, purpose: str, user: Any, client: Any, scopes: Iterable[str], **more: Any
    ) -> dict[str, Any]:
        """``acr`` always; name, number, birth date, sex and telephone with the scope ``profile``."""
        claims = {"sub": self.get_user_sub(client, user), "acr": str(provider_level(user.username))}
        if "profile" not in scopes or user.person_id is None:
            return claims
        person = person_profile(user.person_id, actor=SYSTEM)
        told = {
            "name": person.full_name,
            "personal_number": person.personal_number,
            "birthdate": person.birth_on and person.birth_on.isoformat(),
            "gender": person.sex,
            "phone_number": person.phone,
        }
        return {**claims, **{name: value for name, value in told.items() if value}}
