"""Whatever a file holds, the answer is a Scenario or an error of the package; every key has its place."""

from __future__ import annotations

import string
import tomllib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cytostorm.cli import main
from cytostorm.errors import CytostormError
from cytostorm.scenario import build, loads, read
from cytostorm.scenario.places import scan
from tests.scenario import little

pytestmark = pytest.mark.usefixtures("little_library")
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

KEYS = [
    "trigger",
    "name",
    "dose",
    "person",
    "weight",
    "population",
    "patients",
    "seed",
    "vary",
    "parameters",
    "give",
    "what",
    "route",
    "amount",
    "time",
    "duration",
    "every",
    "count",
    "until",
    "rule",
    "when",
    "check",
    "output",
    "hours",
    "step",
    "quantities",
    "folder",
    "model",
    "include",
    "format",
    "title",
    "il6.half_life",
    '"il6.half_life"',
    "nonsense",
]
VALUES = [
    '"endotoxin"',
    '"2 ng/kg"',
    '"tocilizumab"',
    '"8 mg/kg"',
    '"24 h"',
    "24",
    "0",
    "-1",
    "nan",
    "inf",
    "1e400",
    "true",
    '["il6"]',
    "[]",
    "{}",
    "1979-05-27 07:32:00",
    "'iv'",
    '"""a\nb"""',
    '"il6 > 3 pg/mL, then once"',
    '"time >= 1 h and not il6 for 1 h, repeat after 8 h"',
    '"__import__(1)"',
    '"-3 mg"',
    '"1e308 d"',
    '"2"',
    "[[1], [2]]",
    '{what = "tocilizumab", amount = "1 mg"}',
    '""',
    "9" * 400,
]
line = st.one_of(
    st.builds("{} = {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES)),
    st.sampled_from(
        ["[trigger]", "[[give]]", "[[rule]]", "[output]", "[population]", "[person]", "[parameters]", "# x"]
    ),
    st.text(string.printable, max_size=12),
)


def only_our_errors(work):
    try:
        return work()
    except CytostormError as error:
        said = str(error)
    assert "remedy:" in said
    assert "Traceback" not in said
    return None


@many
@given(st.text(max_size=300))
@example("[" * 900_000)
@example('x = "' + "\\" * 100_001)
@example("a = " + "9" * 5000)
@example("a = 0001-01-01T00:00:00+99:99")
@example("\ufeff\ufeff")
def test_any_text(text):
    only_our_errors(lambda: loads(text))


@many
@given(st.lists(line, max_size=20).map("\n".join))
def test_lines_that_look_right(text):
    scenario = only_our_errors(lambda: loads(text))
    if scenario is not None and scenario.population.patients <= 1000:
        only_our_errors(lambda: build(scenario))


@few
@given(data=st.binary(max_size=300))
def test_any_bytes(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("fuzz") / "x.toml"
    file.write_bytes(data)
    only_our_errors(lambda: read(file))


@few
@given(st.text(max_size=60))
@example("endotoxin.dose=__import__('os').system('x')")
@example("endotoxin.dose=nan")
@example("trigger.name=x")
@example("person.=3")
def test_any_setting(text):
    assert main(["run", "endotoxin", "--no-report", "--patients", "1", "--hours", "0.1", "--set", text]) in (
        0,
        2,
    )


name = st.text(string.ascii_lowercase, min_size=1, max_size=3)
leaf = st.one_of(
    st.integers(-9, 9).map(str), st.sampled_from(['"a]#b"', "'x'", "true", "[1, 2]", '"""q"x"""', "1.5e3"])
)


@many
@given(st.lists(st.tuples(st.sampled_from(["key", "table", "many", "inline"]), name, name, leaf), max_size=8))
def test_every_key_has_its_place(parts):
    """Whatever the parser accepts was scanned to the end, and each key stands where the scan says."""
    text = "".join(
        {
            "key": f"{a}.'{b}' = {v} # c\n",
            "table": f"[{a} . {b}]\n  x = {v}\n",
            "many": f"[[{a}]]\n{b} = {v}\n",
            "inline": f"{a} = {{ {b} = {v}, z.y = [\n{v},\n{{w = {v}}}] }}\n",
        }[kind]
        for kind, a, b, v in parts
    )
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = scan(text)
    assert places.whole
    assert not places.problems
    lines = text.split("\n")
    for path, node in _walk(data):
        span = places.keys.get(path) or places.values[path]
        assert lines[span.line - 1][span.column - 1 :]
        if path in places.values and not isinstance(node, (dict, list)):
            value = places.values[path]
            raw = lines[value.line - 1][value.column - 1 : value.column - 1 + value.length]
            assert tomllib.loads(f"k = {raw}")["k"] == node


def _walk(node, path=()):
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield (*path, key), value
        yield from _walk(value, (*path, key))


def test_the_little_library_is_one():
    assert set(little.modules()) > {"endotoxin", "tocilizumab"}
