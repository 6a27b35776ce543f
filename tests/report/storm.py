"""A storm made by formula: every read-out a model of the body may have, illness in days, and deaths."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import xarray as xr

from cytostorm.dataset import DISCLAIMER, variable
from cytostorm.library.recipes import Recipe
from cytostorm.model import Module, compose

HOURS = np.arange(0.0, 673.0, 4.0)
LABS = {
    "pathogen": ("1", "virus in the lung", 1e-4, 1e8, 3.0, 0.55, (None, None)),
    "pathogen_blood": ("1", "virus in blood", 0.0, 1.0, 4.0, 0.4, (None, None)),
    **{
        name: ("pg/mL", f"{label} in plasma", base, rise, day, 0.5, (None, top))
        for name, label, base, rise, day, top in (
            ("tnf", "TNF", 6.0, 8.0, 7.0, 8.1), ("il1b", "IL-1β", 1.0, 5.0, 7.0, 5.0),
            ("il6", "IL-6", 1.5, 500.0, 8.0, 7.0), ("il8", "IL-8", 5.0, 20.0, 8.0, 60.0),
            ("il10", "IL-10", 3.0, 15.0, 8.5, 9.0), ("il1ra", "IL-1RA", 200.0, 12.0, 8.0, None),
            ("ifng", "IFN-γ", 2.0, 20.0, 6.0, None), ("ifna", "IFN-α", 0.5, 60.0, 3.0, None),
            ("il18", "IL-18", 150.0, 5.0, 9.0, 400.0), ("gmcsf", "GM-CSF", 1.0, 8.0, 8.0, None),
            ("cxcl9", "CXCL9", 80.0, 12.0, 7.0, None), ("cxcl10", "CXCL10", 100.0, 40.0, 6.0, None),
            ("ccl2", "CCL2", 180.0, 6.0, 7.0, None),
        )
    },
    "tissue_il6": ("pg/mL", "IL-6 in the lung", 2.0, 8000.0, 7.0, 0.5, (None, None)),
    "sil2r": ("U/mL", "soluble IL-2 receptor", 350.0, 6.0, 9.0, 0.5, (None, 710.0)),
    "neutrophils": ("cells/uL", "neutrophils", 4000.0, 1.6, 10.0, 0.5, (2000.0, 7500.0)),
    "lymphocytes": ("cells/uL", "lymphocytes", 1900.0, -0.75, 8.0, 0.6, (1000.0, 4000.0)),
    "platelets": ("cells/uL", "platelets", 240000.0, -0.4, 9.0, 0.6, (150000.0, 400000.0)),
    "haemoglobin": ("g/L", "haemoglobin", 140.0, -0.15, 15.0, 0.7, (120.0, 170.0)),
    "temperature": ("degC", "core temperature", 36.7, 0.055, 6.5, 0.5, (36.1, 37.5)),
    "heart_rate": ("bpm", "heart rate", 68.0, 0.5, 8.0, 0.6, (60.0, 100.0)),
    "map": ("mmHg", "mean arterial pressure", 92.0, -0.25, 9.0, 0.6, (70.0, 105.0)),
    "crp": ("mg/L", "C-reactive protein", 1.0, 130.0, 9.0, 0.5, (None, 5.0)),
    "ferritin": ("ng/mL", "ferritin", 120.0, 12.0, 11.0, 0.5, (30.0, 400.0)),
    "procalcitonin": ("ng/mL", "procalcitonin", 0.03, 12.0, 9.0, 0.5, (None, 0.1)),
    "respiratory_rate": ("1/min", "respiratory rate", 15.0, 0.9, 9.0, 0.6, (12.0, 20.0)),
    "spo2": ("%", "oxygen saturation", 98.0, -0.08, 9.0, 0.6, (95.0, 100.0)),
    "pf_ratio": ("mmHg", "PaO2/FiO2", 460.0, -0.6, 9.5, 0.6, (400.0, None)),
    "d_dimer": ("ug/mL", "D-dimer", 0.3, 12.0, 11.0, 0.5, (None, 0.5)),
    "creatinine": ("umol/L", "creatinine", 80.0, 0.8, 10.0, 0.5, (60.0, 110.0)),
    "lactate": ("mmol/L", "lactate", 1.0, 1.8, 9.0, 0.5, (0.5, 2.0)),
    "bilirubin": ("umol/L", "bilirubin", 9.0, 1.2, 10.0, 0.5, (None, 21.0)),
    "something": ("1", "something nobody foresaw", 1.0, 0.5, 10.0, 0.5, (None, None)),
}  # fmt: skip
"""Name -> unit, label, baseline, relative height of the wave, its day, its width, normal range."""
SCORES = ("sofa", "sofa_respiration", "sofa_kidney", "crs_grade")
WORDS = {"sofa": "SOFA", "crs_grade": "grade of cytokine release"}
RECIPE = Recipe(
    "plague",
    "a plague of tests",
    "Made by formula.",
    (),
    hours=672.0,
    step=4.0,
    limits=("Nothing in it is true.",),
    severities={"storm": {"plague.dose": "10"}},
    usual="storm",
)


@lru_cache
def model():
    """Return a model that declares these read-outs, and nothing that moves them."""
    trigger = Module("plague", "trigger", "plague", about="A plague that exists in tests alone.")
    note = {"source": "assumed", "note": "a number of a test"}
    dose = trigger.parameter("dose", 1.0, "1", "how much", **note)
    amount = trigger.species("amount", "1", "plague", initial=dose)
    trigger.remove(amount, "loss", amount * trigger.parameter("loss", 0.1, "1/h", "loss", **note))
    body = Module("ward", "lab", "what is measured")
    for name, (unit, label, base, *_, normal) in LABS.items():
        level = body.parameter(f"at_{name}", base, unit, f"resting {label}", **note)
        body.lab(name, level * amount / dose, unit, label, normal=normal, **note)
    marks = Module("marks", "score", "scores")
    for name in SCORES:
        marks.score(name, amount / dose, name.replace("_", ", "), source="assumed", note="of a test")
    return compose(trigger, body, marks, name="plague")


def run(n=40, *, seed=3, failed=0, die=True):
    """Return a run of four weeks in which the worst hit die; the first `failed` patients failed."""
    rng = np.random.default_rng(seed)
    hit = np.exp(rng.normal(0.0, 0.5, n))[:, None]
    late = np.exp(rng.normal(0.0, 0.12, n))[:, None]
    variables, waves = {}, {}
    for name, (unit, label, base, height, day, width, _) in LABS.items():
        wave = np.exp(-0.5 * (np.log(np.maximum(HOURS, 1e-9)[None] / (24.0 * day * late)) / width) ** 2)
        waves[name] = wave
        data = (
            base * (1.0 + height * np.minimum(hit, 1.3) * wave)
            if height < 0
            else base + ((base or 1.0) * height * hit * wave)
        )
        variables[name] = variable(data, ("patient", "time"), unit, label)
    pf = variables["pf_ratio"].values
    breath = np.searchsorted([100.0, 200.0, 300.0, 400.0], pf, side="left")
    points = {"sofa_respiration": 4 - breath, "sofa_kidney": np.floor(1.3 * hit * waves["creatinine"])}
    points["sofa_kidney"] = np.minimum(points["sofa_kidney"], 4)
    points["sofa"] = points["sofa_respiration"] + points["sofa_kidney"] + np.floor(3 * hit * waves["map"])
    points["crs_grade"] = np.minimum(4, np.floor(2.2 * hit * waves["temperature"]))
    for name in SCORES:
        variables[name] = variable(
            points[name].astype(float), ("patient", "time"), "1", WORDS.get(name, name.replace("_", ", "))
        )
    status = np.zeros(n, np.int8)
    status[:failed] = 2
    died = np.where(die & (hit[:, 0] > 1.7), 24.0 * (9.0 + 8.0 * rng.random(n)), np.nan)
    died[status != 0] = np.nan
    for entry in variables.values():
        entry.values[HOURS[None] > np.where(np.isnan(died), np.inf, died)[:, None]] = np.nan
        entry.values[status != 0] = np.nan
    variables["status"] = variable(status, "patient", "1", "how the run ended")
    variables["status"].attrs |= {"flag_values": [0, 1, 2], "flag_meanings": "ok bad_input non-finite"}
    if die:
        variables["died_at"] = variable(died, "patient", "h", "time of death")
    attrs = {
        "model": "plague",
        "fingerprint": model().fingerprint,
        "version": "0.1.0",
        "seed": seed,
        "set": "{}",
    }
    attrs |= {"rtol": 1e-6, "regimen": "", "disclaimer": DISCLAIMER, "n": n, "failed": failed}
    coords = {"patient": np.arange(n), "time": ("time", HOURS, {"units": "h", "label": "time"})}
    return xr.Dataset(variables, coords, attrs)
