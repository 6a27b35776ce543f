"""The command that screens: what it prints and keeps, how it stops and goes on, what it refuses."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import numpy as np
import pytest

from cytostorm.cli import console
from cytostorm.simulation import screening, simulate

pytestmark = [pytest.mark.usefixtures("little_library")]
ASKED = (
    "--patients", "100", "--hours", "4", "--summary", "peak il6",
    "--summary", "first temperature > 36.61 degC",
)  # fmt: skip
FILE = """
trigger.name = "endotoxin"
population.seed = 5
person.weight = "60 kg"
output.hours = "6 h"

[[rule]]
when = "il6 > 190 pg/mL, then once"
check = "1 h"
what = "tocilizumab"
amount = "8 mg/kg"
"""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(screening, "PART", 64)


@pytest.fixture
def stops(monkeypatch):
    """Press Ctrl-C when a part has been simulated."""
    import cytostorm.simulation as room

    real = room.screen

    def screen(*args, progress, **more):
        def press(done, total):
            progress(done, total)
            raise KeyboardInterrupt

        return real(*args, progress=press, **more)

    def install():
        return monkeypatch.context(), lambda patch: patch.setattr(room, "screen", screen)

    return install


def interrupted(said, stops, *args):
    context, press = stops()
    with context as patch:
        press(patch)
        return said(*args)


def parts(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).glob("part-*.npz")}


def found(said, *args) -> dict:
    code, out, err = said("screen", *args, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


# --- what it prints -----------------------------------------------------------------------------------


def test_prints_a_table_and_where_the_numbers_are(said):
    code, out, err = said("screen", "endotoxin", *ASKED, "-o", "here")
    assert code == 0
    assert err == ""  # nothing on a pipe
    lines = out.splitlines()
    assert lines[0].split() == ["summary", "unit", "median", "5", "%", "95", "%", "patients"]
    peak = lines[1].rsplit(maxsplit=5)
    assert peak[0].rstrip() == "peak il6"
    assert peak[1] == "pg/mL"
    middle, low, high = map(float, (peak[2], peak[3], peak[4]))
    assert low < middle < high
    assert peak[5] == "100"
    assert lines[2].startswith("first temperature > 36.61 degC")
    assert "100 of 100 patients ok" in out
    assert "run again in double precision: 0 of 128 computed, who failed or came near a rule's limit" in out
    assert "numbers: here (" in out
    assert lines[-1] == "For research and education only, never for the care of a patient."
    assert sorted(parts("here")) == ["part-000000.npz", "part-000001.npz"]


def test_json_is_one_object(said):
    whole = found(said, "endotoxin", *ASKED, "-o", "here", "--seed", "5")
    assert list(whole) == [
        "model", "severity", "seed", "n", "hours", "precision", "status", "warnings", "unsafe",
        "unchecked", "summaries", "rules", "checks",
        "folder", "disclaimer", "version",
    ]  # fmt: skip
    assert (whole["seed"], whole["n"], whole["hours"], whole["precision"]) == (5, 100, 4.0, "float32")
    assert whole["status"] == {"ok": 100}
    peak = whole["summaries"]["peak_il6"]
    assert (peak["label"], peak["unit"], peak["n"]) == ("peak il6", "pg/mL", 100)
    assert peak["p5"] < peak["median"] < peak["p95"]
    assert whole["checks"] == {"computed": 128, "rerun": 0, "flipped": 0, "control": 0, "control_flipped": 0}
    assert whole["folder"] == "here"


def test_numbers_are_those_of_a_run(said):
    """Of the scenario's model, people, doses and rules."""
    from cytostorm.population import sample
    from cytostorm.scenario import build, loads

    Path("s.toml").write_text(FILE)
    whole = found(
        said, "s.toml", "--patients", "100", "--summary", "peak il6", "-o", "here", "--precision", "float64"
    )
    plan = build(loads(FILE))
    people = sample(plan.model, 100, 5, fixed={"person.weight": "60 kg"})
    run = simulate(plan.model, people, plan.regimen, [6.0], quantities=[], summaries=["peak il6"])
    peak = run["peak_il6"].to_numpy()
    for share, name in ((0.05, "p5"), (0.5, "median"), (0.95, "p95")):
        assert whole["summaries"]["peak_il6"][name] == float(np.quantile(peak, share))
    assert whole["rules"] == [{"rule": "il6 > 190 pg/mL, then once", "patients": int(run["given"].sum())}]
    assert 0 < whole["rules"][0]["patients"] < 100
    assert whole["checks"] is None
    assert (whole["seed"], whole["hours"]) == (5, 6.0)


def test_options_change_the_scenario(said):
    Path("s.toml").write_text(FILE)
    args = ("s.toml", "--patients", "10", "--summary", "peak il6", "--precision", "float64", "--rtol", "1e-8")
    plain = found(said, *args, "-o", "a")
    half = found(
        said, *args, "-o", "b", "--set", "endotoxin.dose=1 ng/kg", "--hours", "0.5 d", "--threads", "1"
    )
    assert half["hours"] == 12.0
    assert half["summaries"]["peak_il6"]["median"] == pytest.approx(
        plain["summaries"]["peak_il6"]["median"] / 2, rel=1e-5
    )
    other = found(said, *args, "-o", "c", "--seed", "6", "--include", "paracetamol")
    assert other["summaries"] != plain["summaries"]


def test_checks_are_told_in_words(said, monkeypatch):
    monkeypatch.setattr("cytostorm.simulation.outcome.MARGIN", 50.0)  # so that some are near a limit
    Path("s.toml").write_text(FILE)
    args = ("s.toml", "--patients", "100", "--summary", "peak il6", "-o", "here")
    checks = found(said, *args)["checks"]
    assert 0 < checks["rerun"] < 128
    _, out, _ = said("screen", *args)
    assert f"run again in double precision: {checks['rerun']} of 128 computed" in out
    assert f"{checks['flipped']} of them decided otherwise" in out
    assert f"control: {checks['control']} of the others were run again, too" in out
    assert "double precision" not in said("screen", *args[:-1], "double", "--precision", "float64")[1]


def test_who_has_no_number_is_left_out(said):
    whole = found(said, "endotoxin", *ASKED[:4], "--summary", "first il6 > 1 g/L", "-o", "here")
    never = whole["summaries"]["first_il6_above_1"]
    assert (never["n"], never["median"], never["p5"]) == (0, None, None)
    assert whole["status"] == {"ok": 100}


def test_failures_are_counted_by_status(said, monkeypatch):
    import cytostorm.simulation as room

    real = room.screen

    def screen(*args, **more):
        run = real(*args, **more)
        run["status"][:3] = 3
        run["peak_il6"][:3] = np.nan
        return run

    monkeypatch.setattr(room, "screen", screen)
    code, out, _ = said("screen", "endotoxin", *ASKED, "-o", "here")
    assert code == 4
    assert "97 of 100 patients ok; 3 step limit" in out
    code, out, _ = said("screen", "endotoxin", *ASKED, "-o", "here", "--json")
    assert code == 4
    assert json.loads(out)["status"] == {"ok": 97, "step limit": 3}
    assert json.loads(out)["summaries"]["peak_il6"]["n"] == 97


def test_warnings_of_the_model_are_told(said, monkeypatch):
    from cytostorm.model import Model

    monkeypatch.setattr(Model, "warnings", lambda _: ["a number is odd"])
    assert said("screen", "endotoxin", *ASKED, "-o", "here")[2] == "warning: a number is odd\n"


# --- stopping and going on ----------------------------------------------------------------------------


def test_interrupted_it_says_how_far_it_came_and_goes_on(said, stops):
    args = ("screen", "endotoxin", *ASKED, "-o", "here")
    code, out, err = interrupted(said, stops, *args)
    assert (code, out) == (130, "")
    assert (
        err == "stopped: 64 of 100 patients are done and kept in here; the same command goes on from there\n"
    )
    before = parts("here")
    assert list(before) == ["part-000000.npz"]
    code, resumed, _ = said(*args)
    assert code == 0
    assert parts("here")["part-000000.npz"] == before["part-000000.npz"]
    whole = said(*args[:-1], "there")[1]
    assert resumed == whole.replace("there", "here")
    assert parts("here") == parts("there")


def test_more_patients_go_into_the_same_folder(said):
    found(said, "endotoxin", *ASKED, "-o", "here")
    before = parts("here")
    more = found(said, "endotoxin", "--patients", "200", *ASKED[2:], "-o", "here")
    assert more["n"] == 200
    assert {name: data for name, data in parts("here").items() if name in before} == before


@pytest.mark.parametrize(
    "change, differs",
    [
        (("--seed", "9"), "seed"),
        (("--set", "endotoxin.dose=1 ng/kg"), "values"),
        (("--summary", "final il6"), "summaries"),
        (("--precision", "float64"), "precision"),
        (("--hours", "5"), "hours"),
    ],
)
def test_a_folder_of_another_screening_is_left_alone(said, change, differs):
    found(said, "endotoxin", *ASKED, "-o", "here")
    before = parts("here")
    code, out, err = said("screen", "endotoxin", *ASKED, "-o", "here", *change)
    assert (code, out) == (2, "")
    assert "folder 'here' holds another screening" in err
    assert differs in err
    assert parts("here") == before


def test_a_folder_of_a_user_is_left_alone(said):
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years")
    Path("file").write_text("a file")
    for name, words in (
        ("mine", "is not empty"),
        ("file", "cannot be used"),
        ("file/below", "cannot be used"),
    ):
        code, out, err = said("screen", "endotoxin", *ASKED, "-o", name)
        assert (code, out) == (2, "")
        assert words in err
    assert [path.name for path in Path("mine").iterdir()] == ["thesis.txt"]


def test_a_full_disk_is_told_and_the_rest_stays(said, stops, monkeypatch):
    args = ("screen", "endotoxin", *ASKED, "-o", "here")
    interrupted(said, stops, *args)
    before = parts("here")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        code, out, err = said(*args)
    assert (code, out) == (2, "")
    assert "the numbers cannot be kept in 'here': No space left on device" in err
    assert "goes on after 64 patients" in err
    assert parts("here") == before
    assert said(*args)[0] == 0


# --- terminal -----------------------------------------------------------------------------------------


def test_a_person_sees_how_far_it_is_and_how_fast(capsys, monkeypatch):
    monkeypatch.setattr(console, "_Pace", lambda: lambda done, total: f"{done}/s, {total - done} s left")
    monkeypatch.setattr(console.sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    with console.progress("patients", rate=True) as told:
        for done in (1000, 2000, 3000):
            told(done, 93_000)
    said = capsys.readouterr().err
    assert "3000/93000" in said
    assert "3000/s, 90000 s left" in said


def test_what_was_there_before_says_nothing_about_the_pace(monkeypatch):
    """Parts that are only read again come at once; the time left is that of the others."""
    clock = iter([0.0, 0.001, 0.002, 0.003, 10.003, 20.003])
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    pace = console._Pace()
    assert [pace(done, 5000) for done in (1000, 2000, 3000)] == ["", "", ""]
    assert pace(4000, 5000) == "100/s, 0:00:10 left"
    assert pace(5000, 5000) == "100/s, 0:00:00 left"


# --- wrong usage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args, words",
    [
        (("endotoxin", "--summary", "peak il6", "-o", "x"), "--patients"),
        (("endotoxin", "--patients", "9", "-o", "x"), "--summary"),
        (("endotoxin", "--patients", "9", "--summary", "peak il6"), "--out"),
        (("endotoxin", "--patients", "0", "--summary", "peak il6", "-o", "x"), "--patients"),
        (("endotoxin", "--patients", "1e9", "--summary", "peak il6", "-o", "x"), "not a whole number"),
        (("endotoxn", *ASKED, "-o", "x"), "did you mean 'endotoxin'?"),
        (("endotoxin", *ASKED, "-o", "x", "--summary", "peak il66"), "did you mean"),
        (("endotoxin", *ASKED, "-o", "x", "--summary", "highest il6"), "cannot be read"),
        (("endotoxin", *ASKED, "-o", "x", "--summary", "peak il6"), "would both be called"),
        (("endotoxin", *ASKED, "-o", "x", "--hours", "3 kg"), "is not a time"),
        (("endotoxin", *ASKED, "-o", "x", "--hours", "0"), "0"),
        (("endotoxin", *ASKED, "-o", "x", "--set", "endotoxin.dos=1 ng/kg"), "did you mean 'endotoxin.dose'"),
        (("endotoxin", *ASKED, "-o", "x", "--include", "il66"), "option --include 'il66'"),
        (("endotoxin", *ASKED, "-o", "x", "--precision", "float16"), "--precision"),
        (("endotoxin", *ASKED, "-o", "x", "--rtol", "1e-9"), "beyond single precision"),
        (("endotoxin", *ASKED, "-o", "x", "--rtol", "nan"), "nan"),
        (("endotoxin", *ASKED, "-o", "x", "--threads", "0"), "--threads"),
        (("missing.toml", *ASKED, "-o", "x"), "missing.toml"),
    ],
)
def test_wrong_usage(said, args, words):
    code, out, err = said("screen", *args)
    assert (code, out) == (2, "")
    assert words in err
    assert err.startswith("error: ")
    assert "remedy: " in err
    assert not Path("x").exists()


def test_people_who_are_all_the_same_are_not_screened(said):
    Path("s.toml").write_text('trigger.name = "endotoxin"\npopulation.vary = false')
    code, _, err = said("screen", "s.toml", *ASKED, "-o", "x")
    assert code == 2
    assert "everyone is the same person" in err


def test_the_dead_are_counted(said, monkeypatch):
    from cytostorm.library import catalogue
    from cytostorm.model import Exponential, Module, compose
    from tests.scenario import little

    m = Module("fate", "organ", "who dies")
    endurance = little.number(m, "endurance", 1.0, "1", "what is borne", spread=Exponential())
    hazard = m.species("hazard", "1", "cumulative hazard")
    m.produce(hazard, "harm", little.number(m, "harm", 0.1, "1/h", "hazard per hour"))
    m.ending("death", hazard, endurance, "death")
    inside = little.recipes()["endotoxin"].modules
    monkeypatch.setattr(catalogue, "model_for", lambda *_, **__: compose(*inside, m, name="endotoxin"))
    args = ("screen", "endotoxin", "--patients", "100", "--hours", "10", "-o")
    code, out, _ = said(*args, "here")
    whole = json.loads(said(*args, "here", "--json")[1])
    died = whole["died"]
    assert 40 < died < 85  # 1 - exp(-1) of them
    assert code == 0
    assert f"100 of 100 patients ok, of whom {died} died ({died}.0%)" in out
    assert "or near to dying or living on" in out
    assert whole["summaries"]["died_at"]["n"] == died
