"""The steps of the workflow that check a file, and asking for them."""

from __future__ import annotations

import os

from efc_portal.intake.models import Intake, IntakeLane
from efc_portal.workflow.services import work_enqueue

READ, WRITE, CLOSE, ERASE = "intake.read", "intake.write", "intake.close", "intake.erase"
RELATE = "intake.relate"
LANES_MAX = 16


def lanes_open(intake: Intake) -> None:
    """As many places to write at as this machine has cores; more workers than that would wait for each other."""
    cores = len(os.sched_getaffinity(0))
    IntakeLane.objects.bulk_create(IntakeLane(intake=intake) for _core in range(min(max(cores, 1), LANES_MAX)))


def work_go_on(intake: Intake) -> None:
    """Ask for whatever is left to be done of a file that is being checked."""
    if not intake.read_through:
        work_enqueue(READ, intake.pk)
    lanes_wake(intake)


def lanes_wake(intake: Intake, step: str = WRITE) -> None:
    for pk in intake.lanes.values_list("pk", flat=True):
        work_enqueue(step, pk)
