"""States in which nothing changes any more: where a model comes to rest, and whether it stays there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError
from cytostorm.model import Model, Species
from cytostorm.model.quantity import Quantity, time
from cytostorm.understand.flow import Flow
from cytostorm.understand.trace import completed, trace

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
SAME = 1e-3
"""Relative distance within which two steady states are one."""
RAISED = (1.0, 10.0, 100.0)
"""By how much everything that is free to is raised in starts far from rest."""
BETWEEN = 9
"""Points between two stable states from which an unstable one is sought."""
ALONG = (6.0, 24.0, 96.0)
"""Hours of the triggered run whose states are starts as well."""


def steady_states(
    model: Model,
    cohort: xr.Dataset | None = None,
    starts: Sequence[Mapping[str, float]] = (),
    *,
    patient: int = 0,
    hours: float = 5000.0,
    clock: float | None = None,
    quantities: Sequence[str] | None = None,
) -> xr.Dataset:
    """Return the steady states found from several starts, without any dose, and their stability.

    cohort, patient : the person, by index; None is the model's own numbers.
    starts : states to start from besides those at rest, along the triggered run, and with all that no total
        binds raised; species by name in their own units, others as at rest.
    hours : length of each integration, before Newton's method with the analytic Jacobian takes over.
    clock : hour at which terms of time itself are taken; needed if there are any.
    quantities : read-outs to add to the species; None is every lab.

    What only adds up, and acts on nothing, is left out. Conserved totals are those of each start. Unstable
    states are sought by Newton's method between each two stable ones: some may be missed.

    Returns a Dataset (steady,), nearest to rest first: each quantity in its own unit; `stable`, 1 or 0;
    `growth`, the real part of the dominant eigenvalue in 1/h, above 0 if unstable; `reached`, how many starts
    ended there. The attribute `unsettled` counts starts that came to no rest.
    Raises InputError where time itself acts, for unknown names, or if nothing comes to rest.
    """
    import xarray as xr

    flow = Flow.of(model, trace(model, cohort, None, [0.0], patient), clock or 0.0)
    if flow.timed and clock is None:
        raise InputError(
            f"model {model.name!r} has terms of time itself", "equations that time does not change",
            "say at which hour the clock is stopped: clock=0",
        )  # fmt: skip
    found: list[Array] = []
    reached: list[int] = []
    unsettled = 0
    for start in _starts(model, flow, cohort, starts, patient):
        end = flow.newton(flow.later(start, hours))
        place = _place(end, found, flow)
        if end is None or place is None:
            unsettled += 1
        elif place == len(found):
            found.append(end)
            reached.append(1)
        else:
            reached[place] += 1
    if not found:
        raise InputError(
            f"model {model.name!r} comes to no rest in {hours:g} h", "a steady state", "wait longer"
        )
    stable = [flow.growth(y) < 0 for y in found]
    for one in _between([y for y, is_stable in zip(found, stable, strict=True) if is_stable], flow):
        if _place(one, found, flow) == len(found):
            found.append(one)
            reached.append(0)
    order = sorted(range(len(found)), key=lambda k: flow.distance(found[k], flow.rest))
    variables = _read(model, flow, [found[k] for k in order], quantities)
    growth = np.array([flow.growth(found[k]) for k in order])
    label = "real part of the dominant eigenvalue"
    variables["growth"] = ("steady", growth, {"units": "1/h", "label": label})
    variables["stable"] = ("steady", (growth < 0).astype(int), {"units": "1", "label": "1 if it stays there"})
    counts = np.array([reached[k] for k in order])
    variables["reached"] = ("steady", counts, {"units": "1", "label": "starts that ended there"})
    attrs = {
        "model": model.name, "fingerprint": model.fingerprint, "unsettled": unsettled, "hours": hours,
        "disclaimer": DISCLAIMER,
    }  # fmt: skip
    return xr.Dataset(variables, attrs=attrs)


def _starts(
    model: Model, flow: Flow, cohort: xr.Dataset | None, wanted: Sequence[Mapping[str, float]], patient: int
) -> list[Array]:
    """Return the states to start from (species,), coherent."""
    row = {str(s.name): k for k, s in enumerate(model.species)}
    found = [flow.rest]
    if model.challenges:
        course = trace(model, cohort, None, [0.0, *ALONG], patient)
        found += [y for y in course.y.T[1:] if np.isfinite(y).all()]
    found += [flow.raised(factor) for factor in RAISED]
    for start in wanted:
        y = flow.rest.copy()
        for name, value in start.items():
            species = model.quantity(name)
            if not isinstance(species, Species):
                raise InputError(
                    f"{name!r} is no state", "a species", "start from the states it is read from"
                )
            y[row[str(species.name)]] = float(value) * species.factor
        found.append(y)
    return found


def _place(y: Array | None, found: list[Array], flow: Flow) -> int | None:
    """Return the place of a state among those known, the next free place if it is new, None for no state."""
    if y is None:
        return None
    return next((k for k, other in enumerate(found) if flow.distance(y, other) < SAME), len(found))


def _between(stable: list[Array], flow: Flow) -> list[Array]:
    """Return the states to which Newton's method goes from between each two stable ones."""
    found = []
    for k, one in enumerate(stable):
        for other in stable[k + 1 :]:
            for share in np.linspace(0, 1, BETWEEN + 2)[1:-1]:
                mixed = [(1 - share) * one + share * other, flow.mixed(one, other, float(share))]
                found += [y for y in map(flow.newton, mixed) if y is not None]
    return found


def _read(model: Model, flow: Flow, found: list[Array], quantities: Sequence[str] | None) -> dict[str, Any]:
    """Return every species, and read-outs, of the steady states."""
    chosen: dict[str, Quantity] = {str(s.name): s for s in flow.kept}
    names = [o.short for o in model.labs] if quantities is None else quantities
    chosen |= {name: model.quantity(name) for name in names}
    fixed: dict[Quantity, float] = {time: flow.clock, **dict.fromkeys(model.inputs, 0.0)}
    fixed |= dict(zip(model.parameters, flow.p.tolist(), strict=True))
    columns = [completed(model, fixed | dict(zip(model.species, y.tolist(), strict=True))) for y in found]
    return {
        name: ("steady", np.array([c[q] / q.factor for c in columns]), {"units": q.unit, "label": q.label})
        for name, q in chosen.items()
    }
