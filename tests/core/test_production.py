"""The settings of production, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from efc_portal.core.keys import FileKeyProvider

ROOT = Path(__file__).resolve().parents[2]
FULL = {
    "DJANGO_SETTINGS_MODULE": "efc_portal.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "portal.example.org",
    "PORTAL_URL": "https://portal.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",  # nothing here asks the database
    "CELERY_BROKER_URL": "amqp://guest:guest@127.0.0.1/",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "EFC portal <portal@example.org>",
}
START = [sys.executable, "-c", "import efc_portal.wsgi"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    FileKeyProvider(tmp_path / "keys").create_missing()
    return {"PATH": os.environ["PATH"], "EFC_VAR": str(tmp_path), **FULL}


def run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_check_deploy_is_clean(environment: dict[str, str]) -> None:
    done = run([sys.executable, "-W", "error::RuntimeWarning", "manage.py", "check", "--deploy"], environment)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_the_web_server_starts(environment: dict[str, str]) -> None:
    done = run(START, environment)
    assert done.returncode == 0, done.stderr


def test_it_refuses_to_with_an_insecure_value(environment: dict[str, str]) -> None:
    done = run(START, {**environment, "SECRET_KEY": "short", "PORTAL_URL": "http://portal.example.org"})
    assert done.returncode != 0
    assert "efc.E005" in done.stderr
    assert "efc.E007" in done.stderr


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_celery_refuses_as_well(environment: dict[str, str], part: str) -> None:
    command = [sys.executable, "-m", "celery", "-A", "efc_portal", part]
    done = run(command, {**environment, "SECRET_KEY": "short"})
    assert done.returncode != 0
    assert "efc.E005" in done.stderr + done.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "PORTAL_URL", "DATABASE_URL", "EMAIL_HOST", "DEFAULT_FROM_EMAIL"])
def test_what_is_missing_is_named(environment: dict[str, str], name: str) -> None:
    del environment[name]
    done = run(START, environment)
    assert f"{name} is not set" in done.stderr


def test_a_secret_may_stand_in_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(environment.pop("SECRET_KEY") + "\n")
    assert run(START, {**environment, "SECRET_KEY_FILE": str(file)}).returncode == 0
    done = run(START, {**environment, "SECRET_KEY_FILE": str(tmp_path / "nowhere")})
    assert "cannot be read" in done.stderr
