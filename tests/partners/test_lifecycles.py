"""The pictures in `docs/lifecycles/`: drawn from the tables, the same every time, and up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.lifecycles.chart import Chart
from efc_portal.partners.lifecycles.layout import Place, places_of
from efc_portal.partners.lifecycles.moves import side_of, who_text
from efc_portal.partners.lifecycles.whole import stages, whole_drawn
from efc_portal.partners.management.commands import draw_lifecycles
from efc_portal.referrals.transitions import REFERRAL
from efc_portal.submissions.transitions import SUBMISSION
from efc_portal.workflow import transitions
from efc_portal.workflow.transitions import Lifecycle, Transition, lifecycles

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(draw_lifecycles, "FOLDER", tmp_path / "lifecycles")
    return tmp_path / "lifecycles"


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lifecycle]:
    """A lifecycle with a way back from beside its column, known for one test only."""
    monkeypatch.setattr(transitions, "_lifecycles", dict(transitions._lifecycles))
    return Lifecycle(
        "test",
        [
            Transition("go", ("a",), "b", by=P.CASE_WORK),
            Transition("on", ("b",), "c", by="portal"),
            Transition("rest", ("a",), "d", by=P.REFERRAL_ANSWER),
            Transition("wake", ("d",), "a", by=P.SUBMISSION_CREATE),
            Transition("again", ("c",), "a", by=P.CASE_WORK),
        ],
    )


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_pictures_are_up_to_date() -> None:
    call_command("draw_lifecycles", "--check")


def test_every_state_and_every_move_is_on_the_picture() -> None:
    for lifecycle in lifecycles():
        found = words(Chart(lifecycle).drawn())
        for state in lifecycle.states:
            assert str(state.label) in found  # type: ignore[attr-defined]
        for transition in lifecycle.transitions.values():
            assert found.count(transition.name) == len(transition.sources)
            assert who_text(transition) in found


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert [Chart(one).drawn() for one in lifecycles()] == [Chart(one).drawn() for one in lifecycles()]
    assert whole_drawn() == whole_drawn()


def test_who_may_in_words() -> None:
    assert who_text(SUBMISSION["finish"]) == "reporter, analyst or coordinator"
    assert who_text(SUBMISSION["screen"]) == "the portal"
    assert who_text(REFERRAL["approve"]) == "manager"
    assert who_text(Transition("x", ("a",), "b", by=P.CASE_WORK)) == "officer or manager"


def test_what_leaves_early_stands_beside_the_longest_way() -> None:
    places = places_of(REFERRAL)
    assert places["concluded"] == Place(0, 7)
    assert places["withdrawn"] == Place(1, 3)
    assert places["declined"] == Place(1, 5)


def test_any_table_can_be_drawn(other: Lifecycle) -> None:
    svg = Chart(other).drawn()
    assert {"a", "b", "c", "d", "wake", "again"} <= set(words(svg))
    assert svg.count("marker-end") == 6  # five moves and the start


def test_the_whole_way_goes_from_the_partner_and_comes_back() -> None:
    found = stages()
    moves = [one.move.split(":")[0] for one in found]
    assert moves.index("finish") < moves.index("accept") < moves.index("approve") < moves.index("conclude")
    assert found[0].side == found[-1].side == side_of(SUBMISSION["finish"])
    assert "or: ask, decline" in words(whole_drawn())


def test_a_changed_table_is_told(folder: Path, other: Lifecycle) -> None:
    call_command("draw_lifecycles", verbosity=0)
    call_command("draw_lifecycles", "--check")
    (folder / "test.svg").write_text("<svg/>")
    (folder / "gone.svg").write_text("<svg/>")
    with pytest.raises(CommandError, match=r"gone\.svg, test\.svg"):
        call_command("draw_lifecycles", "--check")
    call_command("draw_lifecycles", verbosity=0)
    assert not (folder / "gone.svg").exists()
