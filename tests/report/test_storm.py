"""The report of any trigger: grouped, summed up in words, honest about the dead."""

import dataclasses
import json
import re

import numpy as np
import pytest
import xarray as xr

from cytostorm.errors import InputError
from cytostorm.library import catalogue
from cytostorm.observe import survival
from cytostorm.plot import style
from cytostorm.report import clinic, dead, figures, write
from cytostorm.report.course import ALIVE, Course, on, symptoms
from cytostorm.report.groups import GROUPS, grouped
from cytostorm.report.overlay import published_points
from cytostorm.report.write import NUMBERS, PAGE
from tests.report import storm
from tests.report.test_report import Page

RUN = storm.run(60, failed=2)
GONE = survival.deaths(RUN).size
FEW = ["il6", "pf_ratio", "crs_grade", "status"]
"""Enough to be drawn where it matters little what."""
COHORT = xr.Dataset(
    {
        "person.age": ("patient", np.linspace(20, 80, 60), {"label": "age; in years", "units": "year"}),
        "plague.dose": ("patient", np.ones(60), {"label": "dose", "units": "1"}),
    },
    {"patient": np.arange(60)},
)


def courses(trigger, quantity):
    """Return one published course of IL-6, in another unit, and one of survival."""
    assert trigger == "plague"
    none = (None, None)
    known = {
        "il6": Course("A 2000", "il6", "ng/L", (120.0, 240.0), (300.0, 700.0), none, none),
        ALIVE: Course("B 2001", ALIVE, "%", (240.0, 480.0), (95.0, 80.0), none, none),
    }
    return [known[quantity]] if quantity in known else []


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("storm")
    write(
        RUN, place, model=storm.model(), cohort=COHORT, recipe=storm.RECIPE, severity="storm", courses=courses
    )
    return place


@pytest.fixture(scope="module")
def text(folder):
    return (folder / PAGE).read_text(encoding="utf-8")


def test_page_is_well_formed(text):
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert page.tags.count("svg") == len(storm.LABS) + len(storm.SCORES) + 1


def test_headings_stand_in_clinical_order(text):
    order = [
        "Pathogen, toxin or tumour", "Cytokines in blood", "Chemokines", "Blood count and cells",
        "Fever and vital signs", "Markers of inflammation", "Gas exchange", "Clotting and vessels", "Organs",
        "Scores", "Survival",
    ]  # fmt: skip
    places = [text.index(f">{heading}</h3>") for heading in order]
    assert places == sorted(places)


def test_page_says_what_was_run_and_how_sure_it_is(text):
    assert "<h1>A plague of tests, storm: 60 virtual patients</h1>" in text
    assert "Plausible only" in text
    assert "Nothing in it is true." in text
    assert "0 to 28 days from the trigger" in text
    assert "age 50.0 year (23.0 to 77.0)" in text
    assert "time of peak (d)" in text
    assert "endotoxin" not in text.replace("endotoxaemia", "")


def test_published_courses_are_drawn_in_the_unit_of_the_run(text):
    assert "A 2000" in text
    assert "Points: published data of A 2000." in text
    assert "B 2001" in text
    assert "Marks are published medians" in text
    source = figures.Source(RUN, storm.model(), (), courses)
    assert source.over("il6")[0].values == pytest.approx((300.0, 700.0))
    assert published_points("endotoxin", "il6") == ()


def test_published_courses_count_from_what_their_study_counts_from():
    found = {course.study: course for course in published_points("sars_cov_2", "lymphocytes")}
    course = found["Yan 2020, later died"]
    assert course.hours == (24.0, 156.0, 228.0)
    assert course.values == (0.54, 0.41, 0.385)
    run = storm.run(20, die=False)[["temperature", "spo2", "lymphocytes", "status"]]
    hot = (run["temperature"] >= run["temperature"].isel(time=0) + 1.0).to_numpy()
    onset = np.median(storm.HOURS[hot[hot.any(axis=1)].argmax(axis=1)])
    assert symptoms(run) == onset
    points = on(run, dataclasses.replace(course, since=symptoms))
    assert points.hours == pytest.approx([onset + h for h in course.hours])
    assert points.values == pytest.approx((540.0, 410.0, 385.0))
    run["temperature"].values[:] = 36.6
    assert on(run, dataclasses.replace(course, since=symptoms)) is None


def test_only_comparable_kits_are_drawn():
    assert [c.study for c in published_points("sars_cov_2", "tnf")] == [
        "Yan 2020, discharged",
        "Yan 2020, later died",
    ]
    assert {c.study for c in published_points("sars_cov_2", "cxcl10")} == {
        "Lucas 2020, ward",
        "Lucas 2020, intensive care",
    }
    (engager,) = published_points("bispecific", "il6")
    assert engager.hours == pytest.approx((7.2, 24.0, 46.8))


def test_course_in_a_unit_that_does_not_fit_is_told():
    def wrong(_, quantity):
        return [Course("C 2002", quantity, "mmHg", (1.0,), (1.0,), (None,), (None,))]

    with pytest.raises(InputError, match="converted"):
        figures.Source(RUN, storm.model(), (), wrong).over("il6")


def test_reference_range_comes_from_the_lab():
    source = figures.Source(RUN, storm.model())
    assert source.normal("lymphocytes") == (1000.0, 4000.0)
    assert source.normal("sofa") == (None, None)


def test_key_of_grades_has_what_occurs(text):
    drawn = {d.key: d for d in figures.own(figures.Source(RUN[[*FEW, "died_at"]], storm.model()))}
    (marks,) = drawn["scores"].pictures
    assert marks.title == storm.WORDS["crs_grade"]
    assert [word for *_, word in marks.key] == ["0", "1", "2", "3", "4", "dead"]
    assert marks.key[0][1] == "var(--calm)"
    assert style.GRADES[4] in text


# --- the dead -----------------------------------------------------------------------------------------


def test_numbers_of_the_dead(folder, text):
    found = dead.table(RUN, COHORT)
    assert (found["dead"], found["whole"]) == (GONE, 58)
    assert sum(n for _, n in found["weeks"]) == GONE
    assert [week for week, _ in found["weeks"]] == ["week 1", "week 2", "week 3", "week 4"]
    rows = {row["label"]: row for row in found["rows"]}
    assert "age" in rows
    assert "dose" not in rows
    il6 = RUN["il6"].max("time").to_numpy()
    who = np.isfinite(RUN["died_at"].to_numpy())
    assert rows["highest IL-6 in plasma"]["died"] == f"{np.median(il6[who]):,.0f}"
    assert rows["highest IL-6 in plasma"]["lived"] == f"{np.nanmedian(il6[~who]):,.0f}"
    assert f"{GONE} of 58 virtual patients died" in text
    assert json.loads((folder / NUMBERS).read_text(encoding="utf-8"))["died"] == GONE


def test_without_deaths_there_is_no_such_part(tmp_path):
    run = storm.run(6, die=False)
    assert dead.table(run) is None
    page = write(run[FEW], tmp_path, model=storm.model()).read_text(encoding="utf-8")
    assert "Those who died" not in page
    assert "Survival" not in page
    assert " die" not in clinic.paragraph(run)


def test_nobody_and_everybody_dies():
    calm = storm.run(6)
    calm["died_at"] = calm["died_at"] * np.nan
    assert "Nobody dies by day 28." in clinic.paragraph(calm)
    assert dead.table(calm)["rows"] == []
    all_gone = storm.run(6)
    all_gone["died_at"][:] = 200.0
    for name in storm.LABS:
        all_gone[name] = all_gone[name].where(all_gone["time"] < 200.0)
    assert "All 6 die, median day 8; 0 live on day 28." in clinic.paragraph(all_gone)
    drawn = figures.own(figures.Source(all_gone[[*FEW, "died_at"]], storm.model()))
    assert [d.key for d in drawn] == ["cytokines", "breathing", "scores", "survival"]


# --- in words -----------------------------------------------------------------------------------------


def test_paragraph_holds_the_numbers_of_the_run(folder):
    said = clinic.paragraph(RUN)
    peaks = RUN["il6"].max("time").dropna("patient")
    day = RUN["time"][RUN["il6"].isel(patient=slice(2, None)).fillna(0).argmax("time")] / 24
    match = re.search(r"IL-6 peaks at ([\d,.]+) pg/mL \(middle half .*?\) on day (\d+)", said)
    assert float(match[1].replace(",", "")) == pytest.approx(float(peaks.median()), rel=0.01)
    assert int(match[2]) == round(float(day.median()))
    low = RUN["pf_ratio"].min("time").dropna("patient")
    assert f"below 300 mmHg in {int((low < 300).sum())} of 58" in said
    hot = (RUN["temperature"] >= 38).any("time").sum().item()
    assert f"in {hot} of 58 patients" in said
    assert re.search(rf"{GONE} of 58 die, median day \d+ \(day \d+ to day \d+\); {58 - GONE} live", said)
    assert json.loads((folder / NUMBERS).read_text(encoding="utf-8"))["summary"] == said


def test_paragraph_of_a_mild_course_says_what_did_not_happen():
    run = storm.run(5, die=False)
    for name in storm.LABS:
        run[name].values[:] = run[name].values[:, :1]
    said = clinic.paragraph(run)
    assert "Nobody has a fever of 38 °C" in said
    assert "IL-6, CRP, ferritin and procalcitonin hardly rise." in said
    assert "PaO2/FiO2 stays above 300 mmHg in everybody." in said
    assert "stays above 65 mmHg in everybody" in said
    assert "ymphocytes fall" not in said


@pytest.mark.parametrize(
    "modules, told", [("", True), ("car_t tcell", True), ("influenza tcell", False), ("sepsis", False)]
)
def test_grade_of_cytokine_release_is_told_of_therapies_and_own_triggers(modules, told):
    run = RUN.assign_attrs(modules=modules)
    assert ("cytokine release of grade" in clinic.paragraph(run)) == told


def test_every_trigger_that_is_no_therapy_is_known_as_such():
    triggers = {name for name, module in catalogue.modules().items() if module.kind == "trigger"}
    assert triggers - clinic.OTHER_STORMS == {"bispecific", "car_t", "superagonist"}


def test_paragraph_of_nobody():
    assert "No virtual patient finished" in clinic.paragraph(storm.run(3, failed=3))


# --- headings -----------------------------------------------------------------------------------------


def test_every_read_out_has_one_place():
    names = [name for group in GROUPS for name in group.names]
    assert len(names) == len(set(names))
    units = {name: unit for name, (unit, *_) in storm.LABS.items()} | dict.fromkeys(storm.SCORES, "1")
    table = grouped(units, storm.SCORES)
    assert sorted(name for _, inside in table for name in inside) == sorted(units)


@pytest.mark.parametrize(
    "name, unit, score, key",
    [
        ("il6", "pg/mL", False, "cytokines"),
        ("il8", "pg/mL", False, "chemokines"),
        ("il33", "pg/mL", False, "cytokines"),
        ("cxcl13", "pg/mL", False, "chemokines"),
        ("tissue_il6", "pg/mL", False, "site"),
        ("sofa_kidney", "1", True, "scores"),
        ("apache", "1", True, "scores"),
        ("basophils", "cells/uL", False, "cells"),
        ("illness", "1", False, "vital"),
        ("anything", "1", False, "further"),
    ],
)
def test_unknown_read_outs_go_where_they_belong(name, unit, score, key):
    ((group, names),) = grouped({name: unit}, [name] if score else [])
    assert (group.key, names) == (key, [name])


def test_shares_are_not_logarithmic_but_for_the_pathogen():
    groups = {g.key: g for g in GROUPS}
    assert groups["site"].spans("pg/mL")
    assert not groups["site"].spans("1")
    assert groups["source"].spans("1")
    assert not groups["vital"].spans("degC")
