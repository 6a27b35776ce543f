"""The published figures of exposure, drug by drug."""

from __future__ import annotations

from cytostorm.credibility.exposure import (
    DAY,
    LABEL,
    RECALLED,
    Figure,
    area,
    at,
    half_life,
    lasting,
    occupied,
    peak,
    peak_time,
    share_below,
)
from cytostorm.model import Dose

Changes = dict[str, str | float]
ADULT: Changes = {"person.weight": "70 kg"}
ARTHRITIS = ADULT | {"tocilizumab.arthritis": 1.0}
TUMOUR: Changes = {"person.weight": "73 kg"}
CASTLEMAN = TUMOUR | {"siltuximab.castleman": 1.0}
COLITIS: Changes = {"person.weight": "77 kg", "person.man": 1.0}
MOSTLY_WOMEN: Changes = {"person.weight": "71 kg", "person.man": 0.2}
CHILD: Changes = {"person.weight": "21 kg", "person.age": "8 year"}

SILTUXIMAB = Dose("siltuximab.iv", "803 mg", 0, 1)
EVERY_THREE_WEEKS = Dose("siltuximab.iv", "803 mg", 0, 1, 504, 20)
EMAPALUMAB = Dose("emapalumab.iv", "70 mg", 0, 1)
NORADRENALINE = Dose("noradrenaline.iv", "0.036 mg/kg", 0, 6)
NIKANJAM, XU, PENS = "10.1007/s00280-019-03939-7", "10.1002/jcph.1795", "10.1007/s40744-017-0090-2"


def tocilizumab(per_kg: float) -> Dose:
    """Return a dose every four weeks, to the steady state."""
    return Dose("tocilizumab.iv", f"{per_kg:g} mg/kg", 0, 1, 672, 7)


def sarilumab(mg: float, count: int) -> Dose:
    """Return a dose every other week."""
    return Dose("sarilumab.sc", f"{mg:g} mg", 0, 0, 336, count)


IN_BODY = "the published share was simulated with a constant fitted in the body, which was not printed"
IN_VITRO = (
    f"{IN_BODY}; at the model's troughs 98 and 94 % both mean half occupancy near 0.35 mg/L, far above what "
    "was measured outside the body, which the model has"
)
LOW_TROUGH = (
    f"{IN_BODY}; elimination is steepest at such troughs, 0.8 mg/L in the typical person, and the mean of "
    "people is 83 %"
)
FIRST_IN_CHILDREN = (
    "the numbers are of children of 21 kg in the middle; an adult's faster clearance is not reached"
)
BINDING = "the less is left, the more of it globulin holds; what is unbound has a half-life of 3.0 h"
NO_HEALTH = (
    "the numbers are of patients, who clear twice as much without the target as the 0.007 L/h that the label "
    "has for health"
)
REFERENCE_MEN = (
    "the numbers are of men with colitis, 41 g/L of albumin and no antibodies against it; with such "
    "antibodies it would be 8.8 d, with 30 g/L of albumin 8.0 d, and the model has neither"
)
OTHER_CLEARANCE = (
    "the numbers are of arthritis, with a clearance of 0.104 L/d; the label's periodic syndromes have "
    "0.174, recalled"
)
HISPANIC = "clearance is that of the reference, Hispanic men; 1.12 times in others brings it to 3.3 h"

FIGURES = (
    Figure("steady peak, Castleman disease, 11 mg/kg every 3 weeks", "332 (CV 42 %)", "mg/L", 193, 471,
        LABEL, EVERY_THREE_WEEKS, at(9577), CASTLEMAN),
    Figure("steady trough, the same", "84 (CV 78 %)", "mg/L", 18, 150, LABEL, EVERY_THREE_WEEKS, at(10080),
        CASTLEMAN),
    Figure("half-life, Castleman disease", "19.1", "d", 17.2, 21.0, NIKANJAM, SILTUXIMAB,
        half_life(60 * DAY, 90 * DAY, DAY), CASTLEMAN),
    Figure("half-life, tumours", "22.2", "d", 20.0, 24.4, NIKANJAM, SILTUXIMAB,
        half_life(60 * DAY, 90 * DAY, DAY), TUMOUR),
    Figure("half-life, health", "24.5", "d", 22.0, 27.0, NIKANJAM, SILTUXIMAB,
        half_life(60 * DAY, 90 * DAY, DAY), TUMOUR | {"siltuximab.healthy": 1.0}),
    Figure("receptors occupied at trough, 8 mg/kg every 4 weeks, arthritis", "99", "%", 98, 100, XU,
        tocilizumab(8), occupied(7 * 672), ARTHRITIS),
    Figure("receptors occupied at trough, 4 mg/kg every 4 weeks, arthritis", "60", "%", 59, 61, XU,
        tocilizumab(4), occupied(7 * 672), ARTHRITIS, LOW_TROUGH),
    Figure("people with a trough below 1 mg/L, 8 mg/kg every 4 weeks, arthritis", "17 to 31", "%", 17, 31,
        "figshare 3493676", tocilizumab(8), share_below(1.0, 7 * 672), ARTHRITIS),
    Figure("receptors occupied at trough, 200 mg every 2 weeks, arthritis", "98", "%", 97, 99, XU,
        sarilumab(200, 14), occupied(14 * 336), MOSTLY_WOMEN, IN_VITRO),
    Figure("receptors occupied at trough, 150 mg every 2 weeks, arthritis", "94", "%", 93, 95, XU,
        sarilumab(150, 14), occupied(14 * 336), MOSTLY_WOMEN, IN_VITRO),
    Figure("peak in weeks 10 to 12, 200 mg every 2 weeks", "39.4 (SD 22.3)", "mg/L", 17.1, 61.7, PENS,
        sarilumab(200, 6), peak(1680, 2016), MOSTLY_WOMEN),
    Figure("area in weeks 10 to 12, 200 mg every 2 weeks", "405 (SD 244)", "mg/L*d", 161, 649, PENS,
        sarilumab(200, 6), area(1680, 2016, DAY), MOSTLY_WOMEN),
    Figure("peak in weeks 10 to 12, 150 mg every 2 weeks", "24.2 (SD 14.8)", "mg/L", 9.4, 39.0, PENS,
        sarilumab(150, 6), peak(1680, 2016), MOSTLY_WOMEN),
    Figure("area in weeks 10 to 12, 150 mg every 2 weeks", "220 (SD 130)", "mg/L*d", 90, 350, PENS,
        sarilumab(150, 6), area(1680, 2016, DAY), MOSTLY_WOMEN),
    Figure("half-life, health", "22", "d", 19.8, 24.2, LABEL, EMAPALUMAB,
        half_life(20 * DAY, 40 * DAY, DAY), ADULT, NO_HEALTH),
    Figure("half-life, HLH, 1000 pg/mL of interferon-γ", "2.5 to 18.9", "d", 2.5, 18.9, LABEL, EMAPALUMAB,
        half_life(20 * DAY, 40 * DAY, DAY), ADULT | {"ifng.baseline": "1e3 pg/mL"}),
    Figure("half-life, HLH, 100 000 pg/mL of interferon-γ", "2.5 to 18.9", "d", 2.5, 18.9, LABEL,
        EMAPALUMAB, half_life(8 * DAY, 16 * DAY, DAY), ADULT | {"ifng.baseline": "1e5 pg/mL"}),
    Figure("half-life", "7.7 to 9.5", "d", 7.7, 9.5, RECALLED, Dose("infliximab.iv", "385 mg", 0, 2),
        half_life(30 * DAY, 50 * DAY, DAY), COLITIS, REFERENCE_MEN),
    Figure("half-life", "10 to 20", "d", 10, 20, LABEL, Dose("adalimumab.sc", "40 mg", 0, 3),
        half_life(40 * DAY, 60 * DAY, DAY), ADULT),
    Figure("peak after 40 mg", "4.7 (SD 1.6)", "mg/L", 3.1, 6.3, LABEL,
        Dose("adalimumab.sc", "40 mg", 0, 3), peak(0, 600), ADULT),
    Figure("time of that peak", "131 (SD 56)", "h", 75, 187, LABEL,
        Dose("adalimumab.sc", "40 mg", 0, 3), peak_time(0, 600), ADULT),
    Figure("steady trough, 40 mg every other week", "5 to 9", "mg/L", 5, 9, LABEL,
        Dose("adalimumab.sc", "40 mg", 0, 3, 336, 16), at(16 * 336), ADULT),
    Figure("half-life", "3 to 5", "d", 3, 5, "10.1080/17512433.2017.1329009",
        Dose("tnf_receptor_fc.sc", "50 mg"), half_life(200, 400, DAY), ADULT),
    Figure("half-life", "44.7", "h", 40, 49, "10.1007/s001340100973",
        Dose("afelimomab.iv", "75 mg", 0, 1 / 3), half_life(48, 144), ADULT),
    Figure("half-life", "25 to 31.3", "d", 25, 31.3, "ASCPT 2024, PII-155",
        Dose("lenzilumab.iv", "600 mg", 0, 1), half_life(60 * DAY, 90 * DAY, DAY), ADULT),
    Figure("half-life", "7.2 (SD 3.2)", "d", 4.0, 10.4, LABEL,
        Dose("basiliximab.iv", "20 mg", 0, 0.5), half_life(5 * DAY, 15 * DAY, DAY), ADULT),
    Figure("half-life", "8 to 25", "d", 8, 25, LABEL, Dose("abatacept.iv", "700 mg", 0, 0.5),
        half_life(40 * DAY, 60 * DAY, DAY), ADULT),
    Figure("half-life", "26", "d", 23.4, 28.6, RECALLED, Dose("canakinumab.sc", "150 mg"),
        half_life(60 * DAY, 90 * DAY, DAY), ADULT, OTHER_CLEARANCE),
    Figure("half-life, children of 21 kg", "4 to 6", "h", 4, 6, LABEL, Dose("anakinra.sc", "2 mg/kg"),
        half_life(18, 24), CHILD),
    Figure("half-life, adults", "4 to 6", "h", 4, 6, LABEL, Dose("anakinra.sc", "100 mg"),
        half_life(18, 24), ADULT, FIRST_IN_CHILDREN),
    Figure("half-life", "about 12", "h", 9.6, 14.4, RECALLED,
        Dose("baricitinib.oral", "4 mg", 0, 0.45), half_life(24, 36), {"person.weight": "74 kg"}),
    Figure("half-life", "about 3", "h", 2.4, 3.6, "10.1007/s40262-023-01225-7",
        Dose("ruxolitinib.oral", "10 mg"), half_life(6, 12), ADULT),
    Figure("half-life", "about 3", "h", 2.4, 3.6, RECALLED, Dose("tofacitinib.oral", "10 mg"),
        half_life(6, 12), {"person.weight": "83.3 kg"}, HISPANIC),
    Figure("peak after 140 mg, health", "105 to 130", "ug/L", 105, 130, "10.3390/ph17060671",
        Dose("dasatinib.oral", "140 mg"), peak(0, 6), ADULT),
    Figure("half-life", "about 4", "h", 3.2, 4.8, RECALLED, Dose("dexamethasone.oral", "6 mg"),
        half_life(8, 16)),
    Figure("half-life", "1.9 to 2.6", "h", 1.9, 2.6, LABEL, Dose("methylprednisolone.iv", "80 mg"),
        half_life(2, 8)),
    Figure("half-life, 30 mg", "about 3", "h", 2.4, 3.6, RECALLED, Dose("prednisolone.oral", "30 mg"),
        half_life(6, 12), ADULT, BINDING),
    Figure("half-life of the unbound", "about 3", "h", 2.4, 3.6, RECALLED,
        Dose("prednisolone.oral", "30 mg"), half_life(6, 12, seen="prednisolone.level"), ADULT),
    Figure("half-life", "76.5 (40 to 225)", "min", 40, 225, "reviews", Dose("hydrocortisone.iv", "50 mg"),
        half_life(1, 4, 1 / 60)),
    Figure("half-life, least ill", "2.0", "min", 1.8, 2.2, "10.1093/bja/aei259", NORADRENALINE,
        lasting(6, 7, "noradrenaline.level"), ADULT | {"person.age": "35 year"}),
    Figure("half-life, most severely ill: clearance times 0.9 / 3.0", "6.8", "min", 6.1, 7.5,
        "10.1093/bja/aei259", NORADRENALINE, lasting(6, 8, "noradrenaline.level"),
        ADULT | {"person.age": "35 year", "noradrenaline.clearance": "0.63 L/min"}),
    Figure("half-life", "10 to 20", "min", 10, 20, RECALLED, Dose("vasopressin.iv", "10.8 U", 0, 6),
        lasting(6, 8, "vasopressin.level")),
    Figure("half-life", "60 to 90", "min", 60, 90, RECALLED, Dose("heparin.iv", "5000 U"),
        half_life(1, 4, 1 / 60)),
)  # fmt: skip
"""Drug by drug, as a table."""
