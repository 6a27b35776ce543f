"""Patients side by side in memory: where each stands, what waits for each, what was seen of each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cytostorm.simulation.schedule import Events
from cytostorm.simulation.status import OK

Array = NDArray[np.float64]
Ids = NDArray[np.int64]

REAL = ("t", "h", "after", "clamped", "failed_at")
"""Per patient: hours, next step, step that fitted after the last event, largest share cut off, failure."""
WHOLE = ("status", "steps", "rejected", "event", "events_end", "sample", "fresh")
"""Per patient: status, steps, how many were rejected, next event, end of events, next sample, whether an
event came after the last step."""
FATE = ("died_at", "nearest")
"""Per patient, of a model with endings: hour at which the run ended, NaN for who lives; how near to a
threshold that was decided, as a share of it. The thresholds come behind."""


def _no_events() -> Events:
    return Events(np.empty(0), np.empty(0, np.int64), np.empty(0), np.zeros(1, np.int64))


@dataclass
class Block:
    """Arrays over patients, the first axis.

    y, p, u : states, parameters, inputs in force; hoisted : what depends on parameters alone, but
    (number, patient); real, whole : see REAL and WHOLE.
    out : samples (patient, time, quantity); sums : summaries gathered so far (patient, number).
    fate : FATE and the thresholds of the model's endings (patient, number).
    queue : patients to be advanced; stop : not zero tells workers to leave.
    """

    y: Array
    p: Array
    hoisted: Array
    u: Array
    grid: Array
    out: Array
    sums: Array
    fate: Array
    real: Array = field(init=False)
    whole: Ids = field(init=False)
    queue: Ids = field(init=False)
    events: Events = field(default_factory=_no_events)
    stop: Ids = field(default_factory=lambda: np.zeros(1, np.int64))
    _columns: dict[tuple[str, tuple[int, ...]], Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put everyone at time zero, with nothing to come."""
        patients = len(self.y)
        self.real = np.zeros((patients, len(REAL)))
        self.whole = np.zeros((patients, len(WHOLE)), np.int64)
        self.queue = np.arange(patients)
        self.number("failed_at")[:] = np.nan

    def columns(self, name: str, rows: tuple[int, ...]) -> Array:
        """Return some rows of p or hoisted as (patient, row), gathered once."""
        if (name, rows) not in self._columns:
            whole = self.p if name == "p" else self.hoisted.T
            self._columns[name, rows] = np.ascontiguousarray(whole[:, rows])
        return self._columns[name, rows]

    def number(self, name: str) -> Array:
        """Return one of REAL of all patients, to read or to set."""
        return self.real[:, REAL.index(name)]

    def count(self, name: str) -> Ids:
        """Return one of WHOLE of all patients, to read or to set."""
        return self.whole[:, WHOLE.index(name)]

    def start_afresh(self, patients: Ids, first: float) -> None:
        """Let some patients begin with a small step, as after an event."""
        self.number("h")[patients] = first
        self.number("after")[patients] = first
        self.count("fresh")[patients] = 1

    def expect(self, events: Events, patients: Ids) -> None:
        """Take events as all that is to come for some patients."""
        old = self.events
        moved = events.start + len(old.time)
        self.events = Events(
            np.concatenate([old.time, events.time]),
            np.concatenate([old.index, events.index]),
            np.concatenate([old.value, events.value]),
            old.start,
        )
        self.count("event")[patients] = moved[:-1]
        self.count("events_end")[patients] = moved[1:]

    def fail(self, patients: Ids, status: int) -> None:
        """Give some patients a status, and the time they stand at as that of failure."""
        self.count("status")[patients] = status
        self.number("failed_at")[patients] = self.number("t")[patients]

    @property
    def well(self) -> NDArray[np.bool_]:
        """Who has not failed, the dead among them."""
        return self.count("status") == OK

    @property
    def dead(self) -> NDArray[np.bool_]:
        """Whose run has ended."""
        return ~np.isnan(self.fate[:, FATE.index("died_at")])

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Who is still simulated."""
        return self.well & ~self.dead
