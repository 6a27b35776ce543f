"""What the patient feels and the nurse sees, each read off the state behind it; 0 none, 1 mild, 3 severe.

Every symptom has a load, 1 where it is moderate, that adds up what the storm does and what the underlying
disease does by itself. The part of the severity that is the disease's is read out as well.
"""

import sympy

from cytostorm.library.kinetics import Expr, rises
from cytostorm.library.mediators import ifna, ifng, il1b, il18
from cytostorm.library.organs import brain, circulation, endothelium, fever, lung
from cytostorm.library.person import burden, childhood
from cytostorm.model import Module

m = Module(
    "symptoms",
    "lab",
    "symptoms",
    about="Severity from 0 to 3: mild from 0.5, moderate from 1.5, severe from 2.5. None of the weights was "
    "measured. What chemotherapy and anaemia do to well-being is left out, and so are skin and gut, which "
    "are not in the model: rash follows its cytokines, and vomiting leaking vessels and low flow.",
)

most = m.assumed("most", 3.0, "1", "largest severity", "3 is severe, by definition")


def symptom(name: str, label: str, storm: Expr, disease: Expr = 0) -> None:
    """Declare a symptom of two loads: severity, and the part of it that is the disease's own."""
    load = storm + disease
    m.lab(name, most * rises(load, 1, 2), "1", label)
    # of the square of the load each has its part, so that the two parts add up to the whole
    m.observable(
        f"{name}_disease", most * disease * load / (1 + load**2), "1", f"{label}, by the disease itself"
    )


def weight(name: str, value: float, label: str, note: str) -> Expr:
    """Declare how much of the load a whole underlying disease makes."""
    return m.assumed(name, value, "1", f"{label} of a full underlying disease", note) * burden


# --- lung, brain and circulation ------------------------------------------------------------------------

breathless = m.assumed(
    "breathless", 0.6, "1", "water in the lung of moderate breathlessness", "PaO2/FiO2 near 240 mmHg"
)
symptom(
    "cough",
    "cough or breathlessness",
    lung.water / breathless,
    weight("by_airways", 1.3, "cough", "a virus or bacteria in the lung bring it without any storm")
    * lung.share,
)

clouded = m.assumed(
    "clouded", 0.35, "1", "clouding of moderate confusion", "Glasgow coma scale near 12: drowsy, disoriented"
)
symptom("confusion", "confusion or hallucination", brain.clouded / clouded)

fall = m.assumed(
    "fall", 25.0, "mmHg", "fall of pressure of moderate dizziness", "from 93 to 68 mmHg: standing is hard"
)
symptom("dizziness", "dizziness", sympy.Max(0, circulation.usual_map - circulation.pressure) / fall)

pounding = m.assumed(
    "pounding", 45.0, "bpm", "rise of heart rate that is felt as moderate", "110 bpm in an adult at rest"
)
own_rate = circulation.normal_rate * (1 + circulation.faster_in_children * childhood)
symptom("fast_heartbeat", "fast heartbeat", sympy.Max(0, circulation.heart_rate - own_rate) / pounding)

# --- sickness: pyrogenic cytokines on the brain, and prostaglandins, which antipyretics take ------------

sick = fever.load
aching = fever.load * fever.held
tiring = m.assumed(
    "tiring", 0.45, "1", "pyrogens, as a share of the most, of moderate fatigue", "at 38 degC in bed"
)
symptom(
    "fatigue",
    "fatigue",
    sick / tiring,
    weight("by_disease", 0.7, "fatigue", "leukaemia and infection tire before any storm"),
)
splitting = m.assumed(
    "splitting", 0.6, "1", "pyrogens of moderate headache", "volunteers have it after 2 ng/kg of endotoxin"
)
symptom("headache", "headache", aching / splitting)
sore = m.assumed("sore", 0.7, "1", "pyrogens of moderate pain", "somewhat more than of headache")
sore_by_ifna = m.assumed(
    "sore_by_ifna", 120.0, "pg/mL", "type I interferon above rest of the same", "given as a drug it aches"
)
symptom("pains", "joint and muscle pain", aching / sore + ifna.signal / sore_by_ifna)
sated = m.assumed(
    "sated", 0.45, "1", "pyrogens of moderate loss of appetite", "it goes with fatigue: sickness behaviour"
)
symptom(
    "loss_of_appetite",
    "loss of appetite",
    sick / sated,
    weight("by_wasting", 0.5, "loss of appetite", "less than fatigue"),
)

# --- skin and gut ---------------------------------------------------------------------------------------

red_by_ifng = m.assumed(
    "red_by_ifng",
    1000.0,
    "pg/mL",
    "interferon-γ above rest of a moderate rash",
    "by the chemokines it makes T cells come into skin; seen in HLH and cytokine release, not in most",
)
red_by_il18 = m.assumed(
    "red_by_il18", 3000.0, "pg/mL", "free IL-18 of the same", "the rash of Still's disease"
)
red_by_il1 = m.assumed(
    "red_by_il1", 1.5, "pg/mL", "IL-1 signal above rest of the same", "the rash of Kawasaki disease"
)
symptom(
    "rash",
    "rash",
    ifng.signal / red_by_ifng
    + il18.free / red_by_il18
    + sympy.Max(0, il1b.signal - il1b.signal_at_rest) / red_by_il1,
)
queasy = m.assumed("queasy", 0.8, "1", "pyrogens of moderate nausea", "half of volunteers after endotoxin")
low = m.assumed("low", 0.5, "1", "lack of flow of moderate nausea or vomiting", "the gut of shock")
unwell = weight("by_illness", 0.3, "nausea", "less than fatigue and loss of appetite")
symptom("nausea", "nausea", sick / queasy + circulation.lack / low, unwell)
leaking = m.assumed(
    "leaking", 0.8, "1", "leak of vessels of moderate vomiting or diarrhoea", "those of the gut leak as well"
)
symptom(
    "vomiting",
    "vomiting or diarrhoea",
    endothelium.leak / leaking + circulation.lack / low,
    weight("by_gut", 0.3, "vomiting or diarrhoea", "of infections more than of tumours"),
)

# --- high fever: by its limit, which is higher in children ----------------------------------------------

LIMIT = "as wards tell patients when to call"
begins = m.assumed("begins", 38.0, "degC", "temperature from which there is fever", "the usual limit")
high = m.assumed("high", 39.4, "degC", "temperature of high fever in adults", LIMIT)
high_in_children = m.assumed("high_in_children", 40.0, "degC", "the same in children", LIMIT)
moderate = m.assumed("moderate", 2.0, "1", "severity at that limit", "moderate or worse is high fever")
limit = high + (high_in_children - high) * childhood
rise = moderate * (fever.core - begins) / (limit - begins)
m.lab("high_fever", sympy.Max(0, sympy.Min(most, rise)), "1", "high fever")
m.observable("high_fever_disease", 0, "1", "high fever, by the disease itself: none but by cytokines")
