"""Exposure of typical patients to biologics: numbers computed elsewhere, and what labels and papers tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from cytostorm.library import catalogue
from cytostorm.model import Dose, Model, Regimen, compose
from cytostorm.simulation import simulate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAY = 24.0
TOLERANCE = 2e-3
ADULT = {"person.weight": "70 kg"}


def levels(
    dose: Dose, hours: Sequence[float], changes: Mapping[str, str] | None = None, model: Model | None = None
) -> np.ndarray:
    """Return the read-out of a drug alone in a typical person, at hours above zero."""
    drug = dose.route.split(".", maxsplit=1)[0]
    inside = (model or compose(catalogue.find(drug))).replace(changes or {})
    lab = next(lab.short for lab in inside.labs if lab.owner.name == drug)
    times = np.array([0.0, *hours])
    run = simulate(inside, None, dose, times, quantities=[lab], rtol=1e-8).isel(patient=0)
    assert int(run["status"]) == 0
    return np.asarray(run[lab].to_numpy()[1:])


def last_half_life(dose: Dose, days: tuple[float, float], changes: Mapping[str, str]) -> float:
    """Return the half-life between two days, in days."""
    early, late = levels(dose, [DAY * day for day in days], changes)
    return float(np.log(2) * (days[1] - days[0]) / np.log(early / late))


def test_infliximab_in_a_man_of_77_kg() -> None:
    dose = Dose("infliximab.iv", "385 mg", 0, "2 h")
    found = levels(dose, [2, 336, 1344], {"person.weight": "77 kg", "person.man": "1"})
    np.testing.assert_allclose(found, [106.96, 23.598, 2.4545], rtol=TOLERANCE)


HALF_LIVES = {
    "siltuximab in Castleman disease, 19.1 days": (
        Dose("siltuximab.iv", "803 mg", 0, "1 h"), (60, 90), 18.0, 21.0,
        {"person.weight": "73 kg", "siltuximab.clearance": "0.26536 L/d"},
    ),
    "siltuximab with tumours, 22.2 days": (
        Dose("siltuximab.iv", "803 mg", 0, "1 h"), (60, 90), 20.0, 24.5, {"person.weight": "73 kg"},
    ),
    "emapalumab in HLH, 2.5 to 18.9 days": (
        Dose("emapalumab.iv", "70 mg", 0, "1 h"), (8, 16), 2.5, 18.9, ADULT | {"ifng.baseline": "1e4 pg/mL"},
    ),
    "adalimumab, 10 to 20 days": (Dose("adalimumab.sc", "40 mg", 0, "3 h"), (40, 60), 10.0, 20.0, ADULT),
    "lenzilumab, 25 to 31 days": (Dose("lenzilumab.iv", "600 mg", 0, "1 h"), (60, 90), 25.0, 31.3, ADULT),
    "afelimomab, 44.7 hours": (Dose("afelimomab.iv", "75 mg", 0, "20 min"), (2, 6), 1.86, 1.87, ADULT),
    "basiliximab, 7.2 with a deviation of 3.2 days": (
        Dose("basiliximab.iv", "20 mg", 0, "30 min"), (5, 15), 4.0, 10.4, ADULT,
    ),
    "abatacept, 8 to 25 days": (Dose("abatacept.iv", "700 mg", 0, "30 min"), (40, 60), 8.0, 25.0, ADULT),
}  # fmt: skip
"""Name with the published half-life: dose, days between which it is read, limits in days, changes."""


@pytest.mark.parametrize("name", HALF_LIVES)
def test_half_lives_lie_within_what_is_published(name: str) -> None:
    dose, days, low, high, changes = HALF_LIVES[name]
    assert low < last_half_life(dose, days, changes) < high


def test_siltuximab_in_castleman_disease_is_near_its_label() -> None:
    """332 and 84 mg/L at peak and trough of the steady state; spread between people is a third."""
    dose = Dose("siltuximab.iv", "803 mg", 0, "1 h", "504 h", 20)
    changes = {"person.weight": "73 kg", "siltuximab.clearance": "0.26536 L/d"}
    np.testing.assert_allclose(levels(dose, [9577, 10080], changes), [332, 84], rtol=0.1)


def test_adalimumab_peaks_late_and_keeps_a_trough() -> None:
    """Label: 4.7 mg/L (deviation 1.6) at 131 h (56) after 40 mg; trough of 5 to 9 mg/L every other week."""
    hours = np.arange(6.0, 600.0, 6.0)
    once = levels(Dose("adalimumab.sc", "40 mg", 0, "3 h"), list(hours), ADULT)
    assert once.max() == pytest.approx(4.7, abs=1.6)
    assert hours[once.argmax()] == pytest.approx(131, abs=56)
    (trough,) = levels(Dose("adalimumab.sc", "40 mg", 0, "3 h", "336 h", 16), [336 * 16], ADULT)
    assert 5 < trough < 9


def test_small_doses_of_mavrilimumab_go_with_the_receptor() -> None:
    """Nearly linear from 1 mg/kg on, as in Burmester 2011, and gone in days below."""
    week = {
        dose: float(levels(Dose("mavrilimumab.iv", f"{dose} mg/kg", 0, "1 h"), [168.0], ADULT)[0]) / dose
        for dose in (0.1, 1.0, 3.0, 10.0)
    }
    assert week[0.1] < 0.2 * week[10.0]
    assert week[1.0] > 0.8 * week[10.0]
    assert week[3.0] == pytest.approx(week[10.0], rel=0.1)


def test_interleukin_10_has_the_area_of_its_clearance() -> None:
    """25 ug/kg over 65 mL/h/kg, and 42 % of it under the skin."""
    hours = np.arange(0.02, 60.0, 0.02)
    model = compose(catalogue.find("interleukin_10"))
    for route, area in (("iv", 25 / 0.065), ("sc", 0.42 * 25 / 0.065)):
        given = levels(Dose(f"interleukin_10.{route}", "25 ug/kg"), list(hours), model=model)
        assert np.trapezoid(given - given[-1], hours) == pytest.approx(area, rel=0.01)


def test_immunoglobulin_speeds_the_loss_of_an_antibody() -> None:
    """A gram per kilogram twice: infliximab of the fourth week falls by a tenth to a half."""
    model = compose(catalogue.find("infliximab"), catalogue.find("ivig"))
    antibody = Dose("infliximab.iv", "5 mg/kg", 0, "2 h")
    both = Regimen() + antibody + Dose("ivig.iv", "1 g/kg", 0, "12 h", "24 h", 2)
    alone, together = (
        float(
            simulate(model, None, plan, np.array([0.0, 672.0]), quantities=["infliximab"])["infliximab"][
                0, -1
            ]
        )
        for plan in (antibody, both)
    )
    assert 0.5 * alone < together < 0.9 * alone
