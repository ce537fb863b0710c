"""`manage.py bounce_receive`: take in letters of the secretariat that came back."""

from __future__ import annotations

import email
import mailbox
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from efc_portal.partners.mailings.bounces import bounce_note, bounce_read


class Command(BaseCommand):
    help = "Note which letters came back: one message on standard input, or every new one of a Maildir."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--maildir", metavar="FOLDER", help="read what is not marked as seen there, and mark it")
        parser.add_argument("--to", default="", help="the envelope's recipient of the message on standard input")

    def handle(self, *args: Any, maildir: str | None, to: str, **options: Any) -> None:
        """A message that is no bounce of ours is no error: a mail server would send it back once more."""
        if maildir is None:
            noted = self._take(sys.stdin.buffer.read(), to)
            self.stdout.write("Noted." if noted else "Nothing of ours came back with this message.")
            return
        read, noted_count = self._take_all(maildir)
        self.stdout.write(f"Read {read}, noted {noted_count}.")

    def _take_all(self, folder: str) -> tuple[int, int]:
        if not (Path(folder) / "new").is_dir():
            raise CommandError(f"{folder} is no Maildir: it has no folder “new”.")
        box, read, noted = mailbox.Maildir(folder, create=False), 0, 0
        for key in list(box.iterkeys()):
            message = box.get_message(key)
            if "S" in message.get_flags():
                continue
            read += 1
            noted += self._take(box.get_bytes(key), "")
            message.set_subdir("cur")
            message.add_flag("S")
            box[key] = message
        return read, noted

    def _take(self, raw: bytes, to: str) -> bool:
        bounce = bounce_read(email.message_from_bytes(raw), addressed=to)
        return bounce is not None and bounce_note(bounce)
