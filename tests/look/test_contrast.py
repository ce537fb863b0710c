"""WCAG 2.2 AA, computed from the tokens in both modes: 4.5 for text, 3 for large text, edges of controls and focus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
TEXT, LARGE = 4.5, 3.0

PAIRS = [
    *[
        ("ink", ground, TEXT)
        for ground in ("paper", "desk", "surface", "tint", "good-tint", "danger-tint", "wait-tint")
    ],
    *[("muted", ground, TEXT) for ground in ("paper", "desk", "surface", "tint")],
    *[("brand", ground, TEXT) for ground in ("paper", "desk", "surface", "tint")],
    *[("brand-deep", ground, TEXT) for ground in ("paper", "desk", "surface", "tint")],
    *[("danger", ground, TEXT) for ground in ("paper", "desk", "surface", "danger-tint")],
    *[("inverse", ground, TEXT) for ground in ("brand", "brand-deep", "danger", "danger-deep")],
    ("good", "good-tint", TEXT),
    ("good", "surface", TEXT),
    ("wait", "wait-tint", TEXT),
    ("night-text", "night", TEXT),
    ("night-muted", "night", TEXT),
    ("accent", "surface", LARGE),  # the one key figure of a page, 33 px and more
    *[("edge", ground, LARGE) for ground in ("paper", "desk", "surface")],
    *[("focus", ground, LARGE) for ground in ("focus-ring", "night")],
]


def _tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--efc-([\w-]+):\s*(#[0-9a-f]{6})\b", css))


LIGHT = _tokens(TOKENS[TOKENS.index(":root") : TOKENS.index("prefers-color-scheme")])
DARK = LIGHT | _tokens(TOKENS[TOKENS.index("prefers-color-scheme") : TOKENS.index("@media print")])


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("mode", "tokens"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(mode: str, tokens: dict[str, str], front: str, ground: str, least: float) -> None:
    found = contrast(tokens[front], tokens[ground])
    assert found >= least, f"{mode}: {front} on {ground} is {found:.2f}, needs {least}"


@pytest.mark.parametrize("colour", ["#ff2b2b", "#ffc000", "#33ff00", "#ffffff"])
def test_tlp_labels_on_black(colour: str) -> None:
    assert colour in (Path(settings.BASE_DIR) / "static/css/components.css").read_text() or colour == "#ffffff"
    assert contrast(colour, "#000000") >= TEXT
