"""What wards measure and this model cannot tell, and why: no number is made up for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ABSENT: Mapping[str, str] = MappingProxyType(
    {
        "sodium": "no mechanism: water, salt and the hormones that hold them are not told apart",
        "potassium": "no mechanism: neither what cells let go nor what the kidney holds is followed",
        "chloride": "no mechanism: salt that is given does not reach an electrolyte",
        "bicarbonate": "no mechanism: acid is known as lactate alone, and its buffering is not",
        "ph": "no mechanism: it needs bicarbonate and carbon dioxide, and neither is there",
        "paco2": "no mechanism: breaths are, but neither their depth, dead space nor carbon dioxide",
        "calcium": "no mechanism: neither bone nor the hormones that move it are in the model",
        "eosinophils": "no mechanism: the white blood count leaves them and basophils out",
        "reticulocytes": "no mechanism: red cells are followed as haemoglobin alone",
        "creatine_kinase": "no mechanism: muscle is not in the model",
        "ammonia": "no mechanism: the liver clears bilirubin alone",
        "haptoglobin": "no mechanism: red cells that burst are not told from those that are eaten",
        "complement": "no mechanism: complement is not in the model",
        "blood_culture": "no mechanism: bacteria in blood are a share, not colonies",
        "nk_function": "no mechanism: a trait of the person, which no illness changes",
    }
)
"""Name of an analyte -> why there is no lab of it; no name here is the name of a lab."""
