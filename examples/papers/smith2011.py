"""Smith 2011: how many pneumococci the lung can clear, with alveolar macrophages and then with neutrophils.

A. M. Smith, J. A. McCullers, F. R. Adler: Mathematical model of a three-stage innate immune response to a
pneumococcal lung infection. Journal of Theoretical Biology 276 (2011) 106-116,
doi 10.1016/j.jtbi.2011.01.052. Equations 6 to 11 (mice, the second stage), as curated in BIOMD0000000924.

The curated file differs from the print in four numbers and in one bracket, each marked below. As printed,
10,000 bacteria per mL are not cleared, although the text says that they are; as curated, they are. Neither
gives the 39,800 per mL that the text names as the most that neutrophils can clear.

Reproduced: what becomes of four inocula within 72 h, the peak of the neutrophils, and the inoculum that
macrophages alone can clear (9,990 per mL in the text).

For research and education only, never for the care of a patient.
"""

from functools import partial

import numpy as np

import cytostorm as cs

m = cs.Module("smith2011", "trigger", "pneumococci in the lung of a mouse")
number = partial(m.parameter, source="Smith2011")
curated = "as in BIOMD0000000924; Table 2 prints {}".format

inoculum = number("inoculum", 1e5, "1/mL", "pneumococci at the start, P_0")
growth = number("growth", 1.13, "1/h", "growth of the bacteria, r")
capacity = number("capacity", 3.41765197726012e8, "1/mL", "most bacteria, K_P", note=curated("2.3e8"))
macrophages = number("macrophages", 1e6, "cells", "alveolar macrophages, M_A")
eating = number("eating", 5.6e-6, "1/(cells*h)", "clearance by alveolar macrophages, γ_MA")
# P^2 + n^2 M needs n^2 in (1/mL)^2 for each cell; the table gives n = 5 in (1/mL) for each cell
load = number("load", 25.0, "1/(mL^2*cells)", "squared bacteria that macrophages can take up, n^2")
overload = number("overload", 5e-9, "1/cells", "inhibition of clearance by debris, k_d")
killing = number("killing", 1e-5, "1/(cells*h)", "clearance by neutrophils, γ_N")
attachment = number("attachment", 2.1e-8, "mL/h", "attachment of bacteria to epithelium, ω")
cells0 = number("cells0", 1e8, "cells", "epithelial cells at the start")
death = number("death", 0.167, "1/h", "death of cells with bacteria, d_E")
alarm = number("alarm", 0.021, "pg/mL/(cells*h)", "secretion by epithelial cells, α")
secretion = number("secretion", 0.029, "pg/mL/(cells*h)", "secretion by alveolar macrophages, ν")
activation = number("activation", 4.2e-8, "mL/h", "activation of macrophages by bacteria, θ_M")
calming = number("calming", 0.042, "1/h", "deactivation of macrophages, κ")
turnover = number("turnover", 0.001, "1/h", "turnover of macrophages, d")
inhibition = number("inhibition", 1.4e-5, "1/cells", "inhibition of secretion by neutrophils, k_n")
clearance = number("clearance", 0.83, "1/h", "clearance of the cytokine, d_C")
recruitment = number("recruitment", 1.33, "cells/(pg/mL)/h", "recruitment of neutrophils, η")
most = number("most", 1.8e5, "cells", "most neutrophils, N_max")
apoptosis = number("apoptosis", 0.063, "1/h", "death of neutrophils, d_N")
lysis = number("lysis", 1.76e-7, "mL/h", "death of neutrophils by bacteria, d_NP", note=curated("2.5e-7"))
debris1 = number("debris1", 0.15, "1/cells", "debris of neutrophils so killed, ρ_1", note=curated("0.1"))
debris2 = number("debris2", 1e-3, "1/cells", "debris of neutrophils that die by themselves, ρ_2")
debris3 = number("debris3", 1e-5, "1/cells", "debris of epithelial cells, ρ_3")
cleaning = number("cleaning", 1.4e-7, "1/(cells*h)", "removal of debris, d_D", note=curated("2.5e-6"))

bacteria = m.species("bacteria", "1/mL", "pneumococci, P", initial=inoculum, scale=1e-3)
healthy = m.species("healthy", "cells", "epithelial cells without bacteria, E_U", initial=cells0)
attached = m.species("attached", "cells", "epithelial cells with bacteria, E_A")
cytokine = m.species("cytokine", "pg/mL", "proinflammatory cytokine, C")
neutrophils = m.species("neutrophils", "cells", "neutrophils, N")
debris = m.species("debris", "1", "debris, D", scale=1e-3)

m.produce(bacteria, "growth", growth * bacteria)
m.remove(bacteria, "crowding", growth * bacteria**2 / capacity)
eaten = load * macrophages / (bacteria**2 + load * macrophages) / (1 + overload * debris * macrophages)
m.remove(bacteria, "clearance by macrophages", eating * macrophages * eaten * bacteria)
m.remove(bacteria, "clearance by neutrophils", killing * neutrophils * bacteria)

m.move(healthy, attached, "attachment", attachment * bacteria * healthy)
m.remove(attached, "death", death * attached)

brake = 1 + inhibition * neutrophils
met = activation * bacteria  # the print divides by (turnover + calming + met) * brake
m.produce(cytokine, "secretion by epithelium", alarm * attached / brake)
m.produce(
    cytokine, "secretion by macrophages", secretion * macrophages * met / (turnover + calming + met * brake)
)
m.remove(cytokine, "clearance", clearance * cytokine)

m.produce(neutrophils, "recruitment", recruitment * cytokine)
m.remove(neutrophils, "crowding", recruitment * cytokine * neutrophils / most)
m.react("lysis", lysis * neutrophils * bacteria, {neutrophils: -1, debris: debris1})
m.react("apoptosis", apoptosis * neutrophils, {neutrophils: -1, debris: debris2})
m.produce(debris, "epithelium", debris3 * death * attached)
m.remove(debris, "removal", cleaning * macrophages * debris)

model = cs.compose(m)
PRINTED = {
    "smith2011.capacity": 2.3e8, "smith2011.lysis": 2.5e-7,
    "smith2011.debris1": 0.1, "smith2011.cleaning": 2.5e-6,
}  # fmt: skip
ALONE = {"smith2011.killing": 0.0, "smith2011.overload": 0.0}  # macrophages alone, equation 2


def bacteria_at(hours: float, start: float, changes: dict[str, float] | None = None) -> float:
    """Return the bacteria per mL that a number of them at the start has become."""
    changed = model.replace({"smith2011.inoculum": start, **(changes or {})})
    run = cs.simulate(changed, times=[0, hours], rtol=1e-8, quantities=["smith2011.bacteria"])
    return float(run["smith2011.bacteria"][0, 1])


def threshold(changes: dict[str, float] | None = None) -> float:
    """Return the most bacteria per mL that are cleared within 300 h, by halving."""
    low, high = 3.0, 5.0  # powers of ten
    while high - low > 1e-5:
        middle = (low + high) / 2
        low, high = (middle, high) if bacteria_at(300, 10**middle, changes) < 1 else (low, middle)
    return float(10**low)


if __name__ == "__main__":
    for start in (1e3, 1e4, 2e4, 1e5):
        print(f"{start:7,.0f} per mL have become {bacteria_at(72, start):12.3g} within 72 h")
    run = cs.simulate(model, times=np.linspace(0, 24, 2401), rtol=1e-8, quantities=["smith2011.neutrophils"])
    course = run["smith2011.neutrophils"][0]
    print(f"neutrophils peak at {float(course.max()):,.0f} after {float(course.idxmax('time')):.2f} h")
    print(f"macrophages clear up to {threshold(ALONE):,.0f} per mL, with neutrophils {threshold():,.0f}")
