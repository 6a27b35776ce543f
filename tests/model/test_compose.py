"""Composition commutes; a Model is a value."""

from __future__ import annotations

import itertools

import pytest

from cytostorm.errors import InputError
from cytostorm.library.kinetics import falls, rises
from cytostorm.model import LogNormal, Module, compose
from tests import toys
from tests.toys import number


def three() -> list[Module]:
    a, b, c = Module("aa", "mediator", "a"), Module("bb", "mediator", "b"), Module("cc", "drug", "c")
    k = number(a, "k", 1.0, "1/h")
    level = a.species("level", "pg/mL", "level")
    gain = a.gain("loss_gain", "how fast it goes")
    drive = a.drive("source", "pg/mL/h", "what makes it")
    a.produce(level, "production", drive)
    a.remove(level, "loss", k * level * gain)
    other = b.species("level", "pg/mL", "other")
    b.produce(other, "production", k * level)
    b.remove(other, "loss", k * other)
    half = number(b, "half", 3.0, "pg/mL")
    b.stimulate(drive, k * half * rises(other, half))
    c.stimulate(drive, k * half * falls(other, half))
    c.modulate(gain, 1 + falls(other, half))
    b.modulate(gain, 1 + rises(level, half))
    return [a, b, c]


def test_any_order_gives_the_same_model() -> None:
    modules = three()
    prints = {compose(*order).fingerprint for order in itertools.permutations(modules)}
    assert len(prints) == 1
    assert compose(*modules) == compose(*reversed(modules))


def test_separate_builds_give_the_same_fingerprint() -> None:
    assert compose(*three()).fingerprint == compose(*three()).fingerprint


def test_owner_closure_brings_what_is_touched() -> None:
    a, _, c = three()
    assert [m.name for m in compose(c).modules] == ["aa", "bb", "cc"]
    assert [m.name for m in compose(a).modules] == ["aa"]


def test_replace_is_a_new_value() -> None:
    model = toys.one_compartment()
    other = model.replace({"toy.rate": "12 1/d", "toy.volume": 10.0})
    assert other != model
    assert other.structure == model.structure
    assert model.values[model.parameter("toy.rate")] == 0.3
    assert other.values[model.parameter("toy.rate")] == pytest.approx(0.5)
    assert other.values[model.parameter("toy.volume")] == 10.0
    assert hash(other.replace({"toy.rate": 0.3, "toy.volume": 5.0})) == hash(model)


@pytest.mark.parametrize(
    "name, value, part",
    [
        ("toy.rat", 1.0, "toy.rate"),
        ("toy.rate", "3 mg", "1/h"),
        ("toy.rate", "3", "without a unit"),
        ("toy.rate", -1.0, "negative"),
        ("toy.rate", float("nan"), "finite"),
        ("toy.rate", "1e999 1/h", "finite"),
        ("toy.rate", "__import__('os')", "number with a unit"),
    ],
)
def test_replace_refuses(name: str, value: str | float, part: str) -> None:
    with pytest.raises(InputError) as caught:
        toys.one_compartment().replace({name: value})
    assert part in str(caught.value)


def test_spread_refuses_nonsense() -> None:
    with pytest.raises(Exception, match="geometric SD"):
        LogNormal(0.5)
