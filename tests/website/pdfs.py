"""PDF files: with text, without, locked, broken."""

from __future__ import annotations

import io
import json

import pikepdf
import typst


def with_text(text: str, *, pages: int = 1) -> bytes:
    """A tagged PDF with a text on each page."""
    source = (
        "#set page(width: 200pt, height: 400pt)\n#let data = json(bytes(sys.inputs.text))\n"
        "#for one in data { page(one) }"
    )
    return typst.compile(source.encode(), format="pdf", sys_inputs={"text": json.dumps([text] * pages)})


def without_text(pages: int) -> bytes:
    """What a scanner without recognition of characters makes: pages, and no letter."""
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page()
        return saved(pdf)


def locked(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(user="secret", owner="secret"))


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()
