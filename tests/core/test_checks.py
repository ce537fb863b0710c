"""Every insecure setting has its own check, and a sentence that says what to change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from efc_portal.core import checks
from efc_portal.core.keys import FileKeyProvider, key_provider

GOOD: dict[str, Any] = {
    "PRODUCTION": True,
    "DEMO": False,
    "DEBUG": False,
    "DEMO_SECOND_FACTOR_CODE": "",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "SECRET_KEY_FALLBACKS": [],
    "ALLOWED_HOSTS": ["portal.example.org"],
    "PORTAL_URL": "https://portal.example.org",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "LANGUAGE_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 63072000,
    "CELERY_BROKER_URL": "amqp://guest:guest@127.0.0.1/",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "UNSCANNED_LOCKED": True,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
}
BAD: list[tuple[str, dict[str, Any]]] = [
    ("efc.E001", {"DEMO": True}),
    ("efc.E002", {"DEBUG": True}),
    ("efc.E003", {"DEMO_SECOND_FACTOR_CODE": "000000"}),
    ("efc.E003", {"MFA_TOTP_INSECURE_BYPASS_CODE": "000000"}),
    ("efc.E004", {"SECRET_KEY": "demo-only-secret-key-that-production-refuses"}),
    ("efc.E004", {"SECRET_KEY_FALLBACKS": ["django-insecure-0123456789abcdefghijklmnopqrstuvwxyz"]}),
    ("efc.E005", {"SECRET_KEY": "short"}),
    ("efc.E005", {"SECRET_KEY": "abab" * 20}),
    ("efc.E006", {"ALLOWED_HOSTS": []}),
    ("efc.E006", {"ALLOWED_HOSTS": ["*"]}),
    ("efc.E006", {"ALLOWED_HOSTS": [".example.org"]}),
    ("efc.E007", {"PORTAL_URL": "http://portal.example.org"}),
    ("efc.E008", {"PORTAL_URL": "https://other.example.org"}),
    ("efc.E009", {"MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True}),
    ("efc.E010", {"SESSION_COOKIE_SECURE": False}),
    ("efc.E010", {"CSRF_COOKIE_SECURE": False}),
    ("efc.E011", {"SECURE_HSTS_SECONDS": 0}),
    ("efc.E011", {"SECURE_SSL_REDIRECT": False}),
    ("efc.E014", {"CELERY_BROKER_URL": "filesystem://"}),
    ("efc.E014", {"CELERY_BROKER_URL": "memory://"}),
    ("efc.E015", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
    ("efc.E015", {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}),
    ("efc.E016", {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}),
    ("efc.E017", {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}}),
    ("efc.E018", {"UNSCANNED_LOCKED": False}),
    ("efc.E019", {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}),
]


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The settings of a sound production."""
    _set(monkeypatch, GOOD)
    return monkeypatch


def _set(monkeypatch: pytest.MonkeyPatch, values: dict[str, Any]) -> None:
    """Only what the checks read: nothing that Django would act upon changes."""
    for name, value in values.items():
        monkeypatch.setattr(checks, "settings", _Overlay(checks.settings, {name: value}))


class _Overlay:
    def __init__(self, below: LazySettings | _Overlay, values: dict[str, Any]) -> None:
        self.below, self.values = below, values

    def __getattr__(self, name: str) -> Any:
        return self.values[name] if name in self.values else getattr(self.below, name)


def found() -> list[str]:
    return [message.id for message in checks.production_checks()]


def test_a_sound_production_passes(production: pytest.MonkeyPatch) -> None:
    assert found() == []
    checks.refuse_insecure_start()


@pytest.mark.parametrize(("number", "values"), BAD)
def test_each_insecure_value_has_its_check(production: pytest.MonkeyPatch, number: str, values: dict[str, Any]) -> None:
    _set(production, values)
    assert found() == [number]
    with pytest.raises(ImproperlyConfigured, match=number):
        checks.refuse_insecure_start()


def test_every_check_says_what_to_change(production: pytest.MonkeyPatch) -> None:
    for _number, values in BAD:
        _set(production, values)
        for message in checks.production_checks():
            assert message.hint
            assert message.msg.endswith((".", "characters."))
        _set(production, GOOD)


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o777])
def test_a_key_folder_that_others_can_enter_is_refused(
    production: pytest.MonkeyPatch, tmp_path: Path, mode: int
) -> None:
    _keys(production, tmp_path).folder.chmod(mode)
    assert found() == ["efc.E012"]


def test_a_key_file_that_others_can_read_is_refused(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (_keys(production, tmp_path).folder / "match").chmod(0o644)
    assert found() == ["efc.E012"]


def test_missing_and_broken_keys_are_refused(production: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = _keys(production, tmp_path).folder
    (folder / "audit-mac").write_text("not base64!")
    assert found() == ["efc.E013"]
    (folder / "audit-mac").unlink()
    assert found() == ["efc.E013"]


def _keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FileKeyProvider:
    provider = FileKeyProvider(tmp_path / "keys")
    provider.create_missing()
    monkeypatch.setattr(checks, "key_provider", lambda: provider)
    return provider


def test_the_demonstration_on_a_public_name_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {"DEMO": True, "ALLOWED_HOSTS": ["127.0.0.1", "localhost"]})
    assert checks.demonstration_stays_here() == []
    _set(monkeypatch, {"ALLOWED_HOSTS": ["127.0.0.1", "portal.example.org"]})
    assert [message.id for message in checks.demonstration_stays_here()] == ["efc.W001"]


def test_tests_and_demonstration_start_without_them() -> None:
    checks.refuse_insecure_start()
    assert isinstance(key_provider(), FileKeyProvider)
