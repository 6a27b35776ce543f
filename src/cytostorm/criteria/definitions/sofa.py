"""SOFA: six organs, 0 to 4 points each [Vincent1996]."""

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.definition import Definition, item, steps, total, yes

resp = laboratory.pao2.symbol / bedside.fio2.symbol
support = yes(bedside.ventilation)
platelets = laboratory.platelets.symbol
bilirubin = laboratory.bilirubin.symbol
gcs = bedside.gcs.symbol
creatinine = laboratory.creatinine.symbol
urine = bedside.urine_day.symbol
dopamine, pressor = bedside.dopamine.symbol, (bedside.noradrenaline.symbol, bedside.adrenaline.symbol)

ITEMS = (
    item(
        "resp",
        "lung",
        steps((4, (resp < 100) & support), (3, (resp < 200) & support), (2, resp < 300), (1, resp < 400)),
    ),
    item(
        "coag",
        "platelets",
        steps((4, platelets < 20), (3, platelets < 50), (2, platelets < 100), (1, platelets < 150)),
    ),
    item(
        "liver",
        "bilirubin",
        steps((4, bilirubin >= 12), (3, bilirubin >= 6), (2, bilirubin >= 2), (1, bilirubin >= 1.2)),
    ),
    item(
        "cv",
        "circulation",
        steps(
            (4, (dopamine > 15) | (pressor[0] > 0.1) | (pressor[1] > 0.1)),
            (3, (dopamine > 5) | (pressor[0] > 0) | (pressor[1] > 0)),
            (2, (dopamine > 0) | yes(bedside.dobutamine)),
            (1, bedside.low_map.symbol < 70),
        ),
    ),
    item("cns", "consciousness", steps((4, gcs < 6), (3, gcs < 10), (2, gcs < 13), (1, gcs < 15))),
    item(
        "renal",
        "creatinine or urine",
        steps(
            (4, (creatinine >= 5) | (urine < 200)),
            (3, (creatinine >= 3.5) | (urine < 500)),
            (2, creatinine >= 2),
            (1, creatinine >= 1.2),
        ),
    ),
)

SOFA = Definition(
    "SOFA",
    "sequential organ failure assessment",
    "Vincent1996",
    (
        laboratory.pao2, bedside.fio2, bedside.ventilation, laboratory.platelets, laboratory.bilirubin,
        bedside.low_map, bedside.noradrenaline, bedside.adrenaline, bedside.dopamine, bedside.dobutamine,
        bedside.gcs, laboratory.creatinine, bedside.urine_day,
    ),
    ITEMS,
    (total(ITEMS, "total", "SOFA"),),
    missing="an organ that was not looked at has 0 points",
    note="bilirubin of 12.0 and creatinine of 5.0, in gaps of the printed table, have 4 points",
    about="Adults in intensive care; vasopressors count after an hour.",
)  # fmt: skip
