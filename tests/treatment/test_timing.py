"""When a drug is started: the same patients in each arm, and what is told of them."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr

from cytostorm import plot
from cytostorm.cli import main
from cytostorm.errors import InputError
from cytostorm.formulary import usual
from cytostorm.model import Dose, Regimen
from cytostorm.treatment import timing
from cytostorm.treatment.arms import change, share

ROUTE = "hydrocortisone.iv"
HOW = {"patients": 200, "severity": "storm", "seed": 3, "fixed": {"fate.rate": "0.3 1/h"}}
"""Of frail people, so that few of them tell."""


@pytest.fixture(scope="module")
def found() -> xr.Dataset:
    """A steroid before the storm, in it, and when all is over."""
    return timing("endotoxin", "hydrocortisone", ["0 h", "6 h", 300], **HOW)


def test_too_late_changes_nobody_and_early_somebody(found: xr.Dataset) -> None:
    assert found["start"].to_numpy().tolist() == [0, 6, 300]
    assert found.attrs["given"] == "hydrocortisone, septic shock"
    dead = found["dead"].to_numpy()
    assert dead[2] == float(found["dead_without"]) > 0
    assert dead[0] < dead[2]
    assert int(found["saved"][0]) > 0
    moved = found["harmed"] - found["saved"]
    np.testing.assert_allclose(found["change"], moved / found["patients"])
    np.testing.assert_allclose(dead - float(found["dead_without"]), found["change"], atol=1e-12)


def test_steroids_let_others_infect(found: xr.Dataset) -> None:
    assert float(found["infection_rate"][0]) > float(found["infection_rate_without"]) > 0
    alone = timing("endotoxin", "hydrocortisone", [0], include=(), **HOW)
    assert "infection" not in alone
    assert float(alone["dead"][0]) == float(found["dead"][0])


def test_nothing_given_by_a_plan_of_ones_own_is_nothing() -> None:
    def none(start: float) -> Regimen:
        return Regimen() + Dose(ROUTE, "0 mg", start)

    same = timing("endotoxin", none, [4.0], **HOW)
    assert same.attrs["given"] == "none"
    assert (int(same["saved"][0]), int(same["harmed"][0])) == (0, 0)


@pytest.mark.parametrize(
    "what, starts, words",
    [
        ("hydrocortisone", [6, 0], "rising"),
        ("hydrocortisone", [500], "below 336 h"),
        ("hydrocortisone", "6 h", "list"),
        ("hydrocortison", [0], "did you mean 'hydrocortisone'"),
        ("hydrocortisone, cold", [0], "no regimen"),
        (3, [0], "by name"),
    ],
)
def test_mistakes_are_told(what: str, starts: list[float], words: str) -> None:
    with pytest.raises(InputError, match=words):
        timing("endotoxin", what, starts, **(HOW | {"patients": 1}))


def test_a_drug_has_its_usual_regimen_after_each_trigger() -> None:
    assert usual("dexamethasone", "hlh") == "dexamethasone, HLH-94"
    assert usual("dexamethasone", "car_t") == "dexamethasone, CRS"
    assert usual("dexamethasone", "malaria") == usual("dexamethasone")


def test_intervals_hold_the_share_and_never_close() -> None:
    assert share(np.zeros(100, bool))[:2] == (0.0, 0.0)
    assert share(np.zeros(100, bool))[2] > 0.02
    low, high = change(np.zeros(100, bool), np.zeros(100, bool))[1:]
    assert low < 0 < high
    fewer = change(np.arange(100) < 10, np.arange(100) < 40)
    assert fewer[0] == pytest.approx(-0.3)
    assert fewer[1] < -0.3 < fewer[2] < 0


def test_the_figure_says_what_it_shows(found: xr.Dataset) -> None:
    figure = plot.timing_curve(found)
    text = plot.svg(figure)
    for word in ("nothing given", "dead by day 14 (%)", "other infections", "days from", "For research"):
        assert word in text
    assert len(figure.axes) == 2
    alone = plot.timing_curve(found.drop_vars(["infection_rate"]), title="a title")
    assert len(alone.axes) == 1
    assert "a title" in plot.svg(alone)
    with pytest.raises(InputError, match="no starts"):
        plot.timing_curve(xr.Dataset())


def test_the_command_writes_figure_and_numbers(capsys, tmp_path) -> None:
    words = ["timing", "endotoxin", "hydrocortisone", "--severity", "storm", "--patients", "16", "--json"]
    code = main([*words, "--start", "6 h", "-o", str(tmp_path / "out")])
    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert told["values"]["start"] == [6.0]
    assert told["about"]["dead"]["units"] == "1"
    assert json.loads((tmp_path / "out" / "timing.json").read_text()) == told
    assert {p.name for p in (tmp_path / "out").iterdir()} >= {"timing.svg", "timing.png", "timing.csv"}
    assert main([*words, "--start", "6 kg", "-o", str(tmp_path / "never")]) == 2
    assert not (tmp_path / "never").exists()
