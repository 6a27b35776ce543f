"""A clouded brain has seizures, which levetiracetam prevents without clearing the cloud."""

from __future__ import annotations

import numpy as np

from cytostorm.library import catalogue
from cytostorm.model import Dose
from cytostorm.simulation import simulate


def test_seizures_follow_clouding_and_a_medicine_prevents_most() -> None:
    model = catalogue.model_for("car_t", ["levetiracetam.iv", "seizures"], severity="storm")
    model = model.replace({"fate.endurance": "1e9"})
    hours, seen = np.arange(0.0, 15.0) * 24, ["seizure_hazard", "gcs"]
    plan = Dose("levetiracetam.iv", "1000 mg", 0, every="12 h", count=28)
    never, given = (simulate(model, None, p, hours, quantities=seen).isel(patient=0) for p in (None, plan))
    assert float(never["seizure_hazard"][0]) < 1e-6
    worst = int(np.argmax(never["seizure_hazard"].to_numpy()))
    assert float(never["gcs"][worst]) < 14
    assert float(given["seizure_hazard"][worst]) < 0.5 * float(never["seizure_hazard"][worst])
    np.testing.assert_allclose(given["gcs"], never["gcs"])
