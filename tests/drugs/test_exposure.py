"""Levels of typical patients against numbers computed elsewhere from the same sources.

`pk_reference_cases.csv`, where CYTOSTORM_DATA points, holds the same rows; a test holds the table to it.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from cytostorm.credibility.exposure import area, at, half_life, peak, peak_time
from cytostorm.model import Dose, Model, Regimen
from cytostorm.simulation import simulate
from tests.drugs.table import bench

TOLERANCE = 2e-3
Rows = Mapping[str, tuple[float, Callable[[Model, Dose], float]]]


@dataclass(frozen=True)
class Case:
    """A plan, and its rows: quantity, its value in the unit of the read-out, and how it is read.

    changes : numbers of the reference that are not the library's, and `why`; weight and sex need no reason.
    """

    drug: str
    dose: Dose | Regimen
    rows: Rows
    changes: Mapping[str, str | float] = field(default_factory=dict)
    why: str = ""


SILTUXIMAB = Dose("siltuximab.iv", "803 mg", 0, 1, 504, 20)
EMAPALUMAB = Dose("emapalumab.iv", "70 mg", 0, 1, 72, 5)
REMDESIVIR = Regimen() + Dose("remdesivir.iv", "200 mg", 0, 1) + Dose("remdesivir.iv", "100 mg", 24, 1, 24, 4)
NORADRENALINE = {"person.weight": "70 kg", "person.age": "35 year"}
OF_25 = "the reference leaves age out; the numbers hold at 25 years"
HELD = "interferon-γ is held, as in the reference"


def emapalumab(first: float, last: float, ifng: str) -> Case:
    changes = {"person.weight": "70 kg", "person.age": "25 year", "ifng.baseline": ifng}
    rows = {"C_1h": (first, at(1)), "C_360h": (last, at(360))}
    return Case("emapalumab", EMAPALUMAB, rows, changes, f"{OF_25}; {HELD}")


def siltuximab(first: float, highest: float, trough: float, castleman: float) -> Case:
    rows = {
        "Cmax_first": (first, at(1)),
        "Cmax_dose20": (highest, at(9577)),
        "Ctrough_dose20": (trough, at(10080)),
    }
    changes = {"person.weight": "73 kg", "siltuximab.castleman": castleman}
    return Case("siltuximab", SILTUXIMAB, rows, changes, "whose disease it is")


CASES = {
    "TCZ-Moes": Case(
        "tocilizumab", Dose("tocilizumab.iv", "560 mg", 0, 1),
        {
            "C_1h": (128.54, at(1)), "C_24h": (108.68, at(24)), "C_72h": (76.172, at(72)),
            "C_168h": (36.244, at(168)), "C_336h": (7.3356, at(336)),
        },
    ),
    "SILT-ref": siltuximab(218.36, 337.52, 119.31, 0),
    "SILT-Castleman": siltuximab(218.29, 305.56, 87.398, 1),
    "BARI-2mg-eGFR45": Case(
        "baricitinib", Dose("baricitinib.oral", "2 mg", 0.147, 0.457, 24, 10),
        {
            "Cmax": (26.882, at(216.604)), "Ctrough": (5.9396, at(240)), "Cavg": (12.965, area(216, 240, 24)),
            "Cavg_nM": (34.907 * 0.3714, area(216, 240, 24)),
        },
        {"person.weight": "74 kg", "baricitinib.renal": f"{6.34 * 45 / 93} L/h"},
        "a filtration of 45 mL/min; the library's number holds for 93, and kidneys without a storm are well",
    ),
    "TOFA-10-bid": Case(
        "tofacitinib", Dose("tofacitinib.oral", "10 mg", 0.3, 0, 12, 10),
        {
            "Cmax": (96.249, at(108.61)), "Ctrough": (11.797, at(120)),
            "Cavg_nM": (130.76 * 0.3124, area(108, 120, 12)),
        },
        {"person.weight": "83.3 kg"},
    ),
    "EMAPA-noTMDD": emapalumab(22.296, 29.71, "1e-12 pg/mL"),
    "EMAPA-IFN1e4": emapalumab(22.26, 22.142, "1e4 pg/mL"),
    "EMAPA-IFN1e6": emapalumab(21.866, 2.7037, "1e6 pg/mL"),
    "DEX-6-PO": Case(
        "dexamethasone", Dose("dexamethasone.oral", "6 mg", 0, 0, 24, 10),
        {
            "Cmax": (79.816, peak(216, 221)), "tmax": (2.1167, peak_time(216, 221)),
            "Ctrough": (2.6135, at(240)), "Cavg": (26.911, area(216, 240, 24)),
        },
    ),
    "MP-1g": Case(
        "methylprednisolone", Dose("methylprednisolone.iv", "1000 mg", 0, 1),
        {"C_1h": (8052.6, at(1)), "C_24h": (4.5172, at(24)), "t_half": (2.1297, half_life(12, 24))},
    ),
    "NE-css 0.1": Case(
        "noradrenaline", Dose("noradrenaline.iv", "0.036 mg/kg", 0, 6), {"Css_0.1": (3.5703, at(5.9))},
        NORADRENALINE, "the reference is of 35 years",
    ),
    "NE-css 0.5": Case(
        "noradrenaline", Dose("noradrenaline.iv", "0.18 mg/kg", 0, 6), {"Css_0.5": (16.904, at(5.9))},
        NORADRENALINE, "the reference is of 35 years",
    ),
    "PARA-1g": Case(
        "paracetamol", Dose("paracetamol.oral", "1 g"),
        {
            "Cmax": (9.999, peak(0, 6)), "tmax": (2.6333, peak_time(0, 6)),
            "Ccsf_max": (10.909, peak(0, 12, "paracetamol.brain")),
        },
        {"person.weight": "70 kg"},
    ),
    "IFX-5": Case(
        "infliximab", Dose("infliximab.iv", "385 mg", 0, 2),
        {"C_2h": (106.96, at(2)), "C_14d": (23.598, at(336)), "C_56d": (2.4545, at(1344))},
        {"person.weight": "77 kg", "person.man": "1"},
    ),
    "RDV": Case(
        "remdesivir", REMDESIVIR,
        {"RDV_C_1h": (1.9005, at(1, "remdesivir")), "GS441524_trough_120h": (0.22218, at(120, "gs_441524"))},
        {"remdesivir.metabolite_mass": "602.6 g/mol"},
        "the reference was computed mass for mass; by molecules, as published, there is less by 291 / 603",
    ),
}  # fmt: skip
ELSEWHERE = {
    ("TPE", "fraction_removed_1PV"): 0.63212,
    ("TPE", "fraction_removed_1.5PV"): 0.77687,
}
"""Rows that tests/supports holds: test_plasma_exchange_removes_what_is_well_mixed."""
NO_REASON_NEEDED = {"person.weight", "person.man"}
UNITS = {
    ("MP-1g", "C_1h"): 1e-3,
    ("BARI-2mg-eGFR45", "Cavg_nM"): 1 / 0.3714,
    ("TOFA-10-bid", "Cavg_nM"): 1 / 0.3124,
}
"""Rows whose unit is not that of the read-out, and what turns it into theirs."""
IDS = [(case, quantity) for case, told in CASES.items() for quantity in told.rows]


@pytest.mark.parametrize("case, quantity", IDS)
def test_levels_of_a_typical_patient(case: str, quantity: str) -> None:
    told = CASES[case]
    value, read = told.rows[quantity]
    near = 0.005 if quantity == "tmax" else TOLERANCE
    assert read(bench().replace(told.changes), told.dose) == pytest.approx(value, rel=near)


def test_every_reference_row_is_in_the_table() -> None:
    folder = os.environ.get("CYTOSTORM_DATA")
    path = Path(folder or "nowhere") / "pk_reference_cases.csv"
    if not path.is_file():
        pytest.skip("CYTOSTORM_DATA names no folder with pk_reference_cases.csv")
    with path.open(encoding="utf-8", newline="") as file:
        published = {(row["case"], row["quantity"]): float(row["value"]) for row in csv.DictReader(file)}
    table = {
        (case.split()[0], quantity): CASES[case].rows[quantity][0] * UNITS.get((case, quantity), 1.0)
        for case, quantity in IDS
    }
    assert (table | ELSEWHERE) == pytest.approx(published)


@pytest.mark.parametrize("case", CASES)
def test_numbers_are_changed_for_a_reason(case: str) -> None:
    assert CASES[case].why or CASES[case].changes.keys() <= NO_REASON_NEEDED


def test_total_prednisolone_rises_less_than_the_dose() -> None:
    """Globulin is sated: unbound follows the dose, total does not; prednisone gives less of it."""
    seen = ["prednisolone", "prednisolone.level"]
    low, high, prodrug = (
        simulate(bench(), None, dose, [0.0, 2.0], quantities=seen).isel(patient=0, time=-1)
        for dose in (
            Dose("prednisolone.oral", "5 mg"),
            Dose("prednisolone.oral", "50 mg"),
            Dose("prednisone.oral", "50 mg"),
        )
    )
    unbound = float(high["prednisolone.level"] / low["prednisolone.level"])
    assert unbound == pytest.approx(10, rel=1e-4)
    assert 2 < float(high["prednisolone"] / low["prednisolone"]) < 7
    converted = float(prodrug["prednisolone.level"] / high["prednisolone.level"])
    assert converted == pytest.approx(0.8 * 360.4 / 358.4, rel=1e-4)


def test_small_doses_of_mavrilimumab_go_with_the_receptor() -> None:
    """Nearly linear from 1 mg/kg on, as in Burmester 2011, and gone in days below."""
    week = {
        dose: at(168)(bench(), Dose("mavrilimumab.iv", f"{dose} mg/kg", 0, 1)) / dose
        for dose in (0.1, 1.0, 3.0, 10.0)
    }
    assert week[0.1] < 0.2 * week[10.0]
    assert week[1.0] > 0.8 * week[10.0]
    assert week[3.0] == pytest.approx(week[10.0], rel=0.1)


@pytest.mark.parametrize("antibody", ["infliximab.iv", "canakinumab.iv"])
def test_immunoglobulin_speeds_the_loss_of_an_antibody(antibody: str) -> None:
    """A gram per kilogram twice: the level of the fourth week falls."""
    drug = antibody.split(".", maxsplit=1)[0]
    given = Regimen() + Dose(antibody, "2 mg/kg", 0, 2)
    both = given + Dose("ivig.iv", "1 g/kg", 0, 12, 24, 2)
    alone_, together = (
        float(simulate(bench(), None, plan, np.array([0.0, 672.0]), quantities=[drug])[drug][0, -1])
        for plan in (given, both)
    )
    assert 0.5 * alone_ < together < 0.97 * alone_
