"""Where fates part: the value of a parameter at which a person no longer resolves, and how near they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.model import Model, Regimen
from cytostorm.understand.fate import Classify, Fate, judged, own_values, values_of, varied
from cytostorm.understand.trace import one_of

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Ids = NDArray[np.int64]
AT_ONCE = 17
"""Values tried in each round."""


@dataclass(frozen=True)
class Border:
    """The value of a parameter at which a person's fate changes.

    parameter, unit : its name and its own unit, in which all values are.
    value : the border, in the middle between `low` and `high`; below, above : the fate on its two
    sides, a little away from it.
    own : the person's own value; nearness : own / value, infinite if the border is at 0.
    crossings : how often the fate changed between the ends that were given; the one nearest to `own` is told.
    runs : patients simulated.
    """

    parameter: str
    unit: str
    value: float
    low: float
    high: float
    below: Fate
    above: Fate
    own: float
    nearness: float
    crossings: int
    runs: int

    def text(self) -> str:
        """Return it as a sentence."""
        unit = "" if self.unit == "1" else f" {self.unit}"
        more = f"; the fate changes {self.crossings} times in all" if self.crossings > 1 else ""
        return (
            f"{self.parameter}: {self.below.name.lower()} below {self.value:.4g}{unit}, "
            f"{self.above.name.lower()} above; own value {self.own:.4g}{unit}, "
            f"{self.nearness:.3g} of the border{more}"
        )


def border(
    model: Model,
    parameter: str,
    low: float | str,
    high: float | str,
    cohort: xr.Dataset | None = None,
    *,
    regimen: Regimen | None = None,
    patient: int = 0,
    hours: float = 672.0,
    classify: Classify | None = None,
    quantities: Sequence[str] | None = None,
    well: Sequence[Fate] = (Fate.RESOLVED,),
    within: float = 1e-3,
) -> Border:
    """Return the value of a parameter between two others at which a person's fate changes.

    low, high : values between which it lies, numbers in the parameter's own unit or text with a unit.
    cohort, patient : the person, by index; None is the model's own numbers.
    regimen, hours, classify, quantities : as in `fates`.
    well : fates on one side of the border; all others are the other side.
    within : relative width to which the border is known at the end, of the range given if `low` is 0.

    Values are tried by the ensemble, evenly, on a logarithmic scale if `low` is above 0; then again between
    the two neighbours whose fates differ. Raises InputError if no fate differs.
    """
    start, end = values_of(model, parameter, [low, high]).tolist()
    if not start < end or not 0 < within < 1:
        raise InputError(
            f"border of {parameter} is sought from {start:g} to {end:g} within {within:g}",
            "low below high, and a width between 0 and 1", "turn them round",
        )  # fmt: skip
    person = one_of(cohort, patient)
    own = own_values(model, person, [parameter])[0]
    space = np.geomspace if start > 0 else np.linspace
    width, bracket, crossings, runs = end - start, (start, end), 0, 0
    sides: tuple[Fate, Fate] | None = None
    while sides is None or not _narrow(bracket, within, width):
        tried = np.asarray(space(*bracket, AT_ONCE))
        people = varied(model, person, {parameter: tried})
        fate = judged(model, people, regimen, hours, classify=classify, quantities=quantities)
        runs += len(tried)
        is_well = np.isin(fate, list(well))
        changes = np.flatnonzero(is_well[1:] != is_well[:-1])
        if not changes.size:
            if sides is not None:
                break  # the sides agree now: they differed by less than runs are exact
            _refuse(parameter, (start, end), Fate(int(fate[0])))
        crossings = crossings or len(changes)
        middle = np.sqrt(tried[changes] * tried[changes + 1]) if start > 0 else tried[changes]
        k = int(changes[np.abs(middle - own).argmin()])
        bracket = (float(tried[k]), float(tried[k + 1]))
        sides = sides or (_beside(fate[k::-1], is_well[k::-1]), _beside(fate[k + 1 :], is_well[k + 1 :]))
    value = float(np.sqrt(bracket[0] * bracket[1]) if start > 0 else np.mean(bracket))
    return Border(
        parameter, model.parameter(parameter).unit, value, *bracket, *sides, own,
        own / value if value > 0 else float("inf"), crossings, runs,
    )  # fmt: skip


def _beside(fate: Ids, is_well: NDArray[np.bool_]) -> Fate:
    """Return the first fate on one side of a border that is not unfinished: at the border all is slow."""
    same = fate[: int(np.argmax(is_well != is_well[0])) or len(fate)]
    done = same[same != Fate.UNFINISHED]
    return Fate(int(done[0] if done.size else fate[0]))


def _narrow(bracket: tuple[float, float], within: float, width: float) -> bool:
    low, high = bracket
    return high - low <= within * (high if low > 0 else width)


def _refuse(parameter: str, ends: tuple[float, float], fate: Fate) -> None:
    raise InputError(
        f"the fate is {fate.name.lower()} for every {parameter} from {ends[0]:g} to {ends[1]:g}",
        "fates that differ in between", "widen the range, run longer, or judge by another rule",
    )  # fmt: skip
