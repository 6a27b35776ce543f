"""Seeded mistakes: each gives one error that names the thing, what was expected, and the remedy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy

from cytostorm.errors import CytostormError, ModelError
from cytostorm.model import Module, compose
from tests.toys import number


def base() -> tuple[Module, sympy.Symbol, sympy.Symbol]:
    m = Module("toy", "mediator", "a toy")
    return m, number(m, "k", 1.0, "1/h"), m.species("level", "pg/mL", "level")


def wrong_unit_of_a_rate() -> None:
    m, _, level = base()
    m.remove(level, "loss", level)
    compose(m)


def sum_of_different_things() -> None:
    m, k, level = base()
    m.produce(level, "rise", level + k)
    compose(m)


def missing_source() -> None:
    Module("toy", "mediator", "a toy").parameter("k", 1.0, "1/h", "rate")


def assumed_without_reason() -> None:
    Module("toy", "mediator", "a toy").parameter("k", 1.0, "1/h", "rate", source="assumed")


def unknown_quantity() -> None:
    m, k, level = base()
    m.remove(level, "loss", k * level * sympy.Symbol("il_6"))
    compose(m)


def negative_rate() -> None:
    m, k, level = base()
    m.produce(level, "rise", -k * level)
    compose(m)


def negative_rate_in_some_place() -> None:
    m, k, level = base()
    top = number(m, "top", 5.0, "pg/mL")
    m.produce(level, "growth", k * level * (1 - level / top))
    compose(m)


def unbalanced_transfer() -> None:
    m, k, level = base()
    amount = m.species("amount", "ng", "amount")
    m.move(amount, level, "uptake", k * amount)
    compose(m)


def name_clash() -> None:
    m, k, _level = base()
    m.observable("level", k, "1/h", "again")


def two_owners() -> None:
    one, _, _ = base()
    other, *_ = base()
    compose(one, other)


def two_labs_of_one_name() -> None:
    one, two = (Module(n, "lab", n) for n in ("panel", "other_panel"))
    for m in (one, two):
        m.lab("crp", number(m, "x", 1.0, "mg/L"), "mg/L", "CRP")
    compose(one, two)


def takes_what_is_not_there() -> None:
    m, k, level = base()
    m.remove(level, "loss", k * number(m, "amount", 1.0, "pg/mL"))
    compose(m)


def plug_with_a_unit() -> None:
    m, k, level = base()
    gain = m.gain("rate", "how fast")
    m.produce(level, "rise", k * level * gain)
    m.modulate(gain, level)
    compose(m)


def plug_into_no_socket() -> None:
    m, _, level = base()
    m.modulate(level, 1 + level / level)
    compose(m)


def read_outs_in_a_circle() -> None:
    m, _, level = base()
    one = m.observable("one", level, "pg/mL", "one")
    two = m.observable("two", one, "pg/mL", "two")
    one.expression = two + level
    compose(m)


def dose_into_a_concentration() -> None:
    m, _, level = base()
    m.route("iv", level, "vein")
    compose(m)


def challenge_without_a_route() -> None:
    m = Module("toy", "trigger", "a toy")
    m.challenge("iv", number(m, "dose", 1.0, "ng"))


def power_of_something_with_a_unit() -> None:
    m, k, level = base()
    m.remove(level, "loss", k * level * level ** number(m, "n", 2.0, "1"))
    compose(m)


def breaks_a_conserved_total() -> None:
    m, k, level = base()
    m.remove(level, "loss", k * level)
    m.conserve("level", level)
    compose(m)


def not_a_number() -> None:
    number(Module("toy", "mediator", "a toy"), "k", float("nan"), "1/h")


def unknown_unit() -> None:
    number(Module("toy", "mediator", "a toy"), "k", 1.0, "ng/kq")


MISTAKES: list[tuple[Callable[[], None], str, str]] = [
    (wrong_unit_of_a_rate, "process 'toy: loss of toy.level'", "ng/(L*h)"),
    (sum_of_different_things, "toy.level in [ng/L]", "ng/(L*h)"),
    (missing_source, "toy.k has no source", "citation key"),
    (assumed_without_reason, "toy.k is 'assumed'", "note"),
    (unknown_quantity, "'il_6'", "declared by a module"),
    (negative_rate, "'toy: rise of toy.level'", "zero or more"),
    (negative_rate_in_some_place, "'toy: growth of toy.level'", "zero or more"),
    (unbalanced_transfer, "'toy: uptake of toy.amount, toy.level'", "ratio"),
    (name_clash, "'toy.level' is declared twice", "one declaration"),
    (two_owners, "two modules are named 'toy'", "one owner"),
    (two_labs_of_one_name, "'crp'", "one lab"),
    (takes_what_is_not_there, "'toy: loss of toy.level'", "vanishes"),
    (plug_with_a_unit, "'toy.rate'", "[1]"),
    (plug_into_no_socket, "toy.level", "socket"),
    (read_outs_in_a_circle, "toy.one -> toy.two -> toy.one", "earlier"),
    (dose_into_a_concentration, "'toy.iv'", "amount"),
    (challenge_without_a_route, "'iv'", "route"),
    (power_of_something_with_a_unit, "toy.n", "ng/(L*h)"),
    (breaks_a_conserved_total, "'toy: loss of toy.level'", "only move"),
    (not_a_number, "toy.k is nan", "finite"),
    (unknown_unit, "'ng/kq'", "unit"),
]


@pytest.mark.parametrize("mistake, thing, expected", MISTAKES, ids=lambda x: getattr(x, "__name__", ""))
def test_mistake_is_told_in_three_parts(mistake: Callable[[], None], thing: str, expected: str) -> None:
    with pytest.raises(CytostormError) as caught:
        mistake()
    error = caught.value
    assert thing in error.thing
    assert expected in error.expected
    assert error.remedy


def test_a_sound_toy_composes() -> None:
    m, k, level = base()
    m.remove(level, "loss", k * level)
    assert len(compose(m).species) == 1


def test_effect_on_an_absent_module_brings_the_module() -> None:
    """A plug into another mechanism can never be lost because that mechanism was not named."""
    target, k, level = base()
    gain = target.gain("loss_gain", "how fast it goes")
    target.remove(level, "loss", k * level * gain)
    drug = Module("drug", "drug", "a drug")
    drug.modulate(gain, 1 / (1 + number(drug, "x", 1.0, "1")))
    model = compose(drug)
    assert [x.name for x in model.modules] == ["drug", "toy"]
    assert model.sockets[gain] != 1


def test_error_type_is_for_authors() -> None:
    with pytest.raises(ModelError):
        negative_rate()
