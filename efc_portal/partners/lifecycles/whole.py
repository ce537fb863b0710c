"""The whole workflow as one picture: who makes which move, from a submission to the feedback on it.

The moves come from the tables: the shortest way of each noun to where the next one begins. What ties the nouns
together is in no table and stands here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from efc_portal.partners.lifecycles.moves import LABELS, Side, side_of, state_text, who_text
from efc_portal.partners.lifecycles.svg import BOX_WIDTH, Picture
from efc_portal.workflow.transitions import Lifecycle, Transition, lifecycles

TITLE = "From a submission to the feedback on it"
LANE, LEFT, TOP, ROW, HEIGHT, LINE = 292, 28, 110, 108, 82, 17


@dataclass(frozen=True)
class Stage:
    """One box: whose it is, of what, the state that is reached, and by which move."""

    side: Side
    noun: str
    title: str
    move: str
    others: str = ""

    @property
    def lines(self) -> list[str]:
        return [line for line in (self.noun, self.title, self.move, self.others) if line]


def stages() -> list[Stage]:
    tables = {one.noun: one for one in lifecycles()}
    return [
        Stage(Side.PARTNER, "Submission", "Begun", "a draft that saves itself"),
        *_way(tables["submission"], "accepted"),
        Stage(Side.SECRETARIAT, "Case", "Opened", "or an open one takes it in"),
        Stage(Side.SECRETARIAT, "Referral", "Drafted", "of the case, by an officer"),
        *_way(tables["referral"], "concluded"),
        Stage(Side.AGENCY, "Feedback", "Chosen", "what may be told, and when"),
        Stage(Side.PARTNER, "Feedback", "Stands on the submission", "no more than was released"),
    ]


def _way(table: Lifecycle, end: str) -> list[Stage]:
    """A noun's shortest way to a state, with the other moves that are open on it."""
    way = shortest(table, end)
    return [
        Stage(
            side_of(one),
            table.noun.capitalize(),
            state_text(one.target),
            f"{one.name}: {who_text(one)}",
            _others(table, one.target, way),
        )
        for one in way
    ]


def shortest(table: Lifecycle, end: str) -> list[Transition]:
    """The shortest way from a lifecycle's start to a state, by the order of the table where several are."""
    ways: dict[str, list[Transition]] = {table.start: []}
    waiting = deque([table.start])
    while waiting:
        state = waiting.popleft()
        for transition in table.open_from(state):
            if transition.target not in ways:
                ways[transition.target] = [*ways[state], transition]
                waiting.append(transition.target)
    return ways[end]


def _others(table: Lifecycle, state: str, way: Iterable[Transition]) -> str:
    names = [one.name for one in table.open_from(state) if one not in way]
    return f"or: {', '.join(names)}" if names else ""


def whole_drawn() -> str:
    rows = stages()
    picture = Picture(TITLE, " ".join(f"{LABELS[one.side]}: {', '.join(one.lines)}." for one in rows))
    picture.words(LEFT, 42, TITLE, "title")
    lanes = {side: LEFT + number * LANE for number, side in enumerate(Side)}
    for side, x in lanes.items():
        picture.words(x + BOX_WIDTH // 2, 84, LABELS[side], "state middle")
    before: tuple[int, int] | None = None
    for number, one in enumerate(rows):
        x, y = lanes[one.side], TOP + number * ROW
        if before:
            _to_next(picture, before, (x, y), one.side)
        picture.box(x, y, height=HEIGHT, side=one.side, last=number == len(rows) - 1)
        top = y + (HEIGHT - LINE * len(one.lines)) // 2 + 13
        for place, line in enumerate(one.lines):
            style = "state middle" if line == one.title else "small middle"
            picture.words(x + BOX_WIDTH // 2, top + LINE * place, line, style)
        before = (x, y)
    return picture.text()


def _to_next(picture: Picture, start: tuple[int, int], end: tuple[int, int], side: Side) -> None:
    """Straight down, or out of a side and down into the next lane's box."""
    (x, y), (to_x, to_y) = start, end
    if x == to_x:
        picture.way([(x + BOX_WIDTH // 2, y + HEIGHT), (x + BOX_WIDTH // 2, to_y)], side)
        return
    middle = y + HEIGHT // 2
    picture.way(
        [(x + (BOX_WIDTH if to_x > x else 0), middle), (to_x + BOX_WIDTH // 2, middle), (to_x + BOX_WIDTH // 2, to_y)],
        side,
    )
