"""Chen 2019: peaks after a first and a second dose, and what makes the second one small."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

import cytostorm as cs

PAPER = runpy.run_path(str(Path(__file__).parents[2] / "examples" / "papers" / "chen2019.py"))
PEAKS = {
    (60, 300): ((118.8, 4.49), (25.67, 15.57)),
    (300, 300): ((333.0, 3.075), (18.40, 0.0)),
    (10, 300): ((32.55, 7.13), (52.29, 11.90)),
}
"""Peaks in pg/mL and hours after the dose: the equations in SciPy's LSODA at 1e-11.

After two doses of 300 ug nothing is released any more: the second peak is what is left of the first.
"""


@pytest.mark.parametrize("doses", PEAKS)
def test_peaks_of_each_plan(doses):
    found = PAPER["peaks"](PAPER["course"](doses))
    for (top, when), (right, then) in zip(found, PEAKS[doses], strict=True):
        assert top == pytest.approx(right, rel=5e-3)
        assert when == pytest.approx(then, abs=0.05)


def test_a_small_first_dose_spares_the_larger_peak():
    worst = {doses: max(top for top, _ in PAPER["peaks"](PAPER["course"](doses))) for doses in PEAKS}
    assert worst[10, 300] < worst[60, 300] < worst[300, 300]


def test_priming_damps_the_second_dose_only():
    names = ["peak chen2019.cytokine"]
    plan = cs.Regimen((cs.Dose("chen2019.iv", "10 ug"), cs.Dose("chen2019.iv", "300 ug", time="7 d")))
    tops = {}
    for priming in (1.0, 2.83):
        model = PAPER["model"].replace({"chen2019.priming": priming})
        for hours in (168.0, 336.0):
            run = cs.simulate(model, None, plan, [0, hours], quantities=[], rtol=1e-8, summaries=names)
            tops[priming, hours] = float(run["peak_chen2019_cytokine"][0])
    assert tops[1.0, 168.0] == tops[2.83, 168.0]
    assert tops[1.0, 336.0] > 2 * tops[2.83, 336.0]
