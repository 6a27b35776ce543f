"""The long table, and what it was graded, as a FHIR R4 bundle in JSON: research data, never for care."""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cytostorm.errors import InputError
from cytostorm.ward.fhir_codes import (
    ANALYTE, CATEGORY, LOINC, PATIENT, PRESSORS, PRESSURE_PANEL, REASON, RXNORM, SCORE, UCUM, USE, Coded, catalogue,
)  # fmt: skip
from cytostorm.ward.fhir_units import exchanged, to_ucum

if TYPE_CHECKING:
    import pandas as pd

Resource = dict[str, Any]
COLUMNS = ("patient", "time", "analyte", "value", "limit", "unit", "method", "note")
GRADES = ("patient", "day", "score", "part", "low", "high", "complete")
_RESEARCH = {"system": REASON, "code": "HRESCH", "display": "healthcare research"}
_NOT_FOR_CARE = {"system": USE, "code": "research", "display": "research and education only, never care of a patient"}
_TEST = {"system": REASON, "code": "HTEST", "display": "test health data"}


def bundle(
    table: pd.DataFrame,
    *,
    zero: datetime,
    grades: pd.DataFrame | None = None,
    synthetic: bool = False,
) -> Resource:
    """Return a FHIR R4 bundle of the type `collection` with a patient, and a resource for each row.

    table : long table of readings. grades : patient, day, score, part, low, high, complete.
    zero : date and time of hour 0, the same for all patients; UTC if it names no zone.
    synthetic : whether the patients are virtual; each resource then carries the label HTEST.
    Raises InputError if a column is missing, or a value, limit, unit or time cannot be written.
    """
    writer = _Writer(zero if zero.tzinfo else zero.replace(tzinfo=UTC), synthetic)
    _need(table, COLUMNS)
    entries = [writer.reading(row) for row in table[list(COLUMNS)].to_dict("records")]
    if grades is not None:
        _need(grades, GRADES)
        entries += [writer.grade(row) for row in grades[list(GRADES)].to_dict("records")]
    people = [writer.patient(name, table) for name in writer.seen]
    return {
        "resourceType": "Bundle",
        "meta": writer.meta(),
        "type": "collection",
        "entry": [{"fullUrl": url, "resource": r} for url, r in people + entries],
    }


def write_bundle(
    path: Path | str,
    table: pd.DataFrame,
    *,
    zero: datetime,
    grades: pd.DataFrame | None = None,
    synthetic: bool = False,
) -> None:
    """Write the bundle to a new file; arguments and errors as `bundle`, and InputError if the file exists."""
    text = json.dumps(
        bundle(table, zero=zero, grades=grades, synthetic=synthetic), allow_nan=False, ensure_ascii=False, indent=1
    )
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text + "\n")
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be written: {error.strerror}", "a new file", "choose another") from None


def _need(table: pd.DataFrame, columns: tuple[str, ...]) -> None:
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", "the columns " + ", ".join(columns), "add what is missing")


class _Writer:
    """What resources of one bundle share: their hour 0, labels and addresses."""

    def __init__(self, zero: datetime, synthetic: bool) -> None:
        self.zero, self.synthetic = zero, synthetic
        self.seen: dict[str, str] = {}
        self.written = 0

    def meta(self) -> Resource:
        """Return the labels of each resource."""
        labels: Resource = {"tag": [_RESEARCH, _NOT_FOR_CARE]}
        return labels | ({"security": [_TEST]} if self.synthetic else {})

    def patient(self, name: str, table: pd.DataFrame) -> tuple[str, Resource]:
        """Return a patient's resource."""
        sexes = {v for v in table["value"][(table["patient"] == name) & (table["analyte"] == "female")]}
        known = {"gender": "female" if sexes == {1} else "male"} if len(sexes) == 1 else {}
        identifier = {"system": PATIENT, "value": name}
        return self.seen[name], {
            "resourceType": "Patient", "meta": self.meta(), "identifier": [identifier], **known,
        }  # fmt: skip

    def reading(self, row: Mapping[str, Any]) -> tuple[str, Resource]:
        """Return the resource of a row of the long table."""
        name, limit = str(row["analyte"]), str(row["limit"])
        coded = catalogue().get(name)
        value = _finite(row["value"], name)
        if limit not in ("", "<", ">"):
            raise InputError(f"limit {limit!r} of {name}", "'', '<' or '>'", "mend the table")
        if name in PRESSORS and value > 0 and not limit:
            return self._infusion(row, value)
        resource = self._observation(row, _code(name, coded), coded.category if coded else "survey")
        measured = _value(row, value, coded)
        if name == "systolic":
            part = {"code": resource["code"], **measured}
            resource["code"] = {"coding": [{"system": LOINC, "code": PRESSURE_PANEL}], "text": "blood pressure"}
            return self._entry(resource | {"component": [part]})
        return self._entry(resource | measured)

    def grade(self, row: Mapping[str, Any]) -> tuple[str, Resource]:
        """Return the observation of a graded part of a score on a day."""
        name = f"{row['score']}: {row['part']}"
        what = {"coding": [{"system": SCORE, "code": f"{row['score']}.{row['part']}".replace(" ", "_")}], "text": name}
        resource = self._observation({**row, "time": 24.0 * _finite(row["day"], "day")}, what, "survey")
        parts = [("low", {"valueQuantity": _number(row["low"])}), ("high", {"valueQuantity": _number(row["high"])})]
        parts.append(("complete", {"valueBoolean": bool(row["complete"])}))
        components = [
            {"code": {"coding": [{"system": SCORE, "code": k}], "text": k}, **v} for k, v in parts
        ]
        return self._entry(resource | {"component": components})

    def _observation(self, row: Mapping[str, Any], code: Resource, category: str) -> Resource:
        resource: Resource = {
            "resourceType": "Observation",
            "meta": self.meta(),
            "status": "final",
            "category": [{"coding": [{"system": CATEGORY, "code": category}]}],
            "code": code,
            "subject": self._subject(row),
            "effectiveDateTime": self._when(row["time"]),
        }
        if row.get("method"):
            resource["method"] = {"text": str(row["method"])}
        if row.get("note"):
            resource["note"] = [{"text": str(row["note"])}]
        return resource

    def _infusion(self, row: Mapping[str, Any], value: float) -> tuple[str, Resource]:
        name = str(row["analyte"])
        resource: Resource = {
            "resourceType": "MedicationAdministration",
            "meta": self.meta(),
            "status": "completed",
            "medicationCodeableConcept": {"coding": [{"system": RXNORM, "code": PRESSORS[name]}], "text": name},
            "subject": self._subject(row),
            "effectiveDateTime": self._when(row["time"]),
        }
        dosage: Resource = {}
        if row["method"]:
            dosage["method"] = {"text": str(row["method"])}
        if catalogue()[name].fact.is_number:
            dosage["rateQuantity"] = _quantity(value, str(row["unit"]), to_ucum(str(row["unit"])))
        if dosage:
            resource["dosage"] = dosage
        if row["note"]:
            resource["note"] = [{"text": str(row["note"])}]
        return self._entry(resource)

    def _subject(self, row: Mapping[str, Any]) -> Resource:
        name = str(row["patient"])
        if name not in self.seen:
            self.seen[name] = self._address(f"patient {name}")
        return {"reference": self.seen[name]}

    def _entry(self, resource: Resource) -> tuple[str, Resource]:
        self.written += 1
        return self._address(f"{self.written} {json.dumps(resource, sort_keys=True)}"), resource

    def _address(self, text: str) -> str:
        return "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_OID, f"cytostorm {self.zero.isoformat()} {text}"))

    def _when(self, hours: object) -> str:
        try:
            return (self.zero + timedelta(microseconds=round(_finite(hours, "time") * 3.6e9))).isoformat()
        except OverflowError:
            raise InputError(f"hour {hours!r} from {self.zero}", "a date in years 1 to 9999", "check it") from None


def _finite(value: Any, name: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"{name} is {value!r}", "a finite number", "leave the row out if it is unknown")
    return number


def _code(name: str, coded: Coded | None) -> Resource:
    """Return LOINC, where it is verified, and this package's own name."""
    own = {"system": ANALYTE, "code": name.replace(" ", "_")}
    loinc = [{"system": LOINC, "code": coded.loinc}] if coded and coded.loinc else []
    return {"coding": [*loinc, own], "text": coded.fact.label if coded else name}


def _value(row: Mapping[str, Any], value: float, coded: Coded | None) -> Resource:
    """Return a row's value as FHIR has it: a quantity, yes or no, or a word."""
    if coded is None:
        return {"valueQuantity": _quantity(value, str(row["unit"]), to_ucum(str(row["unit"])), str(row["limit"]))}
    fact = coded.fact
    if fact.is_number:
        ours = value if str(row["unit"]) == fact.unit else fact.converted(value, str(row["unit"]))
        return {"valueQuantity": _quantity(exchanged(fact, ours, coded.ucum), "", coded.ucum, str(row["limit"]))}
    if row["limit"] or value not in range(len(fact.words)):
        raise InputError(f"{fact.name} is {row['limit']}{value:g}", "the place of one of: " + ", ".join(fact.words),
                         "mend the table")  # fmt: skip
    word = fact.words[int(value)]
    return {"valueBoolean": word == "yes"} if fact.words == ("no", "yes") else {"valueCodeableConcept": {"text": word}}


def _quantity(value: float, unit: str, code: str, limit: str = "") -> Resource:
    sign = {"comparator": limit} if limit else {}
    return {"value": value, **sign, "unit": unit or code, "system": UCUM, "code": code}


def _number(value: object) -> Resource:
    return {"value": _finite(value, "a score"), "system": UCUM, "code": "{score}"}
