"""Lavigne 2021: a virus, and the interferon with which infected cells warn the others.

G. M. Lavigne, H. Russell, B. Sherry, R. Ke: Autocrine and paracrine interferon signalling as 'ring
vaccination' and 'contact tracing' strategies to suppress virus infection in a host. Proceedings of the Royal
Society B 288 (2021) 20203002, doi 10.1098/rspb.2020.3002. Equation 2.1, well mixed, as curated in
BIOMD0000001021.

Reproduced: the peaks of virus and interferon, and the share of cells that is never infected.

For research and education only, never for the care of a patient.
"""

from functools import partial

import numpy as np

import cytostorm as cs

m = cs.Module("lavigne2021", "trigger", "virus and interferon, well mixed")
number = partial(m.parameter, source="Lavigne2021")

cells = number("cells", 4e8, "cells", "cells that can be infected")
inoculum = number("inoculum", 100.0, "1", "virions at the start")
infection = number("infection", 5e-10, "1/d", "infection of a cell by a virion, β")
warning = number("warning", 5e-10, "1/d", "action of an interferon molecule on a cell, φ")
forgetting = number("forgetting", 1.0, "1/d", "return from the refractory state, ρ")
autocrine = number("autocrine", 2.0, "1/d", "turn of an infected cell to defence by its own interferon, k")
death = number("death", 4.0, "1/d", "death of infected cells, δ")
release = number("release", 2400.0, "1/(cells*d)", "virions that a cell releases, p")
defence = number("defence", 0.9, "1", "share of the release that defence prevents, f")
ratio = number("ratio", 1.0, "1", "interferon molecules for each virion, π")
clearance = number("clearance", 14.0, "1/d", "clearance of virions and interferon, c")

target = m.species("target", "cells", "cells that can be infected, T", initial=cells)
infected = m.species("infected", "cells", "infected cells, I")
defending = m.species("defending", "cells", "infected cells in defence, I_A")
refractory = m.species("refractory", "cells", "cells that cannot be infected, R")
virus = m.species("virus", "1", "virions, V", initial=inoculum)
ifn = m.species("ifn", "1", "interferon molecules, F")

m.move(target, infected, "infection", infection * virus * target)
m.move(target, refractory, "paracrine warning", warning * ifn * target)
m.move(refractory, target, "forgetting", forgetting * refractory)
m.move(infected, defending, "defence", (autocrine + warning * ifn) * infected)
m.remove(infected, "death", death * infected)
m.remove(defending, "death", death * defending)
m.produce(virus, "release", release * (infected + (1 - defence) * defending))
m.produce(ifn, "release", ratio * release * (infected + defending))
m.remove(virus, "clearance", clearance * virus)
m.remove(ifn, "clearance", clearance * ifn)

spared = m.observable("spared", target / cells, "1", "share of the cells that can still be infected")

model = cs.compose(m)
DAYS = np.linspace(0, 3, 3001)

if __name__ == "__main__":
    run = cs.simulate(
        model,
        times=24 * DAYS,
        rtol=1e-8,
        quantities=["lavigne2021.virus", "lavigne2021.ifn", "lavigne2021.spared"],
    )
    for name in ("virus", "ifn"):
        course = run[f"lavigne2021.{name}"][0]
        print(f"{name} peaks at {float(course.max()):.4g} after {float(course.idxmax('time')) / 24:.3f} d")
    print(f"cells that can be infected fall to {float(run['lavigne2021.spared'].min()):.2%}")
    deaf = model.replace({"lavigne2021.warning": 0.0, "lavigne2021.autocrine": 0.0})
    peak = cs.simulate(deaf, times=24 * DAYS, rtol=1e-8, quantities=["lavigne2021.virus"])[
        "lavigne2021.virus"
    ].max()
    print(f"virus would peak at {float(peak):.4g} if no cell heard the interferon")
