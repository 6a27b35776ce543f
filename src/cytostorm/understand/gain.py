"""Loop gain, growth rate and doubling time: whether inflammation feeds itself, and how fast."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.dataset import DISCLAIMER, OK
from cytostorm.errors import InputError
from cytostorm.model import Model, Regimen
from cytostorm.understand.loop import LASTING, Loop, circles, loop_of
from cytostorm.understand.trace import Trace, traces

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
OVER_TIME = {
    "gain": ("1", "loop gain: new activations that one brings about"),
    "gain_without_brakes": ("1", "loop gain if brakes stayed as they are"),
    "gain_without_division": ("1", "loop gain if cells did not multiply"),
    "growth": ("1/h", "growth rate of a small rise of the loop"),
    "doubling_time": ("h", "doubling time of a small rise; none where it does not grow"),
    "swings": ("1", "1 where a small change swings, as brakes follow it late"),
}
"""Variables over time with unit and label."""
REAL = 1e-6
"""Share of an eigenvalue below which its imaginary part is rounding."""
AT_MOST = {
    "highest_gain": ("1", "highest loop gain"),
    "time_of_highest_gain": ("h", "time of the highest loop gain"),
    "highest_gain_without_division": ("1", "highest loop gain if cells did not multiply"),
    "highest_growth": ("1/h", "highest growth rate"),
    "time_of_highest_growth": ("h", "time of the highest growth rate"),
    "shortest_doubling_time": ("h", "shortest doubling time; none if it never grows"),
    "hours_above_1": ("h", "time with a loop gain above 1"),
}
"""Variables per patient with unit and label."""
CARRIED = {
    "carried": "share of the highest loop gain that its effects bring about",
    "carried_without_division": "the same of the highest gain if cells did not multiply",
}
"""Variables per patient and state with their labels."""


def loop_gain(
    model: Model,
    cohort: xr.Dataset | None = None,
    regimen: Regimen | None = None,
    times: Sequence[float] | Array | None = None,
    *,
    held: Sequence[str] | None = None,
    also: Sequence[str] = (),
) -> xr.Dataset:
    """Return how strongly the immune loop feeds itself along each patient's course.

    The trigger, drugs and support are held as they are at that moment, and so are the reserves of resting
    cells; what remains is how a small rise of activated cells, mediators and damage would go on. `gain` is
    the number of new activations that one activation brings about before it is over: the largest real
    eigenvalue of the next-generation matrix F V^-1, 0 if there is none. `growth` is the real part of the
    dominant eigenvalue of the Jacobian F - V, and `doubling_time` log(2) / growth. Gain passes 1 exactly
    where a real eigenvalue of F - V passes 0. What F and V are is in docs/decisions/0015. T cells multiply in
    health as well while there is antigen, which is held: `gain_without_division` leaves that out, and tells
    whether inflammation feeds itself.

    model, cohort, regimen, times : as `simulate` takes them.
    held : species, or modules, that are kept as they are instead of the reserves that are found.
    also : species, or modules, that count besides those of cells, organs and mediators.

    Returns a Dataset: the variables of OVER_TIME (patient, time), those of AT_MOST (patient,), and `carried`
    (patient, state): the share of the highest gain that the effects of each state bring about; brakes have
    negative shares. `carried_without_division` is the same of that gain. NaN where a patient
    failed or is dead. The attributes name the states of the loop.
    Reference: van den Driessche and Watmough 2002, doi 10.1016/S0025-5564(02)00108-6.
    """
    import xarray as xr

    courses = traces(model, cohort, regimen, times)
    usable = [c for c in courses if c.status == OK]
    if not usable:
        raise InputError("no patient's run went through", "at least one that is ok", "check the numbers set")
    loop = loop_of(model, usable[0], held=held, also=also)
    found = [_along(loop, c) for c in courses]
    states = loop.names
    on = np.any([f["on"] for f in found], axis=0) if states else np.zeros(0, bool)
    variables: dict[str, Any] = {
        name: (("patient", "time"), np.stack([f[name] for f in found]), {"units": u, "label": label})
        for name, (u, label) in OVER_TIME.items()
    }
    hours = courses[0].times
    for name, (unit, label) in AT_MOST.items():
        numbers = np.array([_highest(hours, f)[name] for f in found])
        variables[name] = ("patient", numbers, {"units": unit, "label": label})
    for name, label in CARRIED.items():
        carried = np.stack([f[name] for f in found])[:, on]
        variables[name] = (("patient", "state"), carried, {"units": "1", "label": label})
    coords = {
        "patient": [c.patient for c in courses],
        "time": ("time", hours, {"units": "h", "label": "time since the trigger"}),
        "state": [name for name, is_on in zip(states, on, strict=True) if is_on],
    }
    attrs = {
        "model": model.name, "fingerprint": model.fingerprint, "held": json.dumps(loop.held),
        "disclaimer": DISCLAIMER,
    }  # fmt: skip
    return xr.Dataset(variables, coords, attrs)


def _along(loop: Loop, course: Trace) -> dict[str, Array]:
    """Return the variables of OVER_TIME (moment,), who carries the highest gain, and who is on a circle."""
    size, moments = len(loop.states), len(course.times)
    found = {name: np.full(moments, np.nan) for name in OVER_TIME}
    found |= {name: np.zeros(size) for name in CARRIED} | {"on": np.zeros(size, bool)}
    there = np.isfinite(course.y).all(axis=0) & (course.status == OK)
    if not there.any() or not size:
        return found
    new, kept = loop.split(course)
    new, kept, divided = new[there], kept[there], loop.division(course)[there]
    on = found["on"] = circles(new, kept)
    for name in ("gain", "gain_without_brakes", "gain_without_division", "swings"):
        found[name][there] = 0.0
    if not on.any():
        return found
    new, kept, divided = new[:, on][:, :, on], kept[:, on][:, :, on], divided[:, on]
    kept = kept + LASTING * np.eye(int(on.sum()))
    lives = np.linalg.inv(kept)
    values, vectors = np.linalg.eig(new @ lives)
    found["gain"][there] = _largest(values)
    found["gain_without_brakes"][there] = np.abs(np.linalg.eigvals(np.maximum(new, 0.0) @ lives)).max(axis=1)
    between = new - divided[:, :, None] * np.eye(int(on.sum()))
    resting = _largest(np.linalg.eigvals(between @ lives))
    found["gain_without_division"][there] = resting
    most = int(resting.argmax())
    alone = np.linalg.eig(between[most] @ lives[most])
    found["carried_without_division"][on] = _carried(between[most], lives[most], *alone)
    rates = np.linalg.eigvals(new - kept)
    first = np.take_along_axis(rates, rates.real.argmax(axis=1)[:, None], axis=1)[:, 0]
    found["growth"][there] = first.real
    found["swings"][there] = (first.imag != 0) * 1.0
    with np.errstate(divide="ignore"):
        found["doubling_time"][there] = np.where(first.real > 0, np.log(2) / first.real, np.nan)
    top = int(_largest(values).argmax())
    found["carried"][on] = _carried(new[top], lives[top], values[top], vectors[top])
    return found


def _largest(values: NDArray[Any]) -> Array:
    """Return the largest eigenvalue of each row that is real and positive; 0 if there is none."""
    real = np.abs(values.imag) <= REAL * np.abs(values)
    return np.asarray(np.where(real, values.real, 0.0).max(axis=1).clip(0.0))


def _carried(new: Array, lives: Array, values: NDArray[np.complex128], vectors: Array) -> Array:
    """Return how much of the gain the effects of each state bring about.

    They add up to 1: d ln(gain) / d ln(column of F), from the left and right eigenvectors.
    """
    k = int(np.where(np.abs(values.imag) <= REAL * np.abs(values), values.real, -np.inf).argmax())
    gain = values[k]
    if gain.real <= 0:
        return np.zeros(len(new))
    right = vectors[:, k]
    try:
        left = np.linalg.inv(vectors)[k]
    except np.linalg.LinAlgError:
        return np.zeros(len(new))
    shares = (left @ new) * (lives @ right) / gain
    return np.asarray(shares.real)


def _highest(hours: Array, found: dict[str, Array]) -> dict[str, float]:
    """Return the variables of AT_MOST."""
    gain, growth = found["gain"], found["growth"]
    result = dict.fromkeys(AT_MOST, np.nan)
    if np.isfinite(gain).any():
        k = int(np.nanargmax(gain))
        result["highest_gain"], result["time_of_highest_gain"] = float(gain[k]), float(hours[k])
        above = np.where(np.isfinite(gain) & (gain > 1), 1.0, 0.0)
        result["hours_above_1"] = float(np.trapezoid(above, hours))
        result["highest_gain_without_division"] = float(np.nanmax(found["gain_without_division"]))
    if np.isfinite(growth).any():
        k = int(np.nanargmax(growth))
        result["highest_growth"], result["time_of_highest_growth"] = float(growth[k]), float(hours[k])
        if growth[k] > 0:
            result["shortest_doubling_time"] = float(np.log(2) / growth[k])
    return result
