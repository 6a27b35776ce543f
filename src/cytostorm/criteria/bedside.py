"""Facts that a ward sees, does or knows: vital signs, consciousness, support, history."""

from dataclasses import replace

from cytostorm.criteria.facts import flag, number, words

YEAR, HG, RATE = "year", "mmHg", "1/min"
PRESSOR = "ug/kg/min"

age = number("age", YEAR, "age", normal=40, worst=100, window="last", possible=(0, 125))
weight = number("weight", "kg", "body weight", normal=70, worst=70, window="last", possible=(0.3, 400))
female = flag("female", "sex is female", worst=False)
temperature = number(
    "temperature", "degC", "core temperature", normal=37, worst=(25, 43), spelled=("temp",), possible=(15, 46)
)
fever_temperature = number(
    "temperature", "degC", "core temperature", normal=37, worst=43, spelled=("temp",), possible=(15, 46)
)
heart_rate = number(
    "heart_rate", RATE, "heart rate", normal=75, worst=(10, 300), spelled=("hr",), possible=(0, 400)
)
respiratory_rate = number(
    "respiratory_rate",
    RATE,
    "respiratory rate",
    normal=16,
    worst=(0, 100),
    spelled=("rr",),
    possible=(0, 150),
)
systolic = number(
    "systolic", HG, "systolic pressure", normal=120, worst=(20, 300), spelled=("sbp",), possible=(0, 350)
)
map_ = number("map", HG, "mean arterial pressure", normal=85, worst=(10, 250), possible=(0, 300))
low_map = number("map", HG, "mean arterial pressure", normal=85, worst=10, possible=(0, 300))
spo2 = number("spo2", "%", "oxygen saturation", normal=98, worst=30, possible=(20, 100))
fio2 = number("fio2", "", "oxygen share of the air breathed", normal=0.21, worst=1.0, possible=(0.15, 1.0))
gcs = number("gcs", "", "Glasgow coma scale", normal=15, worst=3, possible=(3, 15))
urine_day = number(
    "urine_day",
    "mL",
    "urine of 24 hours",
    normal=1500,
    worst=0,
    spelled=("urine_mL_24h",),
    possible=(0, 30000),
)
child_age = number("age", YEAR, "age", normal=0, worst=17.9, window="last", possible=(0, 18))
young_age = number("age", YEAR, "age", normal=40, worst=0, window="last", possible=(0, 125))
urine_rate = number(
    "urine_rate",
    "mL/kg/h",
    "urine, mean of the time it is told for",
    normal=1,
    worst=0,
    spelled=("urine",),
    possible=(0, 50),
)
urine_hours = number(
    "urine_hours",
    "h",
    "hours that the urine is told for",
    normal=0,
    worst=72,
    spelled=("for_hours", "urine_for"),
    window="last",
    possible=(0, 1000),
)
acvpu = words("acvpu", "alert, confused, answers to voice, to pain, unresponsive", "A", "C", "V", "P", "U")
fixed_pupils = flag("fixed_pupils", "pupils fixed on both sides")

ventilation = flag("ventilation", "ventilatory support", spelled=("ventilatory_support",))
noradrenaline = number(
    "noradrenaline", PRESSOR, "noradrenaline", normal=0, worst=10, spelled=("norepi",), possible=(0, 20)
)
adrenaline = number(
    "adrenaline", PRESSOR, "adrenaline", normal=0, worst=10, spelled=("epi",), possible=(0, 20)
)
dopamine = number("dopamine", PRESSOR, "dopamine", normal=0, worst=50, possible=(0, 100))
dobutamine = flag("dobutamine", "dobutamine, any dose")
advanced_support = flag(
    "advanced_support",
    "high flow, positive pressure by mask or tube",
    spelled=("advanced_respiratory_support",),
)
no_support = flag("support_unavailable", "such support cannot be had, or is not wanted", presumed=True)
ecmo = flag("ecmo_resp", "ECMO for the lungs", spelled=("ecmo",))
other_pressor = flag(
    "other_pressor_or_inotrope",
    "a vasopressor or inotrope beside noradrenaline, adrenaline and dopamine",
    spelled=("other_pressor",),
)
no_pressor = flag("pressor_unavailable", "vasopressors cannot be had, or are not wanted")
mechanical_support = flag("mech_circ_support", "mechanical support of the circulation")
delirium_drug = flag("delirium_drug", "a drug against delirium")
rrt = flag("rrt", "renal replacement", spelled=("dialysis", "renal_replacement"))
respiratory_support = flag("respiratory_support", "any support of breathing, oxygen included")
intubated = flag("intubated", "invasive ventilation", spelled=("imv", "invasive_ventilation"))
vasoactives = number("vasoactives", "", "vasoactive drugs at once", normal=0, worst=6, possible=(0, 10))
vasopressor = flag("vasopressor", "a vasopressor to keep 65 mmHg, in spite of fluids", spelled=("pressors",))
peep = number(
    "peep_or_cpap",
    "cmH2O",
    "pressure at the end of breaths",
    normal=0,
    worst=60,
    spelled=("peep", "cpap"),
    possible=(0, 60),
)
by_mask = replace(  # a mask makes it milder, so that the unknown is a tube in both answers
    flag("by_mask", "the pressure is given by mask", spelled=("noninvasive",)), worst=(0.0,)
)
flow = number(
    "flow", "L/min", "flow of oxygen by nose", normal=0, worst=120, spelled=("hfno",), possible=(0, 120)
)
care = replace(
    words("category", "how breathing is supported", "non_intubated", "intubated", "resource_limited"),
    worst=(1.0, 2.0),
)
on_oxygen = flag("on_oxygen", "oxygen is given", spelled=("on_o2", "o2"))
scale_2 = flag("scale_2", "saturation of 88 to 92 % is aimed at", spelled=("scale2", "spo2_scale_2"))

infection = flag(
    "infection", "infection is suspected", spelled=("infection_suspected", "suspected_infection")
)
sofa = number("sofa", "", "SOFA", normal=0, worst=24, possible=(0, 24))
sofa_before = number(
    "sofa_baseline",
    "",
    "SOFA before",
    normal=0,
    worst=0,
    window="last",
    spelled=("baseline_sofa",),
    possible=(0, 24),
)
sofa_four = number(
    "sofa4",
    "",
    "SOFA of lung, circulation, liver and kidney",
    normal=0,
    worst=16,
    spelled=("sofa_four",),
    possible=(0, 24),
)
onset_days = number(
    "onset_days",
    "day",
    "days since the insult or new symptoms",
    normal=365,
    worst=0,
    window="last",
    possible=(0, 3650),
)
bilateral = flag("bilateral_opacities", "opacities of both lungs", spelled=("bilateral",))
not_cardiac = flag("not_fully_cardiac", "not fully explained by the heart or by fluids")
d_dimer_rise = words("ddimer_rise", "rise of a fibrin marker", "none", "moderate", "strong")
acute_renal_failure = flag("acute_renal_failure", "acute renal failure", spelled=("arf",))
chronic = words(
    "chronic_health",
    "failing organ or weak immunity before: none, elective operation, emergency operation or none",
    "none",
    "elective",
    "emergency_or_medical",
)

immunosuppressed = flag("immunosuppressed", "known immunosuppression", spelled=("known_immunosuppression",))
haemophagocytosis = flag("haemophagocytosis", "haemophagocytosis in marrow", spelled=("hemophagocytosis",))
organomegaly = words("organomegaly", "enlarged liver or spleen", "none", "one", "both")
