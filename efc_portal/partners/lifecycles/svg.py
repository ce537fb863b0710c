"""The little SVG that the pictures need. The same input gives the same bytes."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from efc_portal.partners.lifecycles.moves import LABELS, Side

COLOURS = {
    Side.PARTNER: "#c8871b",
    Side.PORTAL: "#737d94",
    Side.SECRETARIAT: "#1f4a7c",
    Side.AGENCY: "#1d6b4a",
}
BOX_WIDTH, BOX_HEIGHT = 256, 46
STYLE = """
text { font: 15px "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #14213d }
.title { font-size: 22px; font-weight: 700 }
.state, .move { font-weight: 600 }
.small { font-size: 13px; fill: #55607a }
.halo { paint-order: stroke; stroke: #fbfaf6; stroke-width: 5px; stroke-linejoin: round }
.middle { text-anchor: middle }
.end { text-anchor: end }
.box { fill: #ffffff; stroke: #14213d; stroke-width: 1.5 }
.last { fill: #eaf0f7 }
.way { fill: none; stroke-width: 2 }
.portal { stroke-dasharray: 6 4 }
"""


class Picture:
    """A drawing that grows as things are put on it: ways first, then boxes, then words, so that none hides another."""

    def __init__(self, title: str, description: str) -> None:
        self._root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
        SubElement(self._root, "title").text = title
        SubElement(self._root, "desc").text = description
        SubElement(self._root, "style").text = STYLE
        self._paper = SubElement(self._root, "rect", {"fill": "#fbfaf6"})
        definitions = SubElement(self._root, "defs")
        for side, colour in COLOURS.items():
            marker = SubElement(
                definitions,
                "marker",
                {
                    "id": side,
                    "viewBox": "0 0 10 10",
                    "refX": "9",
                    "refY": "5",
                    "markerWidth": "7",
                    "markerHeight": "7",
                    "orient": "auto",
                },
            )
            SubElement(marker, "path", {"d": "M0 0 L10 5 L0 10 z", "fill": colour})
        self._layers = [SubElement(self._root, "g") for _layer in range(3)]
        self._right = self._bottom = 0

    def _reaches(self, x: int, y: int) -> None:
        self._right, self._bottom = max(self._right, x), max(self._bottom, y)

    def way(self, points: list[tuple[int, int]], side: Side) -> None:
        """An arrow along straight pieces."""
        d = "M" + " L".join(f"{x} {y}" for x, y in points)
        attributes = {"d": d, "class": f"way {side}", "stroke": COLOURS[side], "marker-end": f"url(#{side})"}
        SubElement(self._layers[0], "path", attributes)
        for x, y in points:
            self._reaches(x, y)

    def box(self, x: int, y: int, *, height: int = BOX_HEIGHT, last: bool = False, side: Side | None = None) -> None:
        size = {"x": str(x), "y": str(y), "width": str(BOX_WIDTH), "height": str(height), "rx": "8"}
        edge = {"style": f"stroke: {COLOURS[side]}; stroke-width: 2"} if side else {}
        SubElement(self._layers[1], "rect", {**size, "class": "box last" if last else "box", **edge})
        self._reaches(x + BOX_WIDTH, y + height)

    def dot(self, x: int, y: int) -> None:
        SubElement(self._layers[1], "circle", {"cx": str(x), "cy": str(y), "r": "6", "fill": "#14213d"})

    def words(self, x: int, y: int, text: str, style: str) -> None:
        SubElement(self._layers[2], "text", {"x": str(x), "y": str(y), "class": style}).text = text
        width = 8 * len(text)
        self._reaches(x + (width // 2 if "middle" in style else 0 if "end" in style else width), y)

    def legend(self, x: int, sides: list[Side]) -> None:
        """What the colours mean, under everything that is there so far."""
        y = self._bottom + 44
        for side in sides:
            attributes = {"d": f"M{x} {y - 5} L{x + 34} {y - 5}", "class": f"way {side}", "stroke": COLOURS[side]}
            SubElement(self._layers[0], "path", attributes)
            self.words(x + 42, y, LABELS[side], "small")
            x += 62 + 8 * len(LABELS[side])

    def text(self, margin: int = 28) -> str:
        width, height = self._right + margin, self._bottom + margin
        self._root.attrib |= {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
        self._paper.attrib |= {"width": str(width), "height": str(height)}
        indent(self._root)
        return tostring(self._root, encoding="unicode") + "\n"
