"""`manage.py audit_public_key`: what an outsider needs to verify the signatures of the record's blocks."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management.base import BaseCommand, CommandError

from efc_portal.audit.seal import public_key
from efc_portal.core.errors import ApplicationError


class Command(BaseCommand):
    help = "Print the Ed25519 public key (PEM) that the audit record's blocks are signed with."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = public_key()
        except ApplicationError as error:
            raise CommandError(error.message) from error
        pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self.stdout.write(pem.decode(), ending="")
