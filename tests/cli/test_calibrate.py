"""The command that calibrates: what it prints and keeps, how it stops and goes on, what it refuses."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from cytostorm import infer
from tests.infer import tiny

QUICK = ("tiny", "--starts", "1")
DISCLAIMER = "For research and education only, never for the care of a patient."


@pytest.fixture(autouse=True)
def _tiny(monkeypatch):
    table = {"tiny": tiny.problem, "product": lambda *_: tiny.product(), "failing": lambda *_: failing()}
    real = infer.find
    monkeypatch.setattr(infer, "find", lambda name, *how: table.get(name, partial(real, name))(*how))


def failing():
    from dataclasses import replace

    whole = tiny.problem()

    def rows(values):
        found = whole.simulate_rows(values)
        return [replace(row, failed=True) for row in found] if values["toy.volume"] > 25 else found

    return replace(whole, name="failing", simulate_rows=rows)


def stop_after(monkeypatch, count):
    """Press Ctrl-C when some sets of values have been looked at."""
    asked = []
    real = tiny.rows

    def rows(values):
        if len(asked) == count:
            raise KeyboardInterrupt
        asked.append(values)
        return real(values)

    monkeypatch.setattr(tiny, "rows", rows)


# --- fitting --------------------------------------------------------------------------------------------


def test_prints_a_table_and_where_the_overlay_is(said):
    code, out, err = said("calibrate", *QUICK, "-o", "here")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["parameter", "unit", "before", "after", "remark"]
    assert lines[1].split()[:4] == ["toy.rate", "1/h", "0.100", "0.300"]
    assert "curves inside: 0 before, 10 after, of 10" in out
    assert "(done)" in out
    assert "overlay: here/overlay.toml" in out
    assert lines[-1] == DISCLAIMER


def test_json_is_one_object_and_the_same_each_time(said):
    code, out, err = said("calibrate", *QUICK, "-o", "here", "--json")
    assert (code, err) == (0, "")
    whole = json.loads(out)
    assert list(whole) == [
        "problem", "seed", "starts", "evaluations", "failed", "ended", "cost", "curves", "parameters",
        "overlay", "disclaimer", "version",
    ]  # fmt: skip
    assert whole["parameters"]["toy.rate"]["before"] == 0.1
    assert whole["parameters"]["toy.rate"]["after"] == pytest.approx(0.3, rel=1e-2)
    assert whole["curves"] == {"all": 10, "inside_before": 0, "inside_after": 10}
    said("calibrate", *QUICK, "-o", "there")
    assert Path("here/overlay.toml").read_bytes() == Path("there/overlay.toml").read_bytes()


def test_a_value_at_its_bound_is_told(said, monkeypatch):
    monkeypatch.setitem(tiny.TRUTH, "toy.volume", 80.0)
    assert "at its upper bound" in said("calibrate", *QUICK, "-o", "here")[1]


def test_some_values_failed(said):
    code, out, _ = said("calibrate", "failing", "--starts", "2", "-o", "here", "--json")
    assert code == 4
    assert json.loads(out)["failed"] > 0
    assert Path("here/overlay.toml").exists()


def test_interrupted_it_keeps_the_best_and_goes_on(said, monkeypatch):
    args = ("calibrate", *QUICK, "-o", "here")
    with monkeypatch.context() as patch:
        stop_after(patch, 8)
        code, out, err = said(*args)
    assert code == 130
    assert "stopped: " in err
    assert "--resume goes on from there" in err
    assert "(interrupted)" in out
    assert Path("here/overlay.toml").exists()
    code, _, err = said(*args)
    assert (code, "--resume" in err) == (2, True)
    assert said(*args, "--resume")[0] == 0
    said(*args[:-1], "there")
    assert Path("here/overlay.toml").read_bytes() == Path("there/overlay.toml").read_bytes()


def test_interrupted_at_once_nothing_is_told(said, monkeypatch):
    stop_after(monkeypatch, 0)
    code, out, err = said("calibrate", *QUICK, "-o", "here")
    assert (code, out) == (130, "")
    assert "stopped" in err


def test_a_parameter_alone_can_be_freed(said):
    whole = json.loads(said("calibrate", *QUICK, "--free", "toy.rate", "-o", "here", "--json")[1])
    assert list(whole["parameters"]) == ["toy.rate"]


# --- what the rows tell ---------------------------------------------------------------------------------


def test_identifiability_of_an_overlay(said):
    said("calibrate", *QUICK, "-o", "here")
    code, out, err = said("calibrate", "--identifiability", "here/overlay.toml", "--profile", "toy.rate")
    assert (code, err) == (0, "")
    assert "all are told apart" in out
    assert "free: 2 parameters; 10 curves carry 2 (one for five)" in out
    assert "profile of toy.rate: from " in out
    code, out, _ = said(
        "calibrate", "--identifiability", "here/overlay.toml", "--profile", "toy.rate", "--json"
    )
    whole = json.loads(out)
    assert whole["not_told_apart"] == []
    assert 1 < whole["parameters"]["toy.rate"]["standard_error_factor"] < 2
    low, high = (whole["profiles"]["toy.rate"][key] for key in ("low", "high"))
    assert low < 0.3 < high


def test_what_is_not_told_apart_is_named(said):
    said("calibrate", "product", "--starts", "1", "-o", "here")
    _, out, _ = said("calibrate", "--identifiability", "here/overlay.toml")
    line = next(line for line in out.splitlines() if line.startswith("not told apart"))
    assert "toy.one +0.71, toy.two -0.71" in line or "toy.two +0.71, toy.one -0.71" in line
    assert "together: toy.two and toy.one, correlation -1.00" in out
    whole = json.loads(said("calibrate", "--identifiability", "here/overlay.toml", "--json")[1])
    assert set(whole["not_told_apart"][0]["shares"]) == {"toy.one", "toy.two"}


def test_an_overlay_of_another_model_is_told(said):
    said("calibrate", *QUICK, "-o", "here")
    file = Path("here/overlay.toml")
    file.write_text(file.read_text().replace("f" * 64, "0" * 64))
    code, _, err = said("calibrate", "--identifiability", "here/overlay.toml")
    assert code == 0
    assert "warning: the models are not those the overlay was made with" in err


# --- using an overlay -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("little_library")
def test_a_run_takes_the_numbers_of_an_overlay(said):
    note = 'source = "calibrated", note = "to the curves of a test"'
    Path("o.toml").write_text(f'[parameters]\n"il6.half_life" = {{value = 3.2, unit = "h", {note}}}\n')
    args = ("run", "endotoxin", "--patients", "5", "--json", "--quiet")
    code, out, err = said(*args, "--overlay", "o.toml")
    assert (code, err) == (0, "")
    assert json.loads(out) == json.loads(said(*args, "--set", "il6.half_life=3.2 h")[1])
    assert json.loads(out) != json.loads(said(*args)[1])
    by_hand = ("--set", "il6.half_life=2 h")
    assert said(*args, "--overlay", "o.toml", *by_hand)[1] == said(*args, *by_hand)[1]
    Path("s.toml").write_text('trigger.name = "endotoxin"\n[parameters]\n"il6.half_life" = "2 h"\n')
    own = ("run", "s.toml", "--patients", "5", "--json", "--quiet")
    assert json.loads(said(*own, "--overlay", "o.toml")[1]) == json.loads(said(*args, *by_hand)[1])


@pytest.mark.usefixtures("little_library")
@pytest.mark.parametrize(
    "entry, words",
    [
        ('"il6.half_lif" = {value = 3, unit = "h"', "did you mean 'il6.half_life'"),
        ('"il66.half_life" = {value = 3, unit = "h"', "did you mean 'il6.half_life'"),
        ('"il6.half_life" = {value = 3, unit = "degC"', "--overlay o.toml"),
        ('"il6.half_life" = {value = -3, unit = "h"', "line 2"),
    ],
)
def test_an_overlay_that_does_not_fit_is_refused(said, entry, words):
    Path("o.toml").write_text(f'[parameters]\n{entry}, note = "of a test, not of this world"}}\n')
    code, out, err = said("run", "endotoxin", "--overlay", "o.toml", "--no-report")
    assert (code, out) == (2, "")
    assert words in err
    assert "remedy: " in err


# --- wrong usage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args, words",
    [
        (("tiny",), "--out"),
        (("virl", "-o", "x"), "did you mean 'viral'?"),
        (("viral", "-o", "x"), "frees nothing by itself"),
        (("tiny", "-o", "x", "--starts", "0"), "--starts"),
        (("tiny", "-o", "x", "--evaluations", "many"), "not a whole number"),
        (("tiny", "-o", "x", "--seed", "-1"), "--seed"),
        (("tiny", "-o", "x", "--people", "1"), "--people"),
        (("tiny", "-o", "x", "--profile", "toy.rate"), "--identifiability"),
        (("--identifiability", "x.toml", "-o", "x"), "fits nothing"),
        (("--identifiability", "missing.toml"), "missing.toml"),
        (("endotoxin", "-o", "x", "--free", "il6.halflife"), "did you mean"),
    ],
)
def test_wrong_usage(said, args, words):
    code, out, err = said("calibrate", *args)
    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("error: ")
    assert "remedy: " in err
    assert not Path("x").exists()
