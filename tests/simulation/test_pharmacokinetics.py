"""Doses, infusions and switches against closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from cytostorm.errors import InputError
from cytostorm.model import Dose, Regimen, Rule
from cytostorm.simulation import Rodas5P, simulate
from tests import toys

TIMES = np.linspace(0, 30, 301)
TIGHT = Rodas5P(rtol=1e-10)


def amount(run, name: str = "toy.amount") -> np.ndarray:
    assert int(run["status"][0]) == 0
    return run[name].to_numpy()[0]


def after(t: np.ndarray, start: float) -> np.ndarray:
    """Time since a dose; a sample at the time of a dose is taken before it."""
    return np.where(t > start, t - start, np.inf)


def test_bolus_repeated() -> None:
    plan = Regimen() + Dose("toy.iv", "10 mg", time="1 h", every="6 h", count=4)
    run = simulate(toys.one_compartment(), None, plan, TIMES, quantities=["toy.amount"], solver=TIGHT)
    want = sum(10 * np.exp(-0.3 * after(TIMES, 1 + 6 * k)) for k in range(4))
    np.testing.assert_allclose(amount(run), want, atol=1e-8)


def test_infusions_overlap() -> None:
    plan = (
        Regimen()
        + Dose("toy.iv", "10 mg", time=2, duration="5 h")
        + Dose("toy.iv", "8 mg", time=4, duration=8)
    )
    run = simulate(toys.one_compartment(), None, plan, TIMES, quantities=["toy.amount"], solver=TIGHT)

    def infused(start: float, length: float, rate: float) -> np.ndarray:
        inside = np.clip(TIMES - start, 0, length)
        return (
            rate / 0.3 * (1 - np.exp(-0.3 * inside)) * np.exp(-0.3 * np.clip(TIMES - start - length, 0, None))
        )

    np.testing.assert_allclose(amount(run), infused(2, 5, 2.0) + infused(4, 8, 1.0), atol=1e-8)


def test_share_that_arrives() -> None:
    plan = Regimen() + Dose("toy.sc", "100 mg")
    run = simulate(toys.absorbed(), None, plan, TIMES, quantities=["toy.depot"], solver=TIGHT)
    depot = amount(run, "toy.depot")
    np.testing.assert_allclose(depot[1:], 70 * np.exp(-0.8 * TIMES[1:]), atol=1e-7)
    assert depot[0] == 0.0


def test_switch_in_time() -> None:
    run = simulate(toys.forced(), None, None, TIMES, quantities=["toy.x"], solver=Rodas5P(rtol=1e-9))
    up = 2 * (1 - np.exp(-0.7 * np.minimum(TIMES, 3)))
    np.testing.assert_allclose(amount(run, "toy.x"), up * np.exp(-0.7 * np.maximum(TIMES - 3, 0)), atol=2e-7)


def test_rule_gives_when_seen_and_no_more_than_said() -> None:
    rule = Rule.parse("toy.level < 1 mg/L, then at most 2", Dose("toy.iv", "10 mg"), check="2 h")
    plan = Regimen() + Dose("toy.iv", "10 mg") + rule
    run = simulate(toys.one_compartment(), None, plan, TIMES, quantities=["toy.amount"], solver=TIGHT)
    given = [k for k in range(2, 30, 2) if amount(run)[k * 10 + 1] > amount(run)[k * 10]]
    want, level = [], 10.0
    for k in range(2, 30, 2):
        level *= np.exp(-0.6)
        if level / 5 < 1 and len(want) < 2:
            want.append(k)
            level += 10
    assert given == want
    assert int(run["given"][0, 0]) == 2
    assert Rule.parse(rule.text(), rule.give, "2 h") == rule


def test_rule_that_must_last() -> None:
    rule = Rule.parse("toy.level < 1 mg/L for 6 h, then once", Dose("toy.iv", "10 mg"), check="1 h")
    plan = Regimen() + Dose("toy.iv", "10 mg") + rule
    run = simulate(toys.one_compartment(), None, plan, TIMES, quantities=["toy.amount"])
    first_below = np.ceil(np.log(2) / 0.3)
    assert amount(run)[int(first_below + 6) * 10 + 1] > 9
    assert run["decided_at"].size == 1


@pytest.mark.parametrize(
    "dose, part",
    [
        (Dose("toy.po", "1 mg"), "no route"),
        (Dose("toy.iv", "1 h"), "an amount like"),
        (Dose("toy.iv", "1 mg/kg"), "person"),
    ],
)
def test_dose_that_cannot_be_given(dose: Dose, part: str) -> None:
    with pytest.raises(InputError) as caught:
        simulate(toys.one_compartment(), None, Regimen() + dose, TIMES)
    assert part in str(caught.value)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Dose("toy.iv", "-1 mg"),
        lambda: Dose("toy.iv", "1"),
        lambda: Dose("toy.iv", "nan mg"),
        lambda: Dose("toy.iv", "1 mg", time=-1),
        lambda: Dose("toy.iv", "1 mg", time="3 mg"),
        lambda: Dose("toy.iv", "1 mg", count=3),
        lambda: Dose("toy.iv", "1 mg", every=1, count=10**9),
        lambda: Rule.parse("crp is high", Dose("toy.iv", "1 mg")),
        lambda: Rule.parse("crp > __import__('os')", Dose("toy.iv", "1 mg")),
    ],
)
def test_order_that_makes_no_sense(build) -> None:
    with pytest.raises(InputError):
        build()


@pytest.mark.parametrize("end", [2.1, 2.8, 0.3 + 1e-12])
def test_dose_a_rounding_error_before_the_end(end: float) -> None:
    """0.7 + 2 x 0.7 is not 2.1: the last sample must not be lost between the two."""
    plan = (
        Regimen() + Dose("toy.iv", "10 mg", time=0.7, every=0.7, count=3) + Dose("toy.iv", "1 mg", time=0.3)
    )
    run = simulate(toys.one_compartment(), None, plan, [0, 0.1, end], quantities=["toy.amount"], solver=TIGHT)
    want = sum(10 * np.exp(-0.3 * (end - t)) for t in (0.7, 1.4, 2.1) if end > t + 1e-9)
    want += np.exp(-0.3 * (end - 0.3)) if end > 0.3 + 1e-9 else 0.0
    assert amount(run)[-1] == pytest.approx(want, abs=1e-7)


@pytest.mark.parametrize(
    "dose", [Dose("toy.iv", "50 mg", time=0.3), Dose("toy.iv", "50 mg", time=0.05, duration=0.25)]
)
def test_rule_does_not_disturb_what_is_given_at_the_same_moment(dose: Dose) -> None:
    """3 x 0.1 is not 0.3: a rule that fires there neither deletes a dose nor lets an infusion run on."""
    rule = Rule.parse("toy.level < 1000 mg/L, then at most 5", Dose("toy.iv", "1 mg"), check="0.1 h")
    times = np.linspace(0, 3, 31)
    model = toys.one_compartment()
    run = simulate(model, None, Regimen() + dose + rule, times, quantities=["toy.amount"], solver=TIGHT)
    spread = (np.exp(0.3 * dose.duration) - 1) / (0.3 * dose.duration) if dose.duration else 1.0
    given = 50 * spread * np.exp(-0.3 * (3 - dose.time))
    given += sum(np.exp(-0.3 * (3 - 0.1 * k)) for k in range(1, 6))
    assert amount(run)[-1] == pytest.approx(given, abs=1e-6)


def test_sample_at_the_time_of_a_dose_is_taken_before_it() -> None:
    """Whatever the rounding of the grid."""
    times = np.linspace(0, 3, 31)
    for k in (3, 6, 7, 12, 14, 17):
        plan = Regimen() + Dose("toy.iv", "10 mg", time=f"{k / 10:.1f} h")
        run = simulate(toys.one_compartment(), None, plan, times, quantities=["toy.amount"])
        assert amount(run)[k] == 0.0
        assert amount(run)[k + 1] > 9


def test_infusion_of_no_length_is_a_bolus() -> None:
    plan = Regimen() + Dose("toy.iv", "10 mg", time=1, duration=1e-12)
    run = simulate(toys.one_compartment(), None, plan, [0, 1, 2], quantities=["toy.amount"])
    assert amount(run)[-1] == pytest.approx(10 * np.exp(-0.3), rel=1e-5)


def test_thousands_of_infusions() -> None:
    plan = Regimen() + Dose("toy.iv", "1 mg", time=0, duration=0.004, every=0.01, count=2000)
    run = simulate(toys.one_compartment(), None, plan, [0, 20, 30], quantities=["toy.amount"], rtol=1e-5)
    want = 1 / 0.3 / 0.004 * (1 - np.exp(-0.3 * 0.004))
    want *= sum(np.exp(-0.3 * (20 - 0.01 * k - 0.004)) for k in range(2000))
    assert amount(run)[1] == pytest.approx(want, rel=1e-4)
