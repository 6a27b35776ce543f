import numpy as np
import pytest
import xarray as xr

import cytostorm as cs
from cytostorm import plot
from cytostorm.errors import InputError
from cytostorm.observe.sampling import readings
from cytostorm.observe.symptoms import symptoms
from cytostorm.plot import style

MODEL = cs.model_for("endotoxin")
RUN = cs.simulate(MODEL, cs.sample(MODEL, 3, seed=1), times=np.arange(0.0, 48.5, 0.5))
MEASURED, FELT = readings(RUN, seed=1), symptoms(RUN)


def sheet(**more):
    return plot.ward_sheet(MEASURED, FELT, MODEL, analytes=["temperature", "il6", "crp"], **more)


def test_points_are_the_readings_and_open_triangles_are_limits():
    il6 = sheet(patient=2).axes[1]
    one = MEASURED.sel(patient=2, analyte="il6")
    points, below = il6.lines[0], il6.lines[1]
    inside = one["value"].to_numpy()[(one["limit"] == 0).to_numpy()]
    np.testing.assert_array_equal(points.get_ydata(), inside)
    assert len(below.get_ydata()) == int((one["limit"] == -1).sum())
    assert below.get_marker() == "v"


def test_reference_ranges_labels_and_marks_are_there():
    text = plot.svg(sheet(marks={"paracetamol": 12.0}, run=RUN))
    for word in (
        "body temperature, °C",
        "C-reactive protein, mg/L",
        "loss of appetite",
        "paracetamol",
        "severe",
    ):
        assert word in text
    temperature = sheet().axes[0]
    (span,) = temperature.patches
    assert span.get_y() + span.get_height() == pytest.approx(37.2)


def test_what_a_drug_makes_unreadable_is_crossed_out():
    noted = MEASURED.copy(deep=True)
    hidden = noted.sel(patient=0, analyte="crp")["value"].notnull().to_numpy()
    k = list(noted["analyte"].values).index("crp")
    noted["note"][0, :, k] = np.where(hidden, 5, 0)
    noted["value"][0, :, k] = np.nan
    axes = plot.ward_sheet(noted, FELT, MODEL, analytes=["crp"]).axes[0]
    crosses = [line for line in axes.lines if line.get_color() == style.VERMILION]
    assert len(crosses[0].get_xdata()) == hidden.sum()


def test_severity_is_coloured_and_warnings_are_dotted():
    strip = sheet(patient=1).axes[-1]
    drawn = strip.collections[0].get_array()
    np.testing.assert_array_equal(drawn, FELT["severity"].sel(patient=1).to_numpy().T)
    assert len(strip.lines[0].get_xdata()) == int(FELT["warning"].sel(patient=1).sum())


def test_what_is_not_there_is_refused():
    with pytest.raises(InputError, match="cpr was not measured"):
        plot.ward_sheet(MEASURED, FELT, MODEL, analytes=["cpr"])
    with pytest.raises(InputError, match="no patient 7"):
        sheet(patient=7)


def test_the_dead_have_a_gap():
    felt = FELT.copy(deep=True)
    felt["severity"][0, 5:] = np.nan
    strip = plot.ward_sheet(MEASURED, felt, MODEL, analytes=["crp"]).axes[-1]
    assert isinstance(felt, xr.Dataset)
    assert np.ma.getmaskarray(strip.collections[0].get_array())[:, 5:].all()
