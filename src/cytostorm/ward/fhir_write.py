"""The long table, and how it was graded, as a FHIR R4 bundle in JSON: research data, never for care."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cytostorm.errors import InputError
from cytostorm.ward.fhir_codes import (
    CATEGORY,
    LOINC,
    PATIENT,
    PRESSORS,
    PRESSURE_PANEL,
    REASON,
    RXNORM,
    SCORE,
    USE,
    by_name,
    category,
)
from cytostorm.ward.fhir_elements import (
    Resource,
    code_of,
    finite,
    points,
    quantity,
    reference_range,
    token,
    value,
)

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("patient", "time", "analyte", "value", "limit", "unit", "method", "note")
GRADES = ("patient", "day", "score", "part", "low", "high", "complete")
_TAGS = [
    {"system": REASON, "code": "HRESCH", "display": "healthcare research"},
    {"system": USE, "code": "research", "display": "research and education only, never care of a patient"},
]
_TEST = {"system": REASON, "code": "HTEST", "display": "test health data"}


MOST_RESOURCES = 200_000
Zero = datetime | Mapping[str, datetime]


def bundle(
    table: pd.DataFrame, *, zero: Zero, grades: pd.DataFrame | None = None, synthetic: bool = False
) -> Resource:
    """Return a FHIR R4 bundle of the type `collection`: the patients, and a resource for each row.

    table : long table of readings. grades : patient, day, score, part, low, high, complete.
    zero : date and time of hour 0, of all patients or of each; in UTC if it names no zone.
    synthetic : whether the patients are virtual; each resource then carries the label HTEST.
    Raises InputError if a column is missing, a value, limit, unit or time cannot be written, or there are too
    many rows.
    """
    rows = _needed(table, COLUMNS).to_dict("records")
    graded = [] if grades is None else _needed(grades, GRADES).to_dict("records")
    if len(rows) + len(graded) > MOST_RESOURCES:
        found = f"a bundle of {len(rows) + len(graded):,} rows"
        raise InputError(found, f"at most {MOST_RESOURCES:,}", "write fewer scores or patients")
    writer = _Writer(zero, synthetic, _people(table), hashlib.sha256(repr(rows).encode()).hexdigest())
    entries = [writer.reading(row) for row in rows] + [writer.grade(row) for row in graded]
    entries = [writer.patient(name) for name in writer.seen] + entries
    return {
        "resourceType": "Bundle",
        "meta": writer.meta,
        "type": "collection",
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in entries],
    }


def write_bundle(
    path: Path | str,
    table: pd.DataFrame,
    *,
    zero: Zero,
    grades: pd.DataFrame | None = None,
    synthetic: bool = False,
) -> None:
    """Write the bundle to a new file; arguments and errors as `bundle`, and InputError if the file exists."""
    made = bundle(table, zero=zero, grades=grades, synthetic=synthetic)
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(as_json(made))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no path"
        raise InputError(
            f"{str(path)!r} cannot be written: {reason}", "a new file", "choose another name"
        ) from None


def zeros(table: pd.DataFrame) -> dict[str, datetime]:
    """Return hour 0 of each patient of a table that has dates.

    Raises InputError if it has none.
    """
    if "date" not in table.columns:
        raise InputError("the table has hours, no dates", "the date of hour 0", "say it")
    first = table.drop_duplicates("patient")
    return {
        str(name): date.to_pydatetime().replace(tzinfo=UTC) - timedelta(hours=hours)
        for name, hours, date in zip(first["patient"], first["time"], first["date"], strict=True)
    }


def as_json(made: Resource) -> str:
    """Return a bundle as JSON, a line for each entry."""
    lines = [json.dumps(entry, allow_nan=False, ensure_ascii=False) for entry in made["entry"]]
    head = json.dumps(made | {"entry": []}, ensure_ascii=False).removesuffix("]}")
    return head + "\n" + ",\n".join(lines) + "\n]}\n"


def _needed(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", ", ".join(columns), "add what is missing")
    return table[list(columns)]


def _people(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return each patient's last age and sex, where the table tells them."""
    told = table[table["analyte"].isin(["age", "female"])].sort_values("time", kind="stable")
    found: dict[str, dict[str, float]] = {}
    for name, what, said in zip(told["patient"], told["analyte"], told["value"], strict=True):
        found.setdefault(str(name), {})[what] = finite(said, what)
    return found


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class _Writer:
    """What the resources of one bundle share: their hour 0, labels, addresses and people."""

    def __init__(
        self, zero: Zero, synthetic: bool, people: dict[str, dict[str, float]], content: str
    ) -> None:
        self.zero = _aware(zero) if isinstance(zero, datetime) else {k: _aware(z) for k, z in zero.items()}
        self.people, self.content = people, content
        self.meta: Resource = {"tag": _TAGS} | ({"security": [_TEST]} if synthetic else {})
        self.seen: dict[str, str] = {}
        self.written = 0

    def patient(self, name: str) -> tuple[str, Resource]:
        """Return a patient's resource."""
        sex = self._sex(name)
        return self.seen[name], {
            "resourceType": "Patient",
            "meta": self.meta,
            "identifier": [{"system": PATIENT, "value": name}],
            **({"gender": sex} if sex else {}),
        }

    def reading(self, row: Mapping[str, Any]) -> tuple[str, Resource]:
        """Return the resource of a row of the long table."""
        name, amount = str(row["analyte"]), finite(row["value"], str(row["analyte"]))
        analyte = by_name(name)
        if analyte is not None and name in PRESSORS and amount > 0 and not row["limit"]:
            return self._entry(self._infusion(row, amount))
        said = {"code": code_of(name, analyte), **value(row, amount, analyte)}
        if analyte is not None and analyte.fact.is_number:
            person = self.people.get(str(row["patient"]), {})
            said |= reference_range(analyte, person.get("age", 40.0), self._sex(str(row["patient"])))
        if name == "systolic":
            panel = {"coding": [{"system": LOINC, "code": PRESSURE_PANEL}], "text": "blood pressure"}
            said = {"code": panel, "component": [said]}
        return self._entry(self._observation(row, category(name)) | said)

    def grade(self, row: Mapping[str, Any]) -> tuple[str, Resource]:
        """Return the observation of one part of a score on one day."""
        name = token(f"{row['score']}.{row['part']}")
        parts: dict[str, Resource] = {
            "low": points(row["low"]),
            "high": points(row["high"]),
            "complete": {"valueBoolean": bool(row["complete"])},
        }
        resource = self._observation({**row, "time": 24.0 * finite(row["day"], "day")}, "survey")
        resource["code"] = {
            "coding": [{"system": SCORE, "code": name}],
            "text": f"{row['score']}: {row['part']}",
        }
        resource["component"] = [
            {"code": {"coding": [{"system": SCORE, "code": k}], "text": k}, **v} for k, v in parts.items()
        ]
        return self._entry(resource)

    def _observation(self, row: Mapping[str, Any], kind: str) -> Resource:
        """Return an observation without its code and value."""
        resource = self._about("Observation", "final", row)
        resource["category"] = [{"coding": [{"system": CATEGORY, "code": kind}]}]
        if row.get("method"):
            resource["method"] = {"text": str(row["method"])}
        return resource

    def _infusion(self, row: Mapping[str, Any], amount: float) -> Resource:
        """Return a vasopressor that runs; its rate, where it is told."""
        name, dosage = str(row["analyte"]), {}
        if row["unit"]:
            dosage["rateQuantity"] = quantity(amount, str(row["unit"]))
        if row["method"]:
            dosage |= {"method": {"text": str(row["method"])}}
        medication = {"coding": [{"system": RXNORM, "code": PRESSORS[name]}], "text": name}
        resource = self._about("MedicationAdministration", "completed", row)
        resource["medicationCodeableConcept"] = medication
        return resource | ({"dosage": dosage} if dosage else {})

    def _about(self, kind: str, status: str, row: Mapping[str, Any]) -> Resource:
        """Return a resource of a patient and a time."""
        name = str(row["patient"])
        if name not in self.seen:
            self.seen[name] = self._address("patient", name)
        resource: Resource = {
            "resourceType": kind,
            "meta": self.meta,
            "status": status,
            "subject": {"reference": self.seen[name]},
            "effectiveDateTime": self._when(name, row["time"]),
        }
        return resource | ({"note": [{"text": str(row["note"])}]} if row.get("note") else {})

    def _sex(self, name: str) -> str:
        female = self.people.get(name, {}).get("female")
        return "" if female is None else "female" if female else "male"

    def _entry(self, resource: Resource) -> tuple[str, Resource]:
        self.written += 1
        return self._address("row", str(self.written)), resource

    def _address(self, *words: str) -> str:
        """Return an address that the same table always gets, and no other, so that bundles can be merged."""
        text = "\n".join(("cytostorm", self.content, repr(self.zero), *words))
        return "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_OID, text))

    def _when(self, name: str, hours: object) -> str:
        """Return an hour of a patient as a date and time, to the microsecond."""
        zero = self.zero if isinstance(self.zero, datetime) else self.zero.get(name)
        if zero is None:
            raise InputError(f"patient {name!r} has no hour 0", "a date and time for each patient", "add it")
        try:
            return (zero + timedelta(microseconds=round(finite(hours, "time") * 3.6e9))).isoformat()
        except OverflowError:
            raise InputError(
                f"hour {hours} from {zero}", "a date in the years 1 to 9999", "check it"
            ) from None
