"""Names by which other systems know what is measured and given, and where the codes come from."""

from __future__ import annotations

import math
from functools import lru_cache

from cytostorm.criteria import laboratory
from cytostorm.criteria.facts import Fact
from cytostorm.ward.analyte import Analyte
from cytostorm.ward.analytes import coded, everything
from cytostorm.ward.unasked import EVERY

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
NO_NUMBER = {"positive-infinity": math.inf, "negative-infinity": -math.inf, "not-a-number": math.nan}
"""FHIR's reasons for which a quantity is absent that a number can say."""
ANALYTE, SCORE, PATIENT, USE = (f"urn:cytostorm:{name}" for name in ("analyte", "score", "patient", "use"))
"""Code systems of this package: what has no LOINC keeps its own name."""

PRESSURE_PANEL = "85354-9"
PRESSORS = {
    "noradrenaline": "7512",
    "adrenaline": "3992",
    "dopamine": "3628",
    "dobutamine": "3616",
    "vasopressin": "11149",
}
"""RxNorm's ingredients of the infusions that scores ask for."""
ALSO_CALLED = {"norepinephrine": "noradrenaline", "epinephrine": "adrenaline"}
VITAL = {"temperature", "heart_rate", "respiratory_rate", "systolic", "map", "spo2", "weight"}
"""What FHIR counts as vital signs."""
MASS = {"2571-8", "2345-7", "17861-6", "2093-3", "3084-1", "3094-0"}
"""LOINC codes of a mass in a volume, of what this package counts in moles."""
ALSO_READ = {"3150-0": "fio2", "76039-7": "soluble_il2r"}
"""Codes that are read, but not written: a share of oxygen by another name, and a mass of soluble IL-2
receptor, whose unit here is another."""
_MOLES = "mol/L"


def by_loinc(code: str) -> Analyte | None:
    """Return the analyte of a LOINC code; None if it is not in the catalogue."""
    return coded().get(code) or everything().get(ALSO_READ.get(code, ""))


def by_name(name: str) -> Analyte | None:
    """Return the analyte of this package's own name; None if it is not in the catalogue."""
    return everything().get(name)


def exchange(analyte: Analyte) -> tuple[str, str]:
    """Return (LOINC, UCUM) in which an analyte is written; no LOINC if none is known.

    A code that stands for a mass is written as a mass.
    """
    codes = analyte.loinc
    if analyte.unit.endswith(_MOLES):
        moles = [c for c in codes if c not in MASS]
        if codes and not moles:
            return codes[0], "mg/dL"
        codes = tuple(moles)
    return (codes[0] if codes else ""), analyte.ucum


@lru_cache(maxsize=4096)
def category(name: str) -> str:
    """Return FHIR's category of what is observed."""
    if name in VITAL:
        return "vital-signs"
    asked = {f.name for f in vars(laboratory).values() if isinstance(f, Fact)}
    return "laboratory" if name in asked or name in {fact.name for fact, _ in EVERY} else "survey"
