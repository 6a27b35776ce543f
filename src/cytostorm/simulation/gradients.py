"""How much each number matters: slopes of what is seen with respect to parameters, through all doses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.dataset import DIED
from cytostorm.errors import InputError
from cytostorm.model import Dose, Model, Parameter, Regimen, Rule
from cytostorm.model.observable import Score
from cytostorm.simulation.asking import Question
from cytostorm.simulation.neighbours import PLACES, STEP, by_differences
from cytostorm.simulation.run import MAX_VALUES, simulate
from cytostorm.simulation.status import OK
from cytostorm.simulation.tangents import by_tangents, tangents

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
TANGENTS, DIFFERENCES = METHODS = ("tangents", "differences")
WAYS = {TANGENTS: by_tangents, DIFFERENCES: by_differences}
LARGEST_STEP = 0.1
"""Largest relative step: neighbours further away are other people."""
CHUNK = 16_000_000
"""Numbers (128 MB) that neighbours may fill at a time."""


def gradient(
    model: Model,
    cohort: xr.Dataset | None = None,
    regimen: Regimen | None = None,
    times: Sequence[float] | Array | None = None,
    *,
    parameters: Sequence[str],
    quantities: Sequence[str] | None = None,
    relative: bool = False,
    method: str | None = None,
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
    method : "tangents", exact but for the tolerance; "differences" between whole patients; None is tangents,
        and differences for a parameter that moves the moment of a jump, such as the duration of a challenge.
    rtol : tolerance of each run; step : relative distance of a neighbour (see docs/decisions/0012).
    progress : called with patients done and patients in all.

    Returns a Dataset: each quantity (patient, time), its `<name>_gradient` (parameter, patient, time) per
    `parameter_unit`, and its `<name>_doubt` (parameter, patient): by how much the slope changes if only the
    inner neighbours are asked, as a share of its largest value; large for a kink or mere noise, and NaN for
    tangents, which have no neighbours. The attribute `gradient_methods` has the method of each parameter.
    A patient of whom any run fails has that run's status, and NaN throughout. Who dies keeps the status "ok"
    and has slopes until then, by differences until the first of the neighbours dies; `died_at` has no slope.
    Raises InputError for names, methods, rules, scores and sizes that cannot be.
    """
    import xarray as xr

    _check_plan(regimen)
    _check_step(step)
    chosen = _parameters(model, parameters)
    names = _quantities(model, quantities)
    run_how: dict[str, Any] = {"times": times, "quantities": names, "rtol": rtol, "threads": threads}
    many = 1 if cohort is None else getattr(cohort, "sizes", {}).get("patient", 1)
    _check_size(len(chosen) * len(names), many, 481 if times is None else np.size(times))
    base = simulate(model, cohort, regimen, **run_how)
    from cytostorm.formulary.caps import capped

    plan = capped(model, _plan(regimen), cohort)
    methods = _methods(model, plan, chosen, method)
    how = {"plan": plan, "relative": relative, "step": step, "how": run_how}
    patients, moments = base.sizes["patient"], base.sizes["time"]
    slopes = np.full((len(names), len(chosen), patients, moments), np.nan)
    doubt = np.full((len(names), len(chosen), patients), np.nan)
    status = base["status"].to_numpy().copy()
    for part in _parts(patients, len(chosen), moments * len(names)):
        seen = base[names].isel(patient=part).to_array().to_numpy()
        some = None if cohort is None else cohort.isel(patient=part)
        question = Question.of(model, chosen, some, seen, **how)
        for way in dict.fromkeys(methods):
            rows = [k for k, m in enumerate(methods) if m == way]
            found = WAYS[way.split(":")[0]](question.about(rows))
            slopes[:, rows, part], doubt[:, rows, part] = found.slopes, found.doubt
            status[part] = np.where(status[part] == OK, found.failed, status[part])
        if progress is not None:
            progress(part.stop, patients)
    slopes[:, :, np.isnan(base[names[0]].to_numpy())] = np.nan  # a tangent may outlive its patient by a hair
    slopes[:, :, status != OK] = np.nan
    doubt[:, :, status != OK] = np.nan
    run = base[names].where(xr.DataArray(status == OK, dims="patient"))
    for name in names:
        run[name].attrs.update(base[name].attrs)
    about = {"failed": int((status != OK).sum())} | _attrs(chosen, methods, step=step, relative=relative)
    status_of = base["status"].copy(data=status)
    made = _result(chosen, run, (slopes, doubt), status_of, relative=relative)
    died = {DIED: base[DIED]} if DIED in base else {}
    return made.assign(died).assign_attrs(base.attrs | about)


def _methods(model: Model, plan: Regimen, chosen: tuple[Parameter, ...], method: str | None) -> list[str]:
    """Return the method of each parameter, with the reason if it had to be differences."""
    if method not in (*METHODS, None):
        raise InputError(f"method is {method!r}", " or ".join(map(repr, METHODS)), "leave it out")
    if method == DIFFERENCES:
        return [DIFFERENCES] * len(chosen)
    made = tangents(model)
    lacks = made.lacks(plan)
    why = {p.name: lacks or made.why_not.get(p.name, "") for p in chosen}
    for name, reason in why.items():
        if reason and method == TANGENTS:
            raise InputError(
                f"{name} has no tangent: {reason}", "another parameter, or differences", "leave method out"
            )
    return [f"{DIFFERENCES}: {reason}" if reason else TANGENTS for reason in why.values()]


def _result(
    chosen: tuple[Parameter, ...],
    run: xr.Dataset,
    made: tuple[Array, Array],
    status: xr.DataArray,
    *,
    relative: bool,
) -> xr.Dataset:
    """Return values, slopes, doubts and statuses with their units and labels."""
    own = [p.unit for p in chosen]
    per = own[0] if len(set(own)) == 1 else "parameter_unit"
    what = "relative change" if relative else "change"
    for k, name in enumerate(list(run.data_vars)):
        unit, label = run[name].attrs["units"], run[name].attrs["label"]
        about = {
            "units": unit if relative else f"{unit}/({per})",
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
        parameter=("parameter", [p.name for p in chosen], {"label": "what is changed"}),
        parameter_unit=("parameter", own, {"label": "unit of the parameter"}),
    )


def _attrs(
    chosen: tuple[Parameter, ...], methods: list[str], *, step: float, relative: bool
) -> dict[str, str | int | float]:
    """Return how the slopes were made; a method has its reason behind a colon."""
    return {
        "gradient": "tangents: S' = J S + df/dp; "
        "differences: of order 4 between whole patients, central, one-sided at zero",
        "gradient_methods": json.dumps({p.name: m for p, m in zip(chosen, methods, strict=True)}),
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


def _plan(regimen: Regimen | Dose | None) -> Regimen:
    if isinstance(regimen, Dose):
        return Regimen((regimen,))
    return Regimen() if regimen is None else regimen


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
