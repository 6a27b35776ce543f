"""Overlays: written as they are read, applied as they say, and refused when they are not sound."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cytostorm.errors import InputError
from cytostorm.infer import calibrate, overlay
from cytostorm.infer.overlay import Number, Overlay
from cytostorm.library.catalogue import model_for
from cytostorm.scenario import ScenarioError
from tests import toys
from tests.infer import tiny

NOTE = 'source = "calibrated", note = "to the curves of a test"'
PACE = f'[parameters]\n"macrophage.pace" = {{value = 3.0, unit = "1/h", {NOTE}}}\n'


@pytest.fixture(scope="module")
def fit():
    return calibrate(tiny.problem(), starts=1)


@pytest.fixture(scope="module")
def endotoxin():
    return model_for("endotoxin")


# --- writing and reading --------------------------------------------------------------------------------


def test_a_calibration_is_read_back_as_it_was_written(fit, tmp_path):
    made = overlay.of(fit)
    assert overlay.load(overlay.save(made, tmp_path)) == made
    assert {name: number.value for name, number in made.parameters.items()} == fit.values
    how = made.provenance
    assert (how.problem, how.seed, how.starts, how.evaluations) == ("tiny", 0, 1, fit.evaluations)
    assert (how.cost_before, how.cost_after, how.ended) == (fit.before, fit.cost, "done")
    assert how.rows == fit.evidence.ids
    assert how.models == {"toy": "f" * 64}


def test_the_same_calibration_makes_the_same_file(fit):
    text = overlay.dumps(overlay.of(fit))
    assert text == overlay.dumps(overlay.of(calibrate(tiny.problem(), starts=1)))
    assert "date" not in text
    assert 'date = "a fine day"' in overlay.dumps(overlay.of(fit, "a fine day"))


def test_a_number_held_by_a_citation_says_so():
    made = overlay.of(calibrate(tiny.held(1.5), starts=1))
    assert "held near 0.4 ×/÷ 1.5 of Someone2020" in made.parameters["toy.rate"].note


@given(st.floats(0, 1e299), st.text(min_size=8, max_size=50).filter(lambda t: len(t.strip()) >= 8))
def test_any_number_and_note_survive(value, note):
    # what TOML holds: no surrogates, line ends as they are written in strings
    note = note.encode("utf-8", "ignore").decode()
    if len(note.strip()) < 8:
        return
    made = Overlay(parameters={"a.b": Number(value=value, unit="1/h", note=note)})
    assert overlay.loads(overlay.dumps(made)) == made


def test_a_name_may_be_written_without_quotes():
    nested = f'[parameters]\nmacrophage.pace = {{value = 3.0, unit = "1/h", {NOTE}}}\n'
    table = f'[parameters.macrophage.pace]\nvalue = 3.0\nunit = "1/h"\n{NOTE.replace(", ", chr(10))}\n'
    assert overlay.loads(nested) == overlay.loads(PACE) == overlay.loads(table)


# --- applying -------------------------------------------------------------------------------------------


def test_values_replace_those_of_the_model(fit):
    model = toys.one_compartment()
    changed = overlay.of(fit).apply(model)
    for name, value in fit.values.items():
        assert changed.values[changed.parameter(name)] == pytest.approx(value)
    assert changed.fingerprint != model.fingerprint


def test_units_are_converted(endotoxin):
    changed = overlay.loads(PACE.replace('3.0, unit = "1/h"', '0.05, unit = "1/min"')).apply(endotoxin)
    assert changed == overlay.loads(PACE).apply(endotoxin)


def test_a_mechanism_that_the_model_leaves_out_is_left_aside():
    both = overlay.loads(PACE + f'"toy.rate" = {{value = 0.5, unit = "1/h", {NOTE}}}\n')
    assert both.changes(toys.one_compartment()) == {"toy.rate": "0.5 1/h"}


@pytest.mark.parametrize(
    "name, near",
    [
        ("macrophage.pac", r"did you mean 'macrophage\.pace'"),
        ("macrophge.pace", r"did you mean 'macrophage\.pace'"),
        ("macrophage", r"did you mean 'macrophage\.pace'"),
        ("il6.level", "no parameter 'il6.level'"),  # a species
    ],
)
def test_an_unknown_name_is_told(name, near, endotoxin):
    wrong = overlay.loads(PACE.replace("macrophage.pace", name))
    with pytest.raises(InputError) as error:
        wrong.apply(endotoxin)
    assert re.search(near, str(error.value))


def test_an_unknown_name_of_a_mechanism_left_out_is_told():
    with pytest.raises(InputError, match=r"did you mean 'macrophage\.pace'"):
        overlay.loads(PACE.replace("pace", "pac")).apply(toys.one_compartment())


def test_a_unit_that_does_not_fit_is_told(endotoxin):
    with pytest.raises(InputError, match=r"macrophage\.pace is given in 'pg/mL'"):
        overlay.loads(PACE.replace("1/h", "pg/mL")).apply(endotoxin)


# --- files that are not sound ---------------------------------------------------------------------------

PROVENANCE = (
    '[provenance]\nproblem = "x"\ncytostorm = "1"\nseed = 0\nstarts = 1\nevaluations = 1\noptimiser = "o"\n'
    'ended = "done"\ncost_before = 1.0\ncost_after = 1.0\n'
)
HOSTILE = {
    "nothing": ("", "'parameters' is missing"),
    "no parameters": ("[parameters]\n", "parameters is {}"),
    "no TOML": ("[parameters", "this is not TOML"),
    "another format": ("format = 2\n" + PACE, "format is 2"),
    "a typo": (PACE.replace("value", "valuee"), "did you mean 'value'?"),
    "a typo of a table": (PACE.replace("[parameters]", "[params]"), "did you mean 'parameters'?"),
    "text for a number": (PACE.replace("3.0", '"3.0"'), "parameters.macrophage.pace.value is '3.0'"),
    "true for a number": (PACE.replace("3.0", "true"), "value is true"),
    "negative": (PACE.replace("3.0", "-1.0"), "value is -1.0"),
    "infinite": (PACE.replace("3.0", "inf"), "value is inf"),
    "no number": (PACE.replace("3.0", "nan"), "value is nan"),
    "huge": (PACE.replace("3.0", "1e308"), "value is 1e+308"),
    "unknown unit": (PACE.replace("1/h", "1/hh"), "unit '1/hh' cannot be read"),
    "tower of powers": (PACE.replace("1/h", "h^9^9^9"), "power that no unit has"),
    "long unit": (PACE.replace("1/h", "h" * 5000), "unit is"),
    "no unit": (PACE.replace('unit = "1/h", ', ""), "unit' is missing"),
    "no reason": (PACE.replace("to the curves of a test", "why"), "without a reason"),
    "no source": (PACE.replace("calibrated", " "), "has no source"),
    "twice": (PACE + "macrophage.pace = {value = {}}\n", ""),
    "a list": ("parameters = [1, 2]\n", "parameters is [1, 2]"),
    "a number": ("parameters = 1\n", "parameters is 1"),
    "entry is a number": ('[parameters]\n"a.b" = 1\n', "parameters.a.b is 1"),
    "deep": ("a = " + "[" * 5000 + "]" * 5000, ""),
    "deep tables": ("[" + ".".join("a" * 3000) + "]\n" + PACE, ""),
    "large": (PACE + "#" * 1_000_001, "bytes"),
    "provenance of half": ('[provenance]\nproblem = "x"\n' + PACE, "'provenance.seed' is missing"),
    "rows are numbers": (PROVENANCE + "rows = [1]\n" + PACE, "provenance.rows.0 is 1"),
    "unknown beside": (PROVENANCE + 'password = "x"\n' + PACE, "'provenance.password' is unknown"),
}


@pytest.mark.parametrize("text, words", HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_sound_is_refused_with_a_remedy(text, words):
    with pytest.raises(ScenarioError) as error:
        overlay.loads(text, "mine.toml")
    said = str(error.value)
    assert words in said
    assert "mine.toml" in said
    assert "remedy: " in said


def test_the_place_is_named():
    with pytest.raises(ScenarioError, match=r"mine\.toml, line 2, column 30"):
        overlay.loads(PACE.replace("3.0", "-1"), "mine.toml")


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", b"\x00" * 10])
def test_what_is_no_text_is_refused(text, tmp_path):
    (tmp_path / "x.toml").write_bytes(text)
    with pytest.raises(InputError):
        overlay.load(tmp_path / "x.toml")


def test_a_file_that_is_not_there_is_told(tmp_path):
    (tmp_path / "overlay.toml").write_text(PACE)
    with pytest.raises(InputError, match=r"did you mean 'overlay\.toml'"):
        overlay.load(tmp_path / "overlai.toml")
    with pytest.raises(InputError, match="is a folder"):
        overlay.load(tmp_path)


def test_an_overlay_does_not_change():
    made = overlay.loads(PACE)
    with pytest.raises((ValueError, dataclasses.FrozenInstanceError)):
        made.format = 1
