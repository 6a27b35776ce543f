import numpy as np
import pytest
import xarray as xr

from cytostorm import plot
from cytostorm.errors import InputError
from tests import fakes


def found(gain):
    gain = np.asarray(gain, float)
    return xr.Dataset(
        {
            "gain": (("patient", "time"), gain),
            "gain_without_brakes": (("patient", "time"), 2 * gain),
            "gain_without_division": (("patient", "time"), gain / 2),
        },
        {"time": np.arange(gain.shape[1], dtype=float)},
    )


def test_the_median_the_band_and_the_border_are_drawn():
    figure = plot.gain_curve(found([[0, 2, 1], [0, 4, 1], [0, 6, np.nan]]), title="a storm")
    axes = figure.axes[0]
    curves = {line.get_label(): line.get_ydata() for line in axes.lines}
    assert list(curves["loop gain"]) == pytest.approx([0, 4, 1])
    assert list(curves["if brakes did not follow"]) == pytest.approx([0, 8, 2])
    assert list(curves["if cells did not multiply"]) == pytest.approx([0, 2, 0.5])
    text = plot.svg(figure)
    for word in ("90 % of patients", "time since the trigger (h)", "new activations", "a storm"):
        assert word in text


def test_one_patient_has_no_band_and_the_dead_have_no_curve():
    figure = plot.gain_curve(found([[0, 2, np.nan]]))
    text = plot.svg(figure)
    assert "90 %" not in text
    assert np.isnan(figure.axes[0].lines[-1].get_ydata()[-1])


def test_something_else_is_refused():
    with pytest.raises(InputError, match="no loop gain"):
        plot.gain_curve(fakes.flat([1.0]))
