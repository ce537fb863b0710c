"""Names that Wagtail keeps in the database, and words that its French has wrong, in the language of whoever reads."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db.models.signals import post_init
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Task, Workflow

from efc_portal.website.models import SecondPairOfEyes

STORED = (gettext_noop("Approval"), gettext_noop("Second pair of eyes"))  # services.workflow_prepare

# Wagtail's French calls a language « région ». Named here, these words are found in the portal's own catalogue.
LANGUAGES = (
    gettext_noop("locale"),
    gettext_noop("Locale"),
    gettext_noop("Locale: "),
    gettext_noop("Locales"),
    gettext_noop("Wagtail locales"),
    gettext_noop("Switch locales"),
    gettext_noop("Available in %(translations_total)s locales"),
    gettext_noop("%(locales_count)s locales"),
    gettext_noop("Add a locale"),
    gettext_noop("Add locale"),
    gettext_noop("Locale '%(object)s' created."),
    gettext_noop("Locale '%(object)s' updated."),
    gettext_noop("Locale '%(object)s' deleted."),
    gettext_noop("The locale could not be saved due to errors."),
    gettext_noop("Delete locale"),
    gettext_noop("Are you sure you want to delete this locale?"),
)


class _Name(str):
    """A stored name. It is shown translated, and saved, compared and sought as it is stored."""

    __slots__ = ()

    def __str__(self) -> str:
        return gettext(str.__str__(self))

    def __html__(self) -> SafeString:
        return escape(str(self))


def _name(instance: Any, **_kwargs: Any) -> None:
    if instance.__dict__.get("name") in STORED:
        instance.name = _Name(instance.name)


for model in (Task, SecondPairOfEyes, Workflow):
    post_init.connect(_name, sender=model, dispatch_uid=f"website.names.{model.__name__}")


class _Translating(LogFormatter):
    """What Wagtail's history says of a step, with the step's name in the reader's language."""

    def __init__(self, formatter: LogFormatter) -> None:
        self.label = formatter.label
        self._formatter = formatter

    def format_message(self, log_entry: Any) -> Any:
        entry = copy(log_entry)
        entry.data = _translated(log_entry.data)
        return self._formatter.format_message(entry)

    def format_comment(self, log_entry: Any) -> Any:
        return self._formatter.format_comment(log_entry)


@hooks.register("register_log_actions", order=10)  # after Wagtail's own
def steps_by_name(actions: LogActionRegistry) -> None:
    for action, formatter in actions.formatters.items():
        if action.startswith("wagtail.workflow."):
            actions.formatters[action] = _Translating(formatter)


def _translated(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _translated(value) for key, value in data.items()}
    return gettext(data) if data in STORED else data
