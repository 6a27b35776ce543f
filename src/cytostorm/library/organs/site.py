"""The tissue where it starts: infected and inflamed cells die there, and what they release feeds the fire."""

from cytostorm.library.cells import inflamed, neutrophil
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import damp
from cytostorm.library.person import comorbidity
from cytostorm.model import LogNormal, Module

m = Module(
    "site",
    "organ",
    "tissue where it starts",
    about="A lung, an abdomen, a wound: the share of its cells that still works. Inflammatory "
    "macrophages and "
    "neutrophils kill bystanders once they are many; dead cells release alarmins; the tissue "
    "regrows in weeks.",
)

half = m.assumed("half", 0.5, "1", "attack of half strength", "half of the largest macrophage pool")
by_neutrophils = m.assumed(
    "by_neutrophils", 0.15, "1", "attack by plenty of neutrophils", "a part beside that of macrophages"
)
attack = m.observable(
    "attack",
    inflamed.potency * inflamed.calm * inflamed.active_site + by_neutrophils * neutrophil.tissue,
    "1",
    "macrophages and neutrophils that harm",
)
harm = m.calibrated(
    "harm",
    0.0073,
    "1/h",
    "bystanders killed at full attack",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); an eighth a day at most",
    spread=LogNormal(1.2),
)
frail = m.assumed(
    "frail", 0.15, "1", "more harm for each unit of chronic disease", "oxidative stress adds up"
)
regrowth = m.assumed(
    "regrowth", 0.006, "1/h", "regrowth of the tissue", "half-life of five days", spread=LogNormal(1.1)
)
release = m.calibrated(
    "release",
    19,
    "1",
    "alarmins for each unit of tissue that is killed",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); for a threshold "
    "between repair and loop",
)

lost = m.species("lost", "1", "share of the tissue that is lost", scale=0.01, within=(0, 1))
struck = m.observable(
    "struck", harm * (1 + frail * comorbidity) * rises(attack, half, 3), "1/h", "bystanders dying"
)
killed = struck * (1 - lost)
m.produce(lost, "harm to bystanders", killed)
m.remove(lost, "regrowth", regrowth * lost)
m.produce(damp.site, "from killed bystanders", release * inflamed.feedback * killed)
spilling = m.calibrated(
    "spilling",
    0.011,
    "1/h",
    "alarmins that reach the circulation",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); a quarter of those cleared",
)
m.move(damp.site, damp.body, "spilling into the circulation", spilling * damp.site)
