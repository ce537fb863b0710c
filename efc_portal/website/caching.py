"""How public answers are kept: by anybody, but never without asking first, so that an edit shows at once."""

from __future__ import annotations

import hashlib
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a rendered answer a validator; a reader who has it already gets 304 and no body.

    To whoever carries a session nothing is promised: `core.middleware.SecurityHeaders` forbids storing.
    """
    if response.status_code != 200 or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return response
    patch_cache_control(response, public=True, no_cache=True)
    response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return cast(HttpResponse, get_conditional_response(request, etag=response.headers["ETag"], response=response))
