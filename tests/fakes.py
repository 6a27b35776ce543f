"""Runs and models made by formula, for tests that need their shape and not their biology."""

import numpy as np
import xarray as xr

from cytostorm.dataset import DISCLAIMER, variable
from cytostorm.model import Module, compose
from cytostorm.observe.readout import ScenarioKey

UNITS = {
    "tnf": ("pg/mL", "TNF in plasma", 6.0, 270.0, 1.6, 0.25),
    "il6": ("pg/mL", "IL-6 in plasma", 0.8, 750.0, 2.4, 0.3),
    "il8": ("pg/mL", "IL-8 in plasma", 3.0, 780.0, 2.4, 0.35),
    "il10": ("pg/mL", "IL-10 in plasma", 4.0, 45.0, 2.9, 0.3),
    "il1b": ("pg/mL", "IL-1β in plasma", 2.0, 2.0, 3.5, 0.4),
    "il1ra": ("pg/mL", "IL-1RA in plasma", 200.0, 400.0, 4.0, 0.5),
    "cortisol": ("nmol/L", "cortisol in plasma", 400.0, 500.0, 4.0, 0.4),
    "crp": ("mg/L", "CRP in plasma", 1.0, 40.0, 24.0, 0.5),
    "temperature": ("degC", "core temperature", 36.6, 1.4, 3.5, 0.5),
    "heart_rate": ("bpm", "heart rate", 65.0, 25.0, 3.5, 0.5),
    "map": ("mmHg", "mean arterial pressure", 92.0, -12.0, 6.0, 0.5),
    "lymphocytes": ("cells/uL", "lymphocytes in blood", 1900.0, -1300.0, 4.0, 0.6),
    "neutrophils": ("cells/uL", "neutrophils in blood", 3500.0, 8000.0, 6.0, 0.6),
    "monocytes": ("cells/uL", "monocytes in blood", 450.0, -350.0, 1.5, 0.5),
}
"""Name -> unit, label, baseline, height of the wave at 2 ng/kg, its hour, its width on the log of time."""


def run(dose=2.0, *, n=20, hours=48.0, step=0.1, failed=0, days=1, regimen="", seed=7):
    """Return a run of log-normal waves whose height follows the dose; later days are tolerant."""
    time = np.round(np.arange(0.0, hours + step / 2, step), 6)
    rng = np.random.default_rng(seed)
    person = np.exp(rng.normal(0.0, 0.3, n))[:, None]
    status = np.zeros(n, np.int8)
    status[: failed or 0] = 2
    variables = {"status": variable(status, "patient", "1", "how the run ended")}
    variables["status"].attrs |= {"flag_values": [0, 1, 2], "flag_meanings": "ok bad_input non-finite"}
    for name, (unit, label, base, height, hour, width) in UNITS.items():
        wave = np.zeros_like(time)
        for day in range(days):
            since = np.maximum(time - 24.0 * day, 1e-9)
            wave += (0.02 if day else 1.0) * np.exp(-0.5 * (np.log(since / hour) / width) ** 2)
        data = base + height * (dose / 2.0) * wave[None] * (np.minimum(person, 1.3) if height < 0 else person)
        data[status != 0] = np.nan
        variables[name] = variable(data, ("patient", "time"), unit, label)
    attrs = {"model": "endotoxin", "fingerprint": "0123456789abcdef" * 4, "version": "0.1.0", "seed": seed}
    attrs |= {
        "rtol": 1e-6,
        "regimen": regimen,
        "set": "{}",
        "disclaimer": DISCLAIMER,
        "n": n,
        "failed": failed,
    }
    coords = {
        "patient": np.arange(n),
        "time": ("time", time, {"units": "h", "label": "time since the trigger"}),
    }
    return xr.Dataset(variables, coords, attrs)


def deadly(n=20, *, deaths=5, at=24.05, **more):
    """Return a run in which the first patients die."""
    ds = run(n=n, **more)
    died = np.where(np.arange(n) < deaths, at, np.nan)
    over = ds["time"].values > died[:, None]
    for name in UNITS:
        ds[name].values[over] = np.nan
    ds["died_at"] = variable(died, "patient", "h", "time of death, none for who lives")
    return ds.assign_attrs(died=deaths)


def flat(values, *, times=(0.0, 6.0), unit="pg/mL", name="tnf"):
    """Return a run of one quantity that stays where it is, one patient per value."""
    data = np.repeat(np.asarray(values, float)[:, None], len(times), axis=1)
    return curves(data, times, unit=unit, name=name)


def curves(data, times, *, unit="pg/mL", name="tnf", status=None):
    """Return a run of one quantity with these curves (patient, time)."""
    data = np.asarray(data, float)
    ds = xr.Dataset(
        {
            name: variable(data, ("patient", "time"), unit, name),
            "status": variable(
                np.zeros(len(data), np.int8) if status is None else status, "patient", "1", "end"
            ),
        },
        {"patient": np.arange(len(data)), "time": ("time", np.asarray(times, float), {"units": "h"})},
    )
    return ds.assign_attrs(model="toy", fingerprint="0", version="0", seed=0, rtol=1e-6, regimen="", set="{}",
                           disclaimer=DISCLAIMER)  # fmt: skip


def runs(n=20):
    """Return runs of every experiment of the published endotoxin rows."""
    keys = [ScenarioKey(d) for d in (0.0, 1.0, 2.0, 4.0)]
    made = {key: run(key.dose, n=n) for key in keys}
    return made | {ScenarioKey(2.0, 5): run(2.0, n=n, hours=120.0, step=0.25, days=5)}


def model(dose="2 ng/kg"):
    """Return a small model whose trigger is called endotoxin and has a dose and a route."""
    trigger = Module(
        "endotoxin", "trigger", "endotoxin into a vein", about="Healthy men only; no women were fitted."
    )
    amount = trigger.parameter(
        "dose", 2.0, "ng/kg", "first dose", source="assumed", note="the usual dose of studies"
    )
    loss = trigger.parameter(
        "loss", 2.0, "1/h", "clearance", source="calibrated", note="fitted to Janum 2016"
    )
    lps = trigger.species("plasma", "ng", "endotoxin in plasma")
    trigger.route("iv", lps, "injection into a vein")
    trigger.challenge("iv", amount)
    trigger.remove(lps, "clearance", loss * lps)
    trigger.lab("left", lps, "ng", "endotoxin left")
    return compose(trigger, name="endotoxin").replace({"endotoxin.dose": dose})
