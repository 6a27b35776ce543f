"""The same patients in several arms, in the days from the moment at which a ward would treat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from cytostorm.dataset import PATIENT, TIME
from cytostorm.model import Dose, Model, Rule
from cytostorm.observe import metrics, survival

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]
DAY = 24.0
CHANCE = 1.96
"""Standard errors within which a difference may be chance."""


@dataclass(frozen=True)
class Arm:
    """What became of the patients under one plan.

    after : hours from the moment to the treatment; None if there is none.
    """

    key: str
    name: str
    run: xr.Dataset
    doses: tuple[Dose, ...] = ()
    after: float | None = None


@dataclass(frozen=True)
class Storm:
    """One storm in all its arms, the untreated one first.

    moment : criterion of the ward, and words for it, as in "121 patients ..."; since : what time counts from.
    window, before : hours that are looked at from the moment on, and before it.
    shown : quantities in the order of the page; labels : names of panels that need one of their own.
    """

    key: str
    title: str
    severity: str
    evidence: str
    limits: tuple[str, ...]
    model: Model
    moment: Rule
    words: str
    since: str
    window: float
    before: float
    shown: tuple[str, ...]
    arms: tuple[Arm, ...]

    @property
    def untreated(self) -> Arm:
        """The arm that the others are held against."""
        return self.arms[0]

    @cached_property
    def followed(self) -> Bools:
        """Whose run is ok in every arm (patient)."""
        return np.all([survival.followed(arm.run) for arm in self.arms], axis=0)

    @cached_property
    def moments(self) -> Array:
        """Hour at which each patient meets the criterion (patient); infinite for who never does in time.

        It is the same in every arm, since nothing is given before it.
        """
        at = np.full(self.followed.size, np.inf)
        for arm in self.arms:
            if arm.after is not None:
                who = arm.run["decided_for"].to_numpy()
                np.minimum.at(at, who, arm.run["decided_at"].to_numpy())
        last = float(self.untreated.run[TIME].values[-1])
        return np.where(self.followed & (at + self.window <= last), at, np.inf)

    @cached_property
    def who(self) -> Bools:
        """Who meets the criterion early enough to be followed for the whole window (patient)."""
        return np.isfinite(self.moments)

    @property
    def people(self) -> int:
        """How many these are."""
        return int(self.who.sum())

    def died(self, arm: Arm) -> Bools:
        """Return who of these dies within the window (who)."""
        return survival.died_at(arm.run)[self.who] <= self.moments[self.who] + self.window

    def given(self, arm: Arm) -> int:
        """Return how many of these live until the arm is treated."""
        if arm.after is None:
            return 0
        return int((survival.died_at(arm.run)[self.who] > self.moments[self.who] + arm.after).sum())

    def saved(self, arm: Arm) -> tuple[int, int]:
        """Return how many live who die untreated, and how many die who live untreated."""
        here, there = self.died(arm), self.died(self.untreated)
        return int((there & ~here).sum()), int((here & ~there).sum())

    def clear(self, arm: Arm) -> bool:
        """Return whether the difference in deaths is more than chance among so many patients explains.

        The patients are the same, so only those count whose fate differs (McNemar 1947).
        """
        better, worse = self.saved(arm)
        return bool(abs(better - worse) > CHANCE * np.sqrt(better + worse))

    def alive(self, arm: Arm, hours: Array) -> NDArray[np.int64]:
        """Return how many of these live at hours from the moment."""
        gone = survival.died_at(arm.run)[self.who] - self.moments[self.who]
        return np.array([int((gone > hour).sum()) for hour in hours], dtype=np.int64)

    def has(self, name: str) -> bool:
        """Return whether a quantity was read off in every arm."""
        return all(name in arm.run for arm in self.arms)

    def seen(self, arm: Arm, name: str) -> xr.DataArray:
        """Return a quantity of these (patient, time), hours from the moment; NaN before the trigger."""
        if (arm.key, name) not in self._looked:
            self._looked[arm.key, name] = self._look(arm, name)
        return self._looked[arm.key, name]

    @cached_property
    def _looked(self) -> dict[tuple[str, str], xr.DataArray]:
        """What was asked for before, by arm and name."""
        return {}

    def _look(self, arm: Arm, name: str) -> xr.DataArray:
        hours, data = metrics.values(arm.run[name])
        step = float(hours[1] - hours[0])
        apart = np.arange(-round(self.before / step), round(self.window / step) + 1)
        place = np.round(self.moments[self.who] / step).astype(int)[:, None] + apart[None, :]
        rows = np.take_along_axis(data[self.who], np.clip(place, 0, hours.size - 1), axis=1)
        rows = np.where(place >= 0, rows, np.nan)
        return xr.DataArray(
            rows, {PATIENT: np.flatnonzero(self.who), TIME: apart * step}, (PATIENT, TIME), name=name,
            attrs=arm.run[name].attrs,
        )  # fmt: skip

    def typical(self, arm: Arm, name: str, hour: float) -> float:
        """Return the median of those alive at an hour from the moment; NaN if there are none."""
        values = self.seen(arm, name).sel({TIME: hour}, method="nearest").to_numpy()
        values = values[np.isfinite(values)]
        return float(np.median(values)) if values.size else float("nan")

    def extremes(self, arm: Arm, name: str, *, low: bool = False) -> Array:
        """Return each patient's highest or lowest value from the moment on (who), until death."""
        data = self.seen(arm, name).sel({TIME: slice(0.0, None)}).to_numpy()
        known = np.isfinite(data).any(axis=1)
        return np.asarray((np.nanmin if low else np.nanmax)(data[known], axis=1))


def order_text(doses: Sequence[Dose]) -> str:
    """Return in words what is given.

    >>> order_text([Dose("tocilizumab.iv", "8 mg/kg"), Dose("dexamethasone.iv", "10 mg", 0, 0, 6, 12)])
    'tocilizumab 8 mg/kg once and dexamethasone 10 mg every 6 h for 3 days'
    """
    said = []
    for dose in doses:
        line = f"{dose.route.partition('.')[0].replace('_', ' ')} {dose.amount}"
        if dose.count == 1:
            said.append(f"{line} once")
            continue
        often = "a day" if dose.every == DAY else f"every {dose.every:g} h"
        said.append(f"{line} {often} for {dose.count * dose.every / DAY:g} days")
    return " and ".join(said)
