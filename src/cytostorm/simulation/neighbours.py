"""Slopes by differences between whole patients: four neighbours each, moved along one parameter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cytostorm.simulation.asking import Question, Slopes, cohort_of, first_failure
from cytostorm.simulation.run import simulate

Array = NDArray[np.float64]
STEP = 5e-3
"""Relative step that measured best at any tolerance; the outer neighbours stand twice as far away."""
PLACES = np.array([-2.0, -1.0, 1.0, 2.0])
"""Where the neighbours of a patient stand, in steps."""
WEIGHTS = np.array([1.0, -8.0, 8.0, -1.0]) / 12.0
NARROW = np.array([0.0, -0.5, 0.5, 0.0])
PLACES_AT_ZERO = np.array([1.0, 2.0, 3.0, 4.0])
"""The same where a parameter is zero, below which it cannot go."""
WEIGHTS_AT_ZERO = np.array([48.0, -36.0, 16.0, -3.0]) / 12.0
NARROW_AT_ZERO = np.array([2.0, -0.5, 0.0, 0.0])


def by_differences(question: Question) -> Slopes:
    """Return slopes, doubts and first failures among the neighbours of some patients."""
    count, patients = question.values.shape
    values, zero = question.values, question.values == 0.0
    steps = question.sizes * question.step
    places = np.where(zero[..., None], PLACES_AT_ZERO, PLACES)
    moved = values[..., None] + steps[..., None] * places
    shape = (count, patients, len(PLACES))
    names = [p.name for p in question.parameters]
    variables = {
        name: np.broadcast_to(v[None, :, None], shape).copy()
        for name, v in (question.people | dict(zip(names, values, strict=True))).items()
    }
    for k, name in enumerate(names):
        variables[name][k] = moved[k]
    run = simulate(question.model, cohort_of(variables), question.plan, **question.how)
    found = np.stack([run[name].to_numpy().reshape(*shape, -1) for name in question.how["quantities"]])
    found -= question.seen[:, None, :, None, :]  # smaller numbers, so less is lost; weights add up to 0
    slopes = _weighed(found, np.where(zero[..., None], WEIGHTS_AT_ZERO, WEIGHTS))
    narrow = _weighed(found, np.where(zero[..., None], NARROW_AT_ZERO, NARROW))
    with np.errstate(invalid="ignore"):
        peak = np.fmax.reduce(np.abs(slopes), axis=-1)  # after a death there is nothing
        doubt = np.fmax.reduce(np.abs(slopes - narrow), axis=-1) / np.where(peak > 0.0, peak, 1.0)
    slopes *= (values / steps if question.relative else 1.0 / steps)[..., None]
    return Slopes(slopes, doubt, first_failure(run["status"].to_numpy().reshape(shape)))


def _weighed(found: Array, weights: Array) -> Array:
    """Return the slopes (quantity, parameter, patient, time), per step."""
    return np.asarray(np.einsum("qpnst,pns->qpnt", found, weights))
