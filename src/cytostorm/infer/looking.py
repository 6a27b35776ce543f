"""Sets of values looked at, several at once; kept in a folder, so that none is ever simulated twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.infer.misfit import Evidence, misfit, residuals
from cytostorm.infer.problem import Array, Problem
from cytostorm.simulation.store import Store

BATCH = 16
"""Sets of values simulated at once at most: what an interrupt may lose."""
STEP = 0.005
"""Step of differences, as a share of the range searched; well above what rounding of medians does."""


class SpentError(Exception):
    """As many sets of values were looked at as were asked for."""


@dataclass(frozen=True, eq=False)
class Best:
    """The best set of values so far: its place, cost and misfits."""

    place: Array
    cost: float
    far: Array


class Looks:
    """A problem being looked at.

    most : how many sets of values may be looked at, those from the folder included.
    spent, failed : how many different ones were, and with how many of them somebody could not be simulated.
    """

    def __init__(
        self,
        problem: Problem,
        most: int,
        store: Store | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.problem, self.most, self.store, self.progress = problem, most, store, progress
        self.spent = self.failed = 0
        self.best: Best | None = None
        self.evidence: Evidence | None = None
        self._kept: dict[bytes, tuple[Array, bool]] = {}
        self._seen: set[bytes] = set()
        self._parts = 0
        if store is not None:
            self._read(store)

    def __call__(self, places: Array) -> Array:
        """Return the residuals at places (set, parameter), (set, row and prior).

        Raises SpentError if that would be more than may be looked at.
        """
        return np.vstack([self._batch(places[k : k + BATCH]) for k in range(0, len(places), BATCH)])

    def one(self, place: Array) -> Array:
        """Return the residuals at one place, (row and prior)."""
        return np.asarray(self(place[None])[0])

    def slopes(self, place: Array, which: Sequence[int] | None = None, *, central: bool = False) -> Array:
        """Return the derivatives of the residuals by place, (row and prior, parameter), by differences.

        which : indices of the parameters that change; None is all.
        central : from both sides, which costs twice and is nearer.
        """
        chosen = np.arange(place.size) if which is None else np.asarray(which)
        steps = np.zeros((chosen.size, place.size))
        steps[np.arange(chosen.size), chosen] = np.where(place[chosen] + STEP <= 1, STEP, -STEP)
        ahead = place + steps
        behind = np.clip(place - steps, 0, 1) if central else place[None]
        looked = self(np.vstack([ahead, behind]))
        rise = looked[: chosen.size] - looked[chosen.size :]
        run = (ahead - behind)[np.arange(chosen.size), chosen]
        return np.asarray((rise / run[:, None]).T)

    def _batch(self, places: Array) -> Array:
        names = [one.tobytes() for one in np.ascontiguousarray(places)]
        new = set(names) - self._seen
        if self.spent + len(new) > self.most:
            raise SpentError
        fresh = [k for k, name in enumerate(names) if name not in self._kept]
        if fresh:
            self._simulate(places[fresh])
        far = np.array([self._kept[name][0] for name in names])
        assert self.evidence is not None
        found = residuals(self.problem, self.evidence, places, far)
        for place, name, cost, one in zip(places, names, (found**2).sum(axis=1), far, strict=True):
            self.failed += name in new and self._kept[name][1]
            if self.best is None or cost < self.best.cost:
                self.best = Best(place, float(cost), one)
        self._seen |= new
        self.spent += len(new)
        if self.progress is not None and new:
            self.progress(self.spent, self.most)
        return found

    def _simulate(self, places: Array) -> None:
        """Find the misfits at places (set, parameter), and keep them."""
        sets = self.problem.rows(places)
        for rows in sets:
            seen = Evidence.of(rows)
            self.evidence = self.evidence or seen
            if seen != self.evidence:
                raise InputError(
                    f"problem {self.problem.name!r} gives other rows for other values",
                    "the same rows, in the same order",
                    "give model=None for a row that cannot be read",
                )
        far = np.array([[misfit(row) for row in rows] for rows in sets])
        failed = np.array([any(row.failed for row in rows) for rows in sets])
        if self.store is not None and self.evidence is not None:
            known = {"ids": np.array(self.evidence.ids), "curves": np.array(self.evidence.curves)}
            self.store.write(self._parts, {"places": places, "far": far, "failed": failed, **known})
            self._parts += 1
        self._remember(places, far, failed)

    def _remember(self, places: Array, far: Array, failed: NDArray[np.bool_]) -> None:
        for place, one, some in zip(places, far, failed.tolist(), strict=True):
            self._kept[place.tobytes()] = (one, some)

    def _read(self, store: Store) -> None:
        """Take up what earlier calls kept; from a damaged file on it is simulated again."""
        for part in count():
            found = store.read(part) if store.path(part).exists() else None
            if found is None or set(found) != {"places", "far", "failed", "ids", "curves"}:
                break
            sets, rows = len(found["places"]), found["ids"].size
            shapes = [found[name].shape for name in ("places", "far", "failed")]
            if shapes != [(sets, self.problem.start.size), (sets, rows), (sets,)]:
                break
            self.evidence = Evidence(tuple(found["ids"].tolist()), tuple(found["curves"].tolist()))
            self._remember(found["places"], found["far"], found["failed"])
            self._parts = part + 1
