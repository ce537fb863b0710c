"""Everything that is recorded has words, so that no page shows a dotted name."""

from __future__ import annotations

import re
from pathlib import Path

import efc_portal
from efc_portal.audit.enums import Category
from efc_portal.audit.services import PAYLOAD_KEYS
from efc_portal.audit.words import ACTIONS, CATEGORIES, PAYLOAD, category_text, object_type_text
from efc_portal.submissions.enums import AttachmentStatus
from efc_portal.workflow.transitions import lifecycles

SOURCE = Path(efc_portal.__file__).parent
_LITERAL = re.compile(r"(?:action=|_record\(|_look\(\s*request,\s*|_record\([\w.]+, )\"([a-z_]+\.[a-z_]+)\"")


def recorded() -> set[str]:
    """The actions that the code records: literals, transitions, and what a scan of a file ends with."""
    names = {name for path in SOURCE.rglob("*.py") for name in _LITERAL.findall(path.read_text())}
    names |= {
        f"{one.noun}.{name}" for one in lifecycles() for name in one.transitions if not one.noun.startswith("test")
    }
    return names | {f"attachment.{status}" for status in AttachmentStatus if status != AttachmentStatus.STORED}


def test_every_action_has_words() -> None:
    assert recorded() - set(ACTIONS) == set()


def test_words_speak_of_nothing_that_is_gone() -> None:
    scheduled = {"page.publish", "page.schedule"}  # chosen in one expression
    assert set(ACTIONS) - recorded() - scheduled == set()


def test_kinds_and_payload_keys_have_words() -> None:
    assert set(CATEGORIES) == set(Category)
    assert set(PAYLOAD) == PAYLOAD_KEYS


def test_what_has_no_words_is_shown_as_it_is() -> None:
    assert category_text("unheard") == "unheard"
    assert object_type_text("later.thing") == "thing"
    assert object_type_text("website.newspage") == "Page of the public site"
