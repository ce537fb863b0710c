"""Reading a PDF's text and structure back, page by page, without another program."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    """A font's ToUnicode map: character code to text."""
    cmap, known = bytes(font.ToUnicode.read_bytes()), {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _PAIR.findall(block):
            known[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            start = int(text, 16)
            for number, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                known[code] = chr(start + number)
    return known


def _shown(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _unicode(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            current = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            for part in operands[0] if name == "TJ" else operands:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    yield "".join(current.get(int.from_bytes(raw[n : n + 2], "big"), "") for n in range(0, len(raw), 2))


def page_texts(pdf: pikepdf.Pdf) -> list[str]:
    """Each page's text with its blanks taken out, since lines may break anywhere."""
    return [re.sub(r"\s+", "", "".join(_shown(page))) for page in pdf.pages]


def structure(pdf: pikepdf.Pdf) -> list[tuple[int, str, pikepdf.Dictionary]]:
    """The structure tree as (depth, tag, element), in reading order."""
    found: list[tuple[int, str, pikepdf.Dictionary]] = []

    def walk(element: pikepdf.Object, depth: int) -> None:
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child, depth)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append((depth, str(element.S), element))
            if "/K" in element:
                walk(element.K, depth + 1)

    walk(pdf.Root.StructTreeRoot.K, 0)
    return found
