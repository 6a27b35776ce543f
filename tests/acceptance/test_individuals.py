"""The virtual volunteers beside twelve real ones. Their data stay where CYTOSTORM_DATA points."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from cytostorm.library.catalogue import model_for
from cytostorm.population import sample
from cytostorm.simulation import simulate

NAMES = {"TNF": "tnf", "IL-6": "il6", "IL-8": "il8", "IL-10": "il10"}
HOURS = (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0)


@pytest.fixture(scope="module")
def people() -> dict[str, np.ndarray]:
    """Return cytokine to levels (person, hour) in pg/mL."""
    folder = os.environ.get("CYTOSTORM_DATA")
    path = Path(folder or "") / "lps_2ngkg_bolus_individuals.csv"
    if not folder or not path.is_file():
        pytest.skip("individual data: set CYTOSTORM_DATA to the folder of lps_2ngkg_bolus_individuals.csv")
    levels: dict[str, dict[tuple[str, float], float]] = defaultdict(dict)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            levels[NAMES[row["cytokine"].replace("IL", "IL-").replace("--", "-")]][
                row["subject"], float(row["time_h"])
            ] = float(row["pg_per_mL"])
    subjects = sorted({s for table in levels.values() for s, _ in table})
    return {q: np.array([[table[s, t] for t in HOURS] for s in subjects]) for q, table in levels.items()}


@pytest.fixture(scope="module")
def virtual() -> dict[str, np.ndarray]:
    model = model_for("endotoxin")
    run = simulate(model, sample(model, 1000, seed=0), None, HOURS)
    return {q: run[q].to_numpy() for q in ("tnf", "il6", "il8", "il10")}


def test_real_people_are_among_the_virtual_ones(people, virtual) -> None:
    """At the hours of the answer (1.5 to 4 h), most lie within the middle 90 % of virtual ones."""
    for name, levels in people.items():
        low, high = np.percentile(virtual[name], [5, 95], axis=0)
        hours = slice(2, 6)
        share = ((levels >= low) & (levels <= high))[:, hours].mean()
        assert share >= 0.6, f"{name}: {share:.0%}"


def test_spread_between_people(people, virtual) -> None:
    """Geometric SD of the peaks: within x/÷ 1.3 of the twelve."""
    for name, levels in people.items():
        real, ours = (float(np.exp(np.std(np.log(x.max(axis=1)), ddof=1))) for x in (levels, virtual[name]))
        assert 1 / 1.3 <= ours / real <= 1.3, f"{name}: {ours:.2f} against {real:.2f}"


def test_il6_and_il8_go_together_more_than_tnf_and_il8(people, virtual) -> None:
    """The order of correlations between the peaks of two cytokines, as far as twelve people tell."""
    for source in (people, virtual):
        peaks = {q: np.log(x.max(axis=1)) for q, x in source.items()}
        together = np.corrcoef(peaks["il6"], peaks["il8"])[0, 1]
        assert together > np.corrcoef(peaks["tnf"], peaks["il8"])[0, 1]
