"""Vessel tone, volume, the heart, arterial pressure and flow."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import ifng, tnf
from cytostorm.library.mediators._load import load_above_rest
from cytostorm.library.organs import endothelium, fever, liver, lung
from cytostorm.library.person import childhood, comorbidity
from cytostorm.model import LogNormal, Module

FIT = "to the pressure and heart rate curves after 1 and 2 ng/kg of endotoxin"
BOUND = ", at the upper bound of the search"

m = Module(
    "circulation",
    "organ",
    "vessels and heart",
    about="Cytokines make the vessel wall release dilators such as nitric oxide, after a delay; "
    "leaking vessels lose "
    "volume; the heart weakens. Pressure falls, and the heart beats faster with fever and falling pressure.",
)

half_tnf = m.calibrated("half_tnf", 120.0, "pg/mL", "TNF of half dilation", FIT + BOUND)
half_il6 = m.assumed(
    "half_il6",
    5000,
    "pg/mL",
    "IL-6 of half dilation",
    "so large that IL-6 hardly dilates: the pressure curves follow TNF",
)
half_il1 = m.assumed(
    "half_il1",
    100.0,
    "pg/mL",
    "IL-1 signal of half dilation",
    "such that blocking IL-1 in health changes next to nothing; endotoxin data do not tell it from TNF",
)
load = load_above_rest(m, "cytokines that dilate, weighted", half=(half_tnf, half_il6, half_il1))
half_ifng = m.calibrated(
    "half_ifng",
    420,
    "pg/mL",
    "interferon-γ above rest of half dilation",
    "to published rates, times and levels of cytokine release; "
    "storms and cytokine release reach it, most infections do not",
)
more = m.quantities["more"]
m.stimulate(more, ifng.signal / half_ifng, "interferon-γ induces nitric oxide synthase")
pace = m.calibrated("pace", 0.728, "1/h", "rate of each step from cytokine to dilation", FIT)
wall = m.species("wall", "1", "dilator synthesis in the vessel wall", initial=1, scale=0.1, within=(0.1, 10))
dilator = m.species("dilator", "1", "dilators, relative to rest", initial=1, scale=0.1, within=(0.1, 10))
m.relax(wall, "induction", 1 + load, pace)
m.relax(dilator, "release", wall, pace)

# --- volume and heart --------------------------------------------------------------------------------

refill = m.assumed(
    "refill", 0.05, "1/h", "refilling from tissue, by drinking and usual fluids", "half-life of half a day"
)
leaking = m.assumed(
    "leaking", 0.03562, "1/h", "loss of plasma at full leak", "half of the volume in a day without refilling"
)
volume = m.species("volume", "1", "plasma volume, relative to rest", initial=1, scale=0.01, within=(0.1, 2))
m.relax(volume, "refilling", 1, refill)
m.remove(volume, "leak", leaking * endothelium.leak * volume)

weakness = m.assumed(
    "weakness", 0.5, "1", "largest depression of the heart", "ejection fraction halves in septic shock"
)
half_weak = m.assumed("half_weak", 300.0, "pg/mL", "TNF above rest of half that", "above a volunteer's")
recovering = m.assumed(
    "recovering", 0.03, "1/h", "pace of the heart's weakness and recovery", "a matter of days"
)
heart = m.species(
    "heart", "1", "strength of the heart, relative to rest", initial=1, scale=0.01, within=(0.1, 1)
)
weakened = rises((tnf.signal - tnf.baseline) / half_weak + inflamed.active_body + endothelium.injury, 1, 2)
m.relax(heart, "depression", 1 - weakness * weakened, recovering)

# --- pressure and rate -------------------------------------------------------------------------------

normal_map = m.parameter(
    "normal_map",
    93.0,
    "mmHg",
    "mean arterial pressure at rest",
    source="Kiers2017",
    note="mean of the groups before 1 and 2 ng/kg, 90.9 and 95.6",
    spread=LogNormal(1.08),
)
lower_in_children = m.assumed(
    "lower_in_children",
    0.28,
    "1",
    "how many times lower a young child's pressure is, beyond one",
    "near 75 mmHg at five years",
)
widening = m.calibrated(
    "widening", 0.586, "1", "rise of vascular conductance per unit of dilators", FIT, spread=LogNormal(1.25)
)
filling = m.assumed("filling", 0.6088, "1", "how steeply pressure follows volume", "reflexes keep most of it")
pumping = m.assumed("pumping", 0.5, "1", "how steeply pressure follows the heart", "reflexes keep half of it")
support = m.gain("support", "what raises or lowers pressure beside dilators; independent actions multiply")
by_macrophages = m.assumed(
    "by_macrophages",
    0.5629,
    "1",
    "further conductance by the body's active macrophages",
    "inducible nitric oxide synthase: vasoplegia",
)
m.modulate(support, 1 / (1 + by_macrophages * inflamed.active_body), "nitric oxide of macrophages")
usual_map = m.observable(
    "usual_map", normal_map / (1 + lower_in_children * childhood), "mmHg", "the person's own pressure at rest"
)
pressors = m.drive("pressors", "mmHg", "pressure that vasopressors add at the heart and volume of rest")
infused = m.drive("infused", "1", "fluid infused that is still in the vessels, relative to plasma at rest")
catecholamine = m.drive("catecholamine", "ug/kg/min", "noradrenaline that runs; the score of shock reads it")
vasopressors = m.drive("vasopressors", "1", "vasopressors that run; grades read it")
# Reflexes and the heart settle within minutes, far faster than what moves them.
full = (usual_map * support / (1 + widening * (dilator - 1)) + pressors) * heart**pumping
pressure = m.observable("pressure", full * (volume + infused) ** filling, "mmHg", "mean arterial pressure")
adult = normal_map / usual_map  # limits of scores are for adults: a child's pressure is read as one's
staying = m.calibrated(
    "staying",
    0.4,
    "1",
    "share of the lost plasma that fluids make good",
    "to published rates, times and levels of cytokine release; leaking vessels lose the rest again",
)
filled = m.observable(
    "filled",
    full * (volume + infused + staying * (1 - volume)) ** filling,
    "mmHg",
    "mean arterial pressure after fluids, as it would be",
)

normal_rate = m.parameter(
    "normal_rate",
    65.0,
    "bpm",
    "heart rate at rest",
    source="Kiers2017",
    note="the group before 1 ng/kg",
    spread=LogNormal(1.1),
)
by_fever = m.calibrated(
    "by_fever",
    13,
    "bpm/degC",
    "rise per degree of fever",
    "to the heart rate curves after endotoxin; it holds the sympathetic drive that comes with fever",
    spread=LogNormal(1.15),
)
by_pressure = m.assumed(
    "by_pressure", 0.3, "bpm/mmHg", "rise per mmHg of fall", "the curves allow 0.05 to 0.4"
)
faster_in_children = m.assumed(
    "faster_in_children", 0.5, "1", "how much faster a young child's heart beats", "near 100 at five years"
)
heart_rate = m.observable(
    "heart_rate",
    normal_rate * (1 + faster_in_children * childhood)
    + by_fever * (fever.core - fever.normal)
    + by_pressure * (usual_map - pressure),
    "bpm",
    "heart rate",
)

# --- flow to organs ----------------------------------------------------------------------------------

half_pressure = m.assumed(
    "half_pressure",
    55.0,
    "mmHg",
    "pressure at which organs get half of what they lack",
    "autoregulation ends near 60",
)
frail = m.assumed("frail", 0.3, "1", "more lack for each unit of chronic disease", "narrow vessels")
half_lack = m.assumed(
    "half_lack", 0.42, "1", "shortfall of pressure of half the lack of flow", "at 54 mmHg if 93 is usual"
)
lack = m.observable(
    "lack",
    (1 + frail * comorbidity) * rises(half_pressure / pressure - half_pressure / usual_map, half_lack, 4),
    "1",
    "lack of flow to organs, 0 to about 1",
)
lactate_rest = m.assumed(
    "lactate_rest", 1.0, "mmol/L", "lactate at rest", "0.5 to 2 in health", spread=LogNormal(1.35)
)
more_lactate = m.assumed(
    "more_lactate",
    8.0,
    "1",
    "more lactate without flow, in multiples of rest",
    "near 10 mmol/L in deep shock",
)
lactate = m.observable(
    "lactate",
    lactate_rest * (1 + more_lactate * (lack + lung.hypoxia - lack * lung.hypoxia) * (1 + liver.lost)),
    "mmol/L",
    "lactate",
)
harm = m.assumed("harm", 0.03, "1/h", "liver cells lost without flow", "shock liver within a day")
m.stimulate(liver.by_flow, harm * lack, "low flow harms the liver")
