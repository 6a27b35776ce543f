import xml.etree.ElementTree as ET

import pytest

import cytostorm as cs
from cytostorm.model import Module, compose
from cytostorm.plot.network import Arrow, Node, network
from cytostorm.understand import wiring
from cytostorm.understand.signs import doings
from tests import toys as base
from tests.understand import toys


@pytest.fixture(scope="module")
def endotoxin():
    return wiring(cs.model_for("endotoxin"))


def signs(found):
    return {(a.source, a.target): a.sign for a in found.arrows}


def test_what_is_known_of_endotoxin(endotoxin):
    found = signs(endotoxin)
    assert found["endotoxin", "macrophage"] == 1
    assert found["macrophage", "tnf"] == found["tnf", "macrophage"] == 1
    assert found["il10", "macrophage"] == -1
    assert found["cortisol", "macrophage"] == 0  # it holds them back, and induces their IL-10
    assert found["il6", "liver"] == found["tnf", "fever"] == 1
    assert found["il1ra", "il1b"] == -1
    assert ("liver", "il6") not in found
    assert {n.kind for n in endotoxin.nodes} == {"trigger", "cell", "mediator", "organ"}


def test_circles_are_marked(endotoxin):
    circle = {(a.source, a.target): a.circle for a in endotoxin.arrows}
    assert circle["tnf", "macrophage"]
    assert circle["macrophage", "tnf"]
    assert not circle["endotoxin", "macrophage"]
    once = {(a.source, a.target): a.circle for a in wiring(toys.chain()).arrows}
    assert once == {("push", "white"): False, ("messenger", "white"): True, ("white", "messenger"): True}


def test_who_is_used_up_is_no_arrow():
    found = signs(wiring(toys.chain()))
    assert found == {("push", "white"): 1, ("messenger", "white"): 1, ("white", "messenger"): 1}


def test_moving_cells_where_they_do_less_lowers_them():
    m, calm = Module("white", "cell", "cells"), Module("calm", "mediator", "what calms")
    out = Module("out", "mediator", "what they make")
    k = base.number(m, "k", 1.0, "1/h")
    rest, busy = m.species("rest", "1", "rest", initial=1), m.species("busy", "1", "busy", initial=1)
    level, made = calm.species("level", "1", "calm", initial=1), out.species("made", "1", "made", initial=1)
    m.move(busy, rest, "calming", k * level * busy)
    m.produce(made, "making", k * busy)
    assert signs(wiring(compose(m))) == {("calm", "white"): -1, ("white", "out"): 1}


def test_suppression_is_a_brake_even_if_it_is_read_as_what_is_left():
    """A read-out that falls with its own mechanism, and that another multiplies by."""
    m, holds = Module("white", "cell", "cells"), Module("holds", "cell", "suppressors")
    k = base.number(m, "k", 1.0, "1/h")
    number = holds.species("number", "1", "suppressors", initial=1)
    left = holds.observable("left", 1 / (1 + number), "1", "what suppression leaves")
    x = m.species("x", "1", "cells", initial=1)
    m.produce(x, "growth", k * x * left)
    assert signs(wiring(compose(m))) == {("holds", "white"): -1}


def test_a_mediator_without_a_state_of_its_own_has_a_place():
    m, between, other = (
        Module(n, "cell" if n != "between" else "mediator", n) for n in ("a", "between", "b")
    )
    k = base.number(m, "k", 1.0, "1/h")
    drive = between.drive("made", "1/h", "what cells make")
    level = between.observable("level", drive / k, "1", "level")
    x, y = m.species("x", "1", "x", initial=1), other.species("y", "1", "y", initial=1)
    m.stimulate(drive, k * x, "cells make it")
    other.produce(y, "effect", k * level)
    assert signs(wiring(compose(m, other))) == {("a", "between"): 1, ("between", "b"): 1}


def test_an_arrow_with_both_signs_says_so():
    m, both = Module("white", "cell", "cells"), Module("both", "mediator", "both ways")
    k = base.number(m, "k", 1.0, "1/h")
    z, x = both.species("z", "1", "z", initial=1), m.species("x", "1", "x", initial=1)
    m.produce(x, "rise and fall", k * z / (1 + z**2))
    assert signs(wiring(compose(m))) == {("both", "white"): 0}


def test_every_state_that_acts_is_seen_once():
    for doing in doings(toys.chain()):
        acting = [q for q, _ in doing.by]
        assert len(acting) == len(set(acting))


def test_dot_names_every_mechanism_and_arrow(endotoxin):
    text = endotoxin.dot()
    assert text.startswith('digraph "endotoxin" {')
    assert text.count("->") == len(endotoxin.arrows)
    assert '"il10" -> "macrophage" [arrowhead=tee' in text
    assert text.count("fillcolor") == len(endotoxin.nodes)
    assert text == wiring(cs.model_for("endotoxin")).dot()


def test_the_picture_holds_every_mechanism(endotoxin):
    text = endotoxin.svg("a title")
    words = " ".join(e.text or "" for e in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}text"))
    assert all(n.label.split()[0] in words for n in endotoxin.nodes)
    assert "a title" in words
    assert "lowers (bar)" in words
    assert text == endotoxin.svg("a title")


def test_odd_wirings_are_drawn_too():
    assert wiring(toys.pools()).arrows == ()
    network([], [])
    nodes = [
        Node("a", "a name so long that it has to be broken at least once to fit", "cell"),
        Node("b", "$b", "x"),
    ]
    figure = network(nodes, [Arrow("a", "b", 0), Arrow("b", "a", -1)])
    assert len(figure.axes[0].patches) == 4
