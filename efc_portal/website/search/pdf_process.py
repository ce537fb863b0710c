"""A program of its own, run by `pdf.pdf_read`: reads a PDF from its input, and writes JSON.

    python -I pdf_process.py PAGES CHARACTERS MEMORY_BYTES SECONDS < file.pdf

It imports nothing of the portal and has no key, no settings and no database: what a hostile file could make of it is
worth nothing. It ends itself when it takes more memory or time than it was given.
"""

from __future__ import annotations

import json
import resource
import sys


def main() -> None:
    pages, characters, memory, seconds = map(int, sys.argv[1:])
    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (memory + len(content), memory + len(content)))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.write(json.dumps(read(content, pages, characters)))


def read(content: bytes, pages: int, characters: int) -> dict[str, object]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return {"locked": getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD, "broken": True}
    texts: list[str] = []
    left, unread = characters, 0
    for number in range(min(len(document), pages)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()[:left]
            page.close()
        except pypdfium2.PdfiumError:  # one damaged page
            unread += 1
            continue
        texts.append(text)
        left -= len(text)
        if left <= 0:
            break
    return {"pages": len(document), "text": "\n".join(texts), "broken": bool(unread) and unread == len(document)}


if __name__ == "__main__":
    main()
