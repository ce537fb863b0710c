"""What was compressed once is not compressed again, unless it changed."""

from __future__ import annotations

import os
from pathlib import Path

from efc_portal.core.static_files import StaticFiles


def test_only_what_changed_is_compressed_again(tmp_path: Path) -> None:
    for name in ("a.css", "b.css"):
        (tmp_path / name).write_text("p { color: black; }\n" * 200)
    storage = StaticFiles(location=str(tmp_path), base_url="/static/")
    first = {compressed for _name, compressed in storage.compress_files(["a.css", "b.css"])}
    assert {"a.css.gz", "a.css.br", "b.css.gz", "b.css.br"} == first
    assert list(storage.compress_files(["a.css", "b.css"])) == []
    (tmp_path / "b.css").write_text("p { color: white; }\n" * 200)
    later = (tmp_path / "a.css").stat().st_mtime + 5
    os.utime(tmp_path / "b.css", (later, later))
    assert {name for name, _compressed in storage.compress_files(["a.css", "b.css"])} == {"b.css"}
