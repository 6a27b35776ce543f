"""Kimmel 2021: CAR T cells and normal T cells compete for the same room, while the tumour waits.

G. J. Kimmel, F. L. Locke, P. M. Altrock: The roles of T cell competition and stochastic extinction events in
chimeric antigen receptor T cell therapy. Proceedings of the Royal Society B 288 (2021) 20210229,
doi 10.1098/rspb.2021.0229. Equations 2.1 to 2.3 with table 1, per microlitre as curated in BIOMD0000001041.
Cure by chance, which the paper adds when fewer than 100 tumour cells are left, is not in here.

Reproduced: the peak of the CAR T cells, their return to what was infused (figure 2), and the tumour's nadir.

For research and education only, never for the care of a patient.
"""

from functools import partial

import numpy as np
import sympy

import cytostorm as cs

m = cs.Module("kimmel2021", "drug", "CAR T cells against lymphoma")
number = partial(m.parameter, source="Kimmel2021")

normal0 = number("normal0", 6.0, "cells/uL", "normal T cells left by lymphodepletion")
car0 = number("car0", 0.36, "cells/uL", "CAR T cells infused")
tumour0 = number("tumour0", 94.86, "mL", "median tumour at the start")
room = number("room", 500.0, "cells/uL", "T cells at which normal ones stop to grow, K_N")
car_room = number("car_room", 139.0, "cells/uL", "T cells at which CAR T cells stop to grow, K_C")
growth = number("growth", 0.17, "1/d", "growth of normal T cells, r_N")
basal = number("basal", 0.0251, "1/d", "growth of CAR T cells in a full room, ρ_C")
boost = number("boost", 0.525, "1/d", "growth that an empty room adds, b")
inefficiency = number("inefficiency", 0.423, "1", "how soon that ends as the room fills, a")
tumour_growth = number("tumour_growth", 0.01, "1/d", "growth of the tumour, r_B; the paper varies it to 0.5")
killing = number("killing", 1.15, "1/d", "killing by plenty of CAR T cells, γ_B")
half = number("half", 4.05, "cells/uL", "CAR T cells of half killing, k_B")

normal = m.species("normal", "cells/uL", "normal T cells", initial=normal0, scale=1e-3)
car = m.species("car", "cells/uL", "CAR T cells", initial=car0, scale=1e-6)
tumour = m.species("tumour", "mL", "tumour", initial=tumour0, scale=1e-13)

total = normal + car
car_growth = basal + boost * (total - room) ** 2 / (inefficiency * total**2 + (total - room) ** 2)

# Gompertz growth r N log(K/T) is positive while there is room and negative afterwards. Two processes that are
# never negative have just this difference: log(1 + K/T) - log(1 + T/K).
m.produce(normal, "growth", growth * normal * sympy.log(1 + room / total))
m.remove(normal, "crowding", growth * normal * sympy.log(1 + total / room))
m.produce(car, "growth", car_growth * car * sympy.log(1 + car_room / total))
m.remove(car, "crowding", car_growth * car * sympy.log(1 + total / car_room))
m.produce(tumour, "growth", tumour_growth * tumour)
m.remove(tumour, "killing", killing * tumour * car / (half + car))

model = cs.compose(m)
DAYS = np.linspace(0, 300, 3001)


def courses() -> dict[str, np.ndarray]:
    """Return normal and CAR T cells per µL and the tumour in mL (1e9 cells each), at DAYS."""
    names = ("normal", "car", "tumour")
    run = cs.simulate(model, times=24 * DAYS, rtol=1e-8, quantities=[f"kimmel2021.{n}" for n in names])
    return {name: run[f"kimmel2021.{name}"].values[0] for name in names}


if __name__ == "__main__":
    seen = courses()
    peak, few = int(seen["car"].argmax()), int((seen["tumour"] < 1e-7).argmax())
    print(f"CAR T cells peak at {seen['car'][peak]:.2f} /µL on day {DAYS[peak]:.1f}")
    back = DAYS[np.flatnonzero(seen["car"] > 0.36)[-1]]
    print(f"they are back at what was infused on day {back:.0f}; the paper says by day 90")
    print(f"fewer than 100 tumour cells are left on day {DAYS[few]:.0f}: from here on, chance decides")
    low = int(seen["tumour"].argmin())
    print(f"without chance there is no cure: the tumour grows again from day {DAYS[low]:.0f} on")
