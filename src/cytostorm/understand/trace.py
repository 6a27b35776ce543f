"""All states of patients at chosen moments: what every question in this room is asked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import kernel
from cytostorm.dataset import OK
from cytostorm.errors import InputError
from cytostorm.formulary.caps import capped
from cytostorm.model import Dose, Model, Regimen
from cytostorm.model.algebra import value_of
from cytostorm.model.dose import PER_PERSON
from cytostorm.model.quantity import Quantity, time
from cytostorm.simulation import STATUS, simulate
from cytostorm.simulation.result import cohort_values
from cytostorm.simulation.schedule import Marks, Scheduler

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trace:
    """One patient's course in coherent units.

    patient : coordinate in the cohort; status : as in a run, 0 is ok; times : hours (moment,).
    y : states (species, moment), NaN where there is none; p : parameters (parameter,);
    u : inputs in force (input, moment), none yet at time 0.
    """

    model: Model
    patient: int
    status: int
    times: Array
    y: Array
    p: Array
    u: Array

    def at(self, moment: int) -> dict[Quantity, float]:
        """Return every quantity at a moment, in coherent units, sockets and read-outs included."""
        model = self.model
        values: dict[Quantity, float] = {time: float(self.times[moment])}
        values |= dict(zip(model.parameters, self.p.tolist(), strict=True))
        values |= dict(zip(model.species, self.y[:, moment].tolist(), strict=True))
        values |= dict(zip(model.inputs, self.u[:, moment].tolist(), strict=True))
        return completed(model, values)


def completed(model: Model, values: dict[Quantity, float]) -> dict[Quantity, float]:
    """Return the values with those of sockets and read-outs, which follow from the others."""
    values = dict(values)
    waiting = [(o, o.expression) for o in model.observables] + list(model.sockets.items())
    while waiting:
        later = []
        for quantity, expression in waiting:
            if all(s in values for s in expression.free_symbols):
                values[quantity] = value_of(expression, values, {})
            else:
                later.append((quantity, expression))
        waiting = later
    return values


def traces(
    model: Model, cohort: xr.Dataset | None, regimen: Regimen | None, times: Sequence[float] | Array | None
) -> list[Trace]:
    """Return the courses of all patients of a cohort, simulated anew; see `simulate` for the arguments."""
    run = simulate(model, cohort, regimen, times, quantities=[str(s.name) for s in model.species])
    p = cohort_values(model, cohort)
    hours = np.asarray(run["time"].values, float)
    factors = np.array([s.factor for s in model.species])[:, None]
    plan = capped(model, Regimen() + regimen if regimen is not None else Regimen(), cohort)
    given = _inputs(model, plan, p, run) if model.inputs else None
    found = []
    for k in range(p.shape[1]):
        y = np.stack([np.asarray(run[str(s.name)].values[k], float) for s in model.species]) * factors
        u = np.zeros((0, len(hours))) if given is None else given[k]
        label, status = int(run["patient"].values[k]), int(run["status"].values[k])
        found.append(Trace(model, label, status, hours, y, p[:, k], u))
    return found


def trace(
    model: Model,
    cohort: xr.Dataset | None,
    regimen: Regimen | None,
    times: Sequence[float] | Array | None,
    patient: int = 0,
) -> Trace:
    """Return the course of the patient at an index of the cohort.

    Raises InputError if there is no such patient, or the simulation fails.
    """
    found = traces(model, one_of(cohort, patient), regimen, times)[0]
    if found.status != OK:
        raise InputError(
            f"patient {found.patient} cannot be followed: the run ended with {STATUS[found.status]!r}",
            "a run that goes through", "check the numbers set, or ask about another patient",
        )  # fmt: skip
    return found


def one_of(cohort: xr.Dataset | None, patient: int) -> xr.Dataset | None:
    """Return the cohort of one patient; raise InputError if there is none at that index."""
    people = 1 if cohort is None else int(cohort.sizes.get("patient", 0))
    if not 0 <= patient < people:
        raise InputError(f"there is no patient {patient}", f"0 to {people - 1}", "choose one of the cohort")
    return None if cohort is None else cohort.isel(patient=[patient])


def _inputs(model: Model, plan: Regimen, p: Array, run: xr.Dataset) -> list[Array]:
    """Return the inputs in force (input, moment) of each patient: infusions of triggers, plan and rules."""
    hours = np.asarray(run["time"].values, float)
    everyone = np.arange(p.shape[1])
    scheduler = Scheduler(model, kernel(model), p, _persons(model, p), Marks(hours))
    scheduler.plan(plan, everyone)
    for dose, patient, start in _decided(plan, run):
        scheduler.add(dose, np.array([patient]), start)
    events = scheduler.orders.events(everyone)
    found = []
    for k in everyone:
        mine = slice(int(events.start[k]), int(events.start[k + 1]))
        u = np.zeros((len(model.inputs), len(hours)))
        for moment, index, value in zip(
            events.time[mine], events.index[mine], events.value[mine], strict=True
        ):
            if index < 0:
                u[-1 - index, (hours >= moment) & (hours > 0)] = value
        found.append(u)
    return found


def _persons(model: Model, p: Array) -> dict[str, Array]:
    """Return what doses may be given per of, as the model has it."""
    found = {}
    for name in PER_PERSON.values():
        quantity = model.names.get(name)
        if quantity is None:
            continue
        columns = [dict(zip(model.parameters, column.tolist(), strict=True)) for column in p.T]
        found[name] = np.array([_read(quantity, values) for values in columns])
    return found


def _read(quantity: Quantity, values: dict[Quantity, float]) -> float:
    return values[quantity] if quantity in values else value_of(quantity.expression, values, {})


def _decided(plan: Regimen, run: xr.Dataset) -> list[tuple[Dose, int, float]]:
    """Return what rules ordered: dose, index of the patient, hour."""
    if "order" not in run.coords:
        return []
    doses = {f"{rule.text()}: {rule.dose.text()}": rule.dose for rule in plan.rules}
    orders = [doses[str(text)] for text in run["order"].values]
    columns = (run[name].values.tolist() for name in ("decided_what", "decided_for", "decided_at"))
    return [(orders[int(what)], int(who), float(when)) for what, who, when in zip(*columns, strict=True)]
