"""COVID-19: hyperinflammation [Webb2020, Caricchio2021], death [Knight2020], progress [Marshall2020]."""

from dataclasses import replace

from cytostorm.criteria import bedside, history, laboratory
from cytostorm.criteria.definition import (
    RECALLED,
    Definition,
    Part,
    answer,
    is_,
    item,
    met,
    steps,
    total,
    yes,
)
from cytostorm.criteria.facts import presume

ferritin, crp, ldh = laboratory.ferritin.symbol, laboratory.crp.symbol, laboratory.ldh.symbol
ast, triglycerides = laboratory.ast.symbol, laboratory.triglycerides

CHIS = (
    item("fever", "fever", met(bedside.fever_temperature.symbol > 38)),
    item("macrophages", "ferritin", met(ferritin >= 700)),
    item(
        "blood",
        "neutrophils to lymphocytes, or red cells and platelets low",
        met(
            (laboratory.nlr.symbol >= 10)
            | ((laboratory.haemoglobin.symbol <= 9.2) & (laboratory.platelets.symbol <= 110))
        ),
    ),
    item("clotting", "D-dimer", met(laboratory.d_dimer.symbol >= 1.5)),
    item("liver", "LDH or AST", met((ldh >= 400) | (ast >= 100))),
    item(
        "cytokines",
        "IL-6, triglycerides or CRP",
        met(
            (laboratory.il6.symbol >= 15)
            | (triglycerides.symbol >= triglycerides.converted(150, "mg/dL"))
            | (crp >= 150)
        ),
    ),
)
CHIS_POINTS = total(CHIS)
CHIS_SCORE = Definition(
    "cHIS",
    "hyperinflammation in COVID-19",
    "Webb2020",
    (
        bedside.fever_temperature, laboratory.ferritin, laboratory.nlr, laboratory.haemoglobin,
        laboratory.platelets, laboratory.d_dimer, laboratory.ldh, laboratory.ast, laboratory.il6,
        triglycerides, laboratory.crp,
    ),
    CHIS,
    (CHIS_POINTS, answer("hyperinflammation", "hyperinflammation", CHIS_POINTS.symbol >= 2)),
    confidence=RECALLED,
    note="the six criteria were read in the abstract; their limits are recalled",
    about="Who of those in hospital with COVID-19 is in hyperinflammation.",
)  # fmt: skip

many_neutrophils = replace(laboratory.neutrophils, worst=(500.0,), window="high")

CLUSTERS = (
    item(
        "cluster_1",
        "albumin, lymphocytes, neutrophils",
        met(
            (laboratory.albumin.symbol < 2.8)
            | (laboratory.lymphocyte_share.symbol < 10.2)
            | (many_neutrophils.symbol > 11.4)
        ),
    ),
    item(
        "cluster_2",
        "ALT, AST, D-dimer, LDH, troponin",
        met(
            (laboratory.alt.symbol > 60)
            | (ast > 87)
            | (laboratory.d_dimer.symbol > 4.93)
            | (ldh > 416)
            | (laboratory.troponin_i.symbol > 1.09)
        ),
    ),
    item(
        "cluster_3",
        "anion gap, chloride, potassium, urea",
        met(
            (laboratory.anion_gap.symbol < 6.8)
            | (laboratory.chloride.symbol > 106)
            | (laboratory.potassium.symbol > 4.9)
            | (laboratory.bun_creatinine.symbol > 29)
        ),
    ),
)
CARICCHIO = Definition(
    "Caricchio-COVID-CS",
    "cytokine storm in COVID-19",
    "Caricchio2021",
    (
        history.covid, history.covid_pcr, history.ground_glass, laboratory.ferritin, laboratory.crp,
        laboratory.albumin, laboratory.lymphocyte_share, many_neutrophils, laboratory.alt,
        laboratory.ast, laboratory.d_dimer, laboratory.ldh, laboratory.troponin_i, laboratory.anion_gap,
        laboratory.chloride, laboratory.potassium, laboratory.bun_creatinine,
    ),
    CLUSTERS,
    (
        total(CLUSTERS, "n_criteria", "clusters met"),
        answer(
            "meets",
            "criteria met",
            yes(history.covid)
            & yes(history.ground_glass)
            & (ferritin > 250)
            & (crp > 46)
            & (CLUSTERS[0].symbol + CLUSTERS[1].symbol + CLUSTERS[2].symbol >= 3),
        ),
    ),
    note="symptoms count whether PCR found the virus or not; an anion gap below its limit counts, as printed",
    about="Who in hospital with COVID-19 will have a cytokine storm, from the first week's laboratory.",
)  # fmt: skip

age, rate, urea = history.age.symbol, bedside.respiratory_rate.symbol, laboratory.urea.symbol
MORTALITY = (
    item("age", "age", steps((7, age >= 80), (6, age >= 70), (4, age >= 60), (2, age >= 50))),
    item("sex", "male", met(~yes(history.female))),
    item(
        "comorbidities",
        "comorbidities",
        steps((2, history.comorbidities.symbol >= 2), (1, history.comorbidities.symbol >= 1)),
    ),
    item("breath", "respiratory rate", steps((2, rate >= 30), (1, rate >= 20))),
    item("saturation", "saturation on air", steps((2, history.spo2_air.symbol < 92))),
    item("consciousness", "consciousness", steps((2, bedside.gcs.symbol < 15))),
    item("urea", "urea", steps((3, urea > 14), (1, urea >= 7))),
    item("crp", "CRP", steps((2, crp >= 100), (1, crp >= 50))),
)
RISK = total(MORTALITY)
FOUR_C = Definition(
    "4C-Mortality",
    "death in hospital of COVID-19",
    "Knight2020",
    (
        history.age, history.female, history.comorbidities, bedside.respiratory_rate, history.spo2_air,
        bedside.gcs, laboratory.urea, laboratory.crp,
    ),
    MORTALITY,
    (
        RISK,
        Part(
            "risk",
            "risk",
            steps((3, RISK.symbol >= 15), (2, RISK.symbol >= 9), (1, RISK.symbol >= 4)),
            ("low", "intermediate", "high", "very high"),
        ),
    ),
    note="of those who scored so in the paper 1.2-1.7 % died (0-3 points), 9.1-9.9 % (4-8), 31.4-34.9 % "
    "(9-14) and 61.5-66.2 % (15 and more); comorbidities are those of the paper, obesity included",
    about="Adults at admission with COVID-19, in the spring of 2020.",
)  # fmt: skip

sf = presume(laboratory.sf)
stiff = (laboratory.pf.symbol < 150) | (~laboratory.pf.known & sf.known & (sf.symbol < 200))
ventilated, pressors = is_(history.oxygen, "MV"), yes(bedside.vasopressor)
organs = pressors | yes(bedside.rrt) | yes(bedside.ecmo)
in_hospital = yes(history.hospitalised)
WHO_CPS = Definition(
    "WHO-CPS",
    "clinical progression of COVID-19, 0 to 10",
    "Marshall2020",
    (
        history.infected, history.symptomatic, history.needs_help, history.hospitalised, history.oxygen,
        laboratory.pf, sf, bedside.vasopressor, bedside.rrt, bedside.ecmo, history.dead,
    ),
    (),
    (
        Part(
            "score",
            "score",
            steps(
                (10, yes(history.dead)),
                (9, ventilated & stiff & organs),
                (8, ventilated & (stiff | pressors)),
                (7, ventilated),
                (6, in_hospital & is_(history.oxygen, "high_flow", "NIV", "CPAP", "BiPAP")),
                (5, in_hospital & ~is_(history.oxygen, "room_air")),
                (4, in_hospital),
                (3, yes(history.needs_help)),
                (2, yes(history.symptomatic)),
                (1, yes(history.infected)),
            ),
        ),
    ),
    either=((laboratory.pf, sf),),
    note="dialysis or ECMO with PaO2/FiO2 of 150 and more is nowhere in the scale: it is 7, or 8 with a "
    "vasopressor; PaO2/FiO2 counts before SpO2/FiO2; oxygen at home is not in it",
    about="A common outcome of trials in COVID-19.",
)  # fmt: skip
