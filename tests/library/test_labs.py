"""Labs that are read off: which way each goes, what is the same in health, and what there is none of."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import xarray as xr

import cytostorm as cs
from cytostorm import units
from cytostorm.library import catalogue
from cytostorm.library.labs.absent import ABSENT
from cytostorm.observe.assays import assays

READ_OFF = {
    "albumin": (-1, "sepsis"),
    "triglycerides": (1, "hlh"),
    "urea": (1, "sepsis"),
    "urine_output": (-1, "sepsis"),
    "troponin": (1, "sepsis"),
    "nt_probnp": (1, "sepsis"),
    "stimulated_tnf": (-1, "sepsis"),
    "supar": (1, "sepsis"),
    "aptt": (1, "sepsis"),
    "haematocrit": (-1, "hlh"),
    "wbc": (-1, "hlh"),
    "pao2": (-1, "sars_cov_2"),
}
"""Lab -> which way a storm moves it, and the storm in which it leaves its range."""


@cache
def storm(trigger: str) -> xr.Dataset:
    model = catalogue.model_for(trigger).replace({"fate.endurance": "1e9"})
    return cs.simulate(model, cs.sample(model, 20, seed=2), times=np.arange(0.0, 673.0, 6.0))


@pytest.mark.parametrize("name", READ_OFF)
def test_a_storm_takes_it_out_of_its_range(name: str) -> None:
    way, trigger = READ_OFF[name]
    run, lab = storm(trigger), catalogue.model_for(trigger).quantity(name)
    low, high = lab.normal
    values = run[name].to_numpy()
    worst = np.median(values.max(axis=1) if way > 0 else values.min(axis=1))
    assert np.isfinite(values).all()
    assert (values > 0).all()
    assert worst > high if way > 0 else worst < low


def test_urea_rises_before_creatinine_when_flow_is_lost() -> None:
    lost = cs.simulate(catalogue.model_for("sterile_injury", severity="severe"), times=[0.0, 12.0])
    rise = {name: float(lost[name][0, -1] / lost[name][0, 0]) for name in ("urea", "creatinine")}
    assert rise["urea"] > rise["creatinine"] + 0.05


def test_fluid_thins_albumin_and_makes_urine() -> None:
    dose = cs.Dose("crystalloid.iv", "30 mL/kg", time="0 h", duration="1 h")
    model = catalogue.model_for("endotoxin", [dose.route]).replace({"endotoxin.dose": "0 ng/kg"})
    run = cs.simulate(model, None, dose, [0.0, 1.0])
    assert float(run["albumin"][0, 1]) < 0.95 * float(run["albumin"][0, 0])
    assert float(run["urine_output"][0, 1]) > float(run["urine_output"][0, 0])
    assert float(run["anion_gap"][0, 1]) < float(run["anion_gap"][0, 0])


def test_haematocrit_goes_with_haemoglobin() -> None:
    run = storm("hlh")
    ratio = (run["haematocrit"] / run["haemoglobin"]).to_numpy()
    np.testing.assert_allclose(ratio, 100 / 340, rtol=1e-9)


def test_what_is_absent_has_a_reason_and_no_lab() -> None:
    labs = {o.short for m in catalogue.modules().values() for o in m.quantities.values() if o.kind == "lab"}
    assert not labs & set(ABSENT)
    for name, why in ABSENT.items():
        assert why.startswith("no mechanism: "), name


def test_each_assay_is_of_a_lab_whose_unit_it_knows() -> None:
    labs = {
        o.short: o for m in catalogue.modules().values() for o in m.quantities.values() if o.kind == "lab"
    }
    for name, assay in assays().items():
        assert name in labs, name
        assert units.same_dimension(labs[name].unit, assay.unit), name
        for edge in (labs[name].normal[0], labs[name].normal[1]):
            # the ends of a reference range can be quantified, or nobody could tell who is outside
            value = None if edge is None else units.convert(edge, labs[name].unit, assay.unit)
            assert value is None or assay.upper is None or value < assay.upper, name
            assert value is None or assay.lower is None or value > assay.lower, name


def test_each_lab_with_a_reference_range_can_be_measured() -> None:
    for module in catalogue.modules().values():
        for lab in module.quantities.values():
            if lab.kind == "lab" and lab.normal != (None, None):
                assert lab.short in assays() or lab.short == "egfr", lab.name
