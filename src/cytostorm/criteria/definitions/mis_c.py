"""Multisystem inflammatory syndrome in children after SARS-CoV-2, for surveillance [Melgar2022]."""

from cytostorm.criteria import bedside, history, laboratory
from cytostorm.criteria.definition import Definition, answer, item, met, total, yes
from cytostorm.criteria.definitions.hlh import feverish

age = bedside.young_age
SYSTEMS = (
    item("heart", "heart", met(yes(history.heart_involved))),
    item("skin", "skin, mouth, eyes or limbs", met(yes(history.skin_involved))),
    item("shock", "shock", met(yes(history.shock))),
    item("gut", "stomach and bowel", met(yes(history.gut_involved))),
    item(
        "blood",
        "platelets or lymphocytes low",
        met((laboratory.platelets.symbol < 150) | (laboratory.lymphocytes.symbol < 1)),
    ),
)
N_SYSTEMS = total(SYSTEMS, "n_systems", "systems of five")
ITEMS = (
    item("fever", "fever", met(feverish)),
    item("in_hospital", "in hospital, or died", met(yes(history.hospitalised) | yes(history.dead))),
    item("crp", "CRP", met(laboratory.crp.symbol >= 30)),
    *SYSTEMS,
    item("link", "SARS-CoV-2 before", met(yes(history.covid_recent))),
)
REQUIRED = (ITEMS[0].symbol > 0) & (ITEMS[1].symbol > 0) & (ITEMS[2].symbol > 0) & (ITEMS[-1].symbol > 0)

MIS_C = Definition(
    "MIS-C-2023",
    "multisystem inflammatory syndrome in children",
    "Melgar2022",
    (
        age, history.fever, history.told_temperature, history.hospitalised, history.dead, laboratory.crp,
        history.heart_involved, history.skin_involved, history.shock, history.gut_involved,
        laboratory.platelets, laboratory.lymphocytes, history.covid_recent,
    ),
    ITEMS,
    (
        N_SYSTEMS,
        answer("meets", "criteria met", (age.symbol < 21) & REQUIRED & (N_SYSTEMS.symbol >= 2)),
    ),
    either=((history.fever, history.told_temperature),),
    window=72,
    note="made for surveillance; there must be no more likely other cause; the link is confirmed by virus or "
    "antibodies, and probable by contact, which are not told apart here; no time is set for the "
    "findings, three days are looked back on",
    about="Under 21 years, ill enough for hospital, within 60 days of SARS-CoV-2.",
)  # fmt: skip
