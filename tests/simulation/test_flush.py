"""Numbers too small for single precision: they cost nothing, and the caller's arithmetic is left alone."""

from __future__ import annotations

import numpy as np

from cytostorm.model import Dose, Module, Regimen, compose
from cytostorm.simulation import simulate
from tests.toys import number

SMALLEST = float(np.finfo(np.float32).tiny)
TIMES = np.linspace(1.0, 100.0, 400)


def fading():
    m = Module("fading", "drug", "a drug that fades from sight")
    rate = number(m, "rate", 2.0, "1/h")
    drug = m.species("drug", "kg", "in blood")
    m.route("iv", drug, "vein")
    other = m.species("other", "kg", "made of the drug")
    m.move(drug, other, "loss", rate * drug)
    m.remove(other, "loss of that", 1.5 * rate * other)
    return compose(m)


def test_what_fades_from_sight_becomes_zero() -> None:
    run = simulate(
        fading(), None, Regimen() + Dose("fading.iv", "1 kg"), TIMES, quantities=["fading.drug"],
        precision="float32", threads=1,
    )  # fmt: skip
    values = run["fading.drug"].to_numpy()[0]
    assert (values[:20] > SMALLEST).all()
    assert values[-1] == 0.0
    small = values[(values > 0) & (values < SMALLEST)]
    assert small.size == 0


def test_the_caller_keeps_tiny_numbers() -> None:
    simulate(fading(), None, None, [1.0], quantities=["fading.drug"], precision="float32", threads=1)
    tenth = np.full(64, SMALLEST, np.float32) * np.float32(0.1)
    assert (tenth > 0).all()
