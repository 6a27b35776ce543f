"""The commands, in one process: what they print where, and what they exit with."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from cytostorm.cli import console, main
from cytostorm.cli import folder as folders
from cytostorm.errors import CytostormError, InputError, missing_extra

little = pytest.mark.usefixtures("little_library")
pytestmark = [little]
COMMANDS = (
    *("run", "screen", "credibility", "list", "explain", "why", "wiring", "export", "score", "new", "schema"),
    "doctor",
)
QUICK = ("--patients", "3", "--hours", "4")


@pytest.fixture
def said(capsys, tmp_path, monkeypatch):
    """Run a command line in an empty folder; return (code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def run(*args):
        code = main(list(map(str, args)))
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return run


@pytest.fixture
def failing(monkeypatch):
    """Make the simulation fail in one of three patients."""
    import cytostorm.simulation as room

    real = room.simulate

    def simulate(*args, **more):
        run = real(*args, **more)
        run["status"][0] = 3
        for name in ("il6", "temperature"):
            run[name][0] = np.nan
        return run

    monkeypatch.setattr(room, "simulate", simulate)


def no_constants(text):
    def refuse(name):
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


# --- help, usage --------------------------------------------------------------------------------------


@pytest.mark.parametrize("args", [(), *((name,) for name in COMMANDS)])
def test_help_has_an_example(said, args):
    code, out, err = said(*args, "--help")
    assert code == 0
    assert "Example" in out
    assert err == ""


def test_help_is_what_no_command_prints(said):
    assert said()[1] == said("--help")[1]


def test_help_loads_nothing_heavy():
    heavy = [
        "numpy",
        "sympy",
        "xarray",
        "pydantic",
        "scipy",
        "pint",
        "rich",
        "jinja2",
        "llvmlite",
        "matplotlib",
    ]
    code = (
        "import sys; from cytostorm.cli import main; main(['--help'])\n"
        "for name in ('run', 'screen', 'export'): main([name, '--help'])\n"
        f"assert not [m for m in {heavy} if m in sys.modules], sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_version(said):
    from cytostorm import __version__

    assert said("--version")[1] == f"cytostorm, version {__version__}\n"


@pytest.mark.parametrize(
    "args, words",
    [
        (["rnu"], "did you mean 'run'?"),
        (["run"], "Missing argument"),
        (["run", "endotoxin", "--patient", "x"], "--patient"),
        (["run", "endotoxin", "--patients", "0"], "--patients"),
        (["run", "endotoxin", "--seed", "-1"], "--seed"),
        (["run", "endotoxin", "--rtol", "nan"], "'--rtol': nan"),
        (["run", "endotoxn"], "did you mean 'endotoxin'?"),
        (["run", "endotoxin", "--hours", "-1"], "negative"),
        (["run", "endotoxin", "--hours", "nan"], "not a finite number"),
        (["run", "endotoxin", "--hours", "3 kg"], "is not a time"),
        (["run", "endotoxin", "--no-report", "--out", "x"], "exclude each other"),
        (["run", "endotoxin", "--set", "endotoxin.dose"], "name=value"),
        (["run", "endotoxin", "--set", "endotoxin.dos=1 ng/kg"], "did you mean 'endotoxin.dose'"),
        (["run", "endotoxin", "--set", "half_life=1 h"], "did you mean 'il6.half_life'?"),
        (["run", "endotoxin", "--set", "person.weigth=80 kg"], "did you mean 'person.weight'"),
        (["run", "endotoxin", "--set", "endotoxin.dose=1 mL"], "option --set endotoxin.dose"),
        (["run", "endotoxin", "--set", "endotoxin.dose=-1 ng/kg"], "negative"),
        (
            ["run", "endotoxin", "--set", "endotoxin.dose=__import__('os').system('x')"],
            "is not a number with a unit",
        ),
        (["list", "drgus"], "did you mean 'drug'"),
        (["list", "--quantities", "endotoxn"], "did you mean 'endotoxin'?"),
        (["explain", "il66"], "did you mean 'il6'"),
        (["new", "x.yaml"], "ends in .toml"),
        (["new", "no/such/place.toml"], "cannot be written"),
    ],
)
def test_wrong_usage(said, args, words):
    code, out, err = said(*args)
    assert code == 2
    assert out == ""
    assert words in err
    assert err.startswith("error: ")
    assert "remedy: " in err


# --- run ----------------------------------------------------------------------------------------------


def test_run_prints_a_summary(said):
    code, out, err = said("run", "endotoxin", *QUICK, "--no-report")
    assert code == 0
    rows = {line.split()[0]: line.split() for line in out.splitlines() if line}
    assert rows["il6"][1] == "pg/mL"
    assert rows["temperature"][2] == "36.6"
    assert "3 of 3 patients ok" in out
    assert "next:" in out
    assert "For research and education only" in out
    assert "simulating 3 patients for 4 h" in err


def test_quiet(said):
    _, out, err = said("run", "endotoxin", *QUICK, "--no-report", "--quiet")
    assert err == ""
    assert "next:" not in out


def test_json_is_one_object_and_nothing_else(said, tmp_path):
    code, out, _ = said("run", "endotoxin", *QUICK, "--seed", "5", "--json")
    assert code == 0
    found = no_constants(out)
    keys = [
        "model",
        "severity",
        "seed",
        "n",
        "status",
        "warnings",
        "unsafe",
        "unchecked",
        "quantities",
        "disclaimer",
        "version",
        "loop",
    ]
    assert list(found) == keys
    assert (found["seed"], found["n"], found["status"]) == (5, 3, {"ok": 3})
    assert found["model"]["name"] == "endotoxin"
    assert len(found["model"]["fingerprint"]) == 64
    il6 = found["quantities"]["il6"]
    assert list(il6) == ["label", "unit", "peak", "time_of_peak", "trough", "time_of_trough", "auc", "final"]
    assert set(il6["peak"]) == {"median", "q1", "q3", "gsd", "unit"}
    assert il6["peak"]["median"] > 0
    assert list(tmp_path.iterdir()) == []


def test_set_changes_the_run(said):
    def peak(*more):
        return no_constants(said("run", "endotoxin", *QUICK, "--json", *more)[1])["quantities"]["il6"][
            "peak"
        ]["median"]

    half = peak("--set", 'endotoxin.dose="1 ng/kg"')
    assert half == pytest.approx(peak() / 2, rel=1e-4)
    assert peak("--set", "il6.half_life=1 h", "--set", "endotoxin.dose=1 ng/kg") > half


def test_set_overrules_the_file(said, tmp_path):
    (tmp_path / "s.toml").write_text(
        'parameters."il6.half_life" = 3\npopulation.patients = 2\n'
        '[trigger]\nname = "endotoxin"\ndose = "1 ng/kg"\n'
    )
    code, out, _ = said(
        "run", "s.toml", "--set", "endotoxin.dose=2 ng/kg", "--set", "il6.half_life=20 min", "--json"
    )
    assert code == 0
    whole = no_constants(out)
    assert whole["n"] == 2
    same = no_constants(said("run", "endotoxin", "--patients", "2", "--json")[1])
    assert whole["quantities"] == same["quantities"]
    assert said("run", "s.toml", "--set", "il6.half_life=3 kg")[2].startswith(
        "error: il6.half_life is given in 'kg'"
    )


@pytest.mark.usefixtures("failing")
def test_failed_patients_are_left_out_and_told(said):
    code, out, _ = said("run", "endotoxin", *QUICK, "--no-report")
    assert code == 4
    assert "2 of 3 patients ok; 1 step limit" in out
    code, out, _ = said("run", "endotoxin", *QUICK, "--json")
    found = no_constants(out)
    assert code == 4
    assert found["status"] == {"ok": 2, "step limit": 1}
    assert found["quantities"]["il6"]["peak"]["median"] > 0


@pytest.mark.usefixtures("failing")
def test_all_patients_failed(said):
    code, out, _ = said("run", "endotoxin", "--patients", "1", "--hours", "1", "--json")
    assert code == 4
    assert no_constants(out)["quantities"]["il6"]["peak"]["median"] is None
    assert said("run", "endotoxin", "--patients", "1", "--hours", "1", "--no-report")[0] == 4


def test_interrupted(said, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("cytostorm.simulation.simulate", stop)
    code, out, err = said("run", "endotoxin", *QUICK)
    assert code == 130
    assert out == ""
    assert "stopped" in err


def test_our_own_faults_are_one_line(said, monkeypatch, capsys):
    def fail(*_, **__):
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("cytostorm.simulation.simulate", fail)
    code, _, err = said("run", "endotoxin", *QUICK, "--quiet", "--no-report")
    assert code == 1
    assert err.count("\n") == 1
    assert "ZeroDivisionError: two lines" in err
    assert "CYTOSTORM_DEBUG=1" in err
    monkeypatch.setenv("CYTOSTORM_DEBUG", "1")
    assert main(["run", "endotoxin", *QUICK, "--quiet", "--no-report"]) == 1
    assert "Traceback" in capsys.readouterr().err


# --- reports ------------------------------------------------------------------------------------------


@pytest.fixture
def writer(monkeypatch):
    """Put a writer that notes what it is given in the place of the report's; nothing is compared."""
    seen = {}

    def write(run, folder, **more):
        seen.update(more, run=run)
        folder.mkdir(exist_ok=True)
        (folder / folders.MARKER).write_text("ours")
        page = folder / "report.html"
        page.write_text("page")
        return page

    monkeypatch.setattr("cytostorm.report.write", write)
    monkeypatch.setattr("cytostorm.cli.run._compared", lambda *_, **__: None)
    return seen


def test_report_is_written(said, writer, tmp_path):
    for _ in range(2):
        code, out, _ = said("run", "endotoxin", *QUICK)
        assert code == 0
        assert "report: cytostorm-endotoxin" in out
    assert (tmp_path / "cytostorm-endotoxin" / "report.html").exists()
    assert writer["model"].name == "endotoxin"
    assert writer["cohort"].sizes["patient"] == 3


@pytest.mark.usefixtures("writer")
def test_json_with_out_writes_a_report_too(said, tmp_path):
    _, out, _ = said("run", "endotoxin", *QUICK, "--json", "--out", "here")
    no_constants(out)
    assert (tmp_path / "here" / "report.html").exists()


def test_a_folder_of_a_user_is_left_alone(said, writer, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years")
    (tmp_path / "file").write_text("a file")
    for name in ("mine", "file"):
        code, out, err = said("run", "endotoxin", *QUICK, "--out", name)
        assert code == 2
        assert out == ""
        assert "choose another: --out FOLDER" in err
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]
    assert not writer


@pytest.mark.usefixtures("writer")
def test_folder_of_the_file(said, tmp_path):
    (tmp_path / "s.toml").write_text('trigger.name = "endotoxin"\n[output]\nhours = 1\nfolder = "below"\n')
    said("run", "s.toml", "--patients", "1")
    assert (tmp_path / "below" / "report.html").exists()


@pytest.mark.usefixtures("writer")
def test_without_matplotlib_the_summary_is_still_printed(said, monkeypatch):
    def write(*_, **__):
        raise missing_extra("reports", "plot")

    monkeypatch.setattr("cytostorm.report.write", write)
    code, out, err = said("run", "endotoxin", *QUICK)
    assert code == 0
    assert 'pip install "cytostorm[plot]"' in err
    assert "il6" in out
    assert "report:" not in out


def test_marker_is_that_of_the_report():
    from cytostorm.report.write import MARKER

    assert folders.MARKER == MARKER


def test_claim(tmp_path):
    assert folders.claim(tmp_path / "new")
    assert not folders.claim(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []
    folders.release(tmp_path / "new")
    assert not (tmp_path / "new").exists()
    (tmp_path / "thesis.txt").write_text("years")
    folders.release(tmp_path)
    (tmp_path / "x").symlink_to("nowhere")
    for place in (tmp_path, tmp_path / "x"):
        with pytest.raises(InputError):
            folders.claim(place)


# --- the other commands -------------------------------------------------------------------------------


def test_list(said):
    _, out, _ = said("list")
    assert "tocilizumab, an antibody" in out
    assert "a little endotoxaemia" in out
    _, out, _ = said("list", "drugs")
    assert [line.split()[1] for line in out.splitlines()[1:]] == ["paracetamol", "tocilizumab"]
    assert no_constants(said("list", "drug", "--json")[1])[0]["routes"] == ["oral", "iv"]
    assert "there is no score yet" in said("list", "score")[1]
    names = [row["name"] for row in no_constants(said("list", "--quantities", "endotoxin", "--json")[1])]
    assert names[:2] == ["il6", "temperature"]
    assert "core temperature" in said("list", "--quantities", "endotoxin")[1]


def test_explain(said):
    _, out, _ = said("explain", "endotoxin")
    assert "A toxin that goes away." in out
    assert "endotoxin.dose = 2 ng/kg: dose of endotoxin" in out
    assert "source: Smith J (2001). A study. doi:10.1/x" in out
    assert "elimination" in out
    assert "endotoxin.loss" in out.partition("parameters")[0]
    _, out, _ = said("explain", "il6")
    assert "interleukin-6 (mediator)" in out
    assert "IL-6 in plasma (lab)" in out
    found = no_constants(said("explain", "endotoxin.volume", "--json")[1])
    assert found["value"] == 5
    assert found["citation"].endswith("doi:10.1/x")
    assert "production" in said("explain", "il6.plasma")[1]
    assert "did you mean 'endotoxin.dose'" in said("explain", "endotoxin.dos")[2]


def test_new_writes_once(said, tmp_path):
    code, out, _ = said("new", "my file.toml")
    assert code == 0
    assert out == "my file.toml\n"
    text = (tmp_path / "my file.toml").read_text()
    assert 'cytostorm run "my file.toml"' in text
    code, _, err = said("new", "my file.toml")
    assert code == 2
    assert "exists" in err
    assert (tmp_path / "my file.toml").read_text() == text
    assert said("run", "my file.toml", "--patients", "1", "--no-report")[0] == 0


def test_schema(said):
    assert no_constants(said("schema")[1])["title"] == "Scenario"


def test_doctor(said):
    code, out, _ = said("doctor")
    assert code == 0
    assert "numpy" in out
    assert "cache: " in out
    assert no_constants(said("doctor", "--json")[1])["cores"] >= 1


# --- talk ---------------------------------------------------------------------------------------------


def test_a_line_of_progress_now_and_then(capsys, monkeypatch):
    clock = iter(range(0, 100, 3))
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    with console.progress("patients") as told:
        for done in (10, 20, 30, 40):
            told(done, 40)
    assert capsys.readouterr().err == "patients: 20 of 40\n"


def test_a_person_gets_a_bar_and_a_drawn_table(capsys, monkeypatch):
    monkeypatch.setattr(console.sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(console.sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    console.table(("quantity", "peak"), [("il6", "[1-2]")], right=(1,))
    with console.progress("patients") as told:
        told(5, 10)
    said = capsys.readouterr()
    assert "[1-2]" in said.out
    assert "\x1b[3" not in said.out


def test_errors_of_the_package_are_told_in_three_parts(capsys, monkeypatch):
    def fail(*_, **__):
        raise CytostormError("a thing", "another", "do this")

    monkeypatch.setattr("cytostorm.library.catalogue.modules", fail)
    assert main(["list"]) == 2
    assert capsys.readouterr().err == "error: a thing\n  expected: another\n  remedy: do this\n"


@pytest.mark.slow
def test_the_whole_way_with_the_real_library(capsys, tmp_path, monkeypatch):
    """Without the little library: run, compare with published data, report."""
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    code = main(["run", "endotoxin", "--patients", "8", "--out", "here"])
    out = capsys.readouterr().out
    assert code == 0
    assert "8 of 8 patients ok" in out
    assert "published curves of human endotoxaemia inside" in out
    assert {p.name for p in (tmp_path / "here").iterdir()} == {"report.html", "summary.json", folders.MARKER}
    assert main(["run", "endotoxin", "--patients", "8", "--out", "here", "--quiet"]) == 0


def test_a_dose_after_the_end_of_the_run_is_said(said):
    code, _, err = said("run", "endotoxin", *QUICK, "--give", "endotoxin 1 ng/kg at day 9", "--no-report")
    assert code == 0
    assert "warning: not given, the run ends at 4 h" in err
    assert "--hours makes it longer" in err
