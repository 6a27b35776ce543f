"""Symptoms of the library: none in health, each from the state behind it, and whose part is whose."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import xarray as xr

import cytostorm as cs
from cytostorm.library import catalogue
from cytostorm.library.labs.symptoms import m as symptoms

NAMES = tuple(q.short for q in symptoms.quantities.values() if q.kind == "lab")
PARTS = tuple(f"symptoms.{name}_disease" for name in NAMES)
HOURS = np.arange(0.0, 337.0, 6.0)


@cache
def storm(trigger: str, **changes: str) -> xr.Dataset:
    model = catalogue.model_for(trigger).replace({"fate.endurance": "1e9", **changes})
    people = cs.sample(model, 20, seed=2)
    return cs.simulate(model, people, times=HOURS, quantities=[*NAMES, *PARTS, "temperature"])


def worst(run: xr.Dataset, name: str) -> float:
    return float(np.median(run[name].max("time")))


def test_the_healthy_complain_of_nothing():
    model = catalogue.composed_for("endotoxin")
    people = cs.sample(model, 100, seed=5, fixed={"endotoxin.dose": 0.0})
    run = cs.simulate(model, people, times=[0.0, 48.0], quantities=[*NAMES, *PARTS])
    for name in (*NAMES, *PARTS):
        assert float(np.abs(run[name]).max()) < 1e-6, name


@pytest.mark.parametrize("trigger", ["sepsis", "sars_cov_2", "car_t", "hlh"])
def test_severity_stays_on_its_scale_and_no_part_exceeds_the_whole(trigger: str):
    run = storm(trigger)
    for name, part in zip(NAMES, PARTS, strict=True):
        whole, own = run[name].to_numpy(), run[part].to_numpy()
        assert np.isfinite(whole).all(), name
        assert whole.min() > -1e-9, name
        assert whole.max() <= 3.0, name
        assert (own >= -1e-9).all(), name
        assert (own <= whole + 1e-9).all(), name


def test_each_storm_has_its_own_complaints():
    sepsis, covid, hlh, cells = (storm(name) for name in ("sepsis", "sars_cov_2", "hlh", "car_t"))
    assert worst(covid, "cough") > 1.5 > worst(hlh, "cough")
    assert worst(hlh, "rash") > 1.0 > worst(covid, "rash")
    assert worst(sepsis, "confusion") > worst(covid, "confusion")
    assert worst(sepsis, "vomiting") > 1.5
    assert worst(cells, "fatigue") > 1.5
    assert worst(sepsis, "high_fever") > 2.0
    assert worst(cells, "high_fever") > 1.0


def test_the_tumour_tires_before_the_storm_and_the_virus_makes_cough():
    cells, covid = storm("car_t"), storm("sars_cov_2")
    first = {name: cells[name].to_numpy()[:, 0] for name in ("fatigue", "symptoms.fatigue_disease")}
    assert (first["fatigue"] > 0).all()
    np.testing.assert_allclose(first["fatigue"], first["symptoms.fatigue_disease"], rtol=1e-6)
    assert worst(covid, "symptoms.cough_disease") > 0.5
    assert worst(cells, "symptoms.cough_disease") == 0.0


def test_high_fever_begins_later_in_children():
    limits = {}
    for age in ("30 year", "4 year"):
        model = catalogue.composed_for("sepsis").replace({"person.age": age, "fate.endurance": "1e9"})
        run = cs.simulate(model, None, None, HOURS, quantities=["temperature", "high_fever"])
        core, severity = run["temperature"].to_numpy()[0], run["high_fever"].to_numpy()[0]
        rising = (severity > 0.1) & (severity < 2.9)
        assert rising.any()
        limits[age] = np.median(38.0 + 2.0 * (core - 38.0)[rising] / severity[rising])
        assert (severity[core <= 38.0] == 0.0).all()
    assert limits["30 year"] == pytest.approx(39.4, abs=0.02)
    assert limits["4 year"] == pytest.approx(40.0, abs=0.05)


def test_antipyretics_take_headache_and_leave_fatigue():
    dose = cs.Dose("paracetamol.oral", "1 g", time="0 h", every="6 h", count=4)
    model = catalogue.model_for("endotoxin", [dose.route])
    seen = ["headache", "fatigue"]
    without, treated = (
        cs.simulate(model, None, plan, np.arange(0, 9.0), quantities=seen) for plan in (None, dose)
    )
    assert float(treated["headache"].max()) < 0.8 * float(without["headache"].max())
    assert float(treated["fatigue"].max()) > 0.9 * float(without["fatigue"].max())


def test_kawasaki_disease_has_a_rash_and_platelets_late():
    run = storm("kawasaki")
    assert worst(run, "rash") > 1.0
    model = catalogue.model_for("kawasaki")
    days = np.arange(0, 29) * 24.0
    count = cs.simulate(model, None, None, days, quantities=["platelets"])["platelets"].to_numpy()[0]
    assert count.max() > 1.4 * count[0]
    assert count.argmax() >= 8
