"""Vessel tone, arterial pressure and heart rate."""

from cytostorm.library.mediators._load import load_above_rest
from cytostorm.library.organs import fever
from cytostorm.model import LogNormal, Module

FIT = "to the pressure and heart rate curves after 1 and 2 ng/kg of endotoxin"
BOUND = ", at the upper bound of the search"

m = Module(
    "circulation",
    "organ",
    "vessels and heart",
    about="Cytokines make the vessel wall release dilators such as nitric oxide, after a delay; pressure "
    "falls, and the heart beats faster with fever and falling pressure. Left out: blood volume, leak, and "
    "the heart's own depression.",
)

half_tnf = m.parameter(
    "half_tnf", 120.0, "pg/mL", "TNF of half dilation", source="calibrated", note=FIT + BOUND
)
half_il6 = m.parameter(
    "half_il6",
    5000.0,
    "pg/mL",
    "IL-6 of half dilation",
    source="assumed",
    note="so large that IL-6 hardly dilates: the pressure curves follow TNF",
)
half_il1 = m.parameter(
    "half_il1",
    100.0,
    "pg/mL",
    "IL-1 signal of half dilation",
    source="assumed",
    note="such that blocking IL-1 in health changes next to nothing; endotoxin data do not tell it from TNF",
)
load = load_above_rest(m, "cytokines that dilate, weighted", half=(half_tnf, half_il6, half_il1))

pace = m.parameter(
    "pace", 0.728, "1/h", "rate of each step from cytokine to dilation", source="calibrated", note=FIT
)
wall = m.species("wall", "1", "dilator synthesis in the vessel wall", initial=1, scale=0.1, within=(0.1, 10))
dilator = m.species("dilator", "1", "dilators, relative to rest", initial=1, scale=0.1, within=(0.1, 10))
m.relax(wall, "induction", 1 + load, pace)
m.relax(dilator, "release", wall, pace)

normal_map = m.parameter(
    "normal_map",
    93.0,
    "mmHg",
    "mean arterial pressure at rest",
    source="Kiers2017",
    note="mean of the groups before 1 and 2 ng/kg, 90.9 and 95.6",
    spread=LogNormal(1.08),
)
widening = m.parameter(
    "widening",
    0.586,
    "1",
    "rise of vascular conductance per unit of dilators",
    source="calibrated",
    note=FIT,
    spread=LogNormal(1.25),
)
follow = m.parameter(
    "follow", 2.0, "1/h", "rate at which pressure follows", source="assumed", note="within the hour"
)
pressure = m.species(
    "pressure", "mmHg", "mean arterial pressure", initial=normal_map, scale=1, within=(40, 130)
)
m.relax(pressure, "tone", normal_map / (1 + widening * (dilator - 1)), follow)

normal_rate = m.parameter(
    "normal_rate",
    65.0,
    "bpm",
    "heart rate at rest",
    source="Kiers2017",
    note="the group before 1 ng/kg",
    spread=LogNormal(1.1),
)
by_fever = m.parameter(
    "by_fever",
    15.5,
    "bpm/degC",
    "rise per degree of fever",
    source="calibrated",
    note="to the heart rate curves after endotoxin; it holds the sympathetic drive that comes with fever",
    spread=LogNormal(1.15),
)
by_pressure = m.parameter(
    "by_pressure",
    0.3,
    "bpm/mmHg",
    "rise per mmHg of fall",
    source="assumed",
    note="the curves allow 0.05 to 0.4",
)
quickness = m.parameter(
    "quickness", 4.0, "1/h", "rate at which the heart follows", source="calibrated", note=FIT
)
heart_rate = m.species("heart_rate", "bpm", "heart rate", initial=normal_rate, scale=1, within=(20, 220))
target = normal_rate + by_fever * (fever.core - fever.normal) + by_pressure * (normal_map - pressure)
m.relax(heart_rate, "reflex and fever", target, quickness)
