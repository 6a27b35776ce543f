"""Infection, cells and cytokines of the benchmark model."""

from __future__ import annotations

from cytostorm.library.kinetics import damped, falls, rises
from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import Module, Parameter, Species

from .drugs import braked, free
from .number import number, share


def cytokine(name: str, baseline: float, elimination: float, sd: float = 0.0) -> Species:
    """Return the plasma level of a new cytokine: baseline in pg/mL, elimination in 1/h."""
    made = Module(name, "mediator", name)
    return circulates(
        made, number(made, "baseline", baseline, "pg/mL"), number(made, "elimination", elimination, "1/h", sd)
    )


def at_rest(level: Species) -> Parameter:
    """Return the baseline of a cytokine."""
    return level.owner.quantities["baseline"]


tnf = cytokine("tnf", 1.4, 3.0, 0.25)
il1b = cytokine("il1b", 0.5, 2.0)
il6 = cytokine("il6", 1.5, 1.0, 0.25)
il8 = cytokine("il8", 3.0, 1.2)
il10 = cytokine("il10", 1.0, 0.9, 0.25)
il1ra = cytokine("il1ra", 200.0, 0.18)
il12 = cytokine("il12", 2.0, 0.04)
il18 = cytokine("il18", 20.0, 0.03)
ifng = cytokine("ifng", 1.0, 1.4, 0.25)
gmcsf = cytokine("gmcsf", 0.5, 6.0)
il2 = cytokine("il2", 0.5, 10.0)

# --- the virus, the epithelium it lives on, and what clears it ---------------------------------------------

virus = m = Module("infection", "trigger", "a virus in the lung")
start = number(m, "start", 1e-3, "1", 1.0)
entry = number(m, "entry", 0.07, "1/h", 0.2)
eclipse_rate = number(m, "eclipse_rate", 0.2, "1/h")
death = number(m, "death", 0.03, "1/h", 0.2)
shedding = number(m, "shedding", 1.0, "1/h", 0.25)
clearance = number(m, "clearance", 0.4, "1/h")
regrowth = number(m, "regrowth", 0.006, "1/h")
interferon_rate = number(m, "interferon_rate", 350.0, "pg/mL/h", 0.35)
interferon_half = number(m, "interferon_half", 50.0, "pg/mL")
interferon_loss = number(m, "interferon_loss", 0.7, "1/h")
killing = number(m, "killing", 0.4, "1/h", 0.3)
killing_half = number(m, "killing_half", 200.0, "cells/uL")
nk_killing = number(m, "nk_killing", 0.004, "1/h")
neutralisation = number(m, "neutralisation", 0.4, "1/h", 0.25)
plasma_growth = number(m, "plasma_growth", 0.006, "1/h")
plasma_loss = number(m, "plasma_loss", 0.004, "1/h")
antibody_rate = number(m, "antibody_rate", 0.1, "1/h")
antibody_loss = number(m, "antibody_loss", 0.0014, "1/h")

load = m.species("load", "1", "virus", initial=start, scale=1e-3)
healthy = share(m, "healthy", "epithelium that is healthy", 1)
eclipse = share(m, "eclipse", "epithelium in eclipse")
infected = share(m, "infected", "epithelium that sheds virus")
bare = share(m, "bare", "epithelium that is lost")
interferon = m.species("interferon", "pg/mL", "type I interferon")
plasma_cells = m.species("plasma_cells", "1", "plasma cells", scale=0.1)
antibody = m.species("antibody", "1", "antibody against the virus", scale=0.1)

# --- cells -------------------------------------------------------------------------------------------------

cells = m = Module("cells", "cell", "monocytes, macrophages, neutrophils, NK and T cells")
by_virus = number(m, "by_virus", 0.018, "1/h", 0.25)
by_damage = number(m, "by_damage", 0.008, "1/h", 0.25)
by_ifng = number(m, "by_ifng", 0.02, "1/h")
half_ifng = number(m, "half_ifng", 250.0, "pg/mL")
power_ifng = number(m, "power_ifng", 1.5, "1")
half_tnf = number(m, "half_tnf", 150.0, "pg/mL")
half_il1 = number(m, "half_il1", 30.0, "pg/mL")
power_tnf = number(m, "power_tnf", 1.6, "1")
amplification = number(m, "amplification", 4.0, "1", 0.25)
quieting = number(m, "quieting", 0.35, "1/h")
refill = number(m, "refill", 0.02, "1/h")
half_il10 = number(m, "half_il10", 50.0, "pg/mL")
ripening = number(m, "ripening", 0.015, "1/h", 0.25)
tissue_loss = number(m, "tissue_loss", 0.0125, "1/h")
tolerance_on = number(m, "tolerance_on", 0.02, "1/h")
tolerance_off = number(m, "tolerance_off", 0.0144, "1/h")
injury = number(m, "injury", 0.03, "1/h", 0.25)
injury_power = number(m, "injury_power", 2.7, "1")
repair = number(m, "repair", 0.03, "1/h", 0.25)
marrow = number(m, "marrow", 400.0, "cells/uL/h")
neutrophil_loss = number(m, "neutrophil_loss", 0.1, "1/h")
migration = number(m, "migration", 0.05, "1/h")
lung_loss = number(m, "lung_loss", 0.06, "1/h")
pool = number(m, "pool", 20.0, "cells/uL", 0.3)
priming = number(m, "priming", 0.05, "1/h")
growth = number(m, "growth", 0.22, "1/h", 0.12)
most_t = number(m, "most_t", 400.0, "cells/uL")
t_loss = number(m, "t_loss", 0.02, "1/h")

resting = m.species("resting", "1", "resting monocytes", initial=1, scale=0.1)
active = m.species("active", "1", "activated monocytes", scale=0.01)
tissue = share(m, "tissue", "activated tissue macrophages")
tolerance = share(m, "tolerance", "tolerance")
damage = share(m, "damage", "damage signal")
neutrophils = m.species(
    "neutrophils", "cells/uL", "neutrophils in blood", initial=marrow / neutrophil_loss, scale=100
)
in_lung = m.species("in_lung", "1", "neutrophils in the lung", scale=0.1)
nk = m.species("nk", "1", "activity of NK cells", initial=1, scale=0.1)
naive = m.species("naive", "cells/uL", "T cells that know the virus", initial=pool)
effector = m.species("effector", "cells/uL", "effector T cells")

# --- what they hear ----------------------------------------------------------------------------------------

il6_signal = m.observable("il6_signal", il6 * free, "pg/mL", "IL-6 that finds a free receptor")
il1 = m.observable("il1", il1b / (1 + il1ra / (5 * at_rest(il1ra))), "pg/mL", "IL-1 signal")
seen = m.observable("seen", rises(infected, 0.05), "1", "antigen seen")
helped = m.observable(
    "helped", rises(tnf / half_tnf + il1 / half_il1, 1, power_tnf), "1", "amplification by TNF and IL-1"
)
primed = m.observable("primed", rises(ifng, half_ifng, power_ifng), "1", "priming by IFN-γ")
alarmed = m.observable("alarmed", rises(damage, 0.4, 2), "1", "alarm by damage")
secretion = m.gain("secretion", "what damps secretion")
m.modulate(secretion, damped(il10, half_il10, 0.7), "IL-10")
m.modulate(secretion, braked, "the glucocorticoid")

# --- what the virus does -----------------------------------------------------------------------------------

m = virus
m.produce(load, "shedding", shedding * infected)
m.remove(load, "clearance", (clearance + neutralisation * antibody) * load)
m.move(healthy, eclipse, "infection", entry * load * healthy * falls(interferon, interferon_half))
m.move(eclipse, infected, "eclipse ends", eclipse_rate * eclipse)
kill = death + killing * rises(effector, killing_half) + nk_killing * nk
m.move(infected, bare, "death", kill * infected)
m.move(bare, healthy, "regrowth", regrowth * bare)
m.conserve("epithelium", healthy + eclipse + infected + bare)
m.produce(interferon, "secretion", interferon_rate * infected)
m.remove(interferon, "elimination", interferon_loss * interferon)
m.produce(plasma_cells, "growth", plasma_growth * effector / (effector + killing_half))
m.remove(plasma_cells, "loss", plasma_loss * plasma_cells)
m.produce(antibody, "secretion", antibody_rate * plasma_cells)
m.remove(antibody, "loss", antibody_loss * antibody)

# --- what the cells do -------------------------------------------------------------------------------------

m = cells
stimulus = by_virus * seen + by_damage * alarmed + by_ifng * primed
awake = (1 + amplification * helped) * secretion * (1 - 0.8 * tolerance)
m.move(resting, active, "activation", stimulus * awake * resting)
m.relax(resting, "refill", 1 + gmcsf / (gmcsf + 20 * at_rest(gmcsf)), refill)
m.remove(active, "quieting", quieting * active)
m.produce(tissue, "ripening", ripening * (seen + alarmed + primed) * (1 - 0.6 * tolerance) * (1 - tissue))
m.remove(tissue, "loss", tissue_loss * tissue)
m.produce(tolerance, "onset", tolerance_on * rises(active, 0.1, 2) * (1 - tolerance))
m.remove(tolerance, "end", tolerance_off * tolerance)
hurt = m.observable(
    "hurt",
    tnf / (4 * half_tnf) + il6_signal / (6 * half_ifng) + ifng / (3 * half_ifng) + in_lung / 3 + infected,
    "1",
    "what hurts tissue",
)
m.produce(damage, "injury", injury * rises(hurt, 1, injury_power) * (1 - damage))
m.remove(damage, "repair", repair * damage)
called = rises(il8, half_ifng)
m.produce(neutrophils, "release", marrow * (1 + 2 * rises(il6_signal, half_ifng)))
m.remove(neutrophils, "loss", neutrophil_loss * neutrophils)
m.move(neutrophils, in_lung, "migration", migration * called * neutrophils, ratio=neutrophil_loss / marrow)
m.remove(in_lung, "loss", lung_loss * in_lung)
synergy = m.observable(
    "synergy", rises(il12, 15 * at_rest(il12)) * rises(il18, 3 * at_rest(il18)), "1", "IL-12 with IL-18"
)
m.relax(nk, "activity", 1 + 4 * synergy, refill)
m.relax(naive, "renewal", pool, refill / 2)
m.move(naive, effector, "priming", priming * seen * naive)
il2_felt = 0.4 + 0.6 * rises(il2, 10 * at_rest(il2))
m.produce(effector, "division", growth * seen * il2_felt * effector / (1 + effector / most_t))
m.remove(effector, "death", t_loss * effector)

# --- what the cells secrete --------------------------------------------------------------------------------

secreting = m.observable("secreting", active + 0.15 * tissue, "1", "cells that secrete")
inflamed = m.observable("inflamed", secreting * secretion, "1", "secretion of the inflammatory cytokines")
engaged = m.observable("engaged", effector * seen * braked, "cells/uL", "T cells at work")


def secretes(target: Species, rate: float, term: object, sd: float = 0.25) -> None:
    """Declare the secretion of a cytokine: its largest rate in pg/mL/h, times a term without unit."""
    m.produce(target, "secretion", number(m, f"{target.owner.name}_rate", rate, "pg/mL/h", sd) * term)


of_t = engaged / most_t
secretes(tnf, 4000.0, inflamed + 0.2 * of_t)
secretes(il1b, 400.0, inflamed * (0.3 + 0.7 * alarmed))
secretes(il6, 3000.0, inflamed * (0.3 + 2 * helped) * (1 + 1.5 * primed), 0.35)
secretes(il8, 3000.0, inflamed * (0.5 + helped))
secretes(il10, 250.0, secreting * (0.3 + 2 * rises(il6, 2 * half_ifng, 2)))
secretes(il1ra, 4000.0, secreting, 0.0)
secretes(il12, 12.0, inflamed * (1 + primed), 0.0)
secretes(il18, 20.0, secreting * (0.2 + alarmed), 0.0)
secretes(ifng, 600.0, (of_t * (1 + synergy) + 0.1 * nk * synergy) * damped(il10, 6 * half_il10, 0.7), 0.35)
secretes(gmcsf, 200.0, 0.3 * of_t + inflamed, 0.0)
secretes(il2, 250.0, of_t, 0.0)
