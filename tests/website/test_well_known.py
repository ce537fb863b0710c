"""What machines look for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client, override_settings
from django.utils import timezone


def test_security_txt_has_what_rfc_9116_asks_for(client: Client) -> None:
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == "mailto:security@efc.invalid"
    assert fields["Canonical"] == "http://127.0.0.1:8000/.well-known/security.txt"
    assert fields["Policy"] == "http://127.0.0.1:8000/security/"
    ahead = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=120) < ahead < timedelta(days=365)


@override_settings(SECURITY_TXT="-----BEGIN PGP SIGNED MESSAGE-----\nContact: mailto:psirt@example.org\n")
def test_a_deployment_may_sign_its_own(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    assert text == "-----BEGIN PGP SIGNED MESSAGE-----\nContact: mailto:psirt@example.org\n"


def test_robots_stay_out_of_the_workspace(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert text.startswith("User-agent: *\n")
    assert "Disallow: /submissions/\n" in text
    assert "/news" not in text
