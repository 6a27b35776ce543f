"""Observations and infusions of a FHIR bundle, as readings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cytostorm.criteria.facts import Fact, number
from cytostorm.ward.fhir_codes import (
    ABSENT,
    ALSO_CALLED,
    ANALYTE,
    LOINC,
    NO_NUMBER,
    PRESSORS,
    RXNORM,
    SCORE,
    by_loinc,
    by_name,
)
from cytostorm.ward.fhir_values import (
    NotReadError,
    Value,
    branch,
    branches,
    codings,
    concept_text,
    moment,
    notes,
    point,
    quantity,
    shown,
    text_of,
    value_of,
)

Resource = dict[str, Any]
VOID = {"entered-in-error", "cancelled", "not-done", "unknown"}
"""States of resources that say nothing of the patient."""
_DRUG = {code: name for name, code in PRESSORS.items()}


@dataclass(frozen=True)
class Said:
    """One reading, or one part of a score.

    changed : whether its number was converted. score, bounds : of a part of a score: low, high and complete.
    """

    name: str
    value: float
    when: datetime
    limit: str = ""
    unit: str = ""
    method: str = ""
    note: str = ""
    changed: bool = False
    score: str = ""
    bounds: tuple[float, float, bool] = (0.0, 0.0, False)


Found = tuple[list[Said], list[NotReadError]]


def observation(resource: Resource) -> Found:
    """Return what an observation and its components say, and what of them cannot be read.

    Raises NotReadError if it counts for nothing, or says no time.
    """
    _counts(resource)
    when, doubt = moment(resource)
    code = branch(resource, "code")
    if any(system == SCORE for system, _ in codings(code)):
        return [_grade(resource, when)], []
    method = concept_text(branch(resource, "method"))
    remarks = "; ".join(x for x in (notes(resource), doubt) if x)
    components = branches(resource, "component")
    holders = [*([resource] if not components or _has_value(resource) else []), *components]
    found, refused = [], []
    for holder in holders:
        try:
            fact, name = fact_of(branch(holder, "code"), holder)
            value = value_of(fact, holder)
        except NotReadError as error:
            refused.append(error)
            continue
        note = "; ".join(x for x in (remarks, value.note) if x)
        found.append(
            Said(name, value.number, when, value.limit, fact.unit, method, note, changed=value.changed)
        )
    return found, refused


def medication(resource: Resource) -> Found:
    """Return the rate of a vasopressor, and 0 where it says when it ended.

    Raises NotReadError if it counts for nothing, or is another drug, or has no rate by weight and time.
    """
    _counts(resource)
    when, doubt = moment(resource)
    drug = branch(resource, "medicationCodeableConcept")
    name = _drug(drug)
    analyte = by_name(name)
    if analyte is None:
        raise NotReadError("medication", concept_text(drug), "a drug that no score asks for")
    dosage, fact = branch(resource, "dosage"), analyte.fact
    value = Value(1.0)
    if fact.is_number:
        if not branch(dosage, "rateQuantity"):
            raise NotReadError(name, shown(dosage), "no rate as one quantity")
        value = quantity(fact, branch(dosage, "rateQuantity"))
    note = "; ".join(x for x in (notes(resource), doubt, value.note) if x)
    method = concept_text(branch(dosage, "method"))
    found = [Said(name, value.number, when, value.limit, fact.unit, method, note, changed=value.changed)]
    end = branch(resource, "effectivePeriod").get("end")
    if end is None:
        return found, []
    try:
        found.append(Said(name, 0.0, point(end)[0], "", fact.unit, method, "ended"))
    except NotReadError as error:
        return found, [error]
    return found, []


def fact_of(code: Resource, holder: Resource) -> tuple[Fact, str]:
    """Return what a code means, and the name under which it is kept.

    A name of this package's own that is not in the catalogue becomes a fact of its own.
    Raises NotReadError if it is unknown, or its codes mean different things.
    """
    own = [name for system, name in codings(code) if system == ANALYTE and name.strip()]
    known = [by_name(name) for name in own] + [by_loinc(c) for system, c in codings(code) if system == LOINC]
    found = {analyte.name: analyte for analyte in known if analyte is not None}
    if len(found) > 1:
        raise NotReadError("code", ", ".join(found), "its codes mean different things")
    if found:
        analyte = next(iter(found.values()))
        return analyte.fact, analyte.name if own else analyte.becomes or analyte.name
    if own:
        unit = text_of(branch(holder, "valueQuantity"), "unit")
        anything = (float("-inf"), float("inf"))
        return number(own[0], unit, own[0], normal=0, worst=0, possible=anything), own[0]
    raise NotReadError("code", _shown(code), "a code that is not known")


def _shown(code: Resource) -> str:
    return shown(" ".join(x for x in (*(c for _, c in codings(code)), text_of(code, "text")) if x))


def _counts(resource: Resource) -> None:
    if text_of(resource, "status") in VOID:
        raise NotReadError("status", resource["status"], "it says nothing of the patient")


def _has_value(resource: Resource) -> bool:
    return any(k.startswith("value") for k in resource)


def _drug(concept: Resource) -> str:
    """Return a vasopressor's name by its code, or by the first word of what it is called."""
    for system, code in codings(concept):
        if system == RXNORM and code in _DRUG:
            return _DRUG[code]
    called = [text_of(concept, "text"), *(text_of(c, "display") for c in branches(concept, "coding"))]
    first = [re.split(r"[^a-z]", text.strip().lower())[0] for text in called]
    names = {ALSO_CALLED.get(word, word) for word in first} & set(PRESSORS)
    return names.pop() if len(names) == 1 else ""


def _grade(resource: Resource, when: datetime) -> Said:
    """Return a part of a score as this package wrote it."""
    name = next(code for system, code in codings(branch(resource, "code")) if system == SCORE)
    parts = {
        code: part for part in branches(resource, "component") for _, code in codings(branch(part, "code"))
    }
    complete = parts.get("complete", {}).get("valueBoolean")
    score, _, part = name.rpartition(".")
    if not score or not part or not isinstance(complete, bool):
        raise NotReadError("score", name, "no part of a score, or it does not say whether it is complete")
    low, high = (_points(name, parts.get(bound, {})) for bound in ("low", "high"))
    return Said(part, 0.0, when, score=score, bounds=(low, high, complete))


def _points(name: str, holder: Resource) -> float:
    """Return a number of points, as `fhir_elements.points` writes it."""
    said = branch(holder, "valueQuantity").get("value")
    for system, code in codings(branch(holder, "dataAbsentReason")):
        if system == ABSENT and code in NO_NUMBER:
            return NO_NUMBER[code]
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not -1e300 < said < 1e300:
        raise NotReadError(name, said, "no number of points")
    return float(said)
