import json
from datetime import UTC, datetime

import pytest

from cytostorm.errors import InputError
from cytostorm.ward.analyte import check_digit
from cytostorm.ward.analytes import everything
from cytostorm.ward.fhir_codes import ALSO_READ, LOINC, MASS, PRESSURE_PANEL, UCUM, by_loinc, exchange
from cytostorm.ward.fhir_units import converted
from cytostorm.ward.fhir_write import bundle, write_bundle
from cytostorm.ward.spelling import unit_of
from tests.ward.fhir_examples import ZERO, grades, table

VERIFIED = {
    "wbc": "6690-2", "neutrophils": "751-8", "neutrophil_share": "770-8", "lymphocytes": "731-0",
    "lymphocyte_share": "736-9", "monocytes": "742-7", "eosinophils": "711-2", "haemoglobin": "718-7",
    "platelets": "777-3", "crp": "1988-5 30522-7", "ferritin": "2276-4", "d_dimer": "48065-7",
    "d_dimer_units": "48066-5", "fibrinogen": "3255-7", "ldh": "2532-0", "alt": "1742-6", "ast": "1920-8",
    "bilirubin": "1975-2", "creatinine": "2160-0", "urea_nitrogen": "3094-0", "triglycerides": "2571-8",
    "lactate": "32693-4 2524-7", "pao2": "11556-8 2703-7", "troponin_i": "10839-9 89579-7",
    "troponin_t": "6598-7 67151-1", "procalcitonin": "33959-8", "albumin": "1751-7", "inr": "6301-6",
    "aptt": "14979-9", "nt_probnp": "33762-6", "sodium": "2951-2", "potassium": "2823-3",
    "chloride": "2075-0", "anion_gap": "1863-0", "glucose": "2345-7", "il6": "26881-3", "tnf": "3074-2",
    "il10": "26848-2", "il1b": "13629-1", "il8": "33211-4", "ifng": "27415-9", "il2": "33939-0",
    "soluble_il2r": "76039-7",
    "temperature": "8310-5", "heart_rate": "8867-4", "respiratory_rate": "9279-1", "systolic": "8480-6",
    "spo2": "2708-6 59408-5", "weight": "29463-7",
}  # fmt: skip
"""Codes of laboratory catalogues, and of FHIR's own list of vital signs."""


def written(**more):
    return bundle(table(), zero=ZERO, grades=grades(), **more)


def resources(made, kind="Observation"):
    return [e["resource"] for e in made["entry"] if e["resource"]["resourceType"] == kind]


def observed(made, code):
    [found] = [r for r in resources(made) if code in json.dumps(r["code"], ensure_ascii=False)]
    return found


def test_everything_is_valid_fhir():
    models = pytest.importorskip("fhir.resources.R4B.bundle")
    models.Bundle.model_validate_json(json.dumps(written(synthetic=True)))


def test_each_analyte_is_valid_fhir_with_a_unit_of_ucum():
    models = pytest.importorskip("fhir.resources.R4B.observation")
    parser = pytest.importorskip("ucumvert").get_ucum_parser()
    rows = table().iloc[:0]
    for place, analyte in enumerate(everything().values()):
        low, high = analyte.possible
        middle = 1.0 if analyte.fact.words else low + (high - low) / 4 if high < 1e9 else low + 1
        rows.loc[place] = ["P", 0.0, analyte.name, middle, "", analyte.unit, "", ""]
    made = bundle(rows, zero=ZERO)
    assert len(made["entry"]) == len(everything()) + 1
    for resource in resources(made):
        models.Observation.model_validate(resource)
        for holder in (resource, *resource.get("component", [])):
            if "valueQuantity" in holder:
                assert holder["valueQuantity"]["system"] == UCUM
                parser.parse(holder["valueQuantity"]["code"])


def test_codes_are_those_that_were_verified():
    for name, codes in VERIFIED.items():
        for code in codes.split():
            assert by_loinc(code).name == name
    codes = [code for a in everything().values() for code in a.loinc]
    assert set(codes) >= MASS
    assert all(check_digit(code) for code in (*codes, *ALSO_READ, *MASS, PRESSURE_PANEL))


def test_a_share_of_normal_is_not_coded_as_units_in_a_volume():
    """3174-0 is antithrombin in units a volume; 27811-9 is its share of normal, in %."""
    assert exchange(everything()["antithrombin"]) == ("27811-9", "%")
    assert by_loinc("3174-0") is None


def test_units_of_a_receptor_are_not_coded_as_its_mass():
    """76039-7 is a mass of soluble IL-2 receptor; each kit has its own factor to units."""
    assert exchange(everything()["soluble_il2r"]) == ("", "U/mL")
    assert by_loinc("76039-7").name == "soluble_il2r"
    with pytest.raises(InputError, match="soluble_il2r in 'pg/mL'"):
        converted(everything()["soluble_il2r"].fact, 2000.0, "pg/mL")


@pytest.mark.parametrize("unit", ["mL/min/{1.73_m2}", "mL/min/{1.73m2}", "mL/min/1.73.m2", "mL/min/1.73m2"])
def test_filtration_of_a_body_surface_is_written_and_read(unit):
    egfr = everything()["egfr"]
    assert exchange(egfr) == ("62238-1", "mL/min/{1.73_m2}")
    assert converted(egfr.fact, 60.0, unit) == 60.0
    assert unit_of(unit) == egfr.unit
    with pytest.raises(InputError, match="cannot be read"):
        converted(egfr.fact, 60.0, "mL/min/")


def test_glucose_in_moles_is_that_of_plasma():
    """As its code in mass is; 15074-8 is of whole blood, which is read as well."""
    assert exchange(everything()["glucose"]) == ("14749-6", "mmol/L")
    assert {by_loinc(code).name for code in ("2345-7", "14749-6", "15074-8")} == {"glucose"}


def test_what_has_no_code_of_loinc_keeps_its_own_name():
    own = observed(written(), "cxcl9")["code"]["coding"]
    assert own == [{"system": "urn:cytostorm:analyte", "code": "cxcl9"}]
    assert LOINC in json.dumps(observed(written(), "platelets")["code"])


def test_a_code_of_moles_is_chosen_for_moles_and_a_mass_is_written_as_a_mass():
    assert exchange(everything()["triglycerides"]) == ("14927-8", "mmol/L")
    assert exchange(everything()["cholesterol"]) == ("2093-3", "mg/dL")
    assert observed(written(), "2093-3")["valueQuantity"]["value"] == pytest.approx(158.5265)


def test_limits_are_comparators_and_methods_are_kept():
    il6 = observed(written(), "26881-3")
    assert il6["valueQuantity"]["comparator"] == ">"
    assert il6["method"] == {"text": "ECLIA"}
    assert il6["effectiveDateTime"] == "2026-03-02T09:45:00+00:00"


def test_ranges_are_those_of_age_and_sex():
    rows = table().iloc[:2].copy()
    rows.loc[2] = ["Bed 7/ä", 1.0, "haemoglobin", 11.0, "", "g/dL", "", ""]
    [woman] = observed(bundle(rows, zero=ZERO), "718-7")["referenceRange"]
    assert (woman["low"]["value"], woman["high"]["value"]) == (12, 15.5)
    assert (woman["appliesTo"], woman["age"]["low"]["value"]) == ([{"text": "female"}], 18)
    assert "each prints its own" in woman["text"]
    rows.loc[0, "value"] = 9.0
    [child] = observed(bundle(rows, zero=ZERO), "718-7")["referenceRange"]
    assert (child["low"]["value"], child["high"]["value"]) == (11, 14)


def test_virtual_patients_are_labelled_as_such_and_all_as_research():
    for synthetic in (True, False):
        made = written(synthetic=synthetic)
        for meta in [made["meta"], *(e["resource"]["meta"] for e in made["entry"])]:
            assert ("HTEST" in json.dumps(meta)) == synthetic
            assert "never care of a patient" in json.dumps(meta)


def test_infusions_are_administrations_with_a_rate():
    noradrenaline, dobutamine = resources(written(), "MedicationAdministration")
    assert noradrenaline["dosage"]["rateQuantity"]["code"] == "ug/kg/min"
    assert noradrenaline["medicationCodeableConcept"]["coding"][0]["code"] == "7512"
    assert "dosage" not in dobutamine


def test_scores_have_a_low_a_high_and_whether_they_are_complete():
    low, high, complete = observed(written(), "HLH-2004.met")["component"]
    assert (low["valueQuantity"]["value"], high["valueQuantity"]["value"]) == (3, 5)
    assert complete["valueBoolean"] is False


def test_the_systolic_pressure_is_a_component_of_the_panel():
    panel = observed(written(), "85354-9")
    assert panel["component"][0]["code"]["coding"][0]["code"] == "8480-6"
    assert "valueQuantity" not in panel


def test_the_same_table_gives_the_same_file_and_none_is_overwritten(tmp_path):
    for name in ("a.json", "b.json"):
        write_bundle(tmp_path / name, table(), zero=ZERO)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    with pytest.raises(InputError, match="cannot be written"):
        write_bundle(tmp_path / "a.json", table(), zero=ZERO)


def test_a_zero_without_a_zone_is_in_utc():
    naive = datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - that is the point
    assert bundle(table(), zero=naive) == bundle(table(), zero=naive.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    "column,value,said",
    [
        ("value", float("nan"), "age is nan"),
        ("limit", "~", "limit '~'"),
        ("unit", "cows", "'cows' cannot be read"),
        ("unit", "kg", "age in 'kg'"),
        ("time", 1e12, "years 1 to 9999"),
        ("analyte", " two  blanks", "single blanks"),
        ("analyte", "organomegaly", "a place in"),
    ],
)
def test_what_cannot_be_written_is_named(column, value, said):
    rows = table().iloc[:1].copy()
    rows.loc[0, column] = value
    with pytest.raises(InputError, match=said):
        bundle(rows, zero=ZERO)


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="no column limit"):
        bundle(table().drop(columns="limit"), zero=ZERO)
