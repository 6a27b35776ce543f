"""The report stands by itself, says what must be said, and runs nothing it was given."""

import json
import sys
from html.parser import HTMLParser

import numpy as np
import pytest
import xarray as xr

import cytostorm as cs
from cytostorm.dataset import DISCLAIMER, plain
from cytostorm.errors import InputError
from cytostorm.observe.acceptance import Comparison
from cytostorm.observe.readout import ScenarioKey, needed
from cytostorm.observe.targets import load
from cytostorm.report import write
from cytostorm.report.clinic import paragraph
from cytostorm.report.endotoxin import comparison_runs, repeats, scenario_of
from cytostorm.report.write import MARKER, NUMBERS, PAGE
from tests import fakes

MODEL = fakes.model()
HOSTILE = '<script>alert("x")</script> & "co"'
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Checks that tags nest, and collects what the tests ask about."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.tags, self.links, self.attributes = [], [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Note what a tag is called, says and points to."""
        self.tags.append(tag)
        self.attributes += [(tag, key, value) for key, value in attrs]
        self.ids += [value for key, value in attrs if key == "id"]
        if tag == "a":
            self.links += [value for key, value in attrs if key == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Open and close."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        """Close what was opened last, and nothing else."""
        assert self.open.pop() == tag


def of(model=MODEL, **changes):
    return fakes.run(n=8, failed=1, **changes).assign_attrs(fingerprint=model.fingerprint)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("runs") / "one"
    comparison = Comparison.of(fakes.runs(n=8))
    limits = ["Drugs are left out."]
    assert (
        write(of(), place, model=MODEL, comparison=comparison, title=HOSTILE, limits=limits) == place / PAGE
    )
    return place


@pytest.fixture(scope="module")
def text(folder):
    return (folder / PAGE).read_text(encoding="utf-8")


def test_page_is_well_formed_and_accessible(text):
    page = Page(text)
    assert text.startswith("<!DOCTYPE html>")
    assert ("html", "lang", "en") in page.attributes
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    pictures = [value for tag, key, value in page.attributes if tag == "svg" and key == "aria-label"]
    assert len(pictures) == page.tags.count("svg") >= len(fakes.UNITS)
    assert all(len(words) > 20 for words in pictures)
    assert page.tags.count("h1") == 1


def test_page_loads_nothing(text):
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form"} & set(page.tags)
    loads = [
        (t, k, v)
        for t, k, v in page.attributes
        if k in {"src", "srcset", "href", "xlink:href", "data", "action"}
    ]
    assert all(t == "a" or v.startswith("#") for t, k, v in loads)
    assert all(link.startswith(("#", "https://")) for link in page.links)
    assert "@import" not in text
    assert "url(http" not in text


def test_page_says_what_must_be_said(text):
    assert text.count(DISCLAIMER) == 2
    assert text.index(DISCLAIMER) < text.index("<h1>")
    for words in (
        MODEL.fingerprint,
        "0.1.0",
        "1e-06",
        "2 ng/kg by endotoxin.iv at 0 h",
        "7 ok, 1 non-finite",
    ):
        assert words in text
    assert "Healthy men only; no women were fitted." in text
    assert "Drugs are left out." in text
    assert "1 of 2 parameters were fitted" in text


def test_title_is_escaped(text):
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_every_published_row_is_shown_with_its_verdict(text):
    assert text.count("treated arm: drug not in the model") >= 3
    assert "All 278 published endotoxin rows" in text
    assert text.count('title="median [IQR]"') == sum(t.statistic == "median [IQR]" for t in load("endotoxin"))
    assert "of 57 published curves are inside" in text
    assert "4 of 61 curves are not counted" in text
    assert "✗" in text
    assert "Dillingh 2014" in text
    assert "not measured at both doses" in text
    assert "https://doi.org/10.1038/srep40149" in text


def test_numbers_are_kept_unrounded(folder):
    content = json.loads((folder / NUMBERS).read_text(encoding="utf-8"))
    assert content["disclaimer"] == DISCLAIMER
    assert content["status"] == {"ok": 7, "non-finite": 1}
    assert content["metrics"]["tnf"]["n"] == 7
    assert len(content["comparison"]["rows"]) == 278
    assert content["calibrated"] == ["endotoxin.loss"]
    assert content["run"]["fingerprint"] == MODEL.fingerprint


def test_folder_holds_whole_files_only(folder):
    assert sorted(p.name for p in folder.iterdir()) == sorted([PAGE, NUMBERS, MARKER])


def test_same_run_same_page(folder, tmp_path):
    comparison = Comparison.of(fakes.runs(n=8))
    limits = ["Drugs are left out."]
    again = write(of(), tmp_path, model=MODEL, comparison=comparison, title=HOSTILE, limits=limits)
    assert again.read_bytes() == (folder / PAGE).read_bytes()


def test_own_folder_is_written_again_and_a_foreign_one_is_not(tmp_path):
    small = of()[["tnf", "status"]]
    write(small, tmp_path, model=MODEL)
    write(small, tmp_path, model=MODEL)
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / PAGE).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not written by cytostorm"):
        write(small, foreign, model=MODEL)
    assert (foreign / PAGE).read_text(encoding="utf-8") == "mine"


def test_run_of_another_model_is_refused(tmp_path):
    with pytest.raises(InputError, match="another model"):
        write(of().assign_attrs(fingerprint="0" * 64), tmp_path, model=MODEL)


def test_without_matplotlib_the_page_says_so(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    page = write(of()[["tnf", "status"]], tmp_path, model=MODEL).read_text(encoding="utf-8")
    assert "cytostorm[plot]" in page
    assert "<svg" not in page


def test_other_dose_carries_no_published_points(tmp_path):
    model = fakes.model("3 ng/kg")
    page = write(of(model, dose=3.0)[["tnf", "status"]], tmp_path, model=model).read_text(encoding="utf-8")
    assert "Points: published data" not in page
    assert "No published time course has these doses" in page


def test_experiment_of_a_run():
    assert scenario_of(of(), MODEL) == ScenarioKey(2.0)
    assert scenario_of(of(regimen=repeats(ScenarioKey(2.0, 5)).text()), MODEL) == ScenarioKey(2.0, 5)
    assert scenario_of(of(regimen="8 mg tocilizumab.iv at 2 h"), MODEL) is None
    many = xr.Dataset({"endotoxin.dose": ("patient", np.array([1.0, 2.0]))})
    assert scenario_of(of(), MODEL, many) is None
    assert scenario_of(of(), MODEL, many.isel(patient=[0])) == ScenarioKey(1.0)


def test_comparison_simulates_every_experiment_with_the_same_people():
    seen, ticks = [], []

    def sample(model, n, seed):
        assert model.name == "endotoxin"
        return xr.Dataset({"x": ("patient", np.zeros(n))}, attrs={"seed": seed})

    def simulate(model, cohort, regimen, times, *, progress):
        seen.append(
            (
                model.values[model.parameter("endotoxin.dose")],
                regimen.text(),
                float(times[-1]),
                cohort.attrs["seed"],
            )
        )
        progress(3, 3)
        return fakes.run(n=3)

    runs = comparison_runs(
        fakes.model("7 ng/kg"), 3, 11, simulate, sample, progress=lambda *x: ticks.append(x)
    )
    assert list(runs) == needed(load("endotoxin"))
    assert [s[0] for s in seen] == [0.0, 1.0, 2.0, 2.0, 4.0]
    assert seen[3] == (2.0, "2 ng/kg endotoxin.iv at 24 h every 24 h, 4 times", 120.0, 11)
    assert ticks[-1] == (15, 15)


def test_plain_numbers():
    made = plain({"a": np.float64(1.5), "b": np.array([1, 2]), "c": float("nan"), 4: (True, None)})
    assert made == {"a": 1.5, "b": [1, 2], "c": None, "4": [True, None]}


def test_the_dead_are_told(tmp_path):
    run = fakes.deadly(n=12, deaths=4).assign_attrs(fingerprint=MODEL.fingerprint)
    page = write(run, tmp_path, model=MODEL).read_text(encoding="utf-8")
    assert "4 of 12" in page
    assert "of those alive, at the end 8" in page
    numbers = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    assert (numbers["metrics"]["tnf"]["n"], numbers["metrics"]["tnf"]["died"]) == (12, 4)


def test_what_is_breathed_is_told_where_saturation_is_low():
    model = cs.model_for("influenza", severity="severe")
    run = cs.simulate(model, cs.sample(model, n=12, seed=1), times=range(0, 240, 12))
    words = paragraph(run)
    assert "of oxygen, and saturation falls to 92 % on it" in words


def test_a_childs_pressure_is_told_by_a_childs_limit_and_few_organs_are_counted():
    model = cs.model_for("kawasaki")
    run = cs.simulate(model, cs.sample(model, n=12, seed=1), times=range(0, 240, 12))
    words = paragraph(run)
    assert "(as 65 mmHg in an adult)" in words
    assert "SOFA comes to 2 or more in" in words


def test_what_shrinks_from_the_start_is_told_by_what_is_left():
    model = cs.model_for("car_t", severity="severe")
    run = cs.simulate(model, cs.sample(model, n=12, seed=1), times=range(0, 480, 12))
    assert "Tumour load falls to" in paragraph(run)
