import json
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cytostorm.errors import InputError
from cytostorm.ward.analytes import everything
from cytostorm.ward.fhir_codes import PRESSORS
from cytostorm.ward.fhir_file import MAX_DEPTH, load, parse
from cytostorm.ward.fhir_read import read, read_bundle
from cytostorm.ward.fhir_write import bundle, write_bundle, zeros
from cytostorm.ward.grading import grade
from tests.ward.fhir_examples import COLUMNS, ZERO, grades, in_order, plain, table

DAY = "2026-03-01T10:00:00Z"


def resource(loinc="1988-5", **more):
    return {
        "resourceType": "Observation", "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": loinc}]},
        "subject": {"reference": "Patient/7"}, "effectiveDateTime": DAY, **more,
    }  # fmt: skip


def quantity(value, code, **more):
    return {"valueQuantity": {"value": value, "system": "http://unitsofmeasure.org", "code": code, **more}}


def of(*resources):
    return read(
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}
    )


def only(*resources):
    """Return the one reading and check that nothing else was said."""
    found = of(*resources)
    assert found.problems.empty
    [row] = found.table.to_dict("records")
    return row


def refused(*resources):
    """Return the one problem and check that nothing was read."""
    found = of(*resources)
    assert found.table.empty
    assert found.counts["not used"] == found.counts["entries"] == 1
    [problem] = found.problems.itertuples()
    assert not problem.used
    return problem


def test_a_table_comes_back_as_it_was(tmp_path):
    write_bundle(tmp_path / "b.json", table(), zero=ZERO, grades=grades(), synthetic=True)
    found = read_bundle(tmp_path / "b.json", zero=ZERO)
    pd.testing.assert_frame_equal(plain(found.table), in_order(table()), check_exact=True)
    pd.testing.assert_frame_equal(found.grades, grades(), check_exact=True)
    assert found.problems.empty
    entries = len(table()) + len(grades()) + 2
    assert found.counts == {"entries": entries, "accepted": entries - 1, "converted": 1, "not used": 0}


def test_dates_give_the_hour_0_of_each_patient():
    later = {"Bed 7/ä": ZERO, "B": ZERO + timedelta(days=3)}
    found = read(bundle(table(), zero=later))
    assert found.zero == {"Bed 7/ä": ZERO, "B": later["B"] - timedelta(hours=2)}
    assert zeros(found.table) == found.zero
    with pytest.raises(InputError, match="no dates"):
        zeros(table())
    with pytest.raises(InputError, match="'B' has no hour 0"):
        bundle(table(), zero={"Bed 7/ä": ZERO})


def test_a_bundle_is_graded_as_the_table_is():
    there = read(bundle(table(), zero=ZERO), zero=ZERO).table
    pd.testing.assert_frame_equal(grade(there, ["SOFA", "NEWS2"]), grade(table(), ["SOFA", "NEWS2"]))


def test_grades_of_the_ward_come_back_exactly():
    made = grade(table(), ["SOFA", "HScore", "EASIX"]).astype({"patient": str, "score": str, "part": str})
    found = read(json.loads(json.dumps(bundle(table(), zero=ZERO, grades=made))), zero=ZERO).grades
    pd.testing.assert_frame_equal(found, made[list(found)], check_exact=True, check_dtype=False)


@st.composite
def readings(draw):
    analyte = draw(st.sampled_from(sorted(everything())))
    fact = everything()[analyte].fact
    if fact.words:
        value, limit = float(draw(st.integers(0, len(fact.words) - 1))), ""
    else:
        low, high = fact.possible
        value = draw(st.floats(max(low, 1e-6), min(high, 1e9)).map(lambda v: float(f"{v:.12g}")))
        value = min(max(value, low), high)
        limit = "" if analyte in PRESSORS else draw(st.sampled_from(["", "<", ">"]))
    seconds = draw(st.integers(-10_000_000, 10_000_000))
    text = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
    return (
        draw(st.sampled_from(["A", "B"])),
        seconds / 3600,
        analyte,
        value,
        limit,
        fact.unit,
        "",
        draw(text),
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(readings(), min_size=1, max_size=8))
def test_any_table_comes_back_exactly(rows):
    given_ = pd.DataFrame(rows, columns=COLUMNS)
    found = read(json.loads(json.dumps(bundle(given_, zero=ZERO))), zero=ZERO)
    assert found.problems.empty
    pd.testing.assert_frame_equal(plain(found.table), in_order(given_), check_exact=True)


@pytest.mark.parametrize(
    "loinc,value,unit,analyte,number",
    [
        ("1988-5", 12, "mg/dL", "crp", 120),
        ("777-3", 87, "10*3/uL", "platelets", 87),
        ("777-3", 87000, "/uL", "platelets", 87),
        ("777-3", 87000, "{cells}/uL", "platelets", 87),
        ("2276-4", 700, "ng/mL", "ferritin", 700),
        ("48065-7", 1500, "ng/mL{FEU}", "d_dimer", 1.5),
        ("3255-7", 250, "mg/dL", "fibrinogen", 2.5),
        ("1975-2", 17.1, "umol/L", "bilirubin", pytest.approx(1, rel=1e-3)),
        ("2160-0", 88.42, "umol/L", "creatinine", pytest.approx(1, rel=1e-3)),
        ("2571-8", 265, "mg/dL", "triglycerides", pytest.approx(2.992, rel=1e-3)),
        ("11556-8", 10, "kPa", "pao2", pytest.approx(75.006, rel=1e-4)),
        ("8310-5", 102.2, "[degF]", "temperature", 39),
        ("2951-2", 131, "meq/L", "sodium", 131),
        ("1920-8", 44, "[IU]/L", "ast", 44),
        ("3150-0", 40, "%", "fio2", 0.4),
        ("6301-6", 1.4, "{INR}", "inr", 1.4),
        ("8867-4", 120, "{beats}/min", "heart_rate", 120),
    ],
)
def test_units_are_converted(loinc, value, unit, analyte, number):
    row = only(resource(loinc, **quantity(value, unit)))
    assert (row["analyte"], row["value"], row["patient"]) == (analyte, number, "7")


def test_urea_nitrogen_becomes_urea():
    row = only(resource("3094-0", **quantity(28, "mg/dL")))
    assert (row["analyte"], row["unit"]) == ("urea", "mmol/L")
    assert row["value"] == pytest.approx(10, rel=2e-3)


@pytest.mark.parametrize(
    "more,said",
    [
        (quantity(3, "mg/L", comparator="<"), ("<", "")),
        (quantity(3, "mg/L", comparator="<="), ("<", "<= as written")),
        ({"valueString": ">3 mg/L"}, (">", "")),
        ({"valueString": "3 mg/L"}, ("", "")),
    ],
)
def test_comparators_are_limits(more, said):
    row = only(resource(**more))
    assert (row["value"], row["limit"], row["note"]) == (3, *said)


def test_what_an_independent_library_writes_is_read():
    models = pytest.importorskip("fhir.resources.R4B.bundle")
    made = resource(**quantity(6.3, "mg/dL", comparator=">"))
    made["effectiveDateTime"] = "2026-03-01T11:00:00+01:00"
    text = models.Bundle(type="collection", entry=[{"resource": made}]).model_dump_json()
    [row] = read(parse(text)).table.to_dict("records")
    assert (row["analyte"], row["value"], row["limit"], row["unit"]) == ("crp", 63, ">", "mg/L")
    assert row["date"] == datetime(2026, 3, 1, 10)  # noqa: DTZ001 - in UTC, as tables have it


def test_pressures_are_read_out_of_their_panel():
    systolic = {"code": resource("8480-6")["code"], **quantity(88, "mm[Hg]")}
    mean = {"code": resource("8478-0")["code"], **quantity(61, "mm[Hg]")}
    diastolic = {"code": resource("8462-4")["code"], **quantity(50, "mm[Hg]")}
    found = of(resource("85354-9", component=[systolic, diastolic, mean]))
    assert dict(zip(found.table["analyte"], found.table["value"], strict=True)) == {"systolic": 88, "map": 61}
    assert found.problems["value"].tolist() == ["8462-4"]
    assert found.counts["accepted"] == found.counts["entries"] == 1


@pytest.mark.parametrize(
    "made,column,reason",
    [
        (resource("0-0", **quantity(1, "mg/L")), "code", "not known"),
        (resource(), "crp", "no value"),
        (resource(dataAbsentReason={"text": "not-performed"}), "crp", "absent: not-performed"),
        (resource(**quantity(12, "kg")), "crp", "crp in 'kg'"),
        (resource(**quantity(12, "cows")), "crp", "'cows' cannot be read"),
        (resource(**quantity(-1, "mg/L")), "crp", "impossible"),
        (resource(valueQuantity={"value": 12}), "crp", "no unit"),
        (resource(**quantity("12", "mg/L")), "crp", "no finite number"),
        (resource(**quantity(True, "mg/L")), "crp", "no finite number"),
        (resource(**quantity(12, "mg/L", comparator="~")), "crp", "comparator"),
        (resource(valueString="high"), "crp", "no number"),
        (resource(valueString="1,234 mg/L"), "crp", "thousands"),
        (resource("8310-5", **quantity(98.6, "Cel")), "temperature", "impossible"),
        (resource("48065-7", **quantity(1, "ug/mL{DDU}")), "d_dimer", "D-dimer units"),
        (
            resource(**quantity(12, "mg/L")) | {"status": "entered-in-error"},
            "status",
            "nothing of the patient",
        ),
        (resource(**quantity(12, "mg/L")) | {"effectiveDateTime": "2026-03"}, "time", "day, month and year"),
        (resource(**quantity(12, "mg/L")) | {"effectiveDateTime": None}, "time", "no time"),
        (resource(**quantity(12, "mg/L")) | {"subject": {}}, "subject", "which patient"),
        (resource(**quantity(12, "mg/L"), valueString="12"), "crp", "several values"),
        ({"resourceType": "Procedure", "status": "completed"}, "resource", "not read"),
        ({}, "entry", "no resource"),
    ],
)
def test_what_is_not_read_is_told(made, column, reason):
    problem = refused(made)
    assert problem.row == 1
    assert problem.column == column
    assert reason in problem.reason


def test_codes_that_contradict_each_other_are_refused():
    both = resource(**quantity(12, "mg/L"))
    both["code"]["coding"] += resource("2276-4")["code"]["coding"]
    assert "different things" in refused(both).reason


def test_an_entry_that_is_there_twice_counts_once():
    made = resource(**quantity(12, "mg/L"), id="a")
    found = of(made, made)
    assert len(found.table) == 1
    assert found.problems[["row", "column"]].values.tolist() == [[2, "entry"]]


def test_patients_are_told_apart_and_each_has_an_hour_0():
    later = resource(**quantity(12, "mg/L")) | {"effectiveDateTime": "2026-03-01T13:00:00+01:00"}
    other = resource(**quantity(5, "mg/L")) | {
        "subject": {"reference": "Patient/8"},
        "effectiveDateTime": "2026-04-01",
    }
    found = of(resource(**quantity(9, "mg/L")), later, other)
    assert found.table["time"].tolist() == [0, 2, 0]
    assert found.table["patient"].tolist() == ["7", "7", "8"]
    assert found.table["note"].tolist() == ["", "", "hour unknown"]
    assert found.zero["8"] == datetime(2026, 4, 1, tzinfo=UTC)


def test_two_patients_of_one_id_are_not_made_one():
    people = [
        {"fullUrl": f"http://{host}/Patient/7", "resource": {"resourceType": "Patient", "id": "7"}}
        for host in "ab"
    ]
    readings_ = [
        {"resource": resource(**quantity(9, "mg/L")) | {"subject": {"reference": where}}}
        for where in ("http://a/Patient/7", "http://b/Patient/7", "Patient/7")
    ]
    found = read({"resourceType": "Bundle", "entry": people + readings_})
    assert found.table["patient"].tolist() == ["7", "7 (2)"]
    assert found.problems[["row", "reason"]].values.tolist() == [[5, "two patients have this address"]]


def test_age_and_sex_come_from_the_patient():
    person = {
        "resourceType": "Patient",
        "id": "7",
        "gender": "male",
        "birthDate": "1966-03-01",
        "deceasedBoolean": True,
    }
    found = of(person, resource(**quantity(9, "mg/L")))
    said = dict(zip(found.table["analyte"], found.table["value"], strict=True))
    assert said == {"crp": 9, "female": 0, "age": 60}
    assert found.problems["column"].tolist() == ["deceasedBoolean"]


def test_death_has_its_hour():
    person = {"resourceType": "Patient", "id": "7", "deceasedDateTime": "2026-03-03T10:00:00Z"}
    found = of(person, resource(**quantity(9, "mg/L")))
    assert found.table[["analyte", "time", "value"]].values.tolist() == [["crp", 0, 9], ["dead", 48, 1]]


def test_an_infusion_that_ended_is_0_from_then_on():
    drug = resource() | {
        "resourceType": "MedicationAdministration",
        "medicationCodeableConcept": {"text": "Norepinephrine 4 mg/250 mL"},
        "dosage": {"rateQuantity": quantity(0.2, "ug/kg/min")["valueQuantity"]},
        "effectivePeriod": {"start": DAY, "end": "2026-03-01T12:00:00Z"},
    }  # fmt: skip
    del drug["effectiveDateTime"]
    found = of(drug)
    assert found.table[["analyte", "time", "value"]].values.tolist() == [
        ["noradrenaline", 0, 0.2],
        ["noradrenaline", 2, 0],
    ]
    drug["dosage"] = {"rateQuantity": quantity(10, "ug/min")["valueQuantity"]}
    assert "noradrenaline in 'ug/min'" in refused(drug).reason
    drug["medicationCodeableConcept"] = {"text": "paracetamol"}
    assert "no score asks for" in refused(drug).reason


def test_words_are_found_and_others_refused():
    code = {"coding": [{"system": "urn:cytostorm:analyte", "code": "organomegaly"}]}
    row = only(resource(valueCodeableConcept={"coding": [{"display": "Both"}]}) | {"code": code})
    assert row["value"] == 2
    assert (
        "none of the words"
        in refused(resource(valueCodeableConcept={"text": "huge"}) | {"code": code}).reason
    )
    code = {"coding": [{"system": "urn:cytostorm:analyte", "code": "ventilation"}]}
    snomed = {"coding": [{"system": "http://snomed.info/sct", "code": "373066001"}]}
    assert only(resource(valueCodeableConcept=snomed) | {"code": code})["value"] == 1


def test_each_row_names_its_entry_and_its_date():
    row = only(resource(**quantity(9, "mg/L")))
    assert row["row"] == 1
    assert row["date"] == datetime(2026, 3, 1, 10)  # noqa: DTZ001 - in UTC, as tables have it


@pytest.mark.parametrize(
    "text,said",
    [
        ("<Bundle/>", "is XML"),
        ("[]", "no object"),
        ('{"a": 1, "a": 2}', "'a' is there twice"),
        ('{"a": NaN}', "NaN is no number"),
        ("{", "no JSON"),
        ('{"a":' * (MAX_DEPTH + 1) + "1" + "}" * (MAX_DEPTH + 1), "too deeply"),
        ("[" * 200_000, "too deeply"),
        ('{"resourceType": "Observation"}', "a resource Observation"),
        ('{"resourceType": "Bundle", "entry": 7}', "a list of entries"),
    ],
)
def test_files_that_are_no_bundle_are_refused(text, said):
    with pytest.raises(InputError, match=said):
        read(parse(text))


def test_files_are_read_up_to_a_size_and_in_utf8_only(tmp_path, monkeypatch):
    file = tmp_path / "b.json"
    file.write_bytes(b"\xef\xbb\xbf{}")
    assert load(file) == {}
    file.write_bytes(b'{"a": "\xff"}')
    with pytest.raises(InputError, match="not UTF-8"):
        load(file)
    monkeypatch.setattr("cytostorm.ward.fhir_file.MAX_BYTES", 3)
    with pytest.raises(InputError, match="too large"):
        load(file)
    with pytest.raises(InputError, match="no file"):
        load(tmp_path)
