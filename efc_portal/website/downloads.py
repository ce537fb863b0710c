"""Giving documents out, to everybody once a public page shows them, and counting that.

A number for each document and day, without cookies, and nothing of who asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from crawleruseragents import is_crawler
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from efc_portal.website.models import DownloadCount
from efc_portal.website.selectors import document_is_public

View = Callable[..., HttpResponse]


def published(view: View) -> View:
    """A view of documents, for everybody where a public page shows one, and else for whoever may use the CMS.

    Whoever has a copy asks each time whether it is still public. What is not public nobody keeps, and nobody counts.
    """
    public, draft = counted(cache_control(public=True, no_cache=True)(view)), cache_control(no_store=True)(view)

    @wraps(view)
    def wrapped(request: HttpRequest, document_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if document_is_public(document_id):
            return public(request, document_id, *args, **kwargs)
        request.user.is_superuser = False  # as in the CMS, where roles decide
        if request.user.has_perm("wagtailadmin.access_admin"):
            return draft(request, document_id, *args, **kwargs)
        raise Http404

    return wrapped


def counted(view: View) -> View:
    """A view of documents that counts each whole document it gives to a person."""

    @wraps(view)
    def wrapped(request: HttpRequest, document_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, document_id, *args, **kwargs)
        if response.status_code == 200 and asked_by_a_person(request):
            download_count(document_id=int(document_id), day=timezone.localdate())
        return response

    return wrapped


def asked_by_a_person(request: HttpRequest) -> bool:
    """Whether a request fetches a document for somebody to read, as far as one can tell.

    Not counted: questions without a body (HEAD), the rest of a file that was begun before (Range), what a browser
    fetches before anybody asked, and robots, known by a list that others keep (crawler-user-agents) or by saying
    nothing of what they are.
    """
    agent = request.headers.get("User-Agent", "")
    return (
        request.method == "GET"
        and request.headers.get("Range", "bytes=0-").replace(" ", "").startswith("bytes=0-")
        and "prefetch" not in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
        and bool(agent.strip())
        and not is_crawler(agent[:500])
    )


def download_count(*, document_id: int, day: date) -> None:
    """Add one to a document's downloads of a day. Many at once all count: the database adds."""
    table = DownloadCount._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS known (document_id, day, count) VALUES (%s, %s, 1)"  # noqa: S608  our own word
            " ON CONFLICT (document_id, day) DO UPDATE SET count = known.count + 1",
            [document_id, day],
        )
