"""Chen 2019: why the first dose of a T-cell engager should be small.

The drug binds T cells to tumour cells; such pairs release a cytokine. What was released so far damps what is
still to come, and does so more from the second dose on. A small first dose lets a large one follow.

X. Chen, C. Kamperschroer, G. Wong, D. Xuan: A modeling framework to characterize cytokine release upon
T-cell-engaging bispecific antibody treatment: methodology and opportunities. Clinical and Translational
Science 12 (2019) 600-608, doi:10.1111/cts.12662. The drug's kinetics and the number of tumour cells are those
that A. J. Van De Vyver and others took to step up doses with this model: Clinical Cancer Research (2021),
doi:10.1158/1078-0432.CCR-21-0470, Figure 2D and 2E.

Reproduced: the step-up of that figure, 60 then 300 ug a week later; and what other first doses would do.

For research and education only, never for the care of a patient.
"""

from collections.abc import Sequence

import numpy as np
import sympy
import xarray as xr

import cytostorm as cs
from cytostorm.library.kinetics import damped, rises

m = cs.Module("chen2019", "drug", "a T-cell engager that primes against its own cytokine release")

PAPER, REVIEW = "Chen2019", "VanDeVyver2021"
most = m.parameter("most", 3590.0, "pg/mL/h", "fastest release (Emax)", source=PAPER)
half = m.parameter("half", 10.0, "ug/mL*cells/uL", "pairs that release at half of it (EC50)", source=PAPER)
loss = m.parameter("loss", 0.18, "1/h", "loss of the cytokine", source=PAPER)
damping = m.parameter("damping", 1.0, "1", "most damping by what was released (Imax)", source=PAPER)
damping_half = m.parameter("damping_half", 182.0, "pg/mL*h", "exposure that damps half (IC50)", source=PAPER)
priming = m.parameter("priming", 2.83, "1", "how much more a later dose is damped (K)", source=PAPER)
second = m.parameter("second", 168.0, "h", "time of the second dose", source=REVIEW)
tumour = m.parameter("tumour", 10.0, "cells/uL", "tumour cells in blood", source=REVIEW)
clearance = m.parameter("clearance", 12.5, "mL/h", "clearance of the drug", source=REVIEW)
volume = m.parameter("volume", 3.1, "L", "volume of distribution of the drug", source=REVIEW)

plasma = m.species("plasma", "ug", "drug in plasma")
m.route("iv", plasma, "vein")
m.remove(plasma, "elimination", clearance / volume * plasma)
drug = m.observable("drug", plasma / volume, "ug/mL", "drug in plasma")
pairs = m.observable("pairs", drug * tumour, "ug/mL*cells/uL", "synapses, as the paper counts them")

cytokine = m.species("cytokine", "pg/mL", "IL-6 in plasma")
exposure = m.species("exposure", "pg/mL*h", "cytokine so far, its area under the curve")

# The paper divides the half exposure by K^(n - 1) at the n-th dose: by 1, then by K.
sharper = sympy.Piecewise((1, cs.time < second), (priming, True))
release = most * rises(pairs, half) * damped(exposure, damping_half / sharper, damping)
m.produce(cytokine, "release", release)
m.remove(cytokine, "elimination", loss * cytokine)
m.produce(exposure, "memory", cytokine)

model = cs.compose(m)

WEEK = 168.0
PLANS = ((60, 300), (300, 300), (10, 300))
"""First and second dose in ug."""


def course(doses: Sequence[float]) -> xr.Dataset:
    """Return the cytokine under a dose each week, every 0.01 h."""
    plan = cs.Regimen(tuple(cs.Dose("chen2019.iv", f"{dose} ug", k * WEEK) for k, dose in enumerate(doses)))
    times = np.arange(0, len(doses) * WEEK, 0.01)
    return cs.simulate(model, None, plan, times, rtol=1e-8, quantities=["chen2019.cytokine"])


def peaks(run: xr.Dataset) -> list[tuple[float, float]]:
    """Return for each week the peak in pg/mL and the hours after the dose at which it comes."""
    level, times = run["chen2019.cytokine"].values[0], run["time"].values
    weeks = times // WEEK
    tops = [np.flatnonzero(weeks == week)[level[weeks == week].argmax()] for week in np.unique(weeks)]
    return [(float(level[k]), float(times[k] % WEEK)) for k in tops]


if __name__ == "__main__":
    for doses in PLANS:
        text = ", then ".join(f"{top:.1f} pg/mL at {when:.2f} h" for top, when in peaks(course(doses)))
        print(f"{doses[0]:3d} ug, then {doses[1]} ug: {text}")
