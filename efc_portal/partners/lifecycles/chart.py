"""One lifecycle as a picture."""

from __future__ import annotations

from efc_portal.partners.lifecycles.layout import Place, places_of
from efc_portal.partners.lifecycles.moves import Side, side_of, state_text, who_text
from efc_portal.partners.lifecycles.svg import BOX_HEIGHT, BOX_WIDTH, Picture
from efc_portal.workflow.transitions import Lifecycle, Transition

ROW, TOP, LANE, GAP, APART = 118, 110, 190, 210, 44
HALF = BOX_WIDTH // 2


class Chart:
    def __init__(self, lifecycle: Lifecycle) -> None:
        self.lifecycle, self.places = lifecycle, places_of(lifecycle)
        self.arrows = [(source, one) for one in lifecycle.transitions.values() for source in one.sources]
        self.pairs = {(source, one.target) for source, one in self.arrows if self._is_step(source, one.target)}
        self.long = [(source, one) for source, one in self.arrows if self._is_long(source, one.target)]
        pair_label = any((target, source) in self.pairs for source, target in self.pairs)
        self.left = 40 + max(LANE * len(self.long), (LANE - HALF + APART) if pair_label else 0)
        title = f"The life of a {lifecycle.noun}"
        self.picture = Picture(title, self._sentences())
        self.picture.words(28, 42, title, "title")

    def _sentences(self) -> str:
        """The same in words, for whoever cannot see it."""
        return " ".join(
            f"{one.name}: from {state_text(source)} to {state_text(one.target)}, by {who_text(one)}."
            for source, one in self.arrows
        )

    def _is_step(self, source: str, target: str) -> bool:
        """Between neighbours of the column, in either direction."""
        a, b = self.places[source], self.places[target]
        return a.column == b.column == 0 and abs(a.row - b.row) == 1

    def _is_long(self, source: str, target: str) -> bool:
        return self.places[source].column == self.places[target].column == 0 and not self._is_step(source, target)

    def _corner(self, place: Place) -> tuple[int, int]:
        return self.left + place.column * (BOX_WIDTH + GAP), TOP + place.row * ROW

    def drawn(self) -> str:
        x, y = self._corner(self.places[self.lifecycle.start])
        self.picture.dot(x + HALF, y - 30)
        first = self.lifecycle.open_from(self.lifecycle.start)[0]
        self.picture.way([(x + HALF, y - 24), (x + HALF, y)], side_of(first))
        for state, place in self.places.items():
            x, y = self._corner(place)
            self.picture.box(x, y, last=not self.lifecycle.open_from(state))
            self.picture.words(x + HALF, y + BOX_HEIGHT // 2 + 5, state_text(state), "state middle")
        for source, one in self.arrows:
            self._arrow(source, one)
        self.picture.legend(28, [side for side in Side if side in {side_of(one) for _source, one in self.arrows}])
        return self.picture.text()

    def _label(self, x: int, y: int, one: Transition, style: str) -> None:
        self.picture.words(x, y, one.name, f"move halo {style}".strip())
        self.picture.words(x, y + 17, who_text(one), f"small halo {style}".strip())

    def _arrow(self, source: str, one: Transition) -> None:
        side, place, target = side_of(one), self.places[source], self.places[one.target]
        (x, y), (to_x, to_y) = self._corner(place), self._corner(target)
        if (source, one.target) in self.pairs:
            self._step(source, one, x, y, to_y)
        elif (source, one) in self.long:
            lane = self.left - 26 - LANE * self.long.index((source, one))
            middle = (y + to_y + BOX_HEIGHT) // 2
            ends = (y + BOX_HEIGHT // 2 + 8, to_y + BOX_HEIGHT // 2 - 8)
            self.picture.way([(x, ends[0]), (lane, ends[0]), (lane, ends[1]), (to_x, ends[1])], side)
            self._label(lane - 10, middle, one, "end")
        elif place.column == 0 and to_y >= y:
            middle = y + BOX_HEIGHT // 2
            turns = [(to_x, middle)] if to_y == y else [(to_x + HALF, middle), (to_x + HALF, to_y)]
            self.picture.way([(x + BOX_WIDTH, middle), *turns], side)
            self._label(x + BOX_WIDTH + 14, middle - 24, one, "")
        else:  # from beside the column back into it, below whatever stands between
            start, end = y + BOX_HEIGHT, to_y + BOX_HEIGHT - 8
            under = max(start, end) + 22
            self.picture.way(
                [
                    (x + HALF, start),
                    (x + HALF, under),
                    (to_x + BOX_WIDTH + 18, under),
                    (to_x + BOX_WIDTH + 18, end),
                    (to_x + BOX_WIDTH, end),
                ],
                side,
            )
            self._label(x - 90, under + 18, one, "middle")

    def _step(self, source: str, one: Transition, x: int, y: int, to_y: int) -> None:
        """To a neighbour. Two ways between the same states go side by side, with their words on the outer sides."""
        down = to_y > y
        both = (one.target, source) in self.pairs
        way_x = x + HALF + (0 if not both else -APART if down else APART)
        ends = (y + BOX_HEIGHT, to_y) if down else (y, to_y + BOX_HEIGHT)
        self.picture.way([(way_x, ends[0]), (way_x, ends[1])], side_of(one))
        outer = both and down
        self._label(way_x + (-12 if outer else 12), (ends[0] + ends[1]) // 2 - 4, one, "end" if outer else "")
