"""How much each number matters: slopes of what is seen with respect to parameters, through all doses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Parameter, Regimen, Rule
from cytostorm.model.observable import Score
from cytostorm.simulation.run import MAX_VALUES, simulate
from cytostorm.simulation.status import OK

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
STEP = 5e-3
"""Relative step that measured best at any tolerance; the outer neighbours stand twice as far away."""
LARGEST_STEP = 0.1
"""Largest relative step: neighbours further away are other people."""
PLACES = np.array([-2.0, -1.0, 1.0, 2.0])
"""Where the neighbours of a patient stand, in steps."""
WEIGHTS = np.array([1.0, -8.0, 8.0, -1.0]) / 12.0
NARROW = np.array([0.0, -0.5, 0.5, 0.0])
PLACES_AT_ZERO = np.array([1.0, 2.0, 3.0, 4.0])
"""The same where a parameter is zero, below which it cannot go."""
WEIGHTS_AT_ZERO = np.array([48.0, -36.0, 16.0, -3.0]) / 12.0
NARROW_AT_ZERO = np.array([2.0, -0.5, 0.0, 0.0])
CHUNK = 16_000_000
"""Numbers (128 MB) that neighbours may fill at a time."""


@dataclass(frozen=True)
class _Question:
    """What is asked of every patient: parameters, and how all neighbours are simulated."""

    model: Model
    parameters: tuple[Parameter, ...]
    step: float
    relative: bool
    how: dict[str, Any]

    def values(self, cohort: xr.Dataset | None, patients: int) -> Array:
        """Return the values of the parameters (parameter, patient), in display units."""
        own = [p.name in cohort if cohort is not None else False for p in self.parameters]
        return np.array(
            [
                cohort[p.name].to_numpy() if held and cohort is not None
                else np.full(patients, self.model.values[p] / p.factor)
                for p, held in zip(self.parameters, own, strict=True)
            ],
            float,
        )  # fmt: skip


def gradient(
    model: Model,
    cohort: xr.Dataset | None = None,
    regimen: Regimen | None = None,
    times: Sequence[float] | Array | None = None,
    *,
    parameters: Sequence[str],
    quantities: Sequence[str] | None = None,
    relative: bool = False,
    rtol: float = 1e-8,
    step: float = STEP,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> xr.Dataset:
    """Differentiate what is seen of patients with respect to parameters, through doses and infusions.

    model, cohort, regimen, times, threads : as `simulate` takes them; rules jump, and are refused.
    parameters : full names; all that they do counts: rates, initial values, doses per kg, what arrives.
    quantities : names; None is every lab. Scores jump, and are refused.
    relative : p dq/dp, the change of q per relative change of p, in the unit of q; else dq/dp.
    rtol : tolerance of each run; step : relative distance of a neighbour (see docs/decisions/0012).
    progress : called with patients done and patients in all.

    Returns a Dataset: each quantity (patient, time), its `<name>_gradient` (parameter, patient, time) per
    `parameter_unit`, and its `<name>_doubt` (parameter, patient): by how much the slope changes if only the
    inner neighbours are asked, as a share of its largest value; large for a kink or mere noise. A patient
    of whom any run fails has that run's status, and NaN throughout.
    Raises InputError for names, rules, scores and sizes that cannot be.
    """
    import xarray as xr

    _check_plan(regimen)
    _check_step(step)
    chosen = _parameters(model, parameters)
    names = _quantities(model, quantities)
    how: dict[str, Any] = {
        "times": times,
        "regimen": regimen,
        "quantities": names,
        "rtol": rtol,
        "threads": threads,
    }
    many = 1 if cohort is None else getattr(cohort, "sizes", {}).get("patient", 1)
    _check_size(len(chosen) * len(names), many, 481 if times is None else np.size(times))
    base = simulate(model, cohort, **how)
    patients, moments = base.sizes["patient"], base.sizes["time"]
    question = _Question(model, chosen, step, relative, how)
    slopes = np.full((len(names), len(chosen), patients, moments), np.nan)
    doubt = np.full((len(names), len(chosen), patients), np.nan)
    status = base["status"].to_numpy().copy()
    for part in _parts(patients, len(chosen), moments * len(names)):
        seen = base[names].isel(patient=part).to_array().to_numpy()
        some = None if cohort is None else cohort.isel(patient=part)
        slopes[:, :, part], doubt[:, :, part], failed = _ask(question, some, seen)
        status[part] = np.where(status[part] == OK, failed, status[part])
        if progress is not None:
            progress(part.stop, patients)
    slopes[:, :, status != OK] = np.nan
    doubt[:, :, status != OK] = np.nan
    run = base[names].where(xr.DataArray(status == OK, dims="patient"))
    for name in names:
        run[name].attrs.update(base[name].attrs)
    return _result(question, run, (slopes, doubt), base["status"].copy(data=status)).assign_attrs(
        base.attrs | {"failed": int((status != OK).sum())} | _attrs(step, relative=relative)
    )


def _ask(
    question: _Question, cohort: xr.Dataset | None, seen: Array
) -> tuple[Array, Array, NDArray[np.int8]]:
    """Return slopes, doubts and first failures among the neighbours of some patients.

    seen : what is seen of the patients themselves (quantity, patient, time).
    """
    import xarray as xr

    patients, count = seen.shape[1], len(question.parameters)
    values = question.values(cohort, patients)
    typical = np.array([question.model.values[p] / p.factor or p.value or 1.0 for p in question.parameters])
    zero = values == 0.0
    steps = np.where(zero, typical[:, None], values) * question.step
    places = np.where(zero[..., None], PLACES_AT_ZERO, PLACES)
    moved = values[..., None] + steps[..., None] * places
    lanes = count * patients * len(PLACES)
    people = {} if cohort is None else {str(k): cohort[k].to_numpy() for k in cohort.data_vars}
    people |= dict(zip((p.name for p in question.parameters), values, strict=True))
    shape = (count, patients, len(PLACES))
    variables = {name: np.broadcast_to(v[None, :, None], shape).copy() for name, v in people.items()}
    for k, p in enumerate(question.parameters):
        variables[p.name][k] = moved[k]
    around = xr.Dataset(
        {name: ("patient", v.reshape(lanes)) for name, v in variables.items()},
        coords={"patient": np.arange(lanes)},
    )
    run = simulate(question.model, around, **question.how)
    found = np.stack([run[name].to_numpy().reshape(*shape, -1) for name in question.how["quantities"]])
    found -= seen[:, None, :, None, :]  # smaller numbers, so less is lost; the weights of a slope add up to 0
    slopes = _weighed(found, np.where(zero[..., None], WEIGHTS_AT_ZERO, WEIGHTS))
    narrow = _weighed(found, np.where(zero[..., None], NARROW_AT_ZERO, NARROW))
    with np.errstate(invalid="ignore"):
        peak = np.abs(slopes).max(axis=-1)
        doubt = np.abs(slopes - narrow).max(axis=-1) / np.where(peak > 0.0, peak, 1.0)
    slopes *= (values / steps if question.relative else 1.0 / steps)[..., None]
    ended = np.moveaxis(run["status"].to_numpy().reshape(shape), 1, 0).reshape(patients, -1)
    first = (ended != OK).argmax(axis=1)
    return slopes, doubt, ended[np.arange(patients), first]


def _weighed(found: Array, weights: Array) -> Array:
    """Return the slopes (quantity, parameter, patient, time), per step."""
    return np.asarray(np.einsum("qpnst,pns->qpnt", found, weights))


def _result(
    question: _Question, run: xr.Dataset, made: tuple[Array, Array], status: xr.DataArray
) -> xr.Dataset:
    """Return values, slopes, doubts and statuses with their units and labels."""
    own = [p.unit for p in question.parameters]
    per = own[0] if len(set(own)) == 1 else "parameter_unit"
    what = "relative change" if question.relative else "change"
    for k, name in enumerate(list(run.data_vars)):
        unit, label = run[name].attrs["units"], run[name].attrs["label"]
        about = {
            "units": unit if question.relative else f"{unit}/({per})",
            "label": f"change of {label} per {what} of a parameter",
            "quantity": run[name].attrs["quantity"],
        }
        run[f"{name}_gradient"] = (("parameter", "patient", "time"), made[0][k], about)
        about = {
            "units": "1",
            "label": f"what the gradient of {label} depends on the step, as a share of its peak",
        }
        run[f"{name}_doubt"] = (("parameter", "patient"), made[1][k], about)
    run["status"] = status
    return run.assign_coords(
        parameter=("parameter", [p.name for p in question.parameters], {"label": "what is changed"}),
        parameter_unit=("parameter", own, {"label": "unit of the parameter"}),
    )


def _attrs(step: float, *, relative: bool) -> dict[str, str | int | float]:
    return {
        "gradient": "differences of order 4 between whole patients: central, one-sided at zero",
        "gradient_step": step,
        "gradient_relative": int(relative),
    }


def _parts(patients: int, parameters: int, row: int) -> Iterator[slice]:
    """Return who is asked together, so that memory does not grow with the cohort."""
    size = max(1, CHUNK // (parameters * len(PLACES) * row))
    return (slice(start, min(start + size, patients)) for start in range(0, patients, size))


def _parameters(model: Model, names: Sequence[str]) -> tuple[Parameter, ...]:
    if isinstance(names, str):
        raise InputError(f"parameters are {names!r}, one text", "a list of names", f"write [{names!r}]")
    found = tuple(model.parameter(name) for name in names)
    if not found:
        raise InputError("no parameter is named", "one or more", "see [p.name for p in model.parameters]")
    if len(set(found)) < len(found):
        raise InputError("a parameter is named twice", "each name once", "leave out doubles")
    return found


def _quantities(model: Model, names: Sequence[str] | None) -> list[str]:
    if names is None:
        return [o.short for o in model.labs] or [s.name for s in model.species]
    if isinstance(names, str):
        raise InputError(f"quantities are {names!r}, one text", "a list of names", f"write [{names!r}]")
    for name in names:
        if isinstance(model.quantity(name), Score):
            raise InputError(
                f"{name!r} is a score: it jumps, and has no gradient",
                "labs, observables or species",
                "differentiate the labs that it is made of",
            )
    if not names:
        raise InputError("no quantity is named", "one or more", "leave quantities out for every lab")
    return list(dict.fromkeys(names))


def _check_plan(regimen: Regimen | Dose | Rule | None) -> None:
    if isinstance(regimen, Rule) or (isinstance(regimen, Regimen) and regimen.rules):
        raise InputError(
            "the regimen holds a rule: what it gives jumps with a parameter, and a jump has no gradient",
            "doses at set times",
            "give what the rule gave as doses; or compare two runs of `simulate`",
        )


def _check_step(step: float) -> None:
    if not 0.0 < step <= LARGEST_STEP:
        raise InputError(f"step is {step!r}", f"above 0, at most {LARGEST_STEP}", "leave it out")


def _check_size(slopes: int, patients: int, moments: int) -> None:
    if slopes * patients * moments > MAX_VALUES:
        raise InputError(
            f"gradients of {patients} patients x {moments} times x {slopes} slopes do not fit into memory",
            f"at most {MAX_VALUES:,} numbers",
            "name fewer parameters, quantities or times, or ask for patients in parts",
        )
