"""The first page of a referral's report, out of the package that the agency downloads."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pyrage
import typst

PIXELS_PER_INCH = 110
PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("report.pdf", page: 1, width: 210mm)\n'


def first_page(package: bytes, keys: Path) -> bytes:
    """A PNG. `keys` is the folder in which the demo left each agency's private key."""
    with tempfile.TemporaryDirectory(prefix="efc-report-") as folder:
        (Path(folder) / "report.pdf").write_bytes(_report(package, keys))
        source = Path(folder) / "page.typ"
        source.write_text(PAGE)
        picture = typst.compile(str(source), format="png", ppi=PIXELS_PER_INCH)
    assert isinstance(picture, bytes)
    return picture


def _report(package: bytes, keys: Path) -> bytes:
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(package, [*_identities(keys)]))) as archive:
        name = next(one for one in archive.namelist() if one.endswith("report.pdf"))
        return archive.read(name)


def _identities(keys: Path) -> list[pyrage.x25519.Identity]:
    lines = [line for file in keys.iterdir() for line in file.read_text().splitlines()]
    return [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
