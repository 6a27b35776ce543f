"""Facts of toxicity of immune cells, of HLH and of COVID-19: what is seen, known, or was given before."""

from dataclasses import replace

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.facts import flag, number, presume, words

oxygen_given = words(
    "oxygen",
    "how oxygen is given",
    "room_air", "low_flow", "nasal_cannula", "blow_by", "facemask", "venturi", "non_rebreather", "high_flow",
    "NIV", "CPAP", "BiPAP", "MV",
    spelled=("o2", "oxygen_device", "o2_device"),
    also={
        "none": "room_air", "air": "room_air", "cannula": "nasal_cannula", "nasal_prongs": "nasal_cannula",
        "blow-by": "blow_by", "mask": "facemask", "face_mask": "facemask", "venturi_mask": "venturi",
        "non-rebreather": "non_rebreather", "nonrebreather": "non_rebreather",
        "high_flow_cannula": "high_flow",
        "high_flow_nasal_cannula": "high_flow", "HFNC": "high_flow", "HFNO": "high_flow",
        "NIV_or_high_flow": "NIV", "positive_pressure": "NIV", "ventilator": "MV", "IMV": "MV",
        "mechanical_ventilation": "MV", "intubated": "MV", "intubation": "MV",
    },
)  # fmt: skip
oxygen = replace(oxygen_given, worst=(11.0, 10.0))
"""Of the unknown a mask with pressure is tried too: a tube may be for the airway only."""
vasopressors = number(
    "vasopressors", "", "vasopressors at once, vasopressin aside", normal=0, worst=3,
    spelled=("n_vasopressors_excl_vasopressin", "n_vasopressors"), possible=(0, 10),
)  # fmt: skip
vasopressin = flag("vasopressin", "vasopressin")
phenylephrine = number("phenylephrine", "ug/kg/min", "phenylephrine", normal=0, worst=50, possible=(0, 100))
hypotension = flag("hypotension", "low pressure that needs fluids or a vasopressor")
heavy = number("weight", "kg", "body weight", normal=70, worst=300, window="last", possible=(0.3, 300))
told_systolic = presume(bedside.systolic)
airway_only = flag(
    "airway_only",
    "intubated to protect the airway or for a procedure, not for want of oxygen",
    spelled=("intubated_for_airway_protection_only",), presumed=True,
)  # fmt: skip

age = number("age", "year", "age", normal=40, worst=(0, 100), window="last", possible=(0, 125))
female = flag(
    "female", "sex is female", worst=False, spelled=("sex",),
    also={"m": "no", "male": "no", "f": "yes", "female": "yes"},
)  # fmt: skip
dead = flag("dead", "dead", presumed=True, spelled=("died",))
dead_of_crs = flag("dead_of_crs", "dead of it", presumed=True, spelled=("death_due_to_crs",))
dead_of_icans = flag("dead_of_icans", "dead of it", presumed=True, spelled=("death_due_to_icans",))

fever = flag("fever", "fever in this illness")
fever_before = flag(
    "fever_before", "fever was there before, and was put down to it",
    spelled=("fever_earlier_attributed_to_crs",),
)  # fmt: skip
fever_treated = flag(
    "fever_treated", "had a drug against fever or cytokines, or a steroid",
    spelled=("prior_antipyretic_or_anticytokine",),
)  # fmt: skip
told_temperature = presume(bedside.fever_temperature)

ice = number("ice", "", "encephalopathy score of immune cells (ICE)", normal=10, worst=0, possible=(0, 10))
capd = number("capd", "", "Cornell assessment of delirium in children", normal=0, worst=32, possible=(0, 32))
arousal = words("arousal", "wakes", "spontaneous", "voice", "tactile", "unarousable", also={
    "alert": "spontaneous", "awake": "spontaneous", "to_voice": "voice", "touch": "tactile",
    "to_tactile": "tactile", "vigorous": "unarousable", "stupor": "unarousable", "coma": "unarousable",
})  # fmt: skip
seizure = words("seizure", "seizures", "none", "resolves_rapidly", "prolonged", also={
    "no": "none", "rapid": "resolves_rapidly", "eeg_resolves": "resolves_rapidly",
    "nonconvulsive_resolves": "resolves_rapidly", "prolonged_gt_5min": "prolonged",
    "repetitive": "prolonged", "status": "prolonged", "status_epilepticus": "prolonged",
})  # fmt: skip
focal_weakness = flag(
    "focal_weakness", "deep weakness of one side or of the legs", spelled=("motor_focal_weakness",)
)
brain_oedema = words(
    "brain_oedema", "swelling of the brain or its signs", "none", "focal_oedema", "diffuse_oedema",
    spelled=("edema_icp", "oedema_icp", "brain_edema"),
    also={
        "no": "none", "focal": "focal_oedema", "focal_edema": "focal_oedema", "diffuse": "diffuse_oedema",
        "diffuse_edema": "diffuse_oedema", "posturing": "diffuse_oedema", "cn6_palsy": "diffuse_oedema",
        "cn_vi_palsy": "diffuse_oedema", "papilledema": "diffuse_oedema", "papilloedema": "diffuse_oedema",
        "cushing_triad": "diffuse_oedema",
    },
)  # fmt: skip

organ_toxicity = presume(number(
    "organ_toxicity", "", "CTCAE grade of the worst other organ", normal=0, worst=4, possible=(0, 4),
))  # fmt: skip
admitted = flag("admitted", "in hospital, or drugs by vein, for it", spelled=("hospitalised_for_crs",))
plasma_given = flag("plasma_given", "plasma, cryoprecipitate or fibrinogen for bleeding or clotting")

splenomegaly = flag("splenomegaly", "enlarged spleen")
nk_low = flag("nk_low", "activity of NK cells low or absent", spelled=("nk_low_or_absent",))
molecular = flag(
    "molecular_diagnosis", "a mutation that makes HLH was found", presumed=True, spelled=("molecular",)
)
sjia = flag("sjia", "systemic juvenile arthritis, known or suspected", spelled=("sjia_known_or_suspected",))

immune_cells = flag("immune_cells", "had immune effector cells", spelled=("iec_recipient", "car_t"))
ferritin_rising = flag("ferritin_rising", "ferritin over twice that at infusion, or rising fast")
after_crs = flag("after_crs", "begins as CRS ends, or worse again after it had improved")
liver_rising = flag(
    "liver_rising", "ALT or AST over five times their value before, which was abnormal", presumed=True
)
new_cytopenia = flag("new_cytopenia", "a cytopenia that is new, worse or refractory")
coagulopathy = flag("coagulopathy", "other abnormal clotting")
direct_bilirubin_high = flag("direct_bilirubin_high", "direct bilirubin raised")
neurotoxicity = flag("neurotoxicity", "neurotoxicity")
lung_involved = flag("lung_involved", "want of oxygen, infiltrates or oedema of the lungs")
kidney_involved = flag("kidney_involved", "new failure of the kidneys")
explained = flag(
    "explained", "explained by CRS, infection or progress of the cancer", presumed=True,
    spelled=("otherwise_explained",),
)  # fmt: skip
ferritin_upper, alt_upper, ast_upper, ldh_upper, creatinine_upper = (
    presume(number(f"{fact.name}_upper", fact.unit, f"limit of {fact.label}", normal=limit, worst=limit))
    for fact, limit in (
        (laboratory.ferritin, 300), (laboratory.alt, 45), (laboratory.ast, 40), (laboratory.ldh, 250),
        (laboratory.creatinine, 1.2),
    )
)  # fmt: skip

covid = flag("covid_symptoms", "symptoms of COVID-19")
covid_pcr = flag("covid_pcr", "PCR found SARS-CoV-2", presumed=True, spelled=("pcr_positive",))
ground_glass = flag("ground_glass", "ground-glass opacities on CT or chest X-ray", spelled=("ggo",))
comorbidities = number("comorbidities", "", "comorbidities", normal=0, worst=10, possible=(0, 30))
spo2_air = number(
    "spo2_air", "%", "oxygen saturation on air", normal=98, worst=30, spelled=("spo2",), possible=(20, 100)
)
infected = flag("infected", "the virus was found", spelled=("covid_infected",))
symptomatic = flag("symptomatic", "has symptoms")
needs_help = flag("needs_help", "needs help at home", spelled=("assistance_needed",))
hospitalised = flag("hospitalised", "in hospital", spelled=("hospitalized",))

covid_recent = flag("covid_recent", "SARS-CoV-2, its antibodies or contact within 60 days")
heart_involved = flag("heart_involved", "ejection fraction low, coronaries wide, or troponin raised")
skin_involved = flag("skin_involved", "rash, red mouth or eyes, red or swollen hands or feet")
gut_involved = flag("gut_involved", "pain of the belly, vomiting or diarrhoea")
shock = flag("shock", "shock")
