"""Where the states of a lifecycle stand: the longest way through it as a column, what leaves it early beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from efc_portal.workflow.transitions import Lifecycle


@dataclass(frozen=True)
class Place:
    """Column 0 is the longest way from the start to an end."""

    column: int
    row: int


def places_of(lifecycle: Lifecycle) -> dict[str, Place]:
    spine = _spine(lifecycle)
    places = {state: Place(0, row) for row, state in enumerate(spine)}
    taken: list[list[tuple[int, int]]] = []  # by column, the rows between which a state and its ways reach
    for state in lifecycle.states:
        if state in places:
            continue
        sources = [
            places[source]
            for transition in lifecycle.transitions.values()
            for source in transition.sources
            if transition.target == state and source in places
        ]
        row = max(place.row + (place.column > 0) for place in sources)
        reach = (min(place.row for place in sources), row)
        column = next((number for number, reaches in enumerate(taken) if _free(reach, reaches)), len(taken))
        if column == len(taken):
            taken.append([])
        taken[column].append(reach)
        places[state] = Place(column + 1, row)
    return places


def _free(reach: tuple[int, int], reaches: list[tuple[int, int]]) -> bool:
    return all(reach[1] < first or reach[0] > last for first, last in reaches)


def _spine(lifecycle: Lifecycle) -> list[str]:
    order = {state: number for number, state in enumerate(lifecycle.states)}

    @cache
    def longest(state: str) -> tuple[str, ...]:
        """The longest way on; of equally long ones that of the state which the table names first."""
        onwards = [
            longest(transition.target)
            for transition in lifecycle.open_from(state)
            if order[transition.target] > order[state]
        ]
        return (state, *max(onwards, key=lambda way: (len(way), -order[way[0]]), default=()))

    return list(longest(lifecycle.start))
