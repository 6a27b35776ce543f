"""The demo: two storms on one page, whose words follow the numbers."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from cytostorm.cli import folder as folders
from cytostorm.cli import storms
from cytostorm.dataset import DISCLAIMER
from cytostorm.errors import InputError, missing_extra
from cytostorm.library.catalogue import find, recipe
from cytostorm.model import Dose, Rule
from cytostorm.report import demo, telling
from cytostorm.report.arms import Arm, Storm
from tests.report.storm import model

little = pytest.mark.usefixtures("little_library")
DAY = 24.0
HOURS = np.arange(0.0, 20 * DAY + 1, 6.0)
NEVER = np.nan
DRUG = Dose("tocilizumab.iv", "8 mg/kg", duration=1.0)
SHOWN = ("il6", "temperature", "crs_grade")
UNITS = {"il6": "pg/mL", "temperature": "degC", "crs_grade": "1"}


def run_of(moments, died, level):
    """Return a run in which everyone has `level` of IL-6 and falls ill at a moment."""
    died, moments = np.asarray(died, float), np.asarray(moments, float)
    ill = HOURS[None, :] >= moments[:, None]
    values = {
        "il6": np.where(ill, level, 1.0), "temperature": 37.0 + ill * 2.0, "crs_grade": ill * 2.0
    }  # fmt: skip
    gone = HOURS[None, :] >= np.where(np.isnan(died), np.inf, died)[:, None]
    who = np.flatnonzero(np.isfinite(moments))
    return xr.Dataset(
        {
            **{
                name: (
                    ("patient", "time"),
                    np.where(gone, np.nan, rows),
                    {"units": UNITS[name], "label": name},
                )
                for name, rows in values.items()
            },
            "status": ("patient", np.zeros(died.size, int)),
            "died_at": ("patient", died),
            "decided_at": ("decision", moments[who]),
            "decided_for": ("decision", who),
        },
        {"patient": np.arange(died.size), "time": HOURS},
    )


def storm_of(untreated, in_time, too_late, moments=None, levels=(100.0, 50.0, 100.0)):
    """Return a storm in which patients die at these hours, NaN if they live."""
    moments = np.full(len(untreated), 2 * DAY) if moments is None else np.asarray(moments, float)
    runs = [run_of(moments, d, x) for d, x in zip((untreated, in_time, too_late), levels, strict=True)]
    return Storm(
        key="plague", title="Plague", severity="storm", evidence="Made by formula.",
        limits=("None is true.",),
        model=model(), moment=Rule.parse("crs_grade >= 2"), words="fall ill", since="birth", window=10 * DAY,
        before=DAY, shown=SHOWN,
        arms=(
            Arm("untreated", "Untreated", runs[0]),
            Arm("in_time", "Treated in time", runs[1], (DRUG,), 0.0),
            Arm("too_late", "Treated too late", runs[2], (DRUG,), 4 * DAY),
        ),
    )  # fmt: skip


def half(dead, of=40, at=5 * DAY):
    return [at] * dead + [NEVER] * (of - dead)


# --- what is said ---------------------------------------------------------------------------------------


def test_words_follow_the_numbers():
    said = telling.headline(storm_of(half(20), half(5), half(18)))
    first, second = said.split("; ")
    assert first == "Given in time, treatment saves 15 of 40"
    assert second == "given 4 days later, it saves 2 of 40, which may be chance."


def test_harm_is_called_harm():
    storm = storm_of(half(5), half(20), half(6))
    assert telling.headline(storm).startswith(
        "Given in time, treatment costs 15 of 40 their lives; given 4 days"
    )
    assert "15 die who would have lived" in telling.paragraph(storm)
    assert "nobody lives who would have died" in telling.paragraph(storm)


def test_no_difference_is_called_none():
    assert "saves none of 40" in telling.headline(storm_of(half(5), half(5), half(5)))
    turned = [NEVER] * 35 + [5 * DAY] * 5
    assert "saves as many as it costs, 5 of 40" in telling.headline(storm_of(half(5), turned, half(5)))


def test_levels_are_those_two_days_later():
    low = telling.paragraph(storm_of(half(3), half(3), half(3)))
    assert "a temperature of 39.0 °C as untreated and an IL-6 of 50.0 pg/mL instead of 100 pg/mL" in low
    assert "IL-6 rises" not in low
    high = telling.paragraph(storm_of(half(3), half(3), half(3), levels=(100.0, 500.0, 100.0)))
    assert "IL-6 rises because" in high


def test_who_never_falls_ill_or_too_late_is_left_out_and_counted():
    moments = [2 * DAY, 4 * DAY, np.nan, 15 * DAY]
    storm = storm_of([NEVER, 5 * DAY, 3 * DAY, NEVER], [NEVER] * 4, [NEVER] * 4, moments)
    assert storm.who.tolist() == [True, True, False, False]
    assert storm.died(storm.untreated).tolist() == [False, True]
    said = telling.paragraph(storm)
    assert said.startswith("2 of 4 virtual patients fall ill, half of them by day 3.0 after birth")
    assert "The other 2 are left out; 1 of them dies." in said


def test_time_counts_from_the_moment():
    storm = storm_of(half(0), half(0), half(0), np.arange(40) % 5 * DAY)
    seen = storm.seen(storm.untreated, "temperature")
    assert seen["time"].values[[0, -1]].tolist() == [-DAY, 10 * DAY]
    assert (seen.sel(time=0.0) == 39.0).all()
    assert np.isnan(seen.sel(time=-6.0).values[0])  # before the trigger


# --- the page -------------------------------------------------------------------------------------------


def test_page_stands_by_itself_and_describes_its_pictures(tmp_path):
    page = demo.write([storm_of(half(20), half(5), half(18))], tmp_path, seed=7).read_text("utf-8")
    assert page.count(DISCLAIMER) == 2
    assert not re.search(r'(src|href)="(?!#)', page.replace("https://doi.org", ""))
    assert "<script" not in page
    labels = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert len(labels) == len(SHOWN) + 2
    assert any("untreated 20 (50 %); in time 35 (88 %); too late 22 (55 %)" in label for label in labels)
    assert "CRS grade 2 or more" in page
    assert len(set(re.findall(r'id="([^"]+)"', page))) == len(re.findall(r'\bid="([^"]+)"', page))
    numbers = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert [arm["died"] for arm in numbers["storms"][0]["arms"]] == [20, 5, 18]
    assert (tmp_path / folders.MARKER).is_file()


def test_page_without_matplotlib_keeps_words_and_numbers(tmp_path, monkeypatch):
    def missing(*_, **__):
        raise missing_extra("plots", "plot")

    monkeypatch.setattr("cytostorm.report.demo.drawn.course", missing)
    page = demo.write([storm_of(half(20), half(5), half(18))], tmp_path, seed=7).read_text("utf-8")
    assert "plots need the extra" in page
    assert "saves 15 of 40" in page
    assert "<figure" not in page


@pytest.mark.parametrize("untreated", [[NEVER], [2.5 * DAY]])
def test_page_of_one_patient_or_none(tmp_path, untreated):
    for k, moments in enumerate(([2 * DAY], [np.nan])):
        storm = storm_of(untreated, untreated, [NEVER], moments)
        assert demo.write([storm], tmp_path / str(k), seed=1).is_file()


# --- the command ----------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch):
    """Put storms made by formula in the place of those that are simulated."""
    asked = []

    def simulated(setting, patients, seed, progress=None):
        asked.append((setting.key, patients, seed))
        if progress is not None:
            progress(patients, patients)
        made = storm_of(half(20, patients), half(5, patients), half(18, patients))
        return replace(made, key=setting.key, title=setting.title)

    monkeypatch.setattr(storms, "simulated", simulated)
    return asked


def test_demo_writes_a_page_and_says_where(said, quick):
    code, out, err = said("demo")
    assert code == 0
    assert quick == [("car_t", 200, 1), ("covid", 200, 1)]
    assert "saves 15 of 200" in out
    assert "cytostorm-demo/report.html" in out.replace("\\", "/")
    assert out.rstrip().endswith(DISCLAIMER)
    assert "untreated, treated in time and too late" in err
    assert said("demo", "--quiet")[::2] == (0, "")  # an own folder is written again


def test_demo_as_json_writes_no_page_unless_asked(said, quick, tmp_path):
    code, out, _ = said("demo", "--json", "--patients", "30", "--seed", "5")
    found = json.loads(out)
    assert (code, found["page"], found["seed"]) == (0, None, 5)
    assert quick[0] == ("car_t", 30, 5)
    assert not list(tmp_path.iterdir())
    assert json.loads(said("demo", "--json", "-o", "here")[1])["page"] == str(
        folders.Path("here") / "report.html"
    )


def test_demo_leaves_a_users_folder_alone(said, quick, tmp_path):
    (tmp_path / "cytostorm-demo").mkdir()
    (tmp_path / "cytostorm-demo" / "report.html").write_text("mine")
    code, _, err = said("demo")
    assert code == 2
    assert "no run of cytostorm wrote" in err
    assert not quick
    assert (tmp_path / "cytostorm-demo" / "report.html").read_text() == "mine"


def test_demo_refuses_no_patients(said, quick):
    assert said("demo", "--patients", "0")[0] == 2
    assert not quick


def test_patients_that_failed_make_it_done_in_part(said, monkeypatch):
    def simulated(*_, **__):
        storm = storm_of(half(20), half(5), half(18))
        storm.arms[1].run["status"][0] = 1
        return storm

    monkeypatch.setattr(storms, "simulated", simulated)
    code, out, _ = said("demo", "--json")
    assert code == 4
    assert json.loads(out)["storms"][0]["failed"] == 1


# --- what is simulated ----------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", storms.SETTINGS, ids=lambda setting: setting.key)
def test_settings_name_what_there_is(setting):
    assert setting.severity in recipe(setting.trigger).severities
    orders = storms.first_orders(setting)
    assert not orders.rules
    assert len({dose.route for dose in orders.doses}) == len(orders.doses) == len(setting.regimens)
    assert all(find(dose.route.partition(".")[0]) for dose in orders.doses)
    assert setting.check % storms.STEP == setting.window % storms.STEP == setting.before % storms.STEP == 0
    Rule.parse(setting.when)


@little
def test_arms_part_at_the_moment_and_not_before():
    setting = replace(
        storms.SETTINGS[0], trigger="endotoxin", severity="", when="il6 > 0.001 pg/mL",
        regimens=("tocilizumab, CAR-T CRS label",), window=48.0, before=6.0, slack=24.0, shown=("il6",),
    )  # fmt: skip
    told = []
    storm = storms.simulated(setting, 3, 1, lambda *done: told.append(done))
    assert told == [(3, 9), (6, 9), (9, 9)]
    assert storm.who.all()
    assert set(storm.moments) == {6.0}
    none, first, late = storm.arms
    assert [dose.time for arm in (first, late) for dose in arm.doses] == [0.0, 0.0]
    assert "at 96 h" in late.run.attrs["regimen"]
    assert none.run.attrs["regimen"] == ""


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "report.html").write_text("mine")
    with pytest.raises(InputError, match="already holds"):
        demo.write([storm_of(half(1), half(1), half(1))], tmp_path, seed=1)
