"""Pictures: labelled, the same every time, and honest about what they show."""

import re
import sys
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from cytostorm.errors import InputError, MissingExtraError
from cytostorm.observe.readout import ScenarioKey
from cytostorm.observe.targets import load
from cytostorm.plot import style
from cytostorm.plot.curves import panel, trajectories
from cytostorm.plot.drawing import capital
from cytostorm.plot.points import Points, published
from cytostorm.plot.shares import bands, logarithmic
from tests import fakes

RUN = fakes.run(n=12)
POINTS = published(load("endotoxin"), ScenarioKey(2.0), RUN)
NAMES = ["tnf", "temperature", "lymphocytes"]


def texts(svg):
    return [t.text for t in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_one_labelled_panel_per_quantity():
    figure = trajectories(RUN, wanted=NAMES, points=POINTS, title="Two ng/kg, cost $5 & $6")
    words = texts(style.svg(figure))
    assert len(figure.axes) == len(NAMES)
    assert words.count("time since the trigger (h)") == len(NAMES)
    for name in NAMES:
        assert words.count(capital(RUN[name].attrs["label"])) == 1
    assert "°C" in words
    assert "cells/µL" in words
    assert "Two ng/kg, cost $5 & $6" in words
    assert {"median", "50 % of patients", "90 % of patients", "Janum 2016", "Kiers 2017"} <= set(words)


def test_every_quantity_by_default():
    assert len(trajectories(RUN).axes) == len(fakes.UNITS)


def test_unknown_quantity_is_refused_with_a_hint():
    with pytest.raises(InputError, match="did you mean 'temperature'"):
        trajectories(RUN, wanted=["temprature"])


def test_svg_is_the_same_every_time():
    first, second = (trajectories(RUN, wanted=NAMES, points=POINTS) for _ in range(2))
    assert style.svg(first) == style.svg(second) == style.svg(first)
    assert "date" not in style.svg(first).lower()


def test_drawing_leaves_the_global_settings_alone():
    import matplotlib as mpl

    before = mpl.rcParams.copy()
    style.svg(panel(RUN, "tnf", points=POINTS))
    assert mpl.rcParams.copy() == before
    assert "matplotlib.pyplot" not in sys.modules


def test_inline_figures_do_not_share_names_and_load_nothing():
    figure = panel(RUN, "il6", points=POINTS, to_data=True)
    text = style.inline(figure, "a", 'shows "IL-6" <here>')
    root = ET.fromstring(text)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == 'shows "IL-6" <here>'
    names = [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
    assert len(names) == len(set(names))
    assert all(name.startswith("a-") for name in names)
    used = set(re.findall(r'url\(#([^)]*)\)|href="#([^"]*)"', text))
    assert {a or b for a, b in used} <= set(names)
    assert "http" not in text
    assert "currentColor" in text
    assert style.INK not in text


def test_points_carry_unit_range_and_study():
    tnf = next(p for p in POINTS if p.study == "Janum 2016" and p.quantity == "tnf")
    assert tnf.hours == (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0)
    assert tnf.low[2] == 171.3
    assert {p.quantity for p in POINTS} == {
        "tnf",
        "il6",
        "il8",
        "il10",
        "il1b",
        "temperature",
        "heart_rate",
        "map",
    }


def test_changes_start_at_the_resting_value_of_the_run():
    for points in POINTS:
        if points.quantity in ("temperature", "heart_rate", "map"):
            assert points.values[0] == pytest.approx(float(np.median(RUN[points.quantity][:, 0])))


def test_only_the_same_experiment_is_drawn():
    assert published(load("endotoxin"), ScenarioKey(1.5), RUN) == []
    studies = {p.study for p in published(load("endotoxin"), ScenarioKey(1.0), RUN)}
    assert studies == {"Dillingh 2014", "Kiers 2017"}


def test_scale_follows_the_span():
    assert logarithmic(bands(RUN["il6"])[1])
    assert not logarithmic(bands(RUN["temperature"])[1])
    assert not logarithmic(np.zeros((5, 3)))
    assert panel(RUN, "il6").axes[0].get_yscale() == "log"


def test_a_reported_zero_is_drawn_at_the_foot_of_a_logarithmic_axis():
    points = [Points("A 2000", "il6", (0.0, 2.0), (0.0, 500.0), (None, None), (None, None))]
    axes = panel(RUN, "il6", points=points).axes[0]
    foot = [line for line in axes.lines if line.get_label() == "_zero"]
    assert foot[0].get_ydata()[0] == pytest.approx(axes.get_ylim()[0])


def test_the_peak_survives_thinning():
    hours, shares = bands(RUN["temperature"], 24.0)
    assert hours.size <= 242
    assert hours[-1] == pytest.approx(24.0)
    assert shares[2].max() == pytest.approx(float(np.median(RUN["temperature"], axis=0).max()), abs=0.02)


def test_nobody_finished():
    run = fakes.run(n=2, failed=2)
    assert "no patient finished" in texts(style.svg(panel(run, "tnf")))


def test_without_matplotlib_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"cytostorm\[plot\]"):
        trajectories(RUN)


def test_bands_are_of_those_alive_and_say_how_many():
    run = fakes.deadly(n=12, deaths=4)
    hours, shares = bands(run["tnf"])
    late = hours > 24.05
    living = bands(run["tnf"].isel(patient=slice(4, None)))[1]
    np.testing.assert_allclose(shares[:, late], living[:, late])
    assert "alive at the end: 8 of 12" in texts(style.svg(panel(run, "tnf")))
    assert not any("alive" in str(word) for word in texts(style.svg(panel(RUN, "tnf"))))


def test_nobody_alive():
    run = fakes.deadly(n=3, deaths=3)
    hours, shares = bands(run["tnf"])
    assert (np.isnan(shares).all(axis=0) == (hours > 24.05)).all()
    assert "alive at the end: 0 of 3" in texts(style.svg(panel(run, "tnf")))
    at_once = fakes.deadly(n=3, deaths=3, at=-1.0)
    assert "no patient finished" in texts(style.svg(panel(at_once, "tnf")))
