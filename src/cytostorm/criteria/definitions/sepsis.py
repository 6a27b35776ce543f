"""Sepsis in adults: qSOFA, SIRS, and the third consensus [Singer2016, Bone1992]."""

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, Part, answer, item, met, total, yes

temperature, wbc = bedside.temperature.symbol, laboratory.wbc.symbol

QUICK = (
    item("breathing", "22 breaths a minute or more", met(bedside.respiratory_rate.symbol >= 22)),
    item("pressure", "systolic pressure of 100 mmHg or less", met(bedside.systolic.symbol <= 100)),
    item("mentation", "GCS below 15", met(bedside.gcs.symbol < 15)),
)
QUICK_POINTS = total(QUICK)
QSOFA = Definition(
    "qSOFA",
    "suspicion of sepsis at the bedside",
    "Singer2016",
    (bedside.respiratory_rate, bedside.systolic, bedside.gcs),
    QUICK,
    (QUICK_POINTS, answer("positive", "2 points or more", QUICK_POINTS.symbol >= 2)),
    about="Adults with suspected infection outside intensive care.",
)

SIGNS = (
    item("temperature", "above 38 or below 36 °C", met((temperature > 38) | (temperature < 36))),
    item("heart", "heart rate above 90", met(bedside.heart_rate.symbol > 90)),
    item(
        "breathing",
        "above 20 a minute, or PaCO2 below 32 mmHg",
        met((bedside.respiratory_rate.symbol > 20) | (laboratory.paco2.symbol < 32)),
    ),
    item(
        "white_cells",
        "above 12 or below 4, or more than 10 % bands",
        met((wbc > 12) | (wbc < 4) | (laboratory.bands.symbol > 10)),
    ),
)
SIGNS_POINTS = total(SIGNS)
SIRS = Definition(
    "SIRS",
    "systemic inflammatory response",
    "Bone1992",
    (
        bedside.temperature, bedside.heart_rate, bedside.respiratory_rate, laboratory.paco2, laboratory.wbc,
        laboratory.bands,
    ),
    SIGNS,
    (SIGNS_POINTS, answer("positive", "2 signs or more", SIGNS_POINTS.symbol >= 2)),
    about="Adults. Not specific to infection; no longer part of what defines sepsis.",
)  # fmt: skip

RISE = Part("rise", "SOFA above that before", bedside.sofa.symbol - bedside.sofa_before.symbol)
SEPSIS = answer("sepsis", "infection, and SOFA up by 2", yes(bedside.infection) & (RISE.symbol >= 2))
SEPSIS_3 = Definition(
    "Sepsis-3",
    "sepsis and septic shock in adults",
    "Singer2016",
    (bedside.sofa, bedside.sofa_before, bedside.infection, bedside.vasopressor, laboratory.lactate),
    (RISE,),
    (
        SEPSIS,
        answer(
            "shock",
            "sepsis with a vasopressor and lactate above 2 mmol/L, after fluids",
            (SEPSIS.symbol > 0) & yes(bedside.vasopressor) & (laboratory.lactate.symbol > 2),
        ),
    ),
    window=72.0,
    missing="SOFA before is 0 unless known; else unknown is normal (lower answer) or worst (higher)",
    note="SOFA is looked for from 48 h before suspicion of infection to 24 h after",
    about="Adults. SOFA is asked for as a number, or graded first by its own definition.",
)
