"""Acute kidney injury by KDIGO: creatinine, urine, or replacement, whichever is worst [KDIGO2012]."""

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, Part, item, steps, yes
from cytostorm.criteria.facts import Condition

creatinine, rise = laboratory.creatinine.symbol, laboratory.creatinine_rise.symbol
fold = creatinine / laboratory.usual_creatinine.symbol
urine, hours = bedside.urine_rate.symbol, bedside.urine_hours.symbol
injured = (fold >= 1.5) | (rise >= 0.3)
child = (bedside.young_age.symbol < 18) & (laboratory.egfr.symbol < 35) & injured

BY_CREATININE = item(
    "creatinine",
    "creatinine",
    steps((3, (fold >= 3) | ((creatinine >= 4) & injured) | child), (2, fold >= 2), (1, injured)),
)
BY_URINE = item(
    "urine",
    "urine",
    steps(
        (3, ((urine < 0.3) & (hours >= 24)) | ((urine <= 0) & (hours >= 12))),
        (2, (urine < 0.5) & (hours >= 12)),
        (1, (urine < 0.5) & (hours >= 6)),
    ),
)
BY_REPLACEMENT = item("replacement", "renal replacement", steps((3, yes(bedside.rrt))))
worst = [i.symbol for i in (BY_CREATININE, BY_URINE, BY_REPLACEMENT)]


def at(stage: int) -> Condition:
    """Return the condition that one of the three is at a stage or beyond."""
    return (worst[0] >= stage) | (worst[1] >= stage) | (worst[2] >= stage)


KDIGO = Definition(
    "KDIGO-AKI",
    "acute kidney injury",
    "KDIGO2012",
    (
        laboratory.creatinine, laboratory.usual_creatinine, laboratory.creatinine_rise, bedside.urine_rate,
        bedside.urine_hours, bedside.rrt, bedside.young_age, laboratory.egfr,
    ),
    (BY_CREATININE, BY_URINE, BY_REPLACEMENT),
    (Part("stage", "stage", steps((3, at(3)), (2, at(2)), (1, at(1)))),),
    window=168.0,
    note="creatinine before is the lowest of 7 days, else an estimate of yours; 4.0 mg/dL count once "
    "creatinine rose by half or by 0.3 mg/dL in 48 h; no urine at all is anuria",
    about="Adults, and children (estimated filtration below 35 is stage 3 under 18 years).",
)  # fmt: skip
