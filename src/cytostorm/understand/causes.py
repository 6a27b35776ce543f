"""Why: what made a quantity rise or fall, process by process, and what made each process as fast as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.model import Model, Regimen, Score
from cytostorm.model.dose import hours
from cytostorm.model.quantity import Quantity
from cytostorm.understand.factors import Factors
from cytostorm.understand.reasons import Cause, Reasons
from cytostorm.understand.slopes import gradient_of, slopes, terms_of
from cytostorm.understand.trace import Trace, trace

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
POINTS = 257
"""Moments at which a window is looked at."""
STEADY = 0.01
"""Rest is one if the contributions at time 0 add up to no more than this share of their sizes."""
LEAST = 1e-3
"""Causes with a smaller share are told together."""


def why(
    model: Model,
    quantity: str,
    at: str | float,
    cohort: xr.Dataset | None = None,
    regimen: Regimen | None = None,
    *,
    patient: int = 0,
    window: str | float | None = None,
) -> Reasons:
    """Return what makes a quantity rise or fall at a time, in one patient.

    quantity : a species or a read-out, such as "il6"; scores jump, and are refused.
    at : hours from the trigger, or text with a unit.
    cohort, regimen : as `simulate` takes them; patient : index in the cohort.
    window : hours, or text: explain the change over these hours before `at`, and not the rate at that moment.

    The contribution of a process is d quantity / d state times what it does to that state, summed over
    states, less the same at rest, before the trigger, if that was a steady state. The contributions add up to
    the change. If a rate is a sum, each term is a cause of its own. The factors of a rate are compared with
    rest; of each state upstream is told by which fold the factor would be less if that state alone were as at
    rest.

    Returns Reasons, whose `text()` reads aloud. Raises InputError for names and times that cannot be.
    """
    found = model.quantity(quantity)
    end, span = hours(at, "time"), 0.0 if window is None else hours(window, "window")
    if not 0 <= span <= end or end <= 0:
        raise InputError(
            f"{quantity} is asked about at {end:g} h over {span:g} h", "a time after 0, a window within it",
            "ask about a later time, or a shorter window",
        )  # fmt: skip
    inside = np.linspace(end - span, end, POINTS) if span else np.array([end])
    course = trace(model, cohort, regimen, np.union1d([0.0], inside), patient)
    if not np.isfinite(course.y[:, -1]).all():
        raise InputError(
            f"patient {course.patient} is not alive at {end:g} h",
            "a time before death",
            "ask about an earlier one",
        )
    by = _contributions(model, found, course) / found.factor
    if isinstance(found, Score) or not by[:, -1].any():
        _refuse_flat(found)
    if abs(by[:, 0].sum()) > STEADY * np.abs(by[:, 0]).sum():
        by[:, 0] = 0.0
    values = (course.at(len(course.times) - 1), course.at(0))
    level = values[0][found] / found.factor
    if span:
        start = len(course.times) - POINTS
        change = level - course.at(start)[found] / found.factor
        now, rest = np.asarray(np.trapezoid(by[:, start:], course.times[start:])), by[:, 0] * span
    else:
        change, now, rest = float(by[:, -1].sum()), by[:, -1], by[:, 0]
    causes = _causes(model, Factors(model, *values), change, now, rest)
    return Reasons(quantity, found.label, found.unit, end, span, level, change, causes)


def _contributions(model: Model, quantity: Quantity, course: Trace) -> Array:
    """Return what each term of each process adds per hour (term, moment); the last row is time itself."""
    program = slopes(model)
    coefficients, terms = program.along(course)[1], program.apart_along(course)
    gradient = gradient_of(model, quantity, course)
    each = np.zeros((program.processes, terms.shape[1]))
    for c, (process, species) in enumerate(program.changes):
        each[process] += gradient[species] * coefficients[c]
    return np.vstack([each[list(program.terms)] * terms, gradient[-1:]])


def _causes(model: Model, factors: Factors, change: float, now: Array, rest: Array) -> tuple[Cause, ...]:
    """Return the causes, strongest first; what no process explains is one of them."""
    beyond = now - rest
    left = change - float(beyond.sum())
    total = float(np.abs(beyond).sum()) + abs(left) or 1.0
    order = [int(k) for k in np.argsort(-np.abs(beyond), kind="stable") if abs(beyond[k]) >= LEAST * total]
    found, terms = [], [(process, term) for process in model.processes for term in terms_of(process)]
    for k in order:
        numbers = (float(beyond[k]), float(abs(beyond[k]) / total), float(now[k]), float(rest[k]))
        if k == len(terms):
            found.append(Cause("", "time itself", *numbers, ()))
        else:
            process, term = terms[k]
            found.append(Cause(process.module, process.name, *numbers, factors.of(term)))
    small = float(beyond.sum() - sum(c.contribution for c in found))
    if len(order) < len(beyond) and small:
        found.append(Cause("", "smaller causes together", small, abs(small) / total, small, 0.0, ()))
    if abs(left) >= LEAST * total:
        label = "doses given at once, and what went on at rest"
        found.append(Cause("", label, left, abs(left) / total, left, 0.0, ()))
    return tuple(sorted(found, key=lambda cause: -cause.share))


def _refuse_flat(quantity: Quantity) -> None:
    if isinstance(quantity, Score):
        reads = sorted(str(s.name) for s in quantity.expression.free_symbols if s.kind != "parameter")
        raise InputError(
            f"{quantity.short} jumps: nothing makes it rise little by little", "a lab or a state",
            f"ask about one of what it reads: {', '.join(reads[:8])}",
        )  # fmt: skip
    raise InputError(
        f"{quantity.name} does not move at that time", "a quantity that some process changes",
        "ask about another time, or about what it is read from",
    )  # fmt: skip
