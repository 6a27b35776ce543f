"""Every row has a check or a reason; counts follow the rule; what lacks is outside."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from cytostorm.credibility import Check, Row, Unscored, both, calibration, check_of
from cytostorm.credibility.experiment import Between, Experiment, Share, prepare
from cytostorm.credibility.experiments.immunotherapy import ADULT
from cytostorm.credibility.page import write
from cytostorm.credibility.people import People
from cytostorm.credibility.table import Table, curve_inside
from cytostorm.dataset import plain
from cytostorm.errors import InputError
from cytostorm.model import Normal
from cytostorm.observe.targets import load
from tests.credibility.fakes import outbreak, recruit

BY_ID = {t.id: t for t in load()}
NOT_ENDOTOXIN = [t for t in load() if t.group != "endotoxin"]


LEFT_OUT = {
    "A-LPSX-016", "A-CART-019", "C-001", "C-002", "C-015",
}  # fmt: skip
"""Scored rows without a check, besides those of a drug that may not be there yet."""


@pytest.fixture(scope="module")
def tables():
    return both(recruit=recruit)


@pytest.fixture(scope="module")
def table(tables):
    return tables[0]


def row_of(table, name):
    return next(r for r in table.rows if r.target.id == name)


@pytest.mark.parametrize("target", NOT_ENDOTOXIN, ids=lambda t: t.id)
def test_every_row_has_a_check_or_a_reason_that_can_be_accepted(target):
    found = check_of(target)
    if isinstance(found, Unscored):
        allowed = ("trial arm", "treated", "not scored in the table", "score comes", "every patient of")
        assert found.reason.startswith(allowed), found.reason
    else:
        assert found.experiments


def test_what_is_left_out_is_treated_or_of_another_kind():
    left = {t.id for t in load() if t.scored and t.section != "B" and isinstance(check_of(t), Unscored)}
    assert {i for i in left if "prednisolone" not in BY_ID[i].arm} == LEFT_OUT


def test_every_row_of_the_file_is_in_one_of_the_tables_once(tables):
    untreated, treated = ([r.target.id for r in part.rows] for part in tables)
    assert sorted(untreated + treated) == sorted(t.id for t in load())
    assert {t.id for t in load() if t.section == "B"} < set(treated)


def test_what_is_compared_gives_a_number_or_says_why_not(table):
    compared = [r for r in table.rows if r.inside is not None and r.target.group != "endotoxin"]
    assert len(compared) > 150
    for row in compared:
        assert row.model is None or np.isfinite(row.model), row.target.id
        assert row.model is not None or row.reason, row.target.id
        assert row.accepted is not None, row.target.id
    numbers = [r for r in compared if r.model is not None]
    assert len(numbers) > 0.9 * len(compared)


def test_counts_are_of_curves(table):
    said = table.as_json()
    assert 0 < said["levels_within_1.5"] < said["levels_scored"]
    assert said["scored"] == sum(g["scored"] for g in said["groups"].values())
    assert said["inside"] == sum(g["inside"] for g in said["groups"].values())
    assert said["groups"]["superagonist"]["gated"] is False
    assert said["groups"]["healthy"]["scored"] == 12
    assert len(said["rows"]) == len(table.rows)
    assert {u["id"] for u in said["unscored"]} == {r.target.id for r in table.rows if not r.counted}
    assert all(u["reason"] for u in said["unscored"])
    json.dumps(plain(said), allow_nan=False)


@pytest.mark.parametrize(
    "marks, inside", [("111", True), ("1111111000", True), ("110", False), ("", None), ("0", False)]
)
def test_seven_in_ten_rows_make_a_curve(marks, inside):
    target = BY_ID["A-COVT-001"]
    assert curve_inside([Row(target, inside=mark == "1") for mark in marks]) is inside
    assert curve_inside([Row(replace(target, scored=False), inside=False)]) is None


def test_a_missing_recipe_is_outside():
    done = calibration(group="viral", recruit=lambda e: f"no recipe {e.recipe!r} in the model yet")
    row = row_of(done, "A-COVT-001")
    assert row.inside is False
    assert row.reason == "no recipe 'sars_cov_2' in the model yet"


def test_a_missing_quantity_is_outside():
    done = calibration(group="viral", recruit=lambda e: recruit(e, without=["cxcl9"]))
    row = row_of(done, "A-COVL-060")
    assert (row.inside, row.model) == (False, None)
    assert "no such quantity in the model yet: cxcl9" in row.reason
    assert row_of(done, "A-COVL-052").model is not None


def test_a_model_without_deaths_is_outside_where_deaths_count():
    done = calibration(group="viral", recruit=lambda e: recruit(e, without=["died_at"]))
    assert "nobody dies" in row_of(done, "A-COVT-002").reason
    assert row_of(done, "A-COVX-006a").model is not None


def test_outcomes_are_read_apart(table):
    dead, alive = (row_of(table, name).model for name in ("A-COVT-002", "A-COVT-001"))
    assert dead > 1.3 * alive
    assert row_of(table, "C-AUC-001").model > 0.9
    assert row_of(table, "A-COVX-011").model > 0


def test_levels_of_one_kit_are_also_said_as_folds_of_healthy_people(table):
    assert "times healthy people; published 8.49 times" in row_of(table, "A-COVL-052").reason


def test_a_reversed_order_is_the_wrong_direction():
    def upside_down(experiment):
        who = recruit(experiment)
        run = who.run.copy()
        run["il6"] = (1e4 / run["il6"]).assign_attrs(run["il6"].attrs)
        return People.of(run)

    done = calibration(group="viral", recruit=upside_down)
    wrong = {r.target.id for r in done.rows if r.wrong_direction}
    assert {"A-COVT-002", "A-COVX-011", "C-AUC-001"} <= wrong
    assert "A-COVT-016" not in wrong
    assert done.as_json()["contrasts"]["reversed"] >= 1
    assert done.as_json()["wrong_direction"] >= 3


def test_groups_that_do_not_differ_are_told(table):
    dead = row_of(table, "A-COVT-002")
    assert dead.contrast == (
        pytest.approx(62.31 / 12.53),
        pytest.approx(dead.model / row_of(table, "A-COVT-001").model),
    )
    assert "over survivors" in dead.reason
    said = table.as_json()["contrasts"]
    assert said["kept"] > said["lost"]
    assert said["reversed"] == 0


def test_words_give_a_direction():
    def milder(experiment):
        return (
            recruit(experiment, n=200)
            if experiment.name == "mas"
            else People.of(outbreak(experiment.times, n=200, without=[], seed=2))
        )

    assert row_of(calibration(group="HLH/MAS", recruit=milder), "A-COVX-033").inside is False

    def stormy(experiment):
        run = recruit(experiment).run.copy()
        if experiment.name == "mas":
            for name in ("ifng", "cxcl9", "cxcl10"):
                run[name] = (10.0 * run[name]).assign_attrs(run[name].attrs)
        return People.of(run)

    assert row_of(calibration(group="HLH/MAS", recruit=stormy), "A-COVX-033").inside is True


def test_a_unit_that_measures_something_else_is_told():
    def odd(experiment):
        run = recruit(experiment).run.copy()
        run["crp"].attrs["units"] = "cells/uL"
        return People.of(run)

    row = row_of(calibration(group="viral", recruit=odd), "A-COVT-015")
    assert row.inside is False
    assert "cannot be converted" in row.reason


def test_progress_ends_at_the_whole():
    told = []
    calibration(group="viral", patients=20, recruit=recruit, progress=lambda *n: told.append(n))
    assert told[-1] == (40, 40)


def test_unknown_group():
    with pytest.raises(InputError, match="no group 'virus'"):
        calibration(group="virus")


def test_the_page_shows_failures_beside_the_good(tables, tmp_path):
    page = write(*tables, tmp_path / "out").read_text(encoding="utf-8")
    for word in ("inside", "outside", "not scored", "A-COVT-001", "trial arm: waits for virtual trials"):
        assert word in page
    assert page.index("A-COVT-001") < page.index("Treated people: viral") < page.index("A-COVX-018b")
    assert "below 30 kg" in page
    said = json.loads((tmp_path / "out" / "credibility.json").read_text())
    assert said["calibration"]["scored"] > 100
    assert set(said["treatment"]) == set(said["calibration"])
    assert "<script" not in page
    assert set(re.findall('href="#([^"]+)', page)) <= set(re.findall('id="([^"]+)', page))
    assert "sars_cov_2" in page
    assert "SpO2 &lt; 94 %" in page


# --- experiments of the library's models ----------------------------------------------------------


def toy(**how):
    return Experiment("toy", "toy", "endotoxin", hours=4.0, step=1.0, patients=20, **how)


def test_people_may_spread_around_the_number_that_is_tried():
    """An empty middle is the number of the model, also one that a search tries."""
    own, tried = (
        prepare(ADULT, values, patients=9).cohort["car_t.load"].to_numpy()
        for values in (None, {"car_t.load": 2.0})
    )
    shipped = float(prepare(ADULT, patients=1).model.parameter("car_t.load").value)
    np.testing.assert_allclose(tried / own, 2.0 / shipped)
    assert shipped / 9 <= own.min() < own.max() / 2 <= shipped * 4.5


def test_people_of_an_experiment_replace_what_the_library_says():
    heavy = toy(people={"person.weight": ("100 kg", Normal(5.0, low=80.0, high=120.0))})
    made = prepare(heavy, seed=3)
    weights = made.cohort["person.weight"].values
    assert 95.0 < weights.mean() < 105.0
    again = prepare(heavy, patients=5, seed=3).cohort["person.weight"].values
    assert weights[:5].tolist() == again.tolist()
    assert "macrophage" in "".join(map(str, made.cohort.data_vars))


def test_settings_come_over_values_and_unknown_ones_are_told():
    made = prepare(
        toy(
            severity="gale",
            settings={"endotoxin.dose": "3 ng/kg", "no.such": "1 h"},
            people={"x.y": ("1", Share(0.5))},
        ),
        {"endotoxin.dose": "1 ng/kg", "endotoxin.half": "30 pg/mL"},
    )
    assert made.model.values[made.model.parameter("endotoxin.dose")] == pytest.approx(3.0)
    assert made.model.values[made.model.parameter("endotoxin.half")] == pytest.approx(30.0)
    assert made.unknown == ("severity gale", "no.such", "x.y")


def test_an_unknown_recipe_is_refused():
    with pytest.raises(InputError, match="no recipe 'plague'"):
        prepare(Experiment("p", "p", "plague"))


def test_shares_and_ends():
    z = np.linspace(-3, 3, 1001)
    assert Share(0.3).draw(0.0, z).mean() == pytest.approx(0.44, abs=0.1)
    assert Between(1.0, 2.0).draw(0.0, z).min() >= 1.0


def test_real_models_same_seed_same_table_and_values_matter():
    first, again = (calibration(group="healthy", patients=12, seed=4) for _ in range(2))
    assert [r.model for r in first.rows] == [r.model for r in again.rows]
    tnf = row_of(first, "A-COVL-011")
    assert tnf.model is not None
    moved = calibration({"tnf.baseline": "60 pg/mL"}, group="healthy", patients=12, seed=4)
    assert row_of(moved, "A-COVL-011").model > 2 * tnf.model
    with pytest.raises(InputError, match=r"no experiment's model has no\.such"):
        calibration({"no.such": "1 h"}, group="healthy", patients=12)


def test_a_table_without_anything_counts_nothing():
    assert Table((), (), {}, {}).as_json()["scored"] == 0
    assert isinstance(check_of(BY_ID["A-LPS-001"]), Check)


@pytest.mark.slow
def test_endotoxin_is_judged_as_in_the_report_of_a_run():
    from cytostorm.library.catalogue import model_for
    from cytostorm.observe.compare import compare
    from cytostorm.observe.readout import UNTREATED
    from cytostorm.population import sample
    from cytostorm.report.endotoxin import comparison_runs
    from cytostorm.simulation import simulate

    runs = comparison_runs(model_for("endotoxin"), 20, 5, simulate, sample)
    reported = {r.target.id: r for r in compare(runs, load("endotoxin"))}
    rows = calibration(group="endotoxin", patients=20, seed=5).rows
    assert {row.target.id for row in rows} == {i for i, r in reported.items() if r.target.arm in UNTREATED}
    for row in rows:
        same = reported[row.target.id]
        assert (row.inside, row.model, row.accepted) == (same.inside, same.model, same.accepted), (
            row.target.id
        )
