"""An epidemic by formula: every quantity of the agreed names, worse in some, with deaths."""

import numpy as np
import xarray as xr

from cytostorm.credibility.people import People
from cytostorm.dataset import DISCLAIMER, variable

QUANTITIES = {
    "tnf": ("pg/mL", 7.0, 1.0), "il6": ("pg/mL", 2.0, 40.0), "il8": ("pg/mL", 8.0, 3.0),
    "il10": ("pg/mL", 3.0, 4.0),
    "il1b": ("pg/mL", 2.0, 1.0), "il1ra": ("pg/mL", 200.0, 3.0), "il18": ("pg/mL", 30.0, 2.0),
    "il2": ("pg/mL", 1.0, 2.0), "ifng": ("pg/mL", 3.0, 4.0), "ifna": ("pg/mL", 20.0, 2.0),
    "cxcl9": ("pg/mL", 2000.0, 3.0), "cxcl10": ("pg/mL", 130.0, 20.0), "ccl2": ("pg/mL", 300.0, 0.5),
    "sil2r": ("U/mL", 400.0, 2.0), "ferritin": ("ng/mL", 150.0, 9.0), "crp": ("mg/L", 1.0, 100.0),
    "procalcitonin": ("ng/mL", 0.03, 10.0), "ldh": ("U/L", 200.0, 2.0), "creatinine": ("umol/L", 70.0, 0.4),
    "d_dimer": ("ug/mL", 0.3, 9.0), "lymphocytes": ("cells/uL", 1900.0, -0.7),
    "monocytes": ("cells/uL", 400.0, 0.4),
    "neutrophils": ("cells/uL", 3500.0, 2.0), "platelets": ("cells/uL", 230e3, -0.4),
    "cd3": ("cells/uL", 1300.0, -0.7),
    "cd4": ("cells/uL", 800.0, -0.7), "cd8": ("cells/uL", 500.0, -0.7), "temperature": ("degC", 36.8, 0.06),
    "spo2": ("%", 97.0, -0.1), "pf_ratio": ("mmHg", 450.0, -0.6), "respiratory_rate": ("1/min", 14.0, 1.0),
    "map": ("mmHg", 90.0, -0.3), "sil6r": ("ng/mL", 40.0, 2.0),
    "sofa": ("1", 0.0, 0.0), "crs_grade": ("1", 0.0, 0.0),
}  # fmt: skip
"""Name -> unit, value at rest, largest relative change."""


def outbreak(times, *, n=200, without=(), peak=240.0, deaths=True, seed=1):
    """Return a run whose patients are ill about the hour `peak`, each as badly as fate has it."""
    times = np.asarray(times, float)
    rng = np.random.default_rng(seed)
    badness = rng.uniform(0.0, 1.2, n)[:, None]
    course = badness * np.exp(-0.5 * ((times - peak) / (0.4 * peak)) ** 2) * (times > 0)
    ends = np.where((badness[:, 0] > 1.0) & deaths, peak * 1.5, np.nan)
    gone = times > np.where(np.isfinite(ends), ends, np.inf)[:, None]
    variables = {"status": variable(np.zeros(n, np.int8), "patient", "1", "end")}
    variables["died_at"] = variable(ends, "patient", "h", "death")
    for name, (unit, rest, change) in QUANTITIES.items():
        data = rest * (1.0 + change * course) * np.exp(rng.normal(0.0, 0.02, n))[:, None] ** (unit != "degC")
        data = 12.0 * course if name == "sofa" else np.floor(4.5 * course) if name == "crs_grade" else data
        variables[name] = variable(np.where(gone, np.nan, data), ("patient", "time"), unit, name)
    coords = {"patient": np.arange(n), "time": ("time", times, {"units": "h", "label": "time"})}
    attrs = {
        "model": "fake",
        "fingerprint": "0",
        "version": "0",
        "seed": 0,
        "rtol": 1e-6,
        "regimen": "",
        "set": "{}",
    }
    run = xr.Dataset(variables, coords, attrs | {"disclaimer": DISCLAIMER})
    return run.drop_vars(list(without))


def dosed(run, drug, hour):
    """Return a run in which every second person has a drug in plasma after an hour."""
    level = np.outer(np.arange(run.sizes["patient"]) % 2, run["time"].values > hour)
    return run.assign({drug: variable(100.0 * level, ("patient", "time"), "mg/L", drug)})


def recruit(experiment, **how):
    """Return fake people for an experiment; healthy ones where nothing happens to them."""
    peak = {"superagonist": 12.0}.get(experiment.name, 240.0)
    peak = 1e9 if experiment.name == "healthy" else peak
    run = outbreak(experiment.times, **({"peak": peak} | how))
    for drug in experiment.drugs:
        run = dosed(run, drug, 168.0)
    return People.of(run)
