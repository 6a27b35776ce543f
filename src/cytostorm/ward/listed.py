"""What the catalogue of analytes holds beside facts: codes, spellings of hospital tables, reference ranges."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cytostorm.criteria.facts import Fact, number
from cytostorm.ward.analyte import Range

NONE = math.nan
ONE_KIT = "upper limit that one laboratory prints for its multiplex kit; kits differ up to fifty-fold"
CYTOKINE = "platforms differ 2- to 50-fold: compare within a method"
GIGA, MMOL, PG = "10^9/L", "mmol/L", "pg/mL"


@dataclass(frozen=True)
class Listed:
    """What is known of an analyte beside its fact."""

    loinc: str = ""
    spelled: str = ""
    ranges: tuple[Range, ...] = ()
    kit: str = ""
    becomes: str = ""


def adult(
    low: float = NONE, high: float = NONE, child: tuple[float, float] = (NONE, NONE)
) -> tuple[Range, ...]:
    """Return the range of adults, and that of children from one year on where it is known."""
    grown = (Range(low, high),)
    return grown if child == (NONE, NONE) else (*grown, Range(*child, ages=(1.0, 18.0)))


def sexes(
    man: tuple[float, float], woman: tuple[float, float], child: tuple[float, float]
) -> tuple[Range, ...]:
    """Return the ranges of men, women and children."""
    return (Range(*man, sex="male"), Range(*woman, sex="female"), Range(*child, ages=(1.0, 18.0)))


def kit(high: float, low: float = NONE) -> tuple[Range, ...]:
    """Return the range of one multiplex kit."""
    return (Range(low, high, ages=(0.0, math.inf), note=ONE_KIT),)


FACTS: dict[str, Listed] = {
    "age": Listed("30525-0", "age years|patient age"),
    "weight": Listed("29463-7 3141-9", "body weight|weight kg"),
    "female": Listed("", "sex|gender|sex female"),
    "temperature": Listed("8310-5", "body temperature|temp|t max|tmax|core temperature", adult(36.1, 38.0)),
    "heart_rate": Listed("8867-4", "pulse|hr|pulse rate", adult(50, 100)),
    "respiratory_rate": Listed("9279-1", "resp rate|breathing rate|rr", adult(12, 20)),
    "systolic": Listed("8480-6", "systolic blood pressure|sbp|sys bp", adult(100, 140)),
    "map": Listed("8478-0", "mean arterial pressure|mean blood pressure|mbp", adult(70, 105)),
    "spo2": Listed("59408-5 2708-6", "o2 saturation|oxygen saturation|sao2|sat o2", adult(95, 100)),
    "fio2": Listed("19994-3", "inspired oxygen|oxygen fraction|inhaled oxygen concentration", adult(0.21, 0.21)),
    "gcs": Listed("9269-2", "glasgow coma scale|glasgow coma score|gcs total", adult(15, 15)),
    "urine_day": Listed("9192-6", "urine 24h|urine output 24h|diuresis 24h", adult(800, 2500)),
    "haemoglobin": Listed("718-7", "hemoglobin|hb|hgb", sexes((13, 17), (12, 15.5), (11, 14))),
    "haematocrit": Listed("4544-3", "hematocrit|hct|packed cell volume|pcv", sexes((40, 52), (36, 47), (33, 43))),
    "wbc": Listed("6690-2", "white blood cell count|white blood cells|white cell count|leukocytes|leucocytes|leukocyte count", adult(4, 11, (4.5, 15))),
    "neutrophils": Listed("751-8", "neutrophils count|neutrophil count|neutrophils abs|absolute neutrophil count|anc|neut", adult(1.8, 7.5, (1.5, 8.5))),
    "lymphocytes": Listed("731-0", "lymphocyte count|lymphocytes abs|absolute lymphocyte count|alc|lymphs", adult(1, 4, (1.5, 9))),
    "lymphocyte_share": Listed("736-9", "% lymphocyte|lymphocytes %|lymphocyte %|lymphocyte percentage", adult(20, 45)),
    "bands": Listed("764-1", "band forms|bands %|stab cells", adult(0, 10)),
    "platelets": Listed("777-3", "platelet count|plt|thrombocytes|platelet", adult(150, 400, (150, 450))),
    "nlr": Listed("", "neutrophil to lymphocyte ratio|neutrophil lymphocyte ratio", adult(1, 3)),
    "crp": Listed("1988-5 30522-7", "c reactive protein|hs crp|hscrp|high sensitivity c reactive protein|high sensitive c reactive protein", adult(NONE, 5, (NONE, 5))),
    "ferritin": Listed("2276-4", "serum ferritin", sexes((30, 300), (15, 150), (7, 140))),
    "d_dimer": Listed("48065-7", "d dimer|d d dimer|ddimer|fibrin d dimer", adult(NONE, 0.5, (NONE, 0.5)), "fibrinogen equivalents (FEU) are about twice D-dimer units (DDU): the table must say which"),
    "fibrinogen": Listed("3255-7", "fib|fibrinogen level", adult(2, 4, (1.5, 4))),
    "ldh": Listed("2532-0 14804-9", "lactate dehydrogenase|lactic dehydrogenase|ld", adult(120, 250)),
    "ast": Listed("1920-8", "aspartate aminotransferase|aspartate transaminase|got|sgot|glutamic oxaloacetic transaminase", adult(8, 40)),
    "alt": Listed("1742-6", "alanine aminotransferase|alanine transaminase|gpt|sgpt|glutamic pyruvic transaminase", adult(7, 45)),
    "bilirubin": Listed("1975-2 14631-6", "total bilirubin|bilirubin total|tbil", adult(0.2, 1.2, (0.2, 1.2))),
    "creatinine": Listed("2160-0 14682-9", "serum creatinine|crea|creat", (Range(0.7, 1.2, "male"), Range(0.5, 1.0, "female"), Range(0.2, 0.7, ages=(1, 18)))),
    "urea": Listed("22664-7", "serum urea|blood urea", adult(2.5, 7.1, (1.8, 6.4))),
    "bun_creatinine": Listed("3097-3", "bun creatinine ratio|bun creatinine", adult(10, 20)),
    "triglycerides": Listed("2571-8 14927-8", "triglyceride|trigs|tg", adult(NONE, 1.7, (NONE, 1.5))),
    "lactate": Listed("2524-7 32693-4", "lactic acid|blood lactate|lac", adult(0.5, 2, (0.5, 2))),
    "albumin": Listed("1751-7", "serum albumin|alb", adult(3.5, 5, (3.5, 5))),
    "inr": Listed("6301-6", "international standard ratio|international normalized ratio|international normalised ratio|pt inr", adult(0.9, 1.2, (0.9, 1.2))),
    "troponin_i": Listed("10839-9 89579-7", "cardiac troponin i|hypersensitive cardiac troponini|hypersensitive cardiac troponin i|high sensitivity troponin i|hs tni|ctni", adult(NONE, 0.04), "the 99th centile differs between kits"),
    "il6": Listed("26881-3", "interleukin 6|interleukin6|il 6", kit(2.5), CYTOKINE),
    "soluble_il2r": Listed("", "interleukin 2 receptor|soluble interleukin 2 receptor|il2r|il 2r|sil 2r|sil2ra|cd25|scd25|soluble cd25", (Range(200, 700, note="usual range of one kit, in U/mL"),), "pg/mL and U/mL are exchanged by each kit's own factor only"),
    "sodium": Listed("2951-2", "serum sodium|na", adult(135, 145, (135, 145))),
    "potassium": Listed("2823-3", "serum potassium|k", adult(3.5, 5, (3.5, 5))),
    "chloride": Listed("2075-0", "serum chloride|cl", adult(98, 107, (98, 107))),
    "anion_gap": Listed("1863-0 33037-3", "ag", adult(8, 16, (8, 16))),
    "ph": Listed("2744-1 11558-4", "arterial ph|blood ph|ph value", adult(7.35, 7.45, (7.35, 7.45))),
    "bicarbonate": Listed("1963-8", "hco3|hco3 standard|total co2|tco2", adult(22, 28, (20, 28))),
    "pf": Listed("", "pf ratio|pao2 fio2|p f ratio", adult(400, NONE)),
    "pao2": Listed("2703-7 11556-8", "po2|arterial oxygen pressure|oxygen partial pressure", adult(80, 100, (80, 100))),
    "egfr": Listed("62238-1 98979-8", "estimated gfr|gfr|estimated glomerular filtration rate", adult(90, NONE)),
    "noradrenaline": Listed("", "norepinephrine|norepinephrine rate"),
    "adrenaline": Listed("", "epinephrine|epinephrine rate"),
    "rrt": Listed("", "dialysis|renal replacement therapy|crrt|haemodialysis|hemodialysis"),
    "ventilation": Listed("", "mechanical ventilation|ventilated"),
    "paco2": Listed("2019-8 11557-6", "pco2|arterial carbon dioxide pressure", adult(35, 45, (35, 45))),
}  # fmt: skip
"""Of facts that criteria ask for."""


def own(
    name: str, unit: str, label: str, possible: tuple[float, float], more: Listed, *, molar: float = 0.0
) -> tuple[Fact, Listed]:
    """Return an analyte that no criterion asks for; the middle of its range stands for the normal."""
    ends = [
        e for e in ((more.ranges[0].low, more.ranges[0].high) if more.ranges else ()) if not math.isnan(e)
    ]
    normal = sum(ends) / len(ends) if ends else possible[0]
    return number(name, unit, label, normal=normal, worst=possible[1], molar=molar, possible=possible), more
