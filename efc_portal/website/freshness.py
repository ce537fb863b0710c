"""What the public pages depend on, and what a change of it makes stale (`core.page_cache`).

| tag | what | drops |
|---|---|---|
| `page:<id>` | anything of a page | its own answers, and the lists that show it |
| `face:<id>` | its title, address, or whether it is public | pages that link to it |
| `news:<locale>`, `reports:…`, `letters:…` | what is in a list, and in which order | pages that show such a list |
| `navigation:<locale>` | what header and footer lead to | every page of the language |
| `translations:<key>` | in which languages a page exists | the page in all its languages |
| `picture:<id>`, `document:<id>` | a file | pages that show or offer it |
| `pages` | any page | what shows all of them, such as a sitemap |
| `site` | the site's address, its languages, snippets | every page |

Pages, pictures and documents need not be named by whoever shows them: loading one while an answer is made is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import CharField, Field, Model, TextField
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site, get_page_models
from wagtail.snippets.models import get_snippet_models

from efc_portal.core.page_cache import EVERYTHING, cache_changed, depends_on
from efc_portal.website.models import Picture, PublicDocument
from efc_portal.website.models.base import PublicPage

FACE = ("title", "url_path", "live", "show_in_menus")
MENUS = ("live", "show_in_menus", "show_in_footer")
BOOKKEEPING = {  # of drafts, schedules and the tree: readers see none of it
    *("draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "live_revision"),
    *("go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by", "owner", "alias_of"),
    *("first_published_at", "last_published_at", "numchild", "content_type"),
}
MOST = 500  # pages whose address changes at once; beyond, everything is dropped


def models_shown() -> list[type[Model]]:
    return [Page, *_page_models(), Picture, PublicDocument]


def models_everywhere() -> list[type[Model]]:
    """What may stand on any page."""
    return [Site, Locale, *get_snippet_models()]


def models_of_pages() -> set[type[Model]]:
    """Rows that are edited as a part of a page, such as the files of a report."""
    related = (relation.related_model for page in _page_models() for relation in get_all_child_relations(page))
    return {model for model in related if model._meta.app_label == PublicPage._meta.app_label}


def models_saved() -> list[type[Page]]:
    """A schedule withdraws pages of every kind as plain ones."""
    return [Page, *_page_models()]


def _page_models() -> list[type[PublicPage]]:
    return [model for model in get_page_models() if issubclass(model, PublicPage)]


# --- what an answer shows


def shown(instance: Any, **_kwargs: Any) -> None:
    """Something was loaded, perhaps for an answer. A plain `Page` knows its face alone."""
    if instance.pk:
        depends_on(_own_tag(instance))


def _own_tag(instance: Any) -> str:
    kind = {Page: "face", Picture: "picture", PublicDocument: "document"}.get(type(instance), "page")
    return f"{kind}:{instance.pk}"


# --- what changes


def page_remember(instance: Any, update_fields: Iterable[str] | None = None, **_kwargs: Any) -> None:
    """Before a page is saved: what readers see of it now."""
    instance._as_it_was = None
    if instance.pk and not _only_draft(update_fields):
        names = [field.attname for field in instance._meta.concrete_fields if not isinstance(field, StreamField)]
        instance._as_it_was = type(instance)._base_manager.filter(pk=instance.pk).values(*names).first()


def page_saved(instance: Any, update_fields: Iterable[str] | None = None, **_kwargs: Any) -> None:
    before = instance.__dict__.pop("_as_it_was", None)
    if _only_draft(update_fields) or not (instance.live or (before and before["live"])):
        return
    cache_changed(*_tags_of_change(instance, before))


def page_deleted(instance: Any, **_kwargs: Any) -> None:
    cache_changed(*_tags_of_change(instance, None))


def page_moved(instance: Any, **_kwargs: Any) -> None:
    cache_changed(*_tags_of_change(instance.specific, None), *_tags_below(instance))


def part_saved(instance: Any, created: bool, **_kwargs: Any) -> None:
    for page in _pages_of(instance):
        cache_changed(f"page:{page.pk}", "pages", *(_lists_of(page) if created else ()))


def part_deleted(instance: Any, **_kwargs: Any) -> None:
    part_saved(instance, created=True)


def file_changed(instance: Any, **_kwargs: Any) -> None:
    cache_changed(_own_tag(instance))


def everywhere_changed(**_kwargs: Any) -> None:
    cache_changed("site")


def _only_draft(update_fields: Iterable[str] | None) -> bool:
    return update_fields is not None and {name.removesuffix("_id") for name in update_fields} <= BOOKKEEPING


def _tags_of_change(page: Any, before: dict[str, Any] | None) -> set[str]:
    """What a change makes stale; without a page's former state, whatever it can be part of."""

    def changed(*names: str) -> bool:
        return before is None or any(before[name] != getattr(page, name) for name in names if name in before)

    tags = {f"page:{page.pk}", "pages"}
    if changed(*FACE):
        tags.add(f"face:{page.pk}")
    if changed(*(field.attname for field in page._meta.concrete_fields if _orders(field))):
        tags.update(_lists_of(page))
    if changed(*MENUS) and any((before or {}).get(name) or getattr(page, name, False) for name in MENUS[1:]):
        tags.add(f"navigation:{page.locale_id}")
    if changed("live", "locale_id", "translation_key"):
        tags.add(f"translations:{page.translation_key}")
    if before is not None and changed("url_path"):
        tags.update(_tags_below(page))
    return tags


def _orders(field: Field[Any, Any]) -> bool:
    """Whether a field can move a page within a list, or into one or out of it: all but text can."""
    return field.name not in BOOKKEEPING and (
        bool(field.choices) or not isinstance(field, (CharField, TextField, StreamField))
    )


def _lists_of(page: Page) -> set[str]:
    listing = getattr(page.specific_class, "listing", "")
    return {f"{listing}:{page.locale_id}"} if listing else set()


def _tags_below(page: Page) -> set[str]:
    below = list(Page.objects.filter(path__startswith=page.path).exclude(pk=page.pk).values_list("pk", flat=True))
    return {EVERYTHING} if len(below) > MOST else set(chain(*((f"page:{pk}", f"face:{pk}") for pk in below)))


def _pages_of(part: Any) -> list[PublicPage]:
    keys = (field for field in part._meta.concrete_fields if field.is_relation)
    found = [getattr(part, key.name) for key in keys if issubclass(key.related_model, PublicPage)]
    return [page for page in found if page is not None]
