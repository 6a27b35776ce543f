from __future__ import annotations

import math
from collections import defaultdict

import pytest

from cytostorm.criteria.catalogue import everything as definitions
from cytostorm.errors import InputError
from cytostorm.ward.analyte import TWINS, check_digit, ucum
from cytostorm.ward.analytes import coded, everything, facts, find, named
from cytostorm.ward.listed import FACTS
from cytostorm.ward.spelling import equivalents, plain, split_unit, unit_of
from cytostorm.ward.unasked import EVERY

ANALYTES = everything()


def test_every_loinc_code_ends_in_its_check_digit():
    codes = [code for analyte in ANALYTES.values() for code in analyte.loinc]
    assert len(codes) > 70
    assert not [code for code in codes if not check_digit(code)]
    assert len(codes) == len(set(codes)) == len(coded())


@pytest.mark.parametrize("wrong", ["13629-9", "3150-6", "718-8", "718", "x-1", "718-77"])
def test_a_wrong_check_digit_is_seen(wrong):
    assert not check_digit(wrong)


def test_no_fact_is_written_down_twice():
    """What the catalogue says of a fact comes from the criteria; every fact of a definition is an analyte."""
    asked = {f.name: f for d in definitions().values() for f in d.facts}
    assert set(asked) <= set(ANALYTES)
    assert set(FACTS) <= set(facts())
    assert not {fact.name for fact, _ in EVERY} & set(facts())
    for name, fact in facts().items():
        assert ANALYTES[name].fact is fact


def test_no_spelling_means_two_things():
    meant = defaultdict(set)
    for name, analyte in ANALYTES.items():
        for text in (analyte.label, *analyte.fact.spelled, *analyte.spelled):
            meant[plain(text)].add(name)
    doubtful = {text for text, names in meant.items() if len(names) > 1}
    assert not {text for text in doubtful if named(text)} - set(ANALYTES)
    assert named("o2") is None  # a device, or whether oxygen is given
    assert all(named(name).name == name for name in set(ANALYTES) - set(TWINS.values()))
    assert [named(name) for name in TWINS.values()] == [None, None]  # creatinine, with its unit behind


@pytest.mark.parametrize(
    "written,name",
    [
        ("Hypersensitive cardiac troponinI", "troponin_i"),
        ("D-D dimer", "d_dimer"),
        ("Interleukin 6", "il6"),
        ("IL-6", "il6"),
        ("WBC", "wbc"),
        ("glutamic-pyruvic transaminase", "alt"),
        ("Tumor necrosis factorα", "tnf"),
        ("BUN", "urea_nitrogen"),
        ("(%)lymphocyte", "lymphocyte_share"),
        ("neutrophils(%)", "neutrophil_share"),
        ("HCO3-", "bicarbonate"),
    ],
)
def test_spellings_of_hospitals_are_known(written, name):
    assert find(written).name == name


def test_a_strange_name_is_answered_with_near_ones():
    assert named("cows") is None
    with pytest.raises(InputError, match="did you mean 'ferritin'"):
        find("feritin")


def test_an_index_is_not_taken_for_the_ratio():
    """The oxygenation index of children's wards rises with illness: airway pressure times FiO2 over PaO2."""
    assert named("oxygenation index") is None
    assert find("PaO2/FiO2").name == "pf"


@pytest.mark.parametrize(
    "name,mass,unit,moles,factor",
    [  # factors as laboratories print them, of mg/dL or ug/dL
        ("creatinine", 1.0, "mg/dL", "umol/L", 88.4), ("bilirubin", 1.0, "mg/dL", "umol/L", 17.1),
        ("triglycerides", 1.0, "mg/dL", "mmol/L", 0.01129), ("glucose", 1.0, "mg/dL", "mmol/L", 0.05551),
        ("cholesterol", 1.0, "mg/dL", "mmol/L", 0.02586), ("uric_acid", 1.0, "mg/dL", "umol/L", 59.48),
        ("calcium", 1.0, "mg/dL", "mmol/L", 0.2495), ("urea_nitrogen", 1.0, "mg/dL", "mmol/L", 0.357),
        ("lactate", 1.0, "mg/dL", "mmol/L", 0.111), ("cortisol", 1.0, "ug/dL", "nmol/L", 27.59),
    ],
)  # fmt: skip
def test_mass_and_moles_are_exchanged_as_laboratories_do(name, mass, unit, moles, factor):
    fact = ANALYTES[name].fact
    here = fact.converted(mass, unit)
    in_moles = here if fact.unit == moles else here / fact.converted(1.0, moles)
    assert in_moles == pytest.approx(factor, rel=2e-3)


def test_ranges_follow_age_and_sex():
    haemoglobin = ANALYTES["haemoglobin"]
    assert (haemoglobin.range(40, "male").low, haemoglobin.range(40, "female").low) == (13, 12)
    assert (haemoglobin.range(40).low, haemoglobin.range(40).high) == (12, 17)
    assert haemoglobin.range(8).high == 14
    assert math.isnan(haemoglobin.range(0.1).low)
    assert ANALYTES["crp"].range().high == 5
    for analyte in ANALYTES.values():
        for one in analyte.ranges:
            assert one.source == "assumed"
            assert one.note
            assert not one.low > one.high


def test_units_are_written_as_ucum_writes_them():
    assert ANALYTES["platelets"].ucum == "10*9/L"
    assert ANALYTES["d_dimer"].ucum == "mg/L{FEU}"
    assert ANALYTES["temperature"].ucum == "Cel"
    assert ucum("1/min") == "/min"


def test_ucum_codes_are_valid():
    ucumvert = pytest.importorskip("ucumvert")
    parser = ucumvert.get_ucum_parser()
    for analyte in ANALYTES.values():
        if analyte.fact.is_number:
            parser.parse(analyte.ucum)


@pytest.mark.parametrize(
    "written,unit",
    [
        ("x10^9/L", "10^9/L"), ("10E9/L", "10^9/L"), ("10*3/uL", "10^9/L"), ("K/µL", "10^9/L"), ("/uL",
        "cells/uL"),
        ("ug/ml", "ug/mL"), ("μg/L", "ug/L"), ("mmol/l", "mmol/L"), ("IU/L", "U/L"), ("°C", "degC"), ("sec",
        "s"),
        ("mm[Hg]", "mmHg"), ("mg/L{FEU}", "mg/L"), ("cows", None), ("9^9^9/L", None), ("", ""), ("[degF]",
        "degF"),
    ],
)  # fmt: skip
def test_units_of_hospitals_are_known(written, unit):
    assert unit_of(written) == unit


def test_headings_hold_units_and_kinds():
    assert split_unit("CRP [mg/L]") == ("CRP", "mg/L")
    assert split_unit("neutrophils(%)") == ("neutrophils", "%")
    assert split_unit("Amino-terminal precursor(NT-proBNP)")[1] is None
    assert equivalents("D-dimer (ug/mL FEU)") == "FEU"
    assert equivalents("mg/L{DDU}") == "DDU"
    assert not equivalents("D-dimer")


def test_what_the_library_measures_is_in_the_catalogue():
    """Every lab but symptoms, and those of tissue and of hazards, which no laboratory measures."""
    from cytostorm.library.catalogue import model_for
    from cytostorm.ward.mapping import Column, Mapping
    from cytostorm.ward.target import target

    inner = {"defence", "alarmins", "effectors"}
    labs = [
        lab
        for lab in model_for("endotoxin").labs
        if lab.short not in inner
        and not lab.short.startswith("tissue_")
        and not lab.short.endswith("_hazard")
        and lab.owner.name != "symptoms"
    ]
    assert len(labs) > 50
    assert not [lab.short for lab in labs if target(lab.short, lab.unit, Column(), Mapping()).refused]
