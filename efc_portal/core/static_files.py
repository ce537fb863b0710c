"""Static files as they are served: named by their content, and compressed once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

CLOCK_SECONDS = 0.01  # what is lost of a file's time where it is copied to another


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise compresses all files whenever they are collected. Here those that have not changed stay as they are:
    with brotli that is five of the seconds that a start takes."""

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        by_content = set(self.hashed_files.values())  # another content would have another name
        yield from super().compress_files([path for path in paths if not self._is_compressed(path, path in by_content)])

    def _is_compressed(self, path: str, by_content: bool) -> bool:
        file = Path(self.path(path))
        compressed = file.with_name(f"{file.name}.gz")
        if not compressed.exists():
            return False
        return by_content or compressed.stat().st_mtime >= file.stat().st_mtime - CLOCK_SECONDS
