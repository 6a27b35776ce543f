"""What came of patients: numbers of each, summaries, decisions, and what double precision made of single."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.dataset import DIED
from cytostorm.model import Model
from cytostorm.simulation.block import FATE
from cytostorm.simulation.course import Course
from cytostorm.simulation.request import Request
from cytostorm.simulation.rules import Log
from cytostorm.simulation.status import STATUS

Array = NDArray[np.float64]
Ids = NDArray[np.int64]
MARGIN = 2.0
"""Tolerances from the limit of a rule or an ending, relative to it, within which single precision is not
trusted."""
CONTROL = 100
"""One in so many of the others is run in double precision as well, to see what was missed."""
ABOUT: dict[str, dict[str, Any]] = {
    "status": {
        "label": "how the integration ended",
        "units": "1",
        "flag_values": list(range(len(STATUS))),
        "flag_meanings": " ".join(s.replace(" ", "_") for s in STATUS),
    },
    "failed_at": {"label": "time of failure", "units": "h"},
    "steps": {"label": "steps taken", "units": "1"},
    "rejected": {"label": "steps that were rejected", "units": "1"},
    "tries": {
        "label": "how the patient was brought through, at worst",
        "units": "1",
        "flag_values": [0, 1, 2],
        "flag_meanings": "at_once with_tighter_tolerance by_reference_solver",
    },
    "clamped": {
        "label": "largest amount cut off below zero, as a share of the local tolerance",
        "units": "1",
    },
}


def about(model: Model) -> dict[str, dict[str, Any]]:
    """Return what is known of each patient, with units and labels: ABOUT, and when a run ended that can."""
    if not model.endings:
        return ABOUT
    what = " or ".join(ending.label for ending in model.endings)
    return ABOUT | {DIED: {"label": f"time of {what}, none for who lives", "units": "h"}}


@dataclass
class Outcome:
    """What came of some patients.

    sums : summaries as gathered (patient, number); numbers : those of `about`; given : (rule, patient).
    checks : of patients run in single precision, how many were run again, decided otherwise, and the same of
        a control sample of those who came near no limit.
    """

    sums: Array
    numbers: dict[str, Array]
    given: Ids
    log: Log
    checks: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, course: Course) -> Outcome:
        """Return what came of a block."""
        block = course.block
        found: dict[str, Any] = {name: block.count(name) for name in ("status", "steps", "rejected")}
        found |= {name: block.number(name) for name in ("failed_at", "clamped")}
        found[DIED] = block.fate[:, FATE.index(DIED)]
        numbers = {name: np.array(found.get(name, course.tries)) for name in about(course.task.model)}
        return cls(block.sums, numbers, course.watch.given, course.log)

    @classmethod
    def joined(cls, parts: Sequence[Outcome]) -> Outcome:
        """Put blocks together again."""
        log = Log()
        for part in parts:
            log.take(part.log)
        return cls(
            np.concatenate([part.sums for part in parts]),
            {name: np.concatenate([part.numbers[name] for part in parts]) for name in parts[0].numbers},
            np.concatenate([part.given for part in parts], axis=1),
            log,
            {name: sum(part.checks[name] for part in parts) for name in parts[0].checks},
        )

    def replace(self, patients: Ids, other: Outcome, offset: int) -> None:
        """Take over what came of some patients when they were run again."""
        self.sums[patients], self.given[:, patients] = other.sums, other.given
        for name, values in self.numbers.items():
            values[patients] = other.numbers[name]
        self.log.forget(patients + offset)
        self.log.take(other.log)


def course_of(request: Request, p: Array, out: Array, offset: int, late: Ids) -> Outcome:
    """Simulate a block of patients.

    p : parameters (parameter, patient) in coherent units; out : samples (patient, time, quantity), filled;
    offset : index of the first patient; late : tells to stop when it is not zero.
    """
    everyone = np.arange(p.shape[1]) + offset
    course = Course(request.task, p, out, everyone, late)
    course.run()
    outcome = Outcome.of(course)
    if request.precision == "float32":
        _check(request, course, outcome)
    return outcome


def _check(request: Request, course: Course, outcome: Outcome) -> None:
    """Run those again in double precision who came near a limit, or failed, and some of the others."""
    block = course.block
    nearest = np.fmin(course.watch.nearest, block.fate[:, FATE.index("nearest")])
    near = (nearest < MARGIN * request.settings.rtol) | ~block.well
    decides = bool(request.plan.rules or request.model.endings)
    control = ~near & (course.patients % CONTROL == 0) if decides else np.zeros_like(near)
    again = np.flatnonzero(near | control)
    outcome.checks = dict.fromkeys(("rerun", "flipped", "control", "control_flipped"), 0)
    if block.stop[0]:  # nobody knows what double precision would have made of them
        block.fail(np.flatnonzero(near & block.well), int(block.stop[0]))
        block.fate[near, FATE.index(DIED)] = np.nan
        course.out[near], outcome.sums[near] = np.nan, np.nan
        outcome.numbers = Outcome.of(course).numbers
        return
    if not again.size:
        return
    out = np.full((len(again), *course.out.shape[1:]), np.nan)
    inside = np.ascontiguousarray(course.p[:, again])
    exact = Course(request.exact, inside, out, course.patients[again], block.stop)
    exact.run()
    flipped = (exact.watch.given != course.watch.given[:, again]).any(axis=0)
    flipped |= (exact.watch.when != course.watch.when[:, again]).any(axis=0)
    flipped |= exact.block.dead != block.dead[again]
    who = near[again]
    outcome.checks = {
        "rerun": int(who.sum()), "flipped": int(flipped[who].sum()),
        "control": int((~who).sum()), "control_flipped": int(flipped[~who].sum()),
    }  # fmt: skip
    course.out[again] = out
    outcome.replace(again, Outcome.of(exact), int(course.patients[0]))
