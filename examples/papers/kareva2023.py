"""Kareva and Gevertz 2023: an immune agonist that clears a tumour, with or without a cytokine storm.

I. Kareva, J. L. Gevertz: Cytokine storm mitigation for exogenous immune agonists. bioRxiv 2023.07.07.548130,
doi 10.1101/2023.07.07.548130. Four equations without units other than hours: a teaching model of the window
between too little and too much. A storm is cytokine above 6.

Reproduced: peak of the cytokine and tumour at 400 h for four ways of dosing, the dose that starts a storm,
and that the same total in pieces clears the tumour without one.

For research and education only, never for the care of a patient.
"""

from functools import partial

import cytostorm as cs

m = cs.Module("kareva2023", "trigger", "immune agonist against a tumour")
number = partial(m.parameter, source="Kareva2023")

binding = number("binding", 0.1, "1/h", "rate at which the agonist activates immune cells")
gain = number("gain", 2.0, "1", "immune cells gained for each unit of tumour killed")
killing = number("killing", 0.05, "1/h", "killing of tumour by immune cells, k_T")
regulation = number("regulation", 0.01, "1/h", "action of the cytokine on immune cells, b_yx")
lower = number("lower", 1.0, "1", "cytokine above which it activates immune cells, y_L")
upper = number("upper", 6.0, "1", "cytokine above which it destroys them: a storm, y_U")
death = number("death", 0.099, "1/h", "death of immune cells")
basal = number("basal", 1e-4, "1/h", "secretion without immune cells")
secretion = number(
    "secretion", 0.8, "1/h", "secretion that cytokine and immune cells maintain together, b_xy"
)
clearance = number("clearance", 0.42, "1/h", "clearance of the cytokine")
growth = number("growth", 0.06, "1/h", "growth of the tumour")
allee = number("allee", 0.05, "1", "size below which the tumour dies out by itself, m")
start = number("start", 0.1, "1", "tumour at the start, of the largest there can be")

drug = m.species("drug", "1", "agonist not yet bound", scale=1e-3)
immune = m.species("immune", "1", "immune activity", scale=1e-3)
cytokine = m.species("cytokine", "1", "cytokine", scale=1e-3)
tumour = m.species("tumour", "1", "tumour, of the largest there can be", initial=start, scale=1e-3)

active = immune / (1 + immune)

m.route("iv", drug, "vein")
m.move(drug, immune, "activation by the agonist", binding * drug)
m.react("killing", killing * active * tumour, {tumour: -1, immune: gain})

# The paper writes (y - y_L)(y_U - y), which may have either sign. Multiplied out, each sign is a process.
m.produce(immune, "activation by the cytokine", regulation * active * (lower + upper) * cytokine)
m.remove(immune, "suppression by the cytokine", regulation * active * (cytokine**2 + lower * upper))
m.remove(immune, "death", death * immune)

m.produce(cytokine, "basal secretion", basal)
m.produce(cytokine, "secretion", secretion * active * cytokine)
m.remove(cytokine, "clearance", clearance * cytokine)

# The same with r T (T - m)(1 - T): growth with an Allee effect.
m.produce(tumour, "growth", growth * (1 + allee) * tumour**2)
m.remove(tumour, "crowding", growth * (tumour**2 + allee) * tumour)

model = cs.compose(m)
TREATED = 200.0  # hours; until then the tumour grows alone
EAGER = {"kareva2023.secretion": 1.55, "kareva2023.killing": 0.15}  # a person prone to storms


def course(dose: float, *, count: int = 1, every: float = 24, eager: bool = False) -> tuple[float, float]:
    """Return the peak of the cytokine and the tumour at 400 h."""
    again = {"every": every, "count": count} if count > 1 else {}
    plan = cs.Regimen() + cs.Dose("kareva2023.iv", f"{dose!r} 1", time=TREATED, **again)
    run = cs.simulate(
        model.replace(EAGER if eager else {}),
        regimen=plan,
        times=[0, 400, TREATED + count * every + 200],
        rtol=1e-8,
        quantities=["kareva2023.tumour"],
        summaries=["peak kareva2023.cytokine"],
    )
    return float(run["peak_kareva2023_cytokine"][0]), float(run["kareva2023.tumour"][0, 1])


def storm_dose(low: float = 20.0, high: float = 25.0) -> float:
    """Return the single dose from which on the cytokine exceeds 6, by halving."""
    while high - low > 1e-4:
        middle = (low + high) / 2
        low, high = (low, middle) if course(middle)[0] > 6 else (middle, high)
    return high


if __name__ == "__main__":
    print("dose                  peak cytokine   tumour at 400 h")
    print("10 once               {:13.4f}   {:15.4f}".format(*course(10)))
    print("20 once               {:13.4f}   {:15.4f}".format(*course(20)))
    print("10 on three days      {:13.4f}   {:15.4f}".format(*course(10, count=3)))
    print("10 once, prone        {:13.4f}   {:15.4f}".format(*course(10, eager=True)))
    print("1 ten times, prone    {:13.4f}   {:15.4f}".format(*course(1, count=10, every=24, eager=True)))
    print(f"single dose from which on there is a storm: {storm_dose():.3f}")
