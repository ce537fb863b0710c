"""Says how somebody signed in, for those whose last name is that way; and what the last name `late` is for."""

from __future__ import annotations

import time
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter


class Adapter(DefaultOIDCAdapter):
    def get_claims(self, purpose: str, user: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        claims = super().get_claims(purpose, user, *args, **kwargs)
        if user.last_name == "mfa":
            claims["amr"] = ["pwd", "mfa"]
        if user.last_name == "late":
            claims["exp"] = int(time.time()) - 120
        if user.last_name == "other":
            claims["aud"] = "another-site"
        return claims
