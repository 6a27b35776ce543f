"""Very many patients, of whom only summaries are kept: constant memory, on disk part by part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cytostorm._version import __version__
from cytostorm.dataset import DIED, DISCLAIMER
from cytostorm.errors import CancelledError, InputError
from cytostorm.model import Model, Regimen
from cytostorm.model.dose import hours as hours_of
from cytostorm.population import sample
from cytostorm.population.sampling import MAX_PATIENTS
from cytostorm.simulation.outcome import Outcome, about, course_of
from cytostorm.simulation.request import Request
from cytostorm.simulation.result import cohort_values, cut_off, deaths, numbers, summed
from cytostorm.simulation.rules import Log
from cytostorm.simulation.store import Store

if TYPE_CHECKING:
    import xarray as xr

Array = NDArray[np.float64]
PART = 16_384
"""Patients in a part: some seconds of work, lost at most when the run is interrupted."""
KEPT = ("status", "steps", "tries", "failed_at", "clamped", DIED)
CHECKS = ("rerun", "flipped", "control", "control_flipped")


def screen(
    model: Model,
    n: int,
    folder: str | Path,
    *,
    summaries: Sequence[str],
    hours: str | float,
    regimen: Regimen | None = None,
    seed: int = 0,
    fixed: Mapping[str, str | float] | None = None,
    precision: str = "float32",
    rtol: float | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> xr.Dataset:
    """Simulate patients drawn on the way and keep their summaries, in a folder that a later call completes.

    model, regimen, rtol, threads : as for `simulate`.
    n, seed, fixed : as for `sample`; patient k is the same person as there.
    folder : where parts are kept. Interrupted, the same call goes on where it stopped; a larger n adds
        people.
    summaries : numbers per patient such as "peak il6"; see `simulate`. None are needed if patients may die:
        `died_at` is always kept.
    hours : length of each simulation, or text with a unit.
    precision : "float32", with patients near a rule's limit run again in "float64"; or "float64" for all.
    progress : called with patients done and patients in all.

    Returns a Dataset (patient) of the summaries and statuses. Memory during the run does not depend on n.
    Raises InputError for names, units and numbers that cannot be, and for a folder of another screening.
    """
    _refuse_count(n)
    if not (summaries or getattr(model, "endings", ())):
        raise InputError("no summaries are asked for", "at least one", "such as summaries=['peak il6']")
    length = hours_of(hours, "length of a screening")
    if length <= 0:
        raise InputError("a screening of 0 h sees nothing", "more than 0 h", "give hours='48 h'")
    request = Request.of(
        model, regimen, [length], [], policy=None, solver=None, rtol=rtol, summaries=summaries,
        engine="native", precision=precision, threads=threads,
    )  # fmt: skip
    people: dict[str, Any] = {"seed": seed, "fixed": fixed}
    first = sample(model, 1, **people)  # refuses what cannot be drawn, before anything is written
    usual = replace(request, model=model.replace(fixed or {})).within_limits(None, anybody=True)
    request = replace(request, plan=usual.plan, unsafe=usual.unsafe, unchecked=usual.unchecked)
    store = Store.open(folder, _identity(request, dict(first.attrs)))
    request = request.for_people(cohort_values(model, first))
    done = 0
    try:
        for part in _parts(n):
            if _done(store, part) is None:
                people_here = sample(model, PART, first=part.start, **people)
                store.write(part.start // PART, _arrays(request, people_here))
            done = part.stop
            if progress is not None:
                progress(done, n)
    except KeyboardInterrupt:
        raise CancelledError(
            f"{done:,} of {n:,} patients are kept in {str(store.folder)!r}; the same call goes on from there"
        ) from None
    return _gathered(request, store, n)


def _refuse_count(n: Any) -> None:
    if type(n) is not int or not 1 <= n <= MAX_PATIENTS:
        raise InputError(f"n is {n!r}", f"a whole number from 1 to {MAX_PATIENTS:,}", "choose another number")


def _parts(n: int) -> Iterator[slice]:
    return (slice(start, min(start + PART, n)) for start in range(0, n, PART))


def _done(store: Store, part: slice) -> dict[str, NDArray[Any]] | None:
    return store.read(part.start // PART)


def _identity(request: Request, drawn: dict[str, Any]) -> dict[str, Any]:
    """Return all that the numbers depend on, so that parts of two screenings never mix."""
    return {
        "fingerprint": request.model.fingerprint,
        "model": request.model.name,
        "values": {p.name: request.model.values[p] for p in request.model.parameters},
        "seed": drawn["seed"],
        "fixed": drawn["fixed"],
        "regimen": json.loads(json.dumps(asdict(request.plan))),
        "summaries": [s.text() for s in request.gathering.summaries],
        "hours": float(request.grid[-1]),
        "precision": request.precision,
        "settings": asdict(request.settings),
        "part": PART,
        "version": __version__,
        "disclaimer": DISCLAIMER,
    }


def _arrays(request: Request, people: xr.Dataset) -> dict[str, NDArray[Any]]:
    """Simulate a part and return what is kept of it."""
    p = np.ascontiguousarray(cohort_values(request.model, people))
    out = np.empty((p.shape[1], 1, 0))
    late = np.zeros(1, np.int64)
    outcome = course_of(request, p, out, int(people["patient"][0]), late)
    if late[0]:
        raise KeyboardInterrupt
    found = {name: values for name, (_, values, _) in summed(request, outcome).items()}
    known = numbers(request.model, outcome)
    found |= {f"_{name}": values for name, (_, values, _) in known.items() if name in KEPT}
    found["_given"] = outcome.given
    found["_checks"] = np.array([outcome.checks.get(k, 0) for k in CHECKS])
    return found


def _gathered(request: Request, store: Store, n: int) -> xr.Dataset:
    """Return all parts as one Dataset."""
    import xarray as xr

    parts = []
    for part in _parts(n):
        found = _done(store, part)
        if found is None:
            raise InputError(
                f"part {part.start // PART} in {str(store.folder)!r} cannot be read",
                "the file as it was written",
                "run the same screening again",
            )
        parts.append(found)
    whole = {name: np.concatenate([part[name] for part in parts], axis=-1)[..., :n] for name in parts[0]}
    checks = np.sum([part["_checks"] for part in parts], axis=0)
    variables: dict[str, Any] = {}
    nobody = {name: np.empty(0) for name in about(request.model)}
    empty = Outcome(request.gathering.empty(0), nobody, np.empty((0, 0), np.int64), Log())
    for name, (dims, _, said) in summed(request, empty).items():
        variables[name] = (dims, whole[name], said)
    for name, (dims, _, said) in numbers(request.model, empty).items():
        if name in KEPT:
            variables[name] = (dims, whole[f"_{name}"], said)
    if request.plan.rules:
        label = {"label": "times each rule has given", "units": "1"}
        variables["given"] = (("rule", "patient"), whole["_given"], label)
    attrs = {k: v if isinstance(v, (str, int, float)) else json.dumps(v) for k, v in store.identity.items()}
    warnings = [*request.model.warnings(), *cut_off(whole["_clamped"])]
    attrs |= {"unsafe": "; ".join(request.unsafe), "unchecked": "; ".join(request.unchecked)}
    attrs |= {"warnings": json.dumps(warnings), "n": n, "failed": int((whole["_status"] != 0).sum())}
    attrs |= deaths(whole.get(f"_{DIED}"))
    if request.precision == "float32":
        attrs |= dict(zip(CHECKS, checks.tolist(), strict=True))
        attrs["computed"] = len(parts) * PART  # who the checks are of: the last part is computed whole
    return xr.Dataset(variables, coords={"patient": np.arange(n)}, attrs=attrs)
