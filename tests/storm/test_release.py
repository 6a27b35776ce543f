"""Cytokine release of CAR-T cells: it ends, is graded on two scales, and a resting marrow kills nobody."""

from __future__ import annotations

import numpy as np
import xarray as xr

from cytostorm.library.catalogue import model_for
from cytostorm.model import Dose
from cytostorm.population import sample
from cytostorm.simulation import simulate
from tests.storm.people import DEATHLESS

DAYS = 24.0 * np.arange(0, 29)


def course(severity: str, *quantities: str, changes: dict[str, str] | None = None, n: int = 0) -> xr.Dataset:
    """Return the typical person, or n people, who cannot die, day by day."""
    model = model_for("car_t", severity=severity).replace(DEATHLESS | (changes or {}))
    return simulate(model, sample(model, n, seed=1) if n else None, None, DAYS, quantities=list(quantities))


def test_cells_contract_and_release_ends() -> None:
    for severity in ("mild", "severe"):
        run = course(severity, "car_t.cells", "il6", "temperature").isel(patient=0)
        cells, il6 = run["car_t.cells"].to_numpy(), run["il6"].to_numpy()
        assert 4 <= int(np.argmax(cells)) <= 20, severity
        assert cells[-1] < 0.7 * cells.max(), severity
        assert il6[-1] < 0.25 * il6.max(), severity
        assert float(run["temperature"][-1]) < 37.5, severity


def test_cells_are_counted_as_t_cells() -> None:
    run = course("severe", "car_t.cells", "cd3").isel(patient=0)
    assert bool((run["cd3"] >= run["car_t.cells"]).all())


def test_penn_counts_any_fluid_or_oxygen_as_grade_three() -> None:
    run = course("storm", "crs_grade", "penn_grade", "kidney.creatinine", n=40)
    by_astct, by_penn = (np.rint(run[name].to_numpy()) for name in ("crs_grade", "penn_grade"))
    assert ((by_astct == 0) == (by_penn == 0)).all()
    assert (by_penn[by_astct >= 2] >= 3).all()
    creatinine = run["kidney.creatinine"].to_numpy()
    failing = creatinine > 3 * creatinine[:, :1]
    assert (by_penn[(by_astct == 1) & ~failing] <= 2).all()
    assert (by_penn[(by_astct == 1) & failing] == 3).all(), "the other scale does not grade kidneys"


def test_lee_parts_the_low_pressure_that_fluids_mend_from_the_rest() -> None:
    run = course("storm", "penn_grade", "lee_grade", n=40)
    by_penn, by_lee = (np.rint(run[name].to_numpy()) for name in ("penn_grade", "lee_grade"))
    assert ((by_lee >= 2) == (by_penn >= 2)).all()
    assert (by_penn[by_lee == 4] == 4).all()
    assert {2, 3} <= set(by_lee.ravel())


def test_target_that_few_are_left_of_goes_as_fast_as_before() -> None:
    """Each cell that meets a target kills at its own pace: no tail of the last targets, and of release."""
    run = course("severe", "tumour", "car_t.cells").isel(patient=0)
    left, cells = run["tumour"].to_numpy(), run["car_t.cells"].to_numpy()
    pace = -np.diff(np.log(left)) / ((cells[1:] + cells[:-1]) / 2)
    few = int(np.argmax(left < 0.1 * left[0]))
    assert pace[few] > 0.7 * pace[few - 3]


def test_few_platelets_of_a_resting_marrow_are_no_failing_organ() -> None:
    run = course(
        "severe", "platelets", "fate.clots", changes={"car_t.growth": "0 1/h", "car_t.dose": "1e-6 Mcell/kg"}
    ).isel(patient=0)
    assert float(run["platelets"].min()) < 200
    assert float(run["fate.clots"].max()) < 0.01


def test_ciclosporin_holds_back_cells_that_nothing_of_the_body_does() -> None:
    model = model_for("car_t", ["ciclosporin.iv"], severity="severe").replace(DEATHLESS)
    daily = Dose("ciclosporin.iv", "250 mg", time=1, duration=4, every=24, count=14)
    free, held = (
        float(simulate(model, None, dose, DAYS, quantities=["car_t.cells"])["car_t.cells"].max())
        for dose in (None, daily)
    )
    assert held < 0.6 * free
