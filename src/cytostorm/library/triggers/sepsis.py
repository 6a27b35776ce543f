"""Bacteria at a site, and from there in the blood."""

from cytostorm.library.cells import inflamed, macrophage, neutrophil
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import damp, pamp
from cytostorm.library.organs import lung, site
from cytostorm.library.person import burden
from cytostorm.model import LogNormal, Module, time

m = Module(
    "sepsis",
    "trigger",
    "bacterial infection and sepsis",
    about="Bacteria grow until phagocytes or antibiotics outrun them; above a number, phagocytes "
    "are sated and do not. "
    "Those that leak into the blood call the whole body's macrophages. Fungi and malaria differ "
    "in numbers only.",
)

dose = m.assumed(
    "dose",
    0.002,
    "1",
    "bacteria at the start, as a share of the most a site can hold",
    "found late",
    spread=LogNormal(2.5),
)
growth = m.calibrated(
    "growth",
    0.361,
    "1/h",
    "growth of bacteria",
    "to published levels and deaths in sepsis and pneumonia; doubling in 1.8 h in tissue",
    spread=LogNormal(1.1),
)
killing = m.assumed(
    "killing",
    0.22,
    "1/h",
    "killing by phagocytes at full strength, when few bacteria are about",
    "for a threshold between clearing and growth (Smith2011)",
)
sated = m.assumed(
    "sated", 0.03, "1", "bacteria at which phagocytes are half occupied", "above it they grow away"
)
resident = m.assumed(
    "resident",
    0.35,
    "1",
    "phagocytes that are there beforehand, as a share of full strength",
    "resident macrophages",
)
spreading = m.calibrated(
    "spreading",
    0.18,
    "1/h",
    "bacteria that leak into the blood, at full load",
    "to published levels and deaths in sepsis and pneumonia; bacteraemia follows from the load",
    spread=LogNormal(1.5),
)
clearing = m.assumed("clearing", 0.5, "1/h", "clearing from the blood by liver and spleen", "within hours")
potency = m.calibrated(
    "potency",
    111.0,
    "1",
    "signals of bacteria in the blood, as endotoxin",
    "to published levels and deaths in sepsis and pneumonia; for an IL-6 near 1,000 pg/mL (Leisman2020)",
    spread=LogNormal(1.5),
)
toxicity = m.calibrated(
    "toxicity",
    0.00523,
    "1/h",
    "tissue killed at full load",
    "to published levels and deaths in sepsis and pneumonia; toxins, enzymes and lack of oxygen",
)
in_lung = m.assumed(
    "in_lung",
    0.5,
    "1",
    "share of the site that lies in the lung; 1 in pneumonia",
    "half of sepsis starts in the lung",
)
antibiotic = m.assumed(
    "antibiotic", 0.0, "1/h", "killing by the antibiotics of usual care", "none unless a scenario gives them"
)
susceptible = m.assumed(
    "susceptible",
    1.0,
    "1",
    "how susceptible they are to antibiotics that are given; 0 as fungi and parasites",
    "found by culture",
)
delay = m.assumed(
    "delay",
    36.0,
    "h",
    "when antibiotics start",
    "a day and a half after the start of growth",
    spread=LogNormal(1.5),
)
by_neutrophils = m.assumed(
    "by_neutrophils",
    2.0,
    "1",
    "killing by plenty of neutrophils, in multiples of full strength",
    "twice a full pool of inflammatory macrophages",
)
half_neutrophils = m.assumed(
    "half_neutrophils", 1.0, "1", "neutrophils in the tissue of half that", "the unit of neutrophils there"
)
sudden = m.assumed(
    "sudden",
    12.0,
    "1",
    "steepness with which antibiotics begin to work",
    "within half a day around their start",
)
leak_at_rest = m.assumed(
    "leak_at_rest",
    0.1,
    "1",
    "share of the leak into the blood that intact vessels let through",
    "as much again at full leak of the vessels",
)
half_toxic = m.assumed(
    "half_toxic", 0.2, "1", "bacteria of half their toxicity", "enzymes and toxins come with numbers"
)
loud = m.assumed(
    "loud",
    3,
    "1",
    "alarmins for each unit of tissue that bacteria kill",
    "inflamed bystanders that die release more",
)
half_seen = m.assumed(
    "half_seen", 0.02, "1", "bacteria at the site that half saturate the sensors", "one in fifty of the most"
)

bacteria = m.species(
    "bacteria", "1", "bacteria at the site, as a share of the most it can hold", scale=1e-5, within=(0, 2)
)
blood = m.species("blood", "1", "bacteria in the blood, in the same unit", scale=1e-6, within=(0, 20))
phagocytes = resident + by_neutrophils * rises(neutrophil.tissue, half_neutrophils) + inflamed.site
working = rises(time, delay, sudden)
m.produce(bacteria, "growth", growth * bacteria)
m.remove(bacteria, "crowding", growth * bacteria * bacteria)
m.remove(bacteria, "killing by phagocytes", killing * phagocytes * bacteria / (1 + bacteria / sated))
given = susceptible * pamp.killing
m.remove(bacteria, "killing by antibiotics", (antibiotic * working + given) * bacteria)
leak = leak_at_rest + inflamed.leaking
m.produce(blood, "leak into the blood", spreading * leak * bacteria)
m.remove(blood, "clearing", clearing * blood)
m.remove(blood, "killing by antibiotics in the blood", (antibiotic * working + given) * blood)
killed = toxicity * rises(bacteria, half_toxic) * (1 - site.lost)
m.produce(site.lost, "by bacteria", killed)
m.produce(damp.site, "from tissue killed by bacteria", loud * killed)
m.stimulate(pamp.site, rises(bacteria, half_seen), "bacteria at the site")
m.stimulate(
    pamp.held, susceptible * potency * (blood + leak * bacteria), "bacteria in the blood and their leak"
)
products = potency * blood + pamp.freed
m.stimulate(pamp.blood, rises(products, 1), "bacteria in the blood")
m.stimulate(macrophage.stimulus, rises(products, 1, 2), "bacterial products in the blood")
m.stimulate(lung.share, in_lung, "how much of the site is lung")
m.stimulate(burden, rises(bacteria, half_toxic), "the infected tissue")
m.route("tissue", bacteria, "tissue")
m.challenge("tissue", dose)
m.lab("pathogen", bacteria, "1", "bacteria at the site, as a share of the most")
m.lab("pathogen_blood", blood, "1", "bacteria in the blood")
