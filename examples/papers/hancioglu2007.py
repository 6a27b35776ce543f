"""Hancioglu 2007: an influenza that takes its course, and the inoculum below which it does not.

B. Hancioglu, D. Swigon, G. Clermont: A dynamical model of human immune response to influenza A virus
infection. Journal of Theoretical Biology 246 (2007) 70-86, doi 10.1016/j.jtbi.2006.12.015. Equations 1 to 11
with table 2; all variables are relative to their level in health. BIOMD0000000711 is the same but for the
turnover of effector cells (0.1 per day; the table says 0.4) and an event that keeps the virus from becoming
negative, which nothing can become here.

Reproduced: the peak of the virus and the nadir of healthy cells, as in BIOMD0000000711 without the event, and
the least virus that makes ill (V_1 in the text). The text also names a peak of 138, with 53 % of the cells
infected and 36 % dead at most; table 2 gives 99, 57 % and 39 %.

For research and education only, never for the care of a patient.
"""

from functools import partial

import numpy as np

import cytostorm as cs

m = cs.Module("hancioglu2007", "trigger", "influenza A in a person who never had it")
number = partial(m.parameter, source="Hancioglu2007")

inoculum = number("inoculum", 0.01, "1", "virus at the start; 1 is 1e10 particles per mL of epithelium")
match0 = number("match0", 0.1, "1", "antigenic compatibility at the start")
release = number("release", 510.0, "1/d", "release of virus by infected cells, γ_V")
neutralising = number("neutralising", 619.2, "1/d", "neutralisation by antibodies, γ_VA")
adsorption = number("adsorption", 1.02, "1/d", "adsorption by healthy cells, γ_VH")
decay = number("decay", 1.7, "1/d", "decay of virus, α_V")
mucus = number("mucus", 100.0, "1/d", "removal with mucus, a_V1")
mucus_full = number("mucus_full", 23000.0, "1", "saturation of that, a_V2")
healing = number("healing", 4.0, "1/d", "regeneration of epithelium, b_HD")
waning = number("waning", 1.0, "1/d", "end of resistance, a_R")
infection = number("infection", 0.34, "1/d", "infection, γ_HV")
resisting = number("resisting", 0.01, "1/d", "resistance by interferon, b_HF")
lysis = number("lysis", 0.066, "1/d", "killing of infected cells by effectors, b_IE")
death = number("death", 1.5, "1/d", "death of infected cells, a_I")
by_dead = number("by_dead", 1.0, "1/d", "activation of antigen-presenting cells by dead cells, b_MD")
by_virus = number("by_virus", 0.0037, "1/d", "activation of antigen-presenting cells by virus, b_MV")
rest = number("rest", 1.0, "1/d", "deactivation of antigen-presenting cells, a_M")
ifn_apc = number("ifn_apc", 250_000.0, "1/d", "interferon by antigen-presenting cells, b_F")
ifn_cells = number("ifn_cells", 2000.0, "1/d", "interferon by infected cells, c_F")
ifn_bound = number("ifn_bound", 17.0, "1/d", "binding of interferon to healthy cells, b_FH")
ifn_loss = number("ifn_loss", 8.0, "1/d", "decay of interferon, a_F")
arming = number("arming", 8.3, "1/d", "stimulation of effectors, b_EM")
spending = number("spending", 2.72, "1/d", "loss of effectors with the cells they kill, b_EI")
effector_turnover = number("effector_turnover", 0.4, "1/d", "turnover of effectors, a_E")
priming = number("priming", 11.5, "1/d", "stimulation of plasma cells, b_PM")
plasma_turnover = number("plasma_turnover", 0.4, "1/d", "turnover of plasma cells, a_P")
antibody_made = number("antibody_made", 0.043, "1/d", "antibody by plasma cells, b_A")
antibody_bound = number("antibody_bound", 146.2, "1/d", "binding of antibody to virus, γ_AV")
antibody_loss = number("antibody_loss", 0.043, "1/d", "decay of antibody, a_A")
learning = number("learning", 3e-5, "1/d", "gain of compatibility, r")

small = partial(m.species, unit="1", scale=1e-6)
virus = small("virus", label="virus, V", initial=inoculum)
healthy = small("healthy", label="healthy cells, H", initial=1)
infected = small("infected", label="infected cells, I")
resistant = small("resistant", label="resistant cells, R")
dead = small("dead", label="dead cells, D")
presenting = small("presenting", label="activated antigen-presenting cells, M", within=(0, 1))
ifn = small("ifn", label="interferon, F")
effectors = small("effectors", label="effector cells, E", initial=1)
plasma = small("plasma", label="plasma cells, P", initial=1)
antibody = small("antibody", label="antibodies, A", initial=1)
match = small("match", label="antigenic compatibility, S", initial=match0, within=(0, 1))

# The paper has no equation for the dead and takes them as the rest of all cells. Moving cells from state to
# state says the same; that none is made or lost is checked when the model is composed.
m.move(healthy, infected, "infection", infection * virus * healthy)
m.move(healthy, resistant, "resistance", resisting * ifn * healthy)
m.move(resistant, healthy, "waning", waning * resistant)
m.move(infected, dead, "killing", lysis * effectors * infected)
m.move(infected, dead, "death", death * infected)
m.move(dead, healthy, "healing", healing * dead * (healthy + resistant))
m.conserve("epithelium", healthy + infected + resistant + dead)

m.produce(virus, "release", release * infected)
m.remove(virus, "neutralisation", neutralising * match * antibody * virus)
m.remove(virus, "adsorption", adsorption * healthy * virus)
m.remove(virus, "decay", decay * virus)
m.remove(virus, "mucus", mucus * virus / (1 + mucus_full * virus))

alarm = by_dead * dead + by_virus * virus
m.produce(presenting, "activation", alarm)
m.remove(presenting, "all are active", alarm * presenting)
m.remove(presenting, "rest", rest * presenting)
m.produce(ifn, "by presenting cells", ifn_apc * presenting)
m.produce(ifn, "by infected cells", ifn_cells * infected)
m.remove(ifn, "binding", ifn_bound * healthy * ifn)
m.remove(ifn, "decay", ifn_loss * ifn)
m.produce(effectors, "stimulation", arming * presenting * effectors)
m.remove(effectors, "spent", spending * infected * effectors)
m.relax(effectors, "turnover", 1, effector_turnover)
m.produce(plasma, "stimulation", priming * presenting * plasma)
m.relax(plasma, "turnover", 1, plasma_turnover)
m.produce(antibody, "production", antibody_made * plasma)
m.remove(antibody, "binding", antibody_bound * match * antibody * virus)
m.remove(antibody, "decay", antibody_loss * antibody)
m.relax(match, "learning", 1, learning * plasma)

model = cs.compose(m)
CURATED = {"hancioglu2007.effector_turnover": 0.1, "hancioglu2007.antibody_bound": 146.25}
DAYS = np.linspace(0, 20, 2001)


def courses(changes: dict[str, float] | None = None) -> dict[str, np.ndarray]:
    """Return each species at DAYS, by its name in this file."""
    run = cs.simulate(
        model.replace(changes or {}), times=24 * DAYS, rtol=1e-8, quantities=[s.name for s in model.species]
    )
    return {s.short: run[s.name].values[0] for s in model.species}


def least_virus(low: float = 1e-3, high: float = 1e-2) -> float:
    """Return the least virus at the start that grows within 60 d, by halving."""
    while high - low > 1e-6:
        middle = (low + high) / 2
        changed = model.replace({"hancioglu2007.inoculum": middle})
        run = cs.simulate(
            changed, times=[0, 1440], rtol=1e-8, quantities=[], summaries=["peak hancioglu2007.virus"]
        )
        low, high = (low, middle) if run["peak_hancioglu2007_virus"][0] > 1 else (middle, high)
    return high


if __name__ == "__main__":
    seen = courses()
    top, worst = int(seen["virus"].argmax()), int(seen["dead"].argmax())
    print(f"virus peaks at {seen['virus'][top]:.2f} on day {DAYS[top]:.2f}")
    print(f"healthy cells fall to {seen['healthy'].min():.4f}; infected reach {seen['infected'].max():.1%}")
    print(f"dead cells reach {seen['dead'][worst]:.1%} on day {DAYS[worst]:.2f}")
    print(f"least virus that makes ill: {least_virus():.6f}; the paper says 0.00227")
