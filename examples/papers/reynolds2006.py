"""Reynolds 2006: health, inflammation without germs, or sepsis, from four equations.

Germs call phagocytes, phagocytes damage tissue, damage calls more phagocytes, and a mediator damps it all.
How many germs came in, and how fast they grow, decides which of three states the person ends in.

A. Reynolds, J. Rubin, G. Clermont, J. Day, Y. Vodovotz, G. B. Ermentrout: A reduced mathematical model of the
acute inflammatory response: I. Derivation of model and analysis of anti-inflammation. Journal of Theoretical
Biology 242 (2006) 220-236, doi:10.1016/j.jtbi.2006.02.016. Numbers as in BioModels BIOMD0000000714 (CC0).

Reproduced: the three courses of Figure 5, and the thresholds between the outcomes. Figure 6 says that sepsis
exists from a growth of 0.5137 per hour on; who starts with one germ falls into it just above. Time is in h;
all else is in arbitrary units, hence "1".

For research and education only, never for the care of a patient.
"""

from collections.abc import Mapping

import numpy as np
import xarray as xr

import cytostorm as cs
from cytostorm.library.kinetics import falls, rises

m = cs.Module("reynolds2006", "trigger", "infection, phagocytes and damage, in four equations")


def number(name: str, value: float, unit: str, label: str) -> cs.model.Parameter:
    """Declare a number of the paper."""
    return m.parameter(name, value, unit, label, source="Reynolds2006")


growth = number("growth", 0.3, "1/h", "growth of germs (kpg)")
capacity = number("capacity", 20.0, "1", "most germs that can live there (p infinity)")
local_kill = number("local_kill", 0.6, "1/h", "killing by the local defence (kpm)")
local_source = number("local_source", 0.005, "1/h", "source of the local defence (sm)")
local_loss = number("local_loss", 0.002, "1/h", "loss of the local defence (mum)")
local_use = number("local_use", 0.01, "1/h", "using up of the local defence by germs (kmp)")
kill = number("kill", 1.8, "1/h", "killing by phagocytes (kpn)")
by_phagocytes = number("by_phagocytes", 0.01, "1/h", "activation by activated phagocytes (knn)")
by_germs = number("by_germs", 0.1, "1/h", "activation by germs (knp)")
by_damage = number("by_damage", 0.02, "1/h", "activation by damage (knd)")
resting_source = number("resting_source", 0.08, "1/h", "source of resting phagocytes (snr)")
resting_loss = number("resting_loss", 0.12, "1/h", "loss of resting phagocytes (munr)")
phagocyte_loss = number("phagocyte_loss", 0.05, "1/h", "loss of activated phagocytes (mun)")
harm = number("harm", 0.35, "1/h", "fastest rise of damage (kdn)")
harm_half = number("harm_half", 0.06, "1", "phagocytes that damage at half that rate (xdn)")
repair = number("repair", 0.02, "1/h", "repair of damage (mud)")
damping_half = number("damping_half", 0.28, "1", "mediator that damps to a half (c infinity)")
mediator_source = number("mediator_source", 0.0125, "1/h", "source of the mediator at rest (sc)")
mediator_answer = number("mediator_answer", 0.04, "1/h", "most mediator made in answer (kcn)")
damage_weight = number("damage_weight", 48.0, "1", "weight of damage against phagocytes in that (kcnd)")
mediator_loss = number("mediator_loss", 0.1, "1/h", "loss of the mediator (muc)")

# what the person starts with; the mediator starts where it rests, at its source over its loss
germs_start = number("germs_start", 1.0, "1", "germs at the start")
phagocytes_start = number("phagocytes_start", 0.0, "1", "activated phagocytes at the start")
damage_start = number("damage_start", 0.0, "1", "damage at the start")

germs = m.species("germs", "1", "germs (P)", initial=germs_start)
phagocytes = m.species("phagocytes", "1", "activated phagocytes (N*)", initial=phagocytes_start, scale=0.01)
damage = m.species("damage", "1", "tissue damage (D)", initial=damage_start)
mediator = m.species("mediator", "1", "damping mediator (CA)", initial=mediator_source / mediator_loss)

calm = falls(mediator, damping_half, 2)
"""What the mediator leaves of any activity."""
alarm = calm * (by_phagocytes * phagocytes + by_germs * germs + by_damage * damage)
answer = calm * (phagocytes + damage_weight * damage)

# A rate is never negative. Logistic growth, P (1 - P/capacity), is therefore two processes.
m.produce(germs, "growth", growth * germs)
m.remove(germs, "crowding", growth * germs**2 / capacity)
m.remove(germs, "local defence", local_kill * local_source * germs / (local_loss + local_use * germs))
m.remove(germs, "killing", kill * calm * phagocytes * germs)
m.produce(phagocytes, "activation", resting_source * alarm / (resting_loss + alarm))
m.remove(phagocytes, "death", phagocyte_loss * phagocytes)
m.produce(damage, "harm", harm * rises(calm * phagocytes, harm_half, 6))
m.remove(damage, "repair", repair * damage)
m.produce(mediator, "source", mediator_source)
m.produce(mediator, "answer", mediator_answer * answer / (1 + answer))
m.remove(mediator, "loss", mediator_loss * mediator)

model = cs.compose(m)

FATES = {"health": (0.3, 1.0), "aseptic": (0.3, 1.5), "septic": (0.6, 1.0)}
"""The three cases of Figure 5: growth per hour, germs at the start."""


def course(growth: float, start: float, hours: float = 1000.0) -> xr.Dataset:
    """Return one infection, looked at every half hour."""
    case = model.replace({"reynolds2006.growth": growth, "reynolds2006.germs_start": start})
    names = [f"reynolds2006.{s}" for s in ("germs", "phagocytes", "damage", "mediator")]
    peaks = ["peak reynolds2006.damage", "time of peak reynolds2006.damage"]
    times = np.arange(0, hours + 0.25, 0.5)
    return cs.simulate(case, None, None, times, rtol=1e-8, quantities=names, summaries=peaks)


def threshold(
    name: str, low: float, high: float, of: str = "damage", given: Mapping[str, float] | None = None
) -> float:
    """Return where the end of a state jumps, as a number goes from low to high.

    given : other numbers that differ from the paper's. Each round runs 33 people at once, who differ in that
    number only, and narrows the search to the two between whom the fate changes.
    """
    case = model.replace({f"reynolds2006.{k}": v for k, v in (given or {}).items()})
    for _ in range(4):
        values = np.linspace(low, high, 33)
        people = xr.Dataset({f"reynolds2006.{name}": ("patient", values)}, {"patient": range(33)})
        end = f"final reynolds2006.{of}"
        run = cs.simulate(case, people, None, [0, 5000], quantities=[], rtol=1e-8, summaries=[end])
        ill = run[f"final_reynolds2006_{of}"].values > 1
        first = int(np.argmax(ill))
        low, high = values[first - 1], values[first]
    return (low + high) / 2


if __name__ == "__main__":
    for fate, (rate, start) in FATES.items():
        run = course(rate, start)
        ends = ", ".join(f"{n.split('.')[1]} {run[n].values[0, -1]:.4f}" for n in list(run.data_vars)[:4])
        print(f"{fate:8s} ends with {ends}")
    print(f"inflammation stays from {threshold('germs_start', 0.5, 1.5):.6f} germs on")
    print(f"inflammation stays from a growth of {threshold('growth', 0.1, 0.5):.6f} per hour on")
    trauma = threshold("phagocytes_start", 0.05, 0.5, given={"germs_start": 0})
    print(f"without germs, inflammation stays from {trauma:.6f} activated phagocytes on")
    print(
        f"one germ ends in sepsis from a growth of {threshold('growth', 0.4, 0.6, 'germs'):.4f} per hour on"
    )
