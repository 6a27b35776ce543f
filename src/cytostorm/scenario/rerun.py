"""A run again from what it says about itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cytostorm.errors import InputError
from cytostorm.library.catalogue import composed_for
from cytostorm.model import Band, Comparison, Dose, Flag, Gate, Regimen, Rule
from cytostorm.population import sample
from cytostorm.simulation import Rodas5P, simulate

if TYPE_CHECKING:
    import xarray as xr

    from cytostorm.model import Model


NEEDED = (
    "model",
    "modules",
    "fingerprint",
    "set",
    "cohort",
    "regimen_json",
    "solver_settings",
    "engine",
)
"""What a run must say about itself."""


def rerun(run: xr.Dataset | str | Path) -> xr.Dataset:
    """Simulate again what a run says it was; on the same machine the result is the same to the bit.

    run : what `simulate` returned, or a file it was saved to; its model is one that can be run by name
        and its cohort was drawn by `sample`.

    Raises InputError if the model has changed since, the run does not say how it was made, or it followed
    a policy, which is a program and not stored.
    """
    if isinstance(run, (str, Path)):
        run = _opened(Path(run))
    said = _said(run)
    if said.get("policy"):
        raise InputError(
            f"the run followed a policy ({said['policy']}), which is not stored in it",
            "a run without a policy",
            "call simulate again with the policy",
        )
    plan = _plan(json.loads(said["regimen_json"]))
    model = _model(said, plan)
    again = simulate(
        model,
        _cohort(run, model, json.loads(said["cohort"])),
        plan,
        run["time"].to_numpy(),
        solver=Rodas5P(**json.loads(said["solver_settings"])),
        quantities=[str(name) for name, da in run.data_vars.items() if da.dims == ("patient", "time")],
        summaries=json.loads(said.get("summaries", "[]")),
        engine=said["engine"],
        precision=said.get("precision", "float64"),
    )
    if again.attrs["people"] != said.get("people", again.attrs["people"]):
        raise InputError(
            "the cohort was changed after it was drawn: other people come out",
            "a cohort as sample gave it",
            "call simulate again with the changed cohort",
        )
    return again


def _opened(path: Path) -> xr.Dataset:
    """Return a run from a file; raise InputError if there is none."""
    import xarray as xr

    try:
        with xr.open_dataset(path) as stored:
            return stored.load()
    except (OSError, ValueError) as error:
        raise InputError(
            f"{str(path)!r} cannot be read as a run", "a file by to_netcdf", str(error)
        ) from None


def _said(run: xr.Dataset) -> dict[str, Any]:
    said = {str(k): v for k, v in run.attrs.items()}
    lacking = set(NEEDED) - set(said)
    if lacking:
        raise InputError(
            f"the run does not say its {', '.join(sorted(lacking))}",
            "a run of cytostorm.simulate with its attributes",
            "keep the attributes when you save or change a run",
        )
    return said


def _plan(stored: dict[str, Any]) -> Regimen:
    doses, rules = (_dose(d) for d in stored["doses"]), (_rule(r) for r in stored["rules"])
    gates = [Gate(**g | {"when": g["when"] and _rule(g["when"])}) for g in stored.get("gates", ())]
    return Regimen(tuple(doses), tuple(rules), tuple(gates), unsafe=stored.get("unsafe", False))


def _rule(stored: dict[str, Any]) -> Rule:
    when = tuple(Comparison(**c) if "relation" in c else Flag(**c) for c in stored["when"])
    return Rule(**{**stored, "when": when, "give": stored["give"] and _dose(stored["give"])})


def _dose(stored: dict[str, Any]) -> Dose:
    return Dose(**{**stored, "bands": tuple(Band(**band) for band in stored.get("bands", ()))})


def _model(said: dict[str, Any], plan: Regimen) -> Model:
    routes = [dose.route for dose in plan.given]
    inside = str(said["modules"]).split()
    # what differs from the mechanisms' own numbers is in the run, whichever severity it came from
    model = composed_for(str(said["model"]), routes, inside).replace(json.loads(said["set"]))
    if model.fingerprint != said["fingerprint"]:
        raise InputError(
            f"model {said['model']!r} is no longer the one of this run",
            f"fingerprint {str(said['fingerprint'])[:12]}, found {model.fingerprint[:12]}",
            f"install version {said.get('version', 'of then')}, or simulate anew",
        )
    return model


def _cohort(run: xr.Dataset, model: Model, drawn: dict[str, Any]) -> xr.Dataset | None:
    if not drawn:
        return None
    if "seed" not in drawn:
        raise InputError(
            "the cohort was not drawn by sample", "a cohort with a seed", "pass your cohort to simulate"
        )
    people = list(range(drawn["first"], drawn["first"] + drawn["n"]))
    if run["patient"].to_numpy().tolist() != people:
        raise InputError(
            "the run holds only some of the patients it was made with",
            f"patients {people[0]} to {people[-1]}",
            "rerun the whole run, then choose from it",
        )
    fixed = json.loads(drawn.get("fixed", "{}"))
    return sample(
        model, drawn["n"], drawn["seed"], vary=bool(drawn["vary"]), fixed=fixed, first=drawn["first"]
    )
