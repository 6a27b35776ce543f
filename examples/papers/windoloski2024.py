"""Windoloski 2024: what volunteers' cytokines do after endotoxin, at once or over four hours.

Endotoxin wakes resting monocytes, which then make TNF, IL-6, IL-8 and IL-10. TNF wakes more of them; IL-10
and IL-6 damp. The model cannot storm: even endless endotoxin is damped within three days.

K. A. Windoloski, S. Janum, R. M. G. Berg, M. S. Olufsen: Characterization of differences in immune responses
during bolus and continuous infusion endotoxin challenges using mathematical modeling (2024),
doi:10.1113/EP091552, arXiv:2308.01495. Numbers: the fits to mean data in the authors' repository
https://github.com/msolufse/Inflammation_Bolus_Cont (MIT).

Reproduced: the two fits of Figure 6 (2 ng/kg as a bolus, and over 4 h), and endotoxin that does not leave.

For research and education only, never for the care of a patient.
"""

from collections.abc import Mapping
from types import SimpleNamespace

import numpy as np
import xarray as xr

import cytostorm as cs
from cytostorm.library import person
from cytostorm.library.kinetics import falls, rises

m = cs.Module("windoloski2024", "trigger", "endotoxin, monocytes and four cytokines")

# name, value of the bolus fit, of the infusion fit, unit, label
NUMBERS = (
    ("k_e", 1.01, 1.01, "1/h", "loss of endotoxin"),
    ("k_mr", 0.006, 0.006, "1/h", "regrowth of resting monocytes"),
    ("k_ma", 2.6738237, 3.4913084, "1/h", "loss of active monocytes"),
    ("k_m", 0.0414, 0.0414, "1/h", "activation without TNF"),
    ("k_mtnf", 8.6497, 9.0, "1/h", "activation that TNF adds"),
    ("x_me", 3.3, 2.0, "ng/kg", "endotoxin of half activation"),
    ("x_m10", 3.8839286, 4.3939394, "pg/mL", "IL-10 that halves activation"),
    ("x_mtnf", 140.84507, 222.22222, "pg/mL", "TNF that adds half of its most"),
    ("h_me", 1.0, 1.0, "1", "steepness in endotoxin"),
    ("h_m10", 0.3, 0.3, "1", "steepness in IL-10"),
    ("h_mtnf", 3.16, 3.16, "1", "steepness in TNF"),
    ("m_max", 30000.0, 30000.0, "cell", "most resting monocytes"),
    ("m_start", 28200.0, 28200.0, "cell", "resting monocytes at the start"),
    ("k_tnf", 1.3951036, 0.42298575, "1/h", "loss of TNF"),
    ("k_tnfm", 0.9979786, 1.3911272, "pg/mL/h/cell", "TNF made by a monocyte"),
    ("x_tnf10", 15.535714, 17.575758, "pg/mL", "IL-10 that halves TNF"),
    ("x_tnf6", 560.0, 560.0, "pg/mL", "IL-6 that halves TNF"),
    ("h_tnf10", 3.0, 3.0, "1", "steepness in IL-10"),
    ("h_tnf6", 2.0, 2.0, "1", "steepness in IL-6"),
    ("w_tnf", 8.7925739, 13.872728, "pg/mL", "TNF at rest"),
    ("k_6", 0.66, 0.66, "1/h", "loss of IL-6"),
    ("k_6m", 0.81, 0.81, "pg/mL/h/cell", "IL-6 made by a monocyte"),
    ("k_6tnf", 0.81, 0.81, "pg/mL/h/cell", "IL-6 that TNF adds"),
    ("x_610", 31.071429, 35.151515, "pg/mL", "IL-10 that halves IL-6"),
    ("x_66", 560.0, 560.0, "pg/mL", "IL-6 that halves IL-6"),
    ("x_6tnf", 260.56338, 411.11111, "pg/mL", "TNF that adds half of its most"),
    ("h_610", 4.0, 1.0, "1", "steepness in IL-10"),
    ("h_66", 1.0, 1.0, "1", "steepness in IL-6"),
    ("h_6tnf", 2.0, 2.0, "1", "steepness in TNF"),
    ("w_6", 0.6097347, 0.6097347, "pg/mL", "IL-6 at rest"),
    ("k_8", 0.68636739, 0.38618650, "1/h", "loss of IL-8"),
    ("k_8m", 0.74572727, 0.61271053, "pg/mL/h/cell", "IL-8 made by a monocyte"),
    ("k_8tnf", 0.78873239, 0.50909091, "pg/mL/h/cell", "IL-8 that TNF adds"),
    ("x_810", 15.535714, 17.575758, "pg/mL", "IL-10 that halves IL-8"),
    ("x_8tnf", 260.56338, 411.11111, "pg/mL", "TNF that adds half of its most"),
    ("h_810", 1.5, 1.5, "1", "steepness in IL-10"),
    ("h_8tnf", 3.0, 3.0, "1", "steepness in TNF"),
    ("w_8", 4.1750655, 2.6948150, "pg/mL", "IL-8 at rest"),
    ("k_10", 0.8, 0.4, "1/h", "loss of IL-10"),
    ("k_10m", 0.015044919, 0.036456762, "pg/mL/h/cell", "IL-10 made by a monocyte"),
    ("k_106", 0.017053571, 0.019292929, "pg/mL/h/cell", "IL-10 that IL-6 adds"),
    ("x_106", 560.0, 560.0, "pg/mL", "IL-6 that adds half of its most"),
    ("h_106", 3.68, 3.68, "1", "steepness in IL-6"),
    ("w_10", 3.7471344, 4.2391824, "pg/mL", "IL-10 at rest"),
    ("dose", 2.0, 2.0, "ng/kg", "total dose of endotoxin"),
    ("duration", 0.0, 4.0, "h", "time over which it is given; 0 is a bolus"),
)
p = SimpleNamespace(**{
    name: m.parameter(name, bolus, unit, label, source="Windoloski2024")
    for name, bolus, _, unit, label in NUMBERS
})  # fmt: skip
INFUSION = {f"windoloski2024.{name}": slow for name, bolus, slow, *_ in NUMBERS if slow != bolus}
"""What differs in the fit to the infusion."""

# The paper counts endotoxin in ng/kg. A route leads into an amount, so this is in ng; the kilograms come from
# the library's person, whom `compose` brings along. Weight drops out again, as the dose is per kg too.
plasma = m.species("plasma", "ng", "endotoxin in plasma")
endotoxin = m.observable("endotoxin", plasma / person.weight, "ng/kg", "endotoxin per body weight (E)")
resting = m.species("resting", "cell", "resting monocytes (MR)", initial=p.m_start)
active = m.species("active", "cell", "active monocytes (MA)")
tnf = m.species("tnf", "pg/mL", "TNF in plasma", initial=p.w_tnf)
il6 = m.species("il6", "pg/mL", "IL-6 in plasma", initial=p.w_6)
il8 = m.species("il8", "pg/mL", "IL-8 in plasma", initial=p.w_8)
il10 = m.species("il10", "pg/mL", "IL-10 in plasma", initial=p.w_10)

m.route("iv", plasma, "vein")
m.challenge("iv", p.dose, p.duration)
m.remove(plasma, "elimination", p.k_e * plasma)

woken = rises(endotoxin, p.x_me, p.h_me) * (p.k_m + p.k_mtnf * rises(tnf, p.x_mtnf, p.h_mtnf))
m.move(resting, active, "activation", woken * falls(il10, p.x_m10, p.h_m10) * resting)
m.produce(resting, "regrowth", p.k_mr * resting)
m.remove(resting, "crowding", p.k_mr * resting**2 / p.m_max)
m.remove(active, "death", p.k_ma * active)

calm = falls(il6, p.x_tnf6, p.h_tnf6) * falls(il10, p.x_tnf10, p.h_tnf10)
m.produce(tnf, "secretion", p.k_tnfm * calm * active)
calm = falls(il6, p.x_66, p.h_66) * falls(il10, p.x_610, p.h_610)
m.produce(il6, "secretion", (p.k_6m + p.k_6tnf * rises(tnf, p.x_6tnf, p.h_6tnf)) * calm * active)
calm = falls(il10, p.x_810, p.h_810)
m.produce(il8, "secretion", (p.k_8m + p.k_8tnf * rises(tnf, p.x_8tnf, p.h_8tnf)) * calm * active)
m.produce(il10, "secretion", (p.k_10m + p.k_106 * rises(il6, p.x_106, p.h_106)) * active)
for level, rest, loss in (
    (tnf, p.w_tnf, p.k_tnf),
    (il6, p.w_6, p.k_6),
    (il8, p.w_8, p.k_8),
    (il10, p.w_10, p.k_10),
):
    m.relax(level, "turnover", rest, loss)

model = cs.compose(m)
CYTOKINES = ("tnf", "il6", "il8", "il10")
HELD = {"windoloski2024.dose": 200.0, "windoloski2024.k_e": 0.0}
"""A huge dose that never leaves."""


def course(changes: Mapping[str, float] | None = None, hours: float = 12.0) -> xr.Dataset:
    """Return the cytokines every 0.1 h, with their peaks and the times of these, under changed numbers."""
    names = [f"windoloski2024.{c}" for c in CYTOKINES]
    peaks = [f"{word} {name}" for name in names for word in ("peak", "time of peak")]
    times = np.linspace(0, hours, round(10 * hours) + 1)
    case = model.replace(changes or {})
    return cs.simulate(case, None, None, times, rtol=1e-8, quantities=names, summaries=peaks)


def peaks(run: xr.Dataset) -> dict[str, tuple[float, float]]:
    """Return the peak of each cytokine in pg/mL, and when it comes, in hours."""
    peak, when = "peak_windoloski2024_", "time_of_peak_windoloski2024_"
    return {c: (float(run[peak + c][0]), float(run[when + c][0])) for c in CYTOKINES}


if __name__ == "__main__":
    for arm, changes in (("bolus", {}), ("infusion", INFUSION), ("held", HELD)):
        found = peaks(course(changes, 72.0)).items()
        print(f"{arm:8s} " + ", ".join(f"{c} {top:.1f} pg/mL at {when:.2f} h" for c, (top, when) in found))
