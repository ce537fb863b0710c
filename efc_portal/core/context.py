"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "portal_name": _(settings.WAGTAIL_SITE_NAME),
        "interface_languages": settings.INTERFACE_LANGUAGES,
    }
