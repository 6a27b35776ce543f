import itertools
import math
import os
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cytostorm.codegen import cache, native
from cytostorm.codegen.graph import Graph
from cytostorm.codegen.lanes import FLOAT
from cytostorm.codegen.numpy import numpy_program
from cytostorm.codegen.tape import Tape, tape
from cytostorm.errors import InputError

UNARY = ("exp", "log", "tanh", "abs", "not")
BINARY = ("add", "sub", "mul", "div", "max", "min", "lt", "le", "eq", "and", "or")
CURVED = ("exp", "log", "tanh")
EDGES = (
    0.0, -0.0, 1.0, -1.0, 0.5, 2.0, math.pi, 1e-300, 1e300, -1e300, 5e-324, -5e-324, 2.2e-308, 1e-17, 20.0,
    709.78, 709.79, -745.0, -746.0, math.inf, -math.inf, math.nan, math.sqrt(0.5), math.sqrt(2.0),
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path_factory, monkeypatch):
    home = tmp_path_factory.mktemp("cache", numbered=True)
    monkeypatch.setenv("CYTOSTORM_CACHE", str(home))
    return home / "native"


def every_operation() -> Tape:
    graph = Graph()
    x, y, z = (graph.load("x", i) for i in range(3))
    nodes = [graph.make(op, x) for op in UNARY] + [graph.make(op, x, y) for op in BINARY]
    nodes += [
        graph.make("select", z, x, y),
        graph.make("select", graph.make("lt", x, y), z, graph.const(2.5)),
    ]
    nodes += [graph.make("pow", x, y), graph.const(math.nan), x]
    return tape(graph, "read", [("x", 3)], nodes)


def triples() -> np.ndarray:
    rng = np.random.default_rng(1)
    edges = np.array(list(itertools.product(EDGES, repeat=2))).T
    edges = np.vstack([edges, rng.permutation(edges[0])])
    return np.hstack([edges, rng.normal(scale=10.0, size=(3, 1024))])


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two arrays are the same to the last bit, any NaN being as good as another."""
    nan = np.isnan(a) & np.isnan(b)
    return bool(np.all(nan | (a.view(np.int64) == b.view(np.int64))))


def test_every_operation_agrees_with_the_oracle():
    program, x = every_operation(), triples()
    got, expected = native.native_programs([program])["read"](x), numpy_program(program)(x)
    for output, position in enumerate(program.outputs):
        op = program.code[position][0]
        a, b = got[output], expected[output]
        if op in CURVED and output >= len(
            UNARY
        ):  # a power multiplies the error of the logarithm by up to 700
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-300, err_msg=op)
        elif op in CURVED:
            np.testing.assert_array_max_ulp(a, b, maxulp=4)
        else:
            np.testing.assert_array_equal(a, b, err_msg=op)


def test_the_sign_of_zero_is_kept():
    graph = Graph()
    x = graph.load("x", 0)
    program = tape(graph, "f", [("x", 1)], [graph.make("tanh", x), x])
    got = native.native_programs([program])["f"](np.array([[-0.0, 0.0]]))
    assert np.array_equal(np.signbit(got), [[True, False]] * 2)


def targets() -> dict[str, native.Target]:
    host = native.host()
    made = {f"width {width}": replace(host, width=width) for width in (2, 4, 8)}
    if host.triple.startswith("x86_64"):
        made["without fused multiply-add"] = replace(host, cpu="x86-64", features="", width=2)
    return made


POINTS = {
    ("exp", 2): lambda rng, n: np.concatenate([rng.uniform(-708, 709, n), rng.uniform(-1, 1, n)]),
    ("log", 2): lambda rng, n: np.concatenate([np.exp(rng.uniform(-708, 709, n)), rng.uniform(0.5, 2, n)]),
    ("tanh", 4): lambda rng, n: np.concatenate([rng.uniform(-25, 25, n), rng.uniform(-0.5, 0.5, n)]),
}


@pytest.mark.skipif(np.finfo(np.longdouble).nmant < 60, reason="needs a longer type to compare with")
@pytest.mark.parametrize("target", targets().values(), ids=targets())
@pytest.mark.parametrize("op, bound", POINTS)
def test_functions_are_accurate_to_the_last_places(op, bound, target):
    graph = Graph()
    program = tape(graph, "f", [("x", 1)], [graph.make(op, graph.load("x", 0))])
    x = POINTS[op, bound](np.random.default_rng(2), 50_000)
    got = native.native_programs([program], target)["f"](x[None])[0]
    exact = getattr(np, op)(x.astype(np.longdouble))
    error = np.abs(got - exact) / np.spacing(np.abs(exact.astype(float)))
    assert error.max() <= bound


def test_the_element_is_a_parameter():
    graph = Graph()
    x = graph.load("x", 0)
    program = tape(graph, "f", [("x", 1)], [graph.make(op, x) for op in CURVED])
    single = native.native_programs([program], replace(native.host(), width=16, element=FLOAT))["f"]
    x = np.random.default_rng(3).uniform(0.01, 80.0, (1, 1000)).astype(np.float32)
    expected = np.vstack([getattr(np, op)(x.astype(float)) for op in CURVED])
    np.testing.assert_allclose(single(x), expected, rtol=3e-7, atol=1e-8)
    edges = single(np.array([[0.0, -1.0, np.inf, np.nan, 1e-40, 200.0, -200.0]], np.float32))
    np.testing.assert_allclose(edges[0], [1, np.exp(-1), np.inf, np.nan, 1, np.inf, 0], rtol=3e-7)
    np.testing.assert_allclose(edges[1, :5], [-np.inf, np.nan, np.inf, np.nan, np.log(1e-40)], rtol=1e-5)


@pytest.mark.parametrize("lanes", [0, 1, 3, 7, 8, 9, 64])
def test_a_lane_does_not_see_its_neighbours(lanes):
    program, x = every_operation(), triples()[:, :64]
    run = native.native_programs([program])["read"]
    got = run(x[:, :lanes])
    assert got.shape == (len(program.outputs), lanes)
    assert got.flags.c_contiguous
    assert same_bits(got, np.ascontiguousarray(run(x)[:, :lanes]))


def test_bits_do_not_depend_on_the_width():
    program, x = every_operation(), triples()
    made = [native.native_programs([program], replace(native.host(), width=w))["read"](x) for w in (2, 4, 8)]
    assert same_bits(made[0], made[1])
    assert same_bits(made[0], made[2])


def test_empty_arrays_and_no_outputs():
    graph = Graph()
    x = graph.load("x", 0)
    arrays = [("none", 0), ("x", 1)]
    tapes = [tape(graph, "double", arrays, [graph.add(x, x)]), tape(graph, "nothing", arrays, [])]
    made = native.native_programs(tapes)
    assert np.array_equal(made["double"](np.empty((0, 3)), np.ones((1, 3))), np.full((1, 3), 2.0))
    assert made["nothing"](np.empty((0, 3)), np.ones((1, 3))).shape == (0, 3)


@pytest.mark.parametrize(
    "arrays", [(), (np.ones((2, 8)),), (np.ones(3),), (np.ones((3, 8)), np.ones((3, 8)))]
)
def test_wrong_shapes_are_refused(arrays):
    with pytest.raises(InputError, match=r"x \(3, n\)"):
        native.native_programs([every_operation()])["read"](*arrays)


# --- random programs -------------------------------------------------------------------------------

LEAVES = 4


@st.composite
def programs(draw) -> tuple[Tape, Tape]:
    """A random program whose curved functions stay tame, and one that adds up the size of its terms."""
    graph, sizes = Graph(), Graph()
    nodes = [graph.load("x", i) for i in range(LEAVES)]
    terms = [sizes.make("abs", sizes.load("x", i)) for i in range(LEAVES)]
    for _ in range(draw(st.integers(1, 25))):
        a, b, c = (draw(st.integers(0, len(nodes) - 1)) for _ in range(3))
        op = draw(st.sampled_from(["add", "sub", "mul", "max", "min", "tanh", "choice", "abs"]))
        one = sizes.const(1.0)
        if op in {"add", "sub", "mul"}:
            nodes.append(getattr(graph, op)(nodes[a], nodes[b]))
            terms.append(getattr(sizes, "mul" if op == "mul" else "add")(terms[a], terms[b]))
        elif op == "choice":  # by an input, so that rounding cannot tip it
            first = graph.make("lt", nodes[c % LEAVES], graph.const(0.1))
            nodes.append(graph.select(first, nodes[a], nodes[b]))
            terms.append(sizes.add(terms[a], terms[b]))
        elif op == "tanh":
            nodes.append(graph.make("tanh", nodes[a]))
            terms.append(sizes.add(one, terms[a]))
        else:
            nodes.append(graph.make(op, nodes[a]) if op == "abs" else graph.make(op, nodes[a], nodes[b]))
            terms.append(sizes.add(terms[a], terms[b]))
    arrays = [("x", LEAVES)]
    return tape(graph, "f", arrays, nodes), tape(sizes, "size", arrays, terms)


@settings(max_examples=30, deadline=None)
@given(made=programs(), seed=st.integers(0, 2**32 - 1))
def test_random_programs_agree_with_the_oracle(made, seed):
    program, sizes = made
    x = np.random.default_rng(seed).uniform(-1.5, 1.5, (LEAVES, 11))
    got, expected = native.native_programs([program])["f"](x), numpy_program(program)(x)
    ok = np.abs(got - expected) <= 1e-12 * numpy_program(sizes)(x)
    assert np.all(ok | (got == expected) | ~np.isfinite(expected))


# --- the cache ---------------------------------------------------------------------------------------


@pytest.fixture
def compiled(monkeypatch):
    """Count what is compiled."""
    counted, compile_text = [], native.compile_text

    def count(*args):
        counted.append(args)
        return compile_text(*args)

    monkeypatch.setattr(native, "compile_text", count)
    return counted


def small(value: float = 2.0) -> Tape:
    graph = Graph()
    return tape(graph, "f", [("x", 1)], [graph.mul(graph.const(value), graph.load("x", 0))])


def run_small(value: float = 2.0) -> float:
    return float(native.native_programs([small(value)])["f"](np.ones((1, 1)))[0, 0])


def test_the_second_time_comes_from_disk(compiled, folder):
    assert [run_small(), run_small(), run_small(3.0)] == [2.0, 2.0, 3.0]
    assert len(compiled) == 2
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("where", [0, 40, -1, None])
def test_a_damaged_entry_is_made_anew(compiled, folder, where):
    run_small()
    (entry,) = folder.iterdir()
    good = entry.read_bytes()
    bad = bytearray(good if where is not None else b"")
    if where is not None:
        bad[where] ^= 1
    entry.write_bytes(bad)
    assert run_small() == 2.0
    assert len(compiled) == 2
    assert entry.read_bytes() == good


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_folder_that_others_can_write_is_not_used(compiled, folder):
    folder.mkdir()
    folder.chmod(0o777)
    assert [run_small(), run_small()] == [2.0, 2.0]
    assert len(compiled) == 2
    assert not list(folder.iterdir())


def test_a_folder_that_cannot_be_is_no_error(compiled, folder):
    folder.write_text("a file in its place")
    assert [run_small(), run_small()] == [2.0, 2.0]
    assert len(compiled) == 2


def test_only_the_newest_entries_stay(folder, monkeypatch):
    monkeypatch.setattr(cache, "KEPT", 2)
    for age, key in enumerate("abc"):
        cache.remember(key, key.encode())
        os.utime(folder / key, (age, age))
    cache.recall("b")
    cache.remember("d", b"d")
    assert {entry.name for entry in folder.iterdir()} == {"b", "d"}


@pytest.mark.skipif(sys.platform == "win32", reason="folders of POSIX")
def test_where_the_folder_is(monkeypatch, tmp_path):
    monkeypatch.delenv("CYTOSTORM_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "cytostorm" / "native"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == tmp_path / ".cache" / "cytostorm" / "native"


def test_keys_differ_by_target():
    host = native.host()
    assert native._maker(host) != native._maker(replace(host, width=host.width // 2))
    assert native._maker(host) != native._maker(replace(host, cpu="generic"))
