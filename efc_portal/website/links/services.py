"""Walking over the links of the public site: bounded, in slices, and taken up again wherever it was left.

A walk is a row. A worker claims it for some minutes, takes pages and then other sites one after the other, and commits
after each; another worker goes on when the claim has run out. One walk at a time, and in it one request at a time:
no host is asked twice at once, and never sooner than a second after the last time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.errors import Conflict
from efc_portal.core.public_hosts import Guard
from efc_portal.website.enums import LinkKind, LinkStatus
from efc_portal.website.links.extract import Found, links_of
from efc_portal.website.links.fetch import Answer, link_fetch
from efc_portal.website.links.inside import Inside
from efc_portal.website.models.links import Link, LinkCheck

logger = logging.getLogger(__name__)

SLICE = 20.0  # seconds of work before a worker lets others have a turn
CLAIM = timedelta(minutes=5)  # longer than a slice and its last request
PAUSE = 1.0  # seconds between two requests to one host
MOST_SITES = 3000  # addresses of other sites in one walk
FAULTY = (LinkStatus.BROKEN, LinkStatus.UNREACHABLE, LinkStatus.NOT_PUBLIC)


def link_check_start(*, actor: Actor | None) -> LinkCheck:
    """Begin a walk. `actor=None` is the calendar. One that runs already is a `Conflict`, unless it was left lying."""
    from efc_portal.website.tasks import links_check

    try:
        with transaction.atomic():
            for left in LinkCheck.objects.filter(finished_at=None):
                if left.is_left_lying:
                    LinkCheck.objects.filter(pk=left.pk).update(finished_at=timezone.now())
            check = LinkCheck.objects.create(
                asked_by_id=actor.pk if actor else None, pages=Page.objects.live().filter(depth__gt=1).count()
            )
            audit_record(action="links.check", category=Category.OPERATION, actor=actor, obj=check)
            transaction.on_commit(partial(links_check.delay), robust=True)  # unheard, beat's next message does it
    except IntegrityError as error:
        raise Conflict(_("The links are being checked already. Wait until that is done.")) from error
    return check


def link_check_go_on(*, guard: Guard | None = None, seconds: float = SLICE) -> bool:
    """Work on the open walk for some seconds, unless another worker is at it. Whether there is more to do."""
    now = timezone.now()
    open_checks = LinkCheck.objects.filter(finished_at=None, claimed_until__lte=now)
    if not open_checks.update(claimed_until=now + CLAIM):
        return False
    check = LinkCheck.objects.filter(finished_at=None).first()
    if check is None:  # ended in this very moment
        return False
    until = time.monotonic() + seconds
    more = _pages(check, until) or _sites(check, until, guard or Guard())
    if more:
        LinkCheck.objects.filter(pk=check.pk).update(claimed_until=timezone.now())
    else:
        LinkCheck.objects.filter(pk=check.pk).update(finished_at=timezone.now())
    return more


def _pages(check: LinkCheck, until: float) -> bool:
    """Read pages and try what leads within the site. Whether pages are left."""
    while time.monotonic() < until:
        page = Page.objects.live().filter(depth__gt=1, pk__gt=check.last_page).order_by("pk").first()
        if page is None:
            Link.objects.exclude(page__live=True).delete()
            return False
        with transaction.atomic():
            _page(page.specific)
            check.last_page = page.pk
            LinkCheck.objects.filter(pk=check.pk).update(last_page=page.pk, pages_done=F("pages_done") + 1)
    return True


def _page(page: Page) -> None:
    inside, found, now = Inside(page), links_of(page), timezone.now()
    known = {(link.kind, link.target): link for link in Link.objects.filter(page=page)}
    for link in found:
        row = known.pop((link.kind, link.target), None) or Link(page_id=page.pk, kind=link.kind, target=link.target)
        row.text = link.text
        if link.kind != LinkKind.EXTERNAL:
            _note(row, Answer(_status(inside, link)), now)
        row.save()
    Link.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


def _status(inside: Inside, link: Found) -> LinkStatus:
    try:
        with transaction.atomic():
            return inside.status(link)
    except Exception:  # an address that cannot be one, or a page that cannot be shown: the others are tried anyway
        logger.exception("A link within the site could not be tried.")
        return LinkStatus.BROKEN


def _note(row: Link, answer: Answer, now: datetime) -> None:
    row.status, row.code, row.moved_to, row.checked_at = answer.status, answer.code, answer.moved_to[:2000], now
    row.first_broken_at = (row.first_broken_at or now) if answer.status in FAULTY else None


def _due(check: LinkCheck) -> QuerySet[Link]:
    waiting = Q(checked_at=None) | Q(checked_at__lt=check.started_at)
    return Link.objects.filter(waiting, kind=LinkKind.EXTERNAL)


def _sites(check: LinkCheck, until: float, guard: Guard, fetch: Callable[[str, Guard], Answer] = link_fetch) -> bool:
    """Ask other sites, each address once, whichever pages lead there. Whether any are left."""
    if not settings.LINK_CHECK_EXTERNAL:
        return False
    urls = list(_due(check).order_by("target").values_list("target", flat=True).distinct()[:MOST_SITES])
    check.sites = check.sites_done + len(urls)
    LinkCheck.objects.filter(pk=check.pk).update(sites=check.sites)
    if check.sites_done:
        time.sleep(PAUSE)  # whom the slice before this one asked last is not known here
    asked_at: dict[str, float] = {}
    while urls and check.sites_done < MOST_SITES:
        if time.monotonic() >= until:
            return True
        url = min(urls, key=lambda one: asked_at.get(_host(one), 0.0))
        time.sleep(max(0.0, min(PAUSE, asked_at.get(_host(url), 0.0) + PAUSE - time.monotonic())))
        answer = fetch(url, guard)
        asked_at[_host(url)] = time.monotonic()
        urls.remove(url)
        check.sites_done += 1
        with transaction.atomic():
            for row in _due(check).filter(target=url):
                _note(row, answer, timezone.now())
                row.save()
            LinkCheck.objects.filter(pk=check.pk).update(sites_done=check.sites_done)
    return False


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return url
