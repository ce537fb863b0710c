"""Folders of `docs/` that are made from the code, by commands that also say when one is out of date."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation


class GeneratedFolder(BaseCommand):
    """Makes every file of a folder anew. With `--check` it writes nothing, and fails where a file is out of date."""

    requires_system_checks: list[str] = []
    source: str  # what the files are made from, as a sentence begins
    suffix: str

    @abstractmethod
    def folder(self) -> Path: ...

    @abstractmethod
    def made(self) -> dict[str, str]:
        """The text of each file, by its name, in English."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder, place = self.folder(), f"docs/{self.folder().name}/"
        with translation.override("en"):
            new = self.made()
        old = {path.name: path.read_text("utf-8") for path in folder.glob(f"*{self.suffix}")}
        if check:
            if stale := sorted(name for name in {*old, *new} if old.get(name) != new.get(name)):
                command = type(self).__module__.rpartition(".")[2]
                again = f"run “manage.py {command}” and commit {place}"
                raise CommandError(f"Out of date: {', '.join(stale)}. {self.source} changed: {again}.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in old.keys() - new.keys():
            (folder / name).unlink()
        for name, text in new.items():
            (folder / name).write_text(text, "utf-8")
            self.stdout.write(f"{place}{name}")
