"""What the tests of mailings share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from bench.sink import Sink, sink_running
from efc_portal.partners.mailings.sending import batch_claim
from efc_portal.partners.models import Mailing
from tests.cast import Cast
from tests.factories.partners import PersonFactory


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """A mail server that the portal speaks SMTP with."""
    with sink_running() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 5
        yield running


@pytest.fixture
def send(django_capture_on_commit_callbacks: Callable) -> Callable[[Mailing], None]:
    """One run of the step, with what it does after its commit."""

    def run(mailing: Mailing) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            batch_claim(mailing_id=mailing.pk)
        mailing.refresh_from_db()

    return run


def coordinators(cast: Cast, number: int) -> list[str]:
    """More people of the bank who look after it; their addresses."""
    people = [
        PersonFactory(organisation=cast.bank, roles=["coordinator"], email=f"c{n:02}@meridian.example", name=f"C {n}")
        for n in range(number)
    ]
    return [person.email for person in people]
