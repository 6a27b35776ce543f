"""Facts that a laboratory tells, in the units in which they are exchanged."""

from cytostorm.criteria.facts import number

G, MG, UG, MMOL, U = "g/dL", "mg/dL", "ug/L", "mmol/L", "U/L"
GIGA = "10^9/L"

haemoglobin = number(
    "haemoglobin", G, "haemoglobin", normal=14, worst=0, spelled=("hb", "hgb"), possible=(1, 30)
)
haematocrit = number(
    "haematocrit", "%", "haematocrit", normal=42, worst=(0, 100), spelled=("hct",), possible=(3, 80)
)
wbc = number(
    "wbc", GIGA, "white blood cells", normal=7, worst=(0, 1000), spelled=("leukocytes",), possible=(0, 1000)
)
neutrophils = number(
    "neutrophils", GIGA, "neutrophils", normal=4, worst=0, spelled=("anc",), possible=(0, 500)
)
lymphocytes = number(
    "lymphocytes", GIGA, "lymphocytes", normal=2, worst=0, spelled=("alc",), possible=(0, 500)
)
lymphocyte_share = number(
    "lymphocyte_share",
    "%",
    "lymphocytes of white cells",
    normal=30,
    worst=0,
    spelled=("lymph",),
    possible=(0, 100),
)
bands = number("bands", "%", "band forms of white cells", normal=0, worst=100, possible=(0, 100))
platelets = number("platelets", GIGA, "platelets", normal=250, worst=0, spelled=("plt",), possible=(0, 3000))
nlr = number("nlr", "", "neutrophils to lymphocytes", normal=2, worst=1000, possible=(0, 1000))
crp = number("crp", "mg/L", "C-reactive protein", normal=1, worst=1000, possible=(0, 1000))
ferritin = number("ferritin", UG, "ferritin", normal=100, worst=1e6, possible=(0, 1e6))
d_dimer = number(
    "d_dimer",
    "mg/L",
    "D-dimer, fibrinogen equivalents",
    normal=0.2,
    worst=1000,
    spelled=("ddimer",),
    possible=(0, 1000),
)
fibrinogen = number("fibrinogen", "g/L", "fibrinogen", normal=3, worst=0, possible=(0, 30))
ldh = number("ldh", U, "lactate dehydrogenase", normal=180, worst=1e5, possible=(0, 1e5))
ast = number("ast", U, "aspartate aminotransferase", normal=20, worst=1e5, possible=(0, 1e5))
alt = number("alt", U, "alanine aminotransferase", normal=20, worst=1e5, possible=(0, 1e5))
bilirubin = number(
    "bilirubin", MG, "bilirubin, total", normal=0.6, worst=100, molar=584.66, possible=(0, 100)
)
creatinine = number(
    "creatinine", MG, "creatinine", normal=0.9, worst=50, spelled=("cr",), molar=113.12, possible=(0, 50)
)
urea = number("urea", MMOL, "urea", normal=5, worst=100, molar=60.06, possible=(0, 150))
bun_creatinine = number(
    "bun_creatinine",
    "",
    "urea nitrogen to creatinine, mg to mg",
    normal=15,
    worst=500,
    spelled=("bun_cr",),
    possible=(0, 500),
)
triglycerides = number(
    "triglycerides",
    MMOL,
    "triglycerides",
    normal=1,
    worst=100,
    spelled=("tg",),
    molar=885.7,
    possible=(0, 150),
)
lactate = number("lactate", MMOL, "lactate", normal=1, worst=50, molar=90.08, possible=(0, 50))
albumin = number("albumin", G, "albumin", normal=4, worst=0, possible=(0, 10))
inr = number("inr", "", "INR", normal=1, worst=20, possible=(0.3, 30))
pt_prolongation = number(
    "pt_prolongation",
    "s",
    "prothrombin time beyond the laboratory's limit",
    normal=0,
    worst=100,
    possible=(-20, 300),
)
troponin_i = number(
    "troponin_i",
    "ng/mL",
    "troponin I",
    normal=0.01,
    worst=1000,
    spelled=("tnI", "troponin"),
    possible=(0, 1e4),
)
il6 = number("il6", "pg/mL", "IL-6", normal=2, worst=1e6, possible=(0, 1e7))
soluble_il2r = number(
    "soluble_il2r",
    "U/mL",
    "soluble IL-2 receptor (sCD25)",
    normal=400,
    worst=1e6,
    spelled=("scd25", "sil2r"),
    possible=(0, 1e6),
)
sodium = number("sodium", MMOL, "sodium", normal=140, worst=(50, 250), spelled=("na",), possible=(80, 220))
potassium = number(
    "potassium", MMOL, "potassium", normal=4.2, worst=(0.5, 20), spelled=("k",), possible=(0.5, 15)
)
chloride = number("chloride", MMOL, "chloride", normal=102, worst=200, spelled=("cl",), possible=(50, 200))
anion_gap = number("anion_gap", MMOL, "anion gap", normal=10, worst=-50, possible=(-50, 100))
ph = number("ph", "", "arterial pH", normal=7.4, worst=(6, 8.5), possible=(6, 8.5))
bicarbonate = number(
    "bicarbonate", MMOL, "bicarbonate", normal=24, worst=0, spelled=("hco3",), possible=(0, 100)
)
# Unknown oxygen pressure must not lower the ratio to a known FiO2: 550 over 1.0 is normal still.
pao2 = number("pao2", "mmHg", "arterial oxygen pressure", normal=550, worst=5, possible=(5, 760))
paco2 = number(
    "paco2",
    "mmHg",
    "arterial carbon dioxide pressure",
    normal=40,
    worst=5,
    spelled=("pco2",),
    possible=(3, 250),
)
any_creatinine = number(
    "creatinine",
    MG,
    "creatinine",
    normal=0.9,
    worst=(0, 50),
    spelled=("cr",),
    molar=113.12,
    possible=(0, 50),
)
usual_creatinine = number(
    "creatinine_baseline",
    MG,
    "creatinine before, the lowest of 7 days, or estimated",
    normal=50,
    worst=0.1,
    spelled=("baseline_cr", "baseline_creatinine"),
    molar=113.12,
    window="last",
    possible=(0.05, 50),
)
creatinine_rise = number(
    "creatinine_rise_48h",
    MG,
    "rise of creatinine within 48 h",
    normal=0,
    worst=50,
    spelled=("rise_48h",),
    molar=113.12,
    possible=(-50, 50),
)
egfr = number("egfr", "mL/min", "filtration of 1.73 m2, estimated", normal=100, worst=0, possible=(0, 300))
pf = number("pf", "mmHg", "PaO2/FiO2", normal=450, worst=20, spelled=("pao2_fio2", "p_f"), possible=(5, 1000))
sf = number("sf", "", "SpO2/FiO2", normal=467, worst=30, spelled=("spo2_fio2", "s_f"), possible=(20, 700))
bilirubin_si = number(
    "bilirubin_umol_L",
    "umol/L",
    "bilirubin, for limits printed in umol/L",
    normal=10,
    worst=1700,
    possible=(0, 1710),
)
creatinine_si = number(
    "creatinine_umol_L",
    "umol/L",
    "creatinine, for limits printed in umol/L",
    normal=80,
    worst=4400,
    possible=(0, 4420),
)
