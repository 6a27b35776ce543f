import numpy as np
import pytest
import xarray as xr

from cytostorm import plot
from cytostorm.errors import InputError
from cytostorm.plot.fate_map import _edges
from tests import fakes


def found(x, y, fate, own=(1.0, 1.0)):
    about = {"flag_meanings": "resolved storm exhausted died unfinished other", "units": "1"}
    coords = {
        "a.dose": ("a.dose", x, {"units": "ng/kg", "label": "dose"}),
        "b.loss": ("b.loss", y, {"units": "1/h", "label": "loss of $x"}),
    }
    return xr.Dataset({"fate": (("a.dose", "b.loss"), fate, about)}, coords, {"own": list(own)})


def words(figure):
    return plot.svg(figure)


def test_a_map_says_what_it_shows():
    x, y = np.geomspace(0.1, 10, 5), np.linspace(0, 2, 4)
    fate = np.arange(20).reshape(5, 4) % 6
    figure = plot.fate_map(found(x, y, fate), title="where fates part")
    axes = figure.axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "linear")
    text = words(figure)
    for word in ("a.dose", "ng/kg", "1/h", "storm", "exhausted", "other", "star", "where fates part"):
        assert word in text
    assert text == words(plot.fate_map(found(x, y, fate), title="where fates part"))


def test_only_fates_that_occur_are_in_the_key():
    figure = plot.fate_map(found([1.0, 2.0], [1.0, 2.0], np.zeros((2, 2), int), own=(9.0, 1.0)))
    text = words(figure)
    assert "resolved" in text
    assert "storm" not in text
    assert "own values" not in text


def test_cells_reach_halfway_to_their_neighbours():
    assert _edges(np.array([1.0, 2.0, 3.0])) == pytest.approx([0.5, 1.5, 2.5, 3.5])
    assert _edges(np.array([0.0, 2.0])) == pytest.approx([0.0, 1.0, 3.0])
    assert _edges(np.array([1.0, 100.0])) == pytest.approx([0.1, 10.0, 1000.0])
    assert len(_edges(np.array([0.0]))) == len(_edges(np.array([4.0]))) == 2


def test_something_else_is_refused():
    with pytest.raises(InputError, match="no fates"):
        plot.fate_map(fakes.flat([1.0]))
