"""The three kinds of charts. Each is drawn for a wide, a middle and a narrow column; the page shows the one that fits.

Direct labels instead of a legend; the last series takes the accent, since it is where things go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.safestring import SafeString

from efc_portal.website.charts.sheet import Figures, Series
from efc_portal.website.charts.svg import element, nice_top, path, picture, shown, spread, words, wrapped

MOST_SERIES = 4
LONGEST_NUMBER = 9  # digits of a label that is to scale


@dataclass(frozen=True)
class Frame:
    """The measures of one drawing, in its own units. `side` holds the labels of the series at the right edge."""

    class_: str
    width: float
    height: float
    left: float
    side: float
    size: float
    characters: int

    @property
    def right(self) -> float:
        return self.width - self.side

    @property
    def top(self) -> float:
        return self.size

    @property
    def bottom(self) -> float:
        return self.height - self.size * 2

    def x(self, share: float) -> float:
        return self.left + (self.right - self.left) * share

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * share


FRAMES = (
    Frame("wide", 640, 340, 46, 158, 14, 22),
    Frame("middle", 500, 330, 44, 116, 14, 16),
    Frame("narrow", 320, 290, 38, 96, 13, 13),
)


def drawn(kind: str, figures: Figures, *, unit: str, label: str) -> list[SafeString]:
    """The drawings of a chart of a kind (`bars`, `lines`, `shares`), one for each frame."""
    draw = KINDS[kind]
    made = []
    for frame in FRAMES:
        parts, height = draw(figures, frame, unit)
        made.append(picture(parts, width=frame.width, height=height, label=label, class_=frame.class_))
    return made


def bars(figures: Figures, frame: Frame, unit: str) -> tuple[list[str], float]:
    """One bar a label, each under its own name, so that a long name never squeezes the bars."""
    values = figures.series[0].values
    most = max((*values, Decimal(0))) or Decimal(1)
    step = frame.size * 2.9
    room = frame.width - frame.size * (max(len(shown(value, unit)) for value in values) * 0.56 + 1)
    parts = []
    for i, (name, value) in enumerate(zip(figures.labels, values, strict=True)):
        y = i * step
        length = max(1.0, room * float(value / most))
        shade = "s4" if value == most and values.count(most) == 1 else "s2"
        parts.append(words(name, x=0, y=y + frame.size, font_size=frame.size))
        parts.append(element("rect", x=0, y=y + frame.size * 1.4, width=length, height=frame.size, class_=shade))
        parts.append(
            words(shown(value, unit), x=length + 6, y=y + frame.size * 2.25, font_size=frame.size, class_="strong")
        )
    return parts, step * len(values)


def lines(figures: Figures, frame: Frame, unit: str) -> tuple[list[str], float]:
    """A line a series over equal steps, from nothing to a round number above the largest value."""
    end = nice_top(float(max(value for series in figures.series for value in series.values)))
    xs = _positions(figures.labels)
    parts = _axes(frame, figures.labels, xs, [(n / 4, shown(_rounded(end * n / 4), unit)) for n in range(5)])
    wanted = []
    for n, series in enumerate(figures.series):
        points = [(frame.x(x), frame.y(float(value) / end)) for x, value in zip(xs, series.values, strict=True)]
        shade = _shade(n, len(figures.series))
        parts.append(element("polyline", points=path(points), class_=f"line l{shade}"))
        parts.append(element("circle", cx=points[-1][0], cy=points[-1][1], r=4, class_=f"s{shade}"))
        wanted.append(points[-1][1])
    return parts + _names(frame, figures.series, wanted), frame.height


def shares(figures: Figures, frame: Frame, unit: str) -> tuple[list[str], float]:
    """How a whole is divided, label by label: areas that always fill the height."""
    xs = _positions(figures.labels)
    wholes = [sum(values) or Decimal(1) for values in zip(*(s.values for s in figures.series), strict=True)]
    lower = [0.0] * len(xs)
    parts, wanted = [], []
    for n, series in enumerate(figures.series):
        upper = [low + float(value / whole) for low, value, whole in zip(lower, series.values, wholes, strict=True)]
        edge = [(frame.x(x), frame.y(u)) for x, u in zip(xs, upper, strict=True)]
        back = [(frame.x(x), frame.y(low)) for x, low in zip(xs, lower, strict=True)]
        shade = _shade(n, len(figures.series))
        parts.append(element("polygon", points=path(edge + back[::-1]), class_=f"edge s{shade}"))
        wanted.append(frame.y((upper[-1] + lower[-1]) / 2))
        lower = upper
    ticks = [(n / 4, shown(Decimal(25 * n), "%")) for n in range(5)]
    return parts + _axes(frame, figures.labels, xs, ticks) + _names(frame, figures.series, wanted), frame.height


KINDS: dict[str, Callable[[Figures, Frame, str], tuple[list[str], float]]] = {
    "bars": bars,
    "lines": lines,
    "shares": shares,
}


def _shade(n: int, count: int) -> int:
    """Which of the four colours: the first series is the darkest, the last one the accent."""
    return 4 if n == count - 1 else n + 1


def _rounded(value: float) -> Decimal:
    return Decimal(repr(round(value, 6))).normalize() + 0


def _positions(labels: tuple[str, ...]) -> list[float]:
    """Where labels stand, from 0 to 1: years and other rising numbers to scale, anything else in equal steps."""
    if len(labels) == 1:
        return [0.5]
    if all(label.isdecimal() and len(label) <= LONGEST_NUMBER for label in labels):
        numbers = [int(label) for label in labels]
        if all(a < b for a, b in pairwise(numbers)):
            return [(n - numbers[0]) / (numbers[-1] - numbers[0]) for n in numbers]
    return [n / (len(labels) - 1) for n in range(len(labels))]


def _axes(frame: Frame, labels: tuple[str, ...], xs: list[float], ticks: list[tuple[float, str]]) -> list[str]:
    parts = []
    for share, text in ticks:
        y = frame.y(share)
        parts.append(element("line", x1=frame.left, x2=frame.right, y1=y, y2=y, class_="axis"))
        parts.append(
            words(
                text,
                x=frame.left - 6,
                y=y + frame.size / 3,
                text_anchor="end",
                font_size=frame.size - 1,
                class_="label",
            )
        )
    reach = -1.0
    for x, text in zip(xs, labels, strict=True):
        half = len(text) * frame.size * 0.28
        if frame.x(x) - half < reach:
            continue
        reach = frame.x(x) + half + frame.size * 0.6
        parts.append(
            words(
                text,
                x=frame.x(x),
                y=frame.bottom + frame.size * 1.5,
                text_anchor="middle",
                font_size=frame.size - 1,
                class_="label",
            )
        )
    return parts


def _names(frame: Frame, series: tuple[Series, ...], wanted: list[float]) -> list[str]:
    """The names of the series at the right edge, each beside its own end, moved apart where they would touch."""
    names = [wrapped(one.name, frame.characters) for one in series]
    leading = frame.size * 1.15
    places = spread(wanted, [len(name) * leading + 4 for name in names], 0, frame.height)
    parts: list[str] = []
    for name, place in zip(names, places, strict=True):
        first = place - (len(name) - 1) * leading / 2 + frame.size * 0.35
        parts.extend(
            words(line, x=frame.right + 10, y=first + n * leading, font_size=frame.size) for n, line in enumerate(name)
        )
    return parts
