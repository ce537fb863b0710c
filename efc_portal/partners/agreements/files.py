"""PDFs of the memorandum as answers: always a download under a plain name."""

from __future__ import annotations

from django.http.response import HttpResponseBase


def pdf_answer(response: HttpResponseBase, *, name: str) -> HttpResponseBase:
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
