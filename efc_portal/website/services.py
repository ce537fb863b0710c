"""Writes of the public site beside what editors do in the CMS."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import get_active_log_context
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.colleagues import SiteMessage, people_tell, people_who_may
from efc_portal.core.permissions import EDITORS_GROUP
from efc_portal.core.permissions import Permission as MayDo
from efc_portal.core.public_facts import public_facts_changed

if TYPE_CHECKING:
    from efc_portal.website.models import NewsCategory, ReportingPlace

# What editors may do. That they may enter the CMS at all comes from their role, not from this group.
# Nobody has the permission to publish: `permissions.py` says why.
PAGE_PERMISSIONS = ("add_page", "change_page", "lock_page", "unlock_page")
COLLECTION_PERMISSIONS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
MODEL_PERMISSIONS = (
    "wagtailcore.add_locale",
    "wagtailcore.delete_locale",  # one without pages
    "simple_translation.submit_translation",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
    "website.add_newscategory",
    "website.change_newscategory",
    "website.delete_newscategory",
    "website.add_reportingplace",
    "website.change_reportingplace",
    "website.delete_reportingplace",
)


def page_change_record(*, page: Page, action: str, actor: Actor | None = None) -> None:
    """Record what became of a public page, and through whom; what a schedule does, the portal itself does."""
    audit_record(
        action=action,
        category=Category.OPERATION,
        actor=actor or get_active_log_context().user,
        obj=page,
        title=page.title,
        url=page.url or "",
        language=page.locale.language_code,
    )


def redirect_record(*, redirect: Redirect, action: str) -> None:
    """Record that an address of the public site leads elsewhere from now on, or does not any more."""
    audit_record(
        action=action,
        category=Category.OPERATION,
        actor=get_active_log_context().user,
        obj=redirect,
        url=redirect.old_path,
        to=redirect.link or "",
    )


@transaction.atomic
def table_change_record(*, row: ReportingPlace | NewsCategory, action: str, actor: Actor, path: str) -> None:
    """Record what one person made of a place to report to or of a category, have the pages that show it made anew, and
    tell everybody else who may approve pages. `path` is where readers see it."""
    audit_record(
        action=action,
        category=Category.OPERATION,
        actor=actor,
        obj=row,
        title=row.name,
        code=getattr(row, "country", ""),
    )
    public_facts_changed()
    others = [person.pk for person in people_who_may(MayDo.SITE_APPROVE) if person.pk != actor.pk]
    people_tell(SiteMessage.CHANGED, others, path=path)


@transaction.atomic
def site_ground_prepare() -> None:
    """Whatever a public site needs before its first page: language, roots, and the editors' permissions. Repeatable."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page)))
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(instance=Collection(name="Root"))
    editors_group_prepare()
    workflow_prepare()


def editors_group_prepare() -> None:
    """Give the editors' group exactly its permissions, and take away the groups that Wagtail ships and nobody uses."""
    for label in ("wagtailcore", "wagtailimages", "wagtaildocs", "wagtailredirects", "website", "simple_translation"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    group, _made = Group.objects.get_or_create(name=EDITORS_GROUP)
    group.permissions.set(_permissions(MODEL_PERMISSIONS))
    root = Page.objects.get(depth=1)
    wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS)
    GroupPagePermission.objects.filter(group=group).exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    everything = Collection.objects.get(depth=1)
    files = _permissions(COLLECTION_PERMISSIONS)
    GroupCollectionPermission.objects.filter(group=group).exclude(collection=everything, permission__in=files).delete()
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=everything, permission=permission)
    Group.objects.filter(name="Moderators", user=None).delete()


def workflow_prepare() -> None:
    """Have every page wait for a second pair of eyes before it is published, and know no other workflow."""
    from efc_portal.website.models import SecondPairOfEyes

    task = SecondPairOfEyes.objects.first() or SecondPairOfEyes.objects.create(name="Second pair of eyes")
    workflow, _made = Workflow.objects.get_or_create(name="Approval")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})
    Workflow.objects.exclude(pk=workflow.pk).update(active=False)  # those that Wagtail ships
    Task.objects.exclude(pk=task.pk).update(active=False)


def site_address_follow() -> None:
    """Let the site's address be the one the portal is configured with."""
    address = urlsplit(settings.PORTAL_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site and (site.hostname, site.port, site.site_name) != (address.hostname, port, settings.WAGTAIL_SITE_NAME):
        site.hostname, site.port, site.site_name = address.hostname, port, settings.WAGTAIL_SITE_NAME
        site.save()


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    found = []
    for name in names:
        label, _dot, codename = name.partition(".")
        found.append(Permission.objects.get(content_type__app_label=label, codename=codename))
    return found
