"""The little SVG that charts need: elements, text, and scales. Colours are classes, so that they follow the page."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

SMALLEST = 1e-12  # below it, a figure is nothing


def element(name: str, content: str = "", **attributes: object) -> str:
    """One element. `class_` is written class; underscores become hyphens; content is markup already."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(text: object, **attributes: object) -> str:
    return element("text", escape(str(text)), **attributes)


def picture(parts: list[str], *, width: float, height: float, label: str, class_: str) -> SafeString:
    """The whole drawing: an image to a screen reader, with one sentence instead of its parts."""
    return mark_safe(  # noqa: S308  every part was escaped by `element` and `words`
        element(
            "svg",
            "".join(parts),
            class_=f"chart {class_}",
            viewBox=f"0 0 {_plain(width)} {_plain(height)}",
            role="img",
            aria_label=label,
            focusable="false",
        )
    )


def path(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{_plain(x)},{_plain(y)}" for x, y in points)


def shown(value: Decimal, unit: str) -> str:
    """A figure as the page's language writes it, with its unit."""
    figure = value.normalize()
    places = max(0, -int(figure.as_tuple().exponent))
    text = number_format(figure, decimal_pos=places, use_l10n=True, force_grouping=True)
    if unit == "%" and (get_language() or "en").startswith("en"):
        return f"{text}%"
    return f"{text}\u00a0{unit}" if unit else text


def wrapped(text: str, most: int) -> list[str]:
    """A label in lines of at most so many characters, broken between words."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def spread(wanted: list[float], sizes: list[float], top: float, bottom: float) -> list[float]:
    """Centres for labels as near as may be to where they are wanted, in order, without overlap, between two edges."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    places = list(wanted)
    edge = top
    for i in order:
        places[i] = max(places[i], edge + sizes[i] / 2)
        edge = places[i] + sizes[i] / 2
    edge = bottom
    for i in reversed(order):
        places[i] = min(places[i], edge - sizes[i] / 2)
        edge = places[i] - sizes[i] / 2
    return places


def nice_top(largest: float, steps: int = 4) -> float:
    """The end of an axis: the least round number that holds the largest value in equal round steps."""
    if largest < SMALLEST:
        return float(steps)
    power = 1.0
    while power * 10 * steps <= largest:
        power *= 10
    while power * steps > largest * 10:
        power /= 10
    return next(power * m * steps for m in (1, 2, 2.5, 5, 10, 20, 50, 100) if power * m * steps >= largest)


def _plain(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
