"""Dwivedi 2014: an antibody against the receptor of IL-6 lowers CRP, raises IL-6, and works like a switch.

IL-6 binds a soluble receptor in serum, liver and gut, and a fixed one in the liver. Where such a pair meets
gp130 on a cell, STAT3 is activated, and the liver makes CRP. The antibody takes free receptors away.

Dwivedi and others: A multiscale model of interleukin-6-mediated immune regulation in Crohn's disease and its
application in drug discovery and development. CPT: Pharmacometrics & Systems Pharmacology 3 (2014) e89,
doi:10.1038/psp.2013.64. Numbers: BioModels BIOMD0000000537 (CC0), the antibody that binds at 2.5 pmol/L.
Antibody on a receptor that holds IL-6 is left out, as nothing in that file forms it.

Reproduced: CRP and IL-6 under 300 mg every four weeks, and how CRP after twelve weeks depends on the dose
(Figure 4e).

For research and education only, never for the care of a patient.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import xarray as xr

import cytostorm as cs

m = cs.Module("dwivedi2014", "drug", "IL-6, its receptors, CRP, and an antibody against the receptor")

LEVEL, MAKING, BINDING = "nmol/L", "nmol/L/h", "L/nmol/h"
# name, value, unit, label
NUMBERS = (
    ("receptor_on", 0.384, BINDING, "binding of IL-6 to its receptor"),
    ("receptor_off", 1.92, "1/h", "IL-6 leaving its receptor"),
    ("gp130_on", 20.52, BINDING, "binding of IL-6 and receptor to gp130"),
    ("gp130_off", 1.026, "1/h", "their leaving gp130"),
    ("activation", 155.0, "1/h", "activation of what is bound to gp130"),
    ("uptake", 1.96, "1/h", "uptake of cell-bound IL-6"),
    ("active_uptake", 0.01, "1/h", "uptake of active receptors"),
    ("receptor_making", 0.0685, MAKING, "making of cell-bound receptor, and of gp130"),
    ("receptor_loss", 0.1561, "1/h", "loss of free cell-bound receptor, and of gp130"),
    ("quenching", 0.525, MAKING, "fastest inactivation of receptors"),
    ("quenching_half", 155.3, LEVEL, "active receptors inactivated at half of it"),
    ("stat_on", 145.0, "1/h", "activation of STAT3 per active receptor"),
    ("stat_on_half", 219.0, LEVEL, "STAT3 activated at half of it"),
    ("stat_off", 0.62, MAKING, "fastest inactivation of STAT3"),
    ("stat_off_half", 5.34, LEVEL, "active STAT3 inactivated at half of it"),
    ("protein", 330.0, LEVEL, "most CRP in liver cells"),
    ("protein_half", 10.0, LEVEL, "active STAT3 for half of it"),
    ("secretion", 0.5, "1/h", "secretion of CRP by liver cells"),
    ("il6_making", 0.0063, MAKING, "IL-6 made elsewhere"),
    ("il6_loss", 34.82, "1/h", "loss of IL-6 in serum"),
    ("il6_gut_making", 0.036, MAKING, "IL-6 made in the gut"),
    ("il6_gut_loss", 1.0, "1/h", "loss of IL-6 in the gut"),
    ("crp_making", 0.42, MAKING, "CRP made elsewhere"),
    ("crp_loss", 0.36, "1/h", "loss of CRP in serum"),
    ("soluble_making", 0.1, MAKING, "making of soluble receptor"),
    ("soluble_shedding", 0.0054, "1/h", "soluble receptor shed per CRP"),
    ("soluble_loss", 0.3, "1/h", "loss of soluble receptor"),
    ("trap_making", 3.9, MAKING, "making of soluble gp130"),
    ("trap_loss", 1.0, "1/h", "loss of soluble gp130"),
    ("out", 1.2125, "1/h", "passage from serum into tissue"),
    ("back", 0.8473, "1/h", "passage back into serum"),
    ("ab_on", 1000.0, BINDING, "binding of antibody to receptor"),
    ("ab_off", 2.5, "1/h", "antibody leaving the receptor"),
    ("ab_loss", 0.0018, "1/h", "loss of antibody, free and bound"),
    ("ab_per_dose", 2.346, "nmol/L/mg", "rise of antibody in serum with what is given"),
    ("volume_serum", 2.88, "L", "volume of serum"),
    ("volume_liver", 2.88, "L", "volume of liver, for the antibody"),
    ("volume_gut", 1.44, "L", "volume of gut, for the antibody"),
    ("volume_rest", 0.576, "L", "volume of other tissue, for the antibody"),
    ("flow_liver", 0.06, "L/h", "flow of antibody between serum and liver"),
    ("flow_gut", 0.03, "L/h", "flow of antibody between serum and gut"),
    ("flow_rest", 0.001, "L/h", "flow of antibody between serum and other tissue"),
)
# species, label, levels at rest in nmol/L: a patient with Crohn's disease whom nobody treats
RESTS: tuple[tuple[str, str, dict[str, float]], ...] = (
    ("il6", "IL-6", {"serum": 0.000435628896551166, "liver": 0.00072566581144648, "gut": 0.0093481986616084}),
    ("sr", "soluble receptor",
     {"serum": 4.25350679194445, "liver": 6.08704712819469, "gut": 6.06410682471754}),
    ("sgp", "soluble gp130", {"serum": 3.9, "liver": 5.5896988923534, "gut": 5.56973864471412}),
    ("sr_il6", "IL-6 on soluble receptor",
     {"serum": 0.00109424263781451, "liver": 0.000976164943878914, "gut": 0.00130682388893128}),
    ("sgp_il6", "IL-6 and receptor on soluble gp130",
     {"serum": 0.0874060669217432, "liver": 0.116343661809953, "gut": 0.136303909449242}),
    ("gp", "gp130 of cells", {"liver": 0.388958921403941, "gut": 0.374962692933961}),
    ("gp_il6", "IL-6 and receptor on gp130", {"liver": 6.59935877686372e-05, "gut": 8.44890497633549e-05}),
    ("active", "active receptors", {"liver": 0.765416493681823, "gut": 0.980272509547246}),
    ("stat", "resting STAT3", {"liver": 0.777537339578333, "gut": 0.610636013508212}),
    ("pstat", "active STAT3", {"liver": 9.22246266042168, "gut": 9.38936398649179}),
    ("r", "receptor of cells", {"liver": 0.438235811135574}),
    ("r_il6", "IL-6 on receptor of cells", {"liver": 1.60036523605187e-05}),
    ("crp", "CRP", {"serum": 221.06367608557, "liver": 409.775322370541}),
    ("ab", "antibody", {"liver": 0.0, "gut": 0.0, "rest": 0.0}),
    ("ab_sr", "antibody on soluble receptor", {"serum": 0.0, "liver": 0.0, "gut": 0.0}),
    ("ab_r", "antibody on receptor of cells", {"liver": 0.0}),
)  # fmt: skip


def number(name: str, value: float, unit: str, label: str) -> cs.model.Parameter:
    """Declare a number of the paper."""
    return m.parameter(name, value, unit, label, source="Dwivedi2014")


p = SimpleNamespace(**{row[0]: number(*row) for row in NUMBERS})
level: dict[tuple[str, str], Any] = {}
"""Level of each species in each place."""
for name, label, rests in RESTS:
    for place, value in rests.items():
        rest = number(f"{name}_{place}_rest", value, LEVEL, f"{label} in {place} at the start")
        text = f"{label} in {place}"
        level[name, place] = m.species(f"{name}_{place}", LEVEL, text, initial=rest, scale=1e-3)

# A dose is an amount, so the antibody in serum is one, in mg; its level is read off it.
amount = m.species("amount", "mg", "antibody in serum")
m.route("iv", amount, "vein")
level["ab", "serum"] = p.ab_per_dose * amount
m.observable("ab_serum", level["ab", "serum"], LEVEL, "antibody in serum")
share = level["crp", "serum"] / m.quantities["crp_serum_rest"]
m.observable("crp_share", share, "%", "CRP in serum, as a share of that at the start")


def react(name: str, rate: Any, place: str, takes: Sequence[str] = (), gives: Sequence[str] = ()) -> None:
    """Declare a process that takes one of each and gives one of each, in one place."""
    moved = [((s, place), -1) for s in takes] + [((s, place), 1) for s in gives]
    convert(f"{name}, {place}", rate, moved)


def convert(name: str, rate: Any, moved: Sequence[tuple[tuple[str, str], int]]) -> None:
    """Declare a process that changes levels; of the antibody in serum it changes the amount."""
    changes: dict[Any, Any] = {}
    for key, sign in moved:
        if key == ("ab", "serum"):
            changes[amount] = sign / p.ab_per_dose
        else:
            changes[level[key]] = sign
    m.react(name, rate, changes)


def bind(one: str, other: str, pair: str, place: str, rates: tuple[Any, Any]) -> None:
    """Declare a reversible binding, each way a process of its own."""
    react(f"{pair} forms", rates[0] * level[one, place] * level[other, place], place, (one, other), (pair,))
    react(f"{pair} falls apart", rates[1] * level[pair, place], place, (pair,), (one, other))


def spread(name: str, place: str, out: Any, back: Any) -> None:
    """Declare exchange between serum and another place; the file counts levels, not amounts."""
    here, there = (name, "serum"), (name, place)
    convert(f"{name} to {place}", out * level[here], [(here, -1), (there, 1)])
    convert(f"{name} from {place}", back * level[there], [(there, -1), (here, 1)])


RECEPTOR, GP130, ANTIBODY = (p.receptor_on, p.receptor_off), (p.gp130_on, p.gp130_off), (p.ab_on, p.ab_off)
for place in ("serum", "liver", "gut"):
    bind("il6", "sr", "sr_il6", place, RECEPTOR)
    bind("sr_il6", "sgp", "sgp_il6", place, GP130)
    bind("ab", "sr", "ab_sr", place, ANTIBODY)
    for name in ("ab", "ab_sr"):
        react(f"{name} loss", p.ab_loss * level[name, place], place, (name,))

for place in ("liver", "gut"):
    bound, active, stat, pstat = (level[name, place] for name in ("gp_il6", "active", "stat", "pstat"))
    # The same complex forms from the soluble pair here and, in the liver, from the fixed pair below.
    bind("sr_il6", "gp", "gp_il6", place, GP130)
    react("activation", p.activation * bound, place, ("gp_il6",), ("active",))
    react("quenching", p.quenching * active / (p.quenching_half + active), place, ("active",), ("gp_il6",))
    react("uptake of bound", p.uptake * bound, place, ("gp_il6",))
    react("uptake of active", p.active_uptake * active, place, ("active",))
    react("STAT3 on", p.stat_on * active * stat / (p.stat_on_half + stat), place, ("stat",), ("pstat",))
    react("STAT3 off", p.stat_off * pstat / (p.stat_off_half + pstat), place, ("pstat",), ("stat",))
    react("gp130 making", p.receptor_making, place, (), ("gp",))
    react("gp130 loss", p.receptor_loss * level["gp", place], place, ("gp",))
    for name in ("il6", "sr", "sr_il6", "sgp", "sgp_il6"):
        spread(name, place, p.out, p.back)

bind("il6", "r", "r_il6", "liver", RECEPTOR)
bind("r_il6", "gp", "gp_il6", "liver", GP130)
bind("ab", "r", "ab_r", "liver", ANTIBODY)
react("receptor making", p.receptor_making, "liver", (), ("r",))
react("receptor loss", p.receptor_loss * level["r", "liver"], "liver", ("r",))
react("uptake of pair", p.uptake * level["r_il6", "liver"], "liver", ("r_il6",))
react("ab_r loss", p.ab_loss * level["ab_r", "liver"], "liver", ("ab_r",))
inside = p.protein * level["pstat", "liver"] / (p.protein_half + level["pstat", "liver"])
react("secretion", p.secretion * inside, "liver", (), ("crp",))
spread("crp", "liver", p.out, p.back)

for name, making, loss in (
    ("il6", p.il6_making, p.il6_loss),
    ("crp", p.crp_making, p.crp_loss),
    ("sr", p.soluble_making + p.soluble_shedding * level["crp", "serum"], p.soluble_loss),
    ("sgp", p.trap_making, p.trap_loss),
):
    react(f"{name} making", making, "serum", (), (name,))
    react(f"{name} loss", loss * level[name, "serum"], "serum", (name,))
react("il6 making", p.il6_gut_making, "gut", (), ("il6",))
react("il6 loss", p.il6_gut_loss * level["il6", "gut"], "gut", ("il6",))

for place, names in (("liver", ("ab", "ab_sr")), ("gut", ("ab", "ab_sr")), ("rest", ("ab",))):
    flow, volume = getattr(p, f"flow_{place}"), getattr(p, f"volume_{place}")
    for name in names:
        spread(name, place, flow / p.volume_serum, flow / volume)

model = cs.compose(m)
HOURS = (24, 168, 336, 672, 1344, 2016)


def course(dose: float, hours: Sequence[float] = HOURS) -> xr.Dataset:
    """Return CRP and IL-6 under a dose in mg every four weeks, three times; as in the file, from 0.1 h on."""
    later = cs.Dose("dwivedi2014.iv", f"{dose} mg", time=672, every=672, count=2)
    plan = cs.Dose("dwivedi2014.iv", f"{dose} mg", time=0.1) + later
    names = ["dwivedi2014.crp_share", "dwivedi2014.il6_serum"]
    peak = ["peak dwivedi2014.il6_serum"]
    return cs.simulate(model, None, plan, [0, *hours], rtol=1e-8, quantities=names, summaries=peak)


if __name__ == "__main__":
    run = course(300)
    for hour, crp in zip(run["time"].values, run["dwivedi2014.crp_share"].values[0], strict=True):
        print(f"{hour:6.0f} h: CRP {crp:6.2f} % of that at the start")
    rise = float(run["peak_dwivedi2014_il6_serum"][0]) / float(run["dwivedi2014.il6_serum"][0, 0])
    print(f"IL-6 rises {rise:.3f}-fold")
    for dose in (100, 200, 300, 400, 600):
        left = float(course(dose)["dwivedi2014.crp_share"][0, -1])
        print(f"{dose} mg: after twelve weeks CRP is lower by {100 - left:.1f} %")
