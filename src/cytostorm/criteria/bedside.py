"""Facts that a ward sees, does or knows: vital signs, consciousness, support, history."""

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

ventilation = flag("ventilation", "ventilatory support", spelled=("ventilatory_support",))
noradrenaline = number(
    "noradrenaline", PRESSOR, "noradrenaline", normal=0, worst=10, spelled=("norepi",), possible=(0, 20)
)
adrenaline = number(
    "adrenaline", PRESSOR, "adrenaline", normal=0, worst=10, spelled=("epi",), possible=(0, 20)
)
dopamine = number("dopamine", PRESSOR, "dopamine", normal=0, worst=50, possible=(0, 100))
dobutamine = flag("dobutamine", "dobutamine, any dose")

immunosuppressed = flag("immunosuppressed", "known immunosuppression", spelled=("known_immunosuppression",))
haemophagocytosis = flag("haemophagocytosis", "haemophagocytosis in marrow", spelled=("hemophagocytosis",))
organomegaly = words("organomegaly", "enlarged liver or spleen", "none", "one", "both")
