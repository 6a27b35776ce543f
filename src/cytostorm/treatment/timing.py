"""A drug from too early to too late: the same patients, once for each start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import CancelledError, InputError
from cytostorm.formulary import regimen, usual
from cytostorm.library import catalogue
from cytostorm.model import Regimen
from cytostorm.model.dose import hours as hours_of
from cytostorm.population import sample
from cytostorm.treatment.arms import INFECTION, RTOL, Arm, arm, change, share

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
Plan = Callable[[float], Regimen]
STARTS = 12
STEPS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 24.0, 36.0, 48.0, 72.0, 96.0, 120.0, 168.0)
"""Hours between starts, if none are named: the least that reaches past most of the deaths."""
FEW = 10
"""Deaths below which they say nothing of when it is too late; half of the run is looked at then."""
LATE = 0.9
"""Share of the deaths without the drug by which the last start is too late."""
SHARES = {
    "dead": "share of patients dead at the end",
    "change": "change of that share against nothing given, in the same patients",
}
"""Variables with an interval of 95 %, and their labels."""
COUNTS = {
    "patients": "patients whose runs are ok, with the drug and without",
    "saved": "who would have died and live",
    "harmed": "who would have lived and die",
}


def timing(
    trigger: str,
    what: str | Plan,
    starts: Sequence[str | float] | None = None,
    *,
    patients: int = 1000,
    severity: str = "",
    include: Iterable[str] = (INFECTION,),
    hours: str | float | None = None,
    seed: int = 0,
    fixed: Mapping[str, str | float] | None = None,
    rtol: float = RTOL,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> xr.Dataset:
    """Return who dies, and how likely another infection is, by when a drug is started.

    trigger, severity : as for `model_for`.
    what : a regimen by name, "dexamethasone, COVID-19"; a drug, of which the regimen is taken that is usual
        after this trigger; or a function that returns a plan for a start in hours.
    starts : hours from the trigger, or texts with a unit; None is twelve, from the trigger itself until
        nine of ten deaths have happened.
    patients, seed, fixed : as for `sample`. The same people are in each arm, and in one that gets nothing.
    include : further mechanisms; "infection" adds the hazard of another infection.
    hours : length of each run; None is as long as runs of the trigger are.
    rtol : relative tolerance of the solver; 1e-3 is four times as fast as that of `simulate`.
    progress : called with arms done and arms in all.

    Returns a Dataset (start,): `dead` and `change` with `_low` and `_high`, an interval of 95 % by chance
    alone, `saved` and `harmed`; with infections, `infection`, the share who have another, and
    `infection_rate` per day alive. Variables that end in `_without` are those of nothing given.
    Raises InputError for what cannot be or is forbidden at its start, CancelledError when interrupted.
    """
    import xarray as xr

    named, plan = plan_of(what, trigger)
    routes = sorted({dose.route for dose in plan(0.0).given})
    model = catalogue.model_for(trigger, routes, include, severity=severity)
    people = sample(model, patients, seed, fixed=fixed)
    made = catalogue.recipe(trigger)
    length = made.hours_of(severity or None) if hours is None else hours_of(hours, "length of a run")
    how: dict[str, Any] = {"rtol": rtol, "threads": threads}
    try:
        without = arm(model, people, None, length, **how)
        begin = _starts(starts, without, length)
        arms = []
        for k, start in enumerate(begin):
            if progress is not None:
                progress(k + 1, len(begin) + 1)
            arms.append(arm(model, people, plan(start), length, **how))
    except KeyboardInterrupt:
        raise CancelledError("the comparison was interrupted") from None
    if progress is not None:
        progress(len(begin) + 1, len(begin) + 1)
    attrs = {
        "trigger": trigger, "label": made.label, "severity": severity or made.usual, "given": named,
        "regimen": plan(begin[0]).text(), "patients": patients, "seed": seed, "hours": length, "rtol": rtol,
        "model": model.name, "fingerprint": model.fingerprint, "unchecked": arms[0].unchecked,
        "disclaimer": DISCLAIMER,
    }  # fmt: skip
    label = {"units": "h", "label": "start of treatment, from the trigger"}
    return xr.Dataset(outcomes(arms, without), {"start": ("start", begin, label)}, attrs)


def plan_of(what: str | Plan, trigger: str) -> tuple[str, Plan]:
    """Return the name of what is given, and its plan by the start in hours."""
    if callable(what):
        return getattr(what, "__name__", "a plan"), what
    if not isinstance(what, str):
        raise InputError(
            f"what is given is {what!r}", "a regimen or a drug by name, or a function of the start",
            "such as 'dexamethasone, COVID-19'",
        )  # fmt: skip
    name = what if "," in what else usual(what, trigger)
    return name, lambda start: regimen(name, start)


def outcomes(arms: Sequence[Arm], without: Arm, looks: int = 1) -> dict[str, Any]:
    """Return the variables (start,) of arms against one that gets nothing, without those who failed.

    looks : how many changes the interval of 95 % holds for together.
    """
    found: dict[str, list[float]] = {}
    for one in arms:
        both = one.well & without.well
        dead, before = one.dead[both], without.dead[both]
        rows = {"dead": share(dead), "change": change(dead, before, looks)}
        numbers = {
            f"{name}{end}": value
            for name, values in rows.items()
            for end, value in zip(("", "_low", "_high"), values, strict=True)
        }
        numbers |= {"patients": len(dead), "saved": (before & ~dead).sum(), "harmed": (dead & ~before).sum()}
        for name, value in (numbers | _infections(one)).items():
            found.setdefault(name, []).append(value)
    about = labels()
    variables: dict[str, Any] = {
        name: ("start", np.array(values), about[name]) for name, values in found.items()
    }
    rest = dict(zip(("dead", "dead_low", "dead_high"), share(without.dead[without.well]), strict=True))
    for name, value in (rest | _infections(without)).items():
        said = about[name] | {"label": about[name]["label"] + ", nothing given"}
        variables[f"{name}_without"] = ((), value, said)
    return variables


def _infections(one: Arm) -> dict[str, float]:
    if one.hazard is None:
        return {}
    hazard, days = one.hazard[one.well], one.days[one.well]
    return {
        "infection": float(-np.expm1(-hazard).mean()),
        "infection_rate": float(hazard.sum() / days.sum()),
    }


def labels() -> dict[str, dict[str, str]]:
    """Return unit and label of each variable."""
    ends = {"": "", "_low": ", lower end of 95 %", "_high": ", upper end of 95 %"}
    found = {f"{n}{e}": {"units": "1", "label": t + w} for n, t in SHARES.items() for e, w in ends.items()}
    found |= {n: {"units": "1", "label": t} for n, t in COUNTS.items()}
    found["infection"] = {"units": "1", "label": "share of patients with another infection"}
    found["infection_rate"] = {"units": "1/d", "label": "other infections for each day alive"}
    return found


def _starts(starts: Sequence[str | float] | None, without: Arm, length: float) -> Array:
    """Return the starts in hours, those named or a row of twelve."""
    if starts is None:
        return starts_for(without, length, STARTS)
    if isinstance(starts, str) or not len(starts):
        raise InputError(f"starts are {starts!r}", "a list of hours or texts", "write ['1 d', '3 d']")
    found = np.array([hours_of(s, "start of treatment") for s in starts])
    if (np.diff(found) <= 0).any() or found[0] < 0 or found[-1] >= length:
        raise InputError(
            f"starts are {', '.join(f'{s:g}' for s in found)} h", f"rising, from 0 to below {length:g} h",
            "sort them, or lengthen the run: hours",
        )  # fmt: skip
    return np.asarray(found, float)


def starts_for(without: Arm, length: float, count: int) -> Array:
    """Return a row of starts in hours, from the trigger until most who die untreated are dead."""
    died = without.died[without.well & without.dead]
    last = float(np.quantile(died, LATE)) if died.size >= FEW else length / 2
    step = next((s for s in STEPS if s * (count - 1) >= last), STEPS[-1])
    found = step * np.arange(count)
    return np.asarray(found[found < length], float)
