"""A run says enough about itself to be run again, to the bit."""

from __future__ import annotations

import dataclasses
import json

import pytest

import cytostorm as cs
from cytostorm.errors import InputError
from cytostorm.model import Gate
from cytostorm.scenario.rerun import _plan


def made():
    model = cs.model_for("endotoxin").replace({"endotoxin.dose": "1.3 ng/kg", "il6.elimination": "1.55 1/h"})
    cohort = cs.sample(model, n=9, seed=4, fixed={"person.weight": "81.3 kg"}, first=2)
    plan = cs.Regimen() + cs.Dose("endotoxin.iv", "0.7 ng/kg", time="5 h", duration="20 min")
    plan += cs.Rule.parse(
        "temperature > 37.5 degC for 1 h, then once", cs.Dose("endotoxin.iv", "0.1 ng/kg"), "30 min"
    )
    return cs.simulate(model, cohort, plan, [0, 1, 2.5, 7, 12], rtol=1e-7)


def test_same_bits() -> None:
    run = made()
    again = cs.rerun(run)
    assert again.identical(run)


def test_through_a_file(tmp_path) -> None:
    import xarray as xr

    run = made()
    run.to_netcdf(tmp_path / "run.nc", engine="scipy")
    with xr.open_dataset(tmp_path / "run.nc", engine="scipy") as stored:
        again = cs.rerun(stored)
    assert again["il6"].to_numpy().tobytes() == run["il6"].to_numpy().tobytes()


def test_changed_model_is_told() -> None:
    run = made()
    run.attrs["fingerprint"] = "0" * 64
    with pytest.raises(InputError, match="no longer"):
        cs.rerun(run)


def test_run_without_its_attributes_is_told() -> None:
    run = made()
    run.attrs = {}
    with pytest.raises(InputError, match="does not say"):
        cs.rerun(run)


def test_part_of_a_run_is_told() -> None:
    with pytest.raises(InputError, match="only some of the patients"):
        cs.rerun(made().isel(patient=slice(0, 3)))


def plan_of_every_kind():
    dose = cs.Dose("endotoxin.iv", "0.1 ng/kg", duration="20 min")
    plan = cs.Regimen() + cs.Dose("endotoxin.iv", "0.7 ng/kg", every=8, count=3)
    plan += cs.Rule.parse("crp > 0.1 mg/L and not on_oxygen for 20 min, at most 3, repeat after 7 h", dose)
    plan += cs.Rule.parse("on_oxygen and time >= 3 d, once", dose, check="10 min")
    bands = (cs.Band("person.weight", "30 kg", "3 ng"),)
    plan += cs.Dose("endotoxin.iv", "0.7 ng/kg", bands=bands, most="50 ng")
    gates = (Gate("it", "little sense", cs.Rule.parse("crp > 3 mg/L")), Gate("it", "no words"))
    return (plan + cs.Regimen(gates=gates)).allow_unsafe()


def test_plan_is_told_whole() -> None:
    plan = plan_of_every_kind()
    assert _plan(json.loads(json.dumps(dataclasses.asdict(plan)))) == plan


def test_plan_told_by_an_older_version() -> None:
    stored = json.loads(json.dumps(dataclasses.asdict(plan_of_every_kind())))
    del stored["gates"], stored["unsafe"]
    for dose in stored["doses"]:
        del dose["bands"], dose["most"]
    for rule in stored["rules"]:
        del rule["pause"]
    assert [rule.pause for rule in _plan(stored).rules] == [0, 0]
