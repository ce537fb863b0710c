"""Error pages stand when everything else has fallen."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import RequestFactory, override_settings
from django.views.defaults import bad_request, server_error

HASHED = {**settings.STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500", "403_csrf"])
def test_needs_neither_context_nor_database_nor_manifest(name: str) -> None:
    """pytest-django refuses any query here; the manifest of static files does not exist."""
    with override_settings(STORAGES=HASHED, STATIC_ROOT="/nowhere"):
        page = get_template(f"{name}.html").render()
    assert "<h1>" in page
    assert "/static/css/tokens.css" in page
    assert "<script" not in page


@pytest.mark.parametrize(("view", "status"), [(server_error, 500), (bad_request, 400)])
def test_django_finds_them(view: object, status: int) -> None:
    request = RequestFactory().get("/")
    response = view(request) if view is server_error else view(request, Exception())  # type: ignore[operator]
    assert response.status_code == status
    assert b"<h1>" in response.content


def test_expected_failure_is_a_sentence() -> None:
    page = get_template("errors/application_error.html").render({"message": "The key <has> expired."})
    assert "The key &lt;has&gt; expired." in page
