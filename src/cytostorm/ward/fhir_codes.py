"""Names that other systems know: LOINC for readings, RxNorm for vasopressors, and where the codes come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cytostorm.criteria import bedside, laboratory
from cytostorm.criteria.facts import Fact

LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
ANALYTE, SCORE, PATIENT, USE = (f"urn:cytostorm:{name}" for name in ("analyte", "score", "patient", "use"))
"""Code systems of this package: what has no verified LOINC keeps its own name."""

PRESSURE_PANEL = "85354-9"
PRESSORS = {"noradrenaline": "7512", "adrenaline": "3992", "dopamine": "3628", "dobutamine": "3616"}
"""RxNorm's ingredients of the infusions that scores ask for."""
PRESSOR_NAMES = {"norepinephrine": "noradrenaline", "epinephrine": "adrenaline"}

_LABORATORY = {
    "wbc": ("6690-2", "10*3/uL"), "neutrophils": ("751-8", "10*3/uL"), "lymphocytes": ("731-0", "10*3/uL"),
    "lymphocyte_share": ("736-9", "%"), "haemoglobin": ("718-7", "g/dL"), "platelets": ("777-3", "10*3/uL"),
    "crp": ("1988-5", "mg/L"), "ferritin": ("2276-4", "ug/L"), "d_dimer": ("48065-7", "ug/mL{FEU}"),
    "fibrinogen": ("3255-7", "mg/dL"), "ldh": ("2532-0", "U/L"), "alt": ("1742-6", "U/L"), "ast": ("1920-8", "U/L"),
    "bilirubin": ("1975-2", "mg/dL"), "creatinine": ("2160-0", "mg/dL"), "triglycerides": ("2571-8", "mg/dL"),
    "lactate": ("2524-7", "mmol/L"), "pao2": ("2703-7", "mm[Hg]"), "troponin_i": ("10839-9", "ng/mL"),
    "albumin": ("1751-7", "g/dL"), "inr": ("6301-6", "{INR}"), "sodium": ("2951-2", "mmol/L"),
    "potassium": ("2823-3", "mmol/L"), "chloride": ("2075-0", "mmol/L"), "anion_gap": ("1863-0", "mmol/L"),
    "il6": ("26881-3", "pg/mL"), "soluble_il2r": ("", "U/mL"),
}  # fmt: skip
_VITAL = {
    "temperature": ("8310-5", "Cel"), "heart_rate": ("8867-4", "/min"), "respiratory_rate": ("9279-1", "/min"),
    "systolic": ("8480-6", "mm[Hg]"), "map": ("8478-0", "mm[Hg]"), "spo2": ("2708-6", "%"), "weight": ("29463-7", "kg"),
    "gcs": ("9269-2", "{score}"), "fio2": ("3150-6", "%"),
}  # fmt: skip
_READ_ALSO = {"32693-4": "lactate", "11556-8": "pao2", "59408-5": "spo2", "30522-7": "crp"}


@dataclass(frozen=True)
class Coded:
    """A fact with its LOINC, empty if none is verified, its unit of exchange in UCUM, and FHIR's category."""

    fact: Fact
    loinc: str
    ucum: str
    category: str


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Coded]:
    """Return all that can be exchanged, by name."""
    from cytostorm.ward.fhir_units import to_ucum

    out: dict[str, Coded] = {}
    for room, codes, category in (
        (laboratory, _LABORATORY, "laboratory"),
        (bedside, _VITAL, "vital-signs"),
    ):
        for fact in vars(room).values():
            if isinstance(fact, Fact) and fact.name not in out:
                loinc, ucum = codes.get(fact.name, ("", to_ucum(fact.unit)))
                kind = category if room is laboratory or fact.name in _VITAL else "survey"
                out[fact.name] = Coded(fact, loinc, ucum, kind)
    return out


@lru_cache(maxsize=1)
def by_loinc() -> dict[str, Coded]:
    """Return what can be read, by LOINC."""
    known = catalogue()
    return {c.loinc: c for c in known.values() if c.loinc} | {k: known[v] for k, v in _READ_ALSO.items()}
