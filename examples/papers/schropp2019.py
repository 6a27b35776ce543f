"""Schropp 2019: an antibody acts when it holds two targets at once, and more of it may delay that.

J. Schropp, A. Khot, D. K. Shah, G. Koch: Target-mediated drug disposition model for bispecific antibodies:
properties, approximation, and optimal dosing strategy. CPT: Pharmacometrics & Systems Pharmacology 8 (2019)
177-187, doi 10.1002/psp4.12369. Equations 1 to 9 with table 2 (left half); the equations are also curated in
BIOMD0000000788. An invented drug: no patient was fitted.

Reproduced: the ternary complex after 50 nM in plasma (as BIOMD0000000788 begins), and from figure 3, without
the peripheral compartment, that five times the dose builds up later and hardly more of it.

For research and education only, never for the care of a patient.
"""

from functools import partial

import numpy as np

import cytostorm as cs

m = cs.Module("schropp2019", "drug", "bispecific antibody")
number = partial(m.parameter, source="Schropp2019")

volume = number("volume", 3.0, "L", "central volume, V")
absorption = number("absorption", 0.2, "1/d", "absorption from the skin, k_a")
available = number("available", 0.75, "1", "share absorbed, F")
elimination = number("elimination", 0.1, "1/d", "elimination, k_el")
outwards = number("outwards", 0.1, "1/d", "distribution to tissue, k_12")
inwards = number("inwards", 0.03, "1/d", "distribution from tissue, k_21")
on_a = number("on_a", 10.0, "L/(nmol*d)", "binding to target A, k_on1 and k_on4")
on_b = number("on_b", 1.0, "L/(nmol*d)", "binding to target B, k_on2 and k_on3")
off_a = number("off_a", 0.01, "1/d", "release from target A, k_off1 and k_off4")
off_b = number("off_b", 0.01, "1/d", "release from target B, k_off2 and k_off3")
made_a = number("made_a", 1.0, "nmol/L/d", "synthesis of target A, k_synA")
made_b = number("made_b", 10.0, "nmol/L/d", "synthesis of target B, k_synB")
lost_a = number("lost_a", 0.1, "1/d", "degradation of target A, k_degA")
lost_b = number("lost_b", 0.1, "1/d", "degradation of target B, k_degB")
inner_a = number("inner_a", 0.05, "1/d", "internalisation with A alone, k_intA")
inner_b = number("inner_b", 0.05, "1/d", "internalisation with B alone, k_intB")
inner_ab = number("inner_ab", 0.1, "1/d", "internalisation with both, k_intAB")

# Doses go into amounts; what binds is a concentration, so that a bound molecule costs `volume` times one.
skin = m.species("skin", "nmol", "drug under the skin", scale=1e-6)
central = m.species("central", "nmol", "free drug in plasma", scale=1e-6)
tissue = m.species("tissue", "nmol", "free drug in tissue", scale=1e-6)
nanomolar = partial(m.species, unit="nmol/L", scale=1e-6)
a = nanomolar("a", label="free target A", initial=made_a / lost_a)
b = nanomolar("b", label="free target B", initial=made_b / lost_b)
drug_a = nanomolar("drug_a", label="drug bound to A")
drug_b = nanomolar("drug_b", label="drug bound to B")
ternary = nanomolar("ternary", label="drug bound to both, which acts")

free = central / volume
m.observable("free", free, "nmol/L", "free drug")
m.route("iv", central, "vein")
m.route("sc", skin, "skin", bioavailability=available)
m.move(skin, central, "absorption", absorption * skin)
m.move(central, tissue, "distribution, out", outwards * central)
m.move(tissue, central, "distribution, in", inwards * tissue)
m.remove(central, "elimination", elimination * central)

m.react("binding to A", on_a * free * a, {central: -volume, a: -1, drug_a: 1})
m.react("binding to B", on_b * free * b, {central: -volume, b: -1, drug_b: 1})
m.react("release from A", off_a * drug_a, {drug_a: -1, central: volume, a: 1})
m.react("release from B", off_b * drug_b, {drug_b: -1, central: volume, b: 1})
m.react("second arm to B", on_b * drug_a * b, {drug_a: -1, b: -1, ternary: 1})
m.react("second arm to A", on_a * drug_b * a, {drug_b: -1, a: -1, ternary: 1})
m.react("second arm from B", off_b * ternary, {ternary: -1, drug_a: 1, b: 1})
m.react("second arm from A", off_a * ternary, {ternary: -1, drug_b: 1, a: 1})

m.produce(a, "synthesis", made_a)
m.produce(b, "synthesis", made_b)
for target, rate in ((a, lost_a), (b, lost_b)):
    m.remove(target, "degradation", rate * target)
for bound, rate in ((drug_a, inner_a), (drug_b, inner_b), (ternary, inner_ab)):
    m.remove(bound, "internalisation", rate * bound)

model = cs.compose(m)
ALONE = {"schropp2019.outwards": 0.0}  # no peripheral compartment, as in figures 3 and 4
DAYS = np.linspace(0, 100, 10_001)


def courses(dose: str, changes: dict[str, float] | None = None) -> dict[str, np.ndarray]:
    """Return free drug and ternary complex in nmol/L at DAYS after a dose into a vein."""
    run = cs.simulate(
        model.replace(changes or {}),
        regimen=cs.Regimen() + cs.Dose("schropp2019.iv", dose),
        times=24 * DAYS,
        rtol=1e-8,
        quantities=["schropp2019.free", "schropp2019.ternary"],
    )
    return {name: run[f"schropp2019.{name}"].values[0] for name in ("free", "ternary")}


if __name__ == "__main__":
    complex_ = courses("150 nmol")["ternary"]
    print(f"after 150 nmol the complex peaks at {complex_.max():.2f} nM on day {DAYS[complex_.argmax()]:.2f}")
    areas = []
    for mg in (50, 250):
        seen = courses(f"{mg * 6.7} nmol", ALONE)  # the paper's 6.7 nmol per mg
        areas.append({name: np.trapezoid(course, DAYS) for name, course in seen.items()})
        peak = DAYS[seen["ternary"].argmax()]
        print(f"{mg:3d} mg: the complex peaks at {seen['ternary'].max():.2f} nM on day {peak:.1f}")
    ratios = {name: areas[1][name] / areas[0][name] for name in areas[0]}
    print(
        "five times the dose is {free:.0f} times the free drug and {ternary:.2f} the complex".format(**ratios)
    )
