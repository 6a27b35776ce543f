"""What may end the run of a patient, and what a model says of it."""

from __future__ import annotations

import pytest

from cytostorm.errors import ModelError
from cytostorm.model import Module, compose
from tests import toys
from tests.simulation.mortal import MODEL, mortal


def test_declaration() -> None:
    m = Module("fate", "organ", "who dies of what")
    ending = m.ending("death", MODEL.names["toy.hazard"], toys.number(m, "limit", 2.0, "1"), "death")
    model = compose(m)
    assert [module.name for module in model.modules] == ["fate", "toy"]
    assert model.endings[0] is ending
    assert len(model.endings) == 2
    assert "ending fate.death: toy.hazard >= fate.limit\n" in model.text
    assert mortal(ends=False).fingerprint != MODEL.fingerprint
    assert mortal(ends=False).structure != MODEL.structure


def test_what_cannot_end_a_run() -> None:
    def toy(species="hazard", limit=("1", 1.0)):
        m = Module("toy", "organ", "a hazard")
        h = m.species("hazard", "1", "hazard")
        m.produce(h, "rise", toys.number(m, "rate", 1.0, "1/h"))
        lab = m.lab("level", h, "1", "level")
        unit, value = limit
        what = toys.number(m, "limit", value, unit) if isinstance(value, float) else h
        return m, m.ending("death", h if species == "hazard" else lab, what, "death")

    with pytest.raises(ModelError, match=r"threshold of ending 'toy\.death'"):
        compose(toy(limit=("mg", 1.0))[0])
    with pytest.raises(ModelError, match="parameters only"):
        compose(toy(limit=("1", None))[0])
    with pytest.raises(ModelError, match="no species"):
        compose(toy(species="lab")[0])
    m, _ = toy()
    with pytest.raises(ModelError, match="cannot be used"):
        m.ending("death", m.quantities["hazard"], 1, "death")
