"""SOFA-2: the six organs of SOFA with the limits of 2025 [Ranzani2025, Moreno2025]."""

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, item, steps, total, yes
from cytostorm.criteria.definitions._oxygen import EITHER, PF, SF, by_gas_or_saturation

support, ecmo = yes(bedside.advanced_support) | yes(bedside.no_support), yes(bedside.ecmo)
platelets, bilirubin = laboratory.platelets.symbol, laboratory.bilirubin.symbol
creatinine, gcs = laboratory.creatinine.symbol, bedside.gcs.symbol
dose = bedside.noradrenaline.symbol + bedside.adrenaline.symbol
dopamine, other = bedside.dopamine.symbol, yes(bedside.other_pressor)
beside = other | (dopamine > 0)
alone = (dose <= 0) & ~other
none_to_give, pressure = yes(bedside.no_pressor), bedside.low_map.symbol
urine, hours = bedside.urine_rate.symbol, bedside.urine_hours.symbol
acid = (laboratory.ph.symbol <= 7.2) & (laboratory.bicarbonate.symbol <= 12)
needs_replacement = ((creatinine > 1.2) | ((urine < 0.3) & (hours > 6))) & (
    (laboratory.potassium.symbol >= 6) | acid
)

GAS = steps((4, ecmo | (support & (PF <= 75))), (3, support & (PF <= 150)), (2, PF <= 225), (1, PF <= 300))
SATURATION = steps(
    (4, ecmo | (support & (SF <= 120))), (3, support & (SF <= 200)), (2, SF <= 250), (1, SF <= 300)
)
ITEMS = (
    item("resp", "lung", by_gas_or_saturation(GAS, SATURATION, bedside.spo2.symbol < 98)),
    item(
        "coag",
        "platelets",
        steps((4, platelets <= 50), (3, platelets <= 80), (2, platelets <= 100), (1, platelets <= 150)),
    ),
    item(
        "liver",
        "bilirubin",
        steps((4, bilirubin > 12), (3, bilirubin > 6), (2, bilirubin > 3), (1, bilirubin > 1.2)),
    ),
    item(
        "cv",
        "circulation",
        steps(
            (4, yes(bedside.mechanical_support) | (dose > 0.4) | ((dose > 0.2) & beside)),
            (4, (alone & (dopamine > 40)) | (none_to_give & (pressure < 40))),
            (3, (dose > 0.2) | ((dose > 0) & beside) | (alone & (dopamine > 20))),
            (3, none_to_give & (pressure < 50)),
            (2, (dose > 0) | beside | (none_to_give & (pressure < 60))),
            (1, pressure < 70),
        ),
    ),
    item(
        "brain",
        "consciousness",
        steps((4, gcs < 6), (3, gcs < 9), (2, gcs < 13), (1, (gcs < 15) | yes(bedside.delirium_drug))),
    ),
    item(
        "renal",
        "creatinine, urine or replacement",
        steps(
            (4, yes(bedside.rrt) | needs_replacement),
            (3, (creatinine > 3.5) | ((urine < 0.3) & (hours >= 24)) | ((urine <= 0) & (hours >= 12))),
            (2, (creatinine > 2) | ((urine < 0.5) & (hours >= 12))),
            (1, (creatinine > 1.2) | ((urine < 0.5) & (hours >= 6))),
        ),
    ),
)

SOFA2 = Definition(
    "SOFA-2",
    "sequential organ failure assessment, revised",
    "Ranzani2025",
    (
        laboratory.pao2, bedside.spo2, bedside.fio2, bedside.advanced_support, bedside.no_support,
        bedside.ecmo, laboratory.platelets, laboratory.bilirubin, bedside.low_map, bedside.noradrenaline,
        bedside.adrenaline, bedside.dopamine, bedside.other_pressor, bedside.no_pressor,
        bedside.mechanical_support, bedside.gcs, bedside.delirium_drug, laboratory.creatinine,
        bedside.urine_rate, bedside.urine_hours, bedside.rrt, laboratory.potassium, laboratory.ph,
        laboratory.bicarbonate,
    ),
    ITEMS,
    (total(ITEMS, "total", "SOFA-2"),),
    note="the table and its footnotes were read as open implementations quote them; renal replacement is "
    "needed with creatinine above 1.2 mg/dL or below 0.3 mL/kg/h of urine for 6 h, and high potassium or "
    "acidosis; ECMO for the circulation counts for the lungs too, so tell both; doses are of noradrenaline "
    "base",
    missing="first day: unknown is normal; later the last value is carried forward",
    either=(EITHER,),
    about="Adults in intensive care. Support and vasopressors count after an hour; GCS before sedation.",
)  # fmt: skip
