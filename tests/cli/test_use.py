"""The commands as a newcomer uses them: what is told when, where it goes, and that nothing is lost."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from cytostorm.cli import console, summary
from cytostorm.cli import folder as folders
from cytostorm.cli.explain import plain_name
from cytostorm.errors import InputError
from tests.report import storm

little = pytest.mark.usefixtures("little_library")
QUICK = ("--patients", "3", "--hours", "4")
TOLD = "comparing the model with published experiments (about 15 s; --no-comparison leaves it out)"
MEDIATOR = """
from cytostorm.library.mediators.il6 import level
from cytostorm.model import Module

m = Module("mcp1", "mediator", "MCP-1")
rate = m.parameter("elimination", 1.0, "1/h", "elimination rate", source="assumed", note="of a test")
made = m.parameter("made", 0.1, "1/h", "production by IL-6", source="assumed", note="of a test")
plasma = m.species("level", "pg/mL", "MCP-1 in plasma")
m.produce(plasma, "production", made * level)
m.remove(plasma, "elimination", rate * plasma)
"""
LAB = """
from cytostorm.model import Module
from cytostorm_user.mcp1 import plasma

m = Module("my_lab", "lab", "my laboratory")
m.lab("mcp1", plasma, "pg/mL", "MCP-1")
"""


@pytest.fixture
def writer(monkeypatch):
    """Put something quick in the place of the report and of the published experiments."""
    seen = {}

    def write(run, folder, **more):
        seen.update(more, run=run)
        (folder / folders.MARKER).write_text("ours")
        (folder / "report.html").write_text("page")
        return folder / "report.html"

    count = SimpleNamespace(inside=54, scored=57, excused=3)
    found = SimpleNamespace(counts={"overall": count}, rows=())
    monkeypatch.setattr("cytostorm.report.write", write)
    monkeypatch.setattr("cytostorm.report.endotoxin.comparison_runs", lambda *_, **__: {})
    monkeypatch.setattr("cytostorm.observe.acceptance.Comparison.of", lambda _: found)
    return seen


# --- include ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["file", "option"])
def test_a_mechanism_of_ones_own_and_its_lab_appear(said, tmp_path, monkeypatch, way):
    """With the real library."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "mcp1.py").write_text(MEDIATOR)
    (own / "my_lab.py").write_text(LAB)
    monkeypatch.setenv("CYTOSTORM_MODULES", str(own))
    target, more = "endotoxin", ["--include", "mcp1"]
    if way == "file":
        target, more = "s.toml", []
        (tmp_path / target).write_text('trigger.name = "endotoxin"\nmodel.include = ["mcp1"]')
    code, out, err = said("run", target, *more, *QUICK, "--json")
    assert code == 0, err
    assert json.loads(out)["quantities"]["mcp1"]["peak"]["median"] > 0


@little
def test_unknown_mechanism_to_include(said):
    code, out, err = said("run", "endotoxin", "--include", "paracetamoll", "--no-report")
    assert (code, out) == (2, "")
    assert "there is no mechanism 'paracetamoll' — option --include 'paracetamoll'" in err
    assert "did you mean 'paracetamol'?" in err


def test_a_fault_of_ones_own_mechanism_is_not_blamed_on_the_scenario(said, tmp_path, monkeypatch):
    own = tmp_path / "own"
    own.mkdir()
    (own / "broken.py").write_text("m = 3")
    monkeypatch.setenv("CYTOSTORM_MODULES", str(own))
    (tmp_path / "s.toml").write_text('[trigger]\nname = "endotoxin"\n[[give]]\nwhat = "x"\namount = "1 mg"')
    code, _, err = said("run", "s.toml", "--no-report")
    assert code == 2
    assert "broken.py" in err
    assert "s.toml" not in err


# --- comparison and report ----------------------------------------------------------------------------


@little
def test_comparison_is_told_before_it_starts_and_counted_as_in_the_report(said, writer):
    code, out, err = said("run", "endotoxin", *QUICK)
    assert code == 0
    assert err.count(TOLD) == 1
    assert "54 of 57 published curves of human endotoxaemia inside (many of them were used to" in out
    assert writer["comparison"] is not None
    assert TOLD not in said("run", "endotoxin", *QUICK, "--quiet")[2]


@little
def test_no_comparison(said, writer):
    code, out, err = said("run", "endotoxin", *QUICK, "--no-comparison")
    assert code == 0
    assert "published" not in out + err
    assert writer["comparison"] is None


@little
def test_no_comparison_when_nobody_is_ok(said, writer, monkeypatch):
    import cytostorm.simulation as room

    real = room.simulate

    def simulate(*args, **more):
        run = real(*args, **more)
        run["status"][:] = 3
        return run

    monkeypatch.setattr(room, "simulate", simulate)
    code, out, err = said("run", "endotoxin", *QUICK)
    assert code == 4
    assert "published" not in out + err
    assert writer["comparison"] is None


@little
@pytest.mark.parametrize("how", [InputError("the disk is full"), OSError(errno.ENOSPC, "No space left")])
def test_the_summary_is_printed_even_if_the_report_fails(said, writer, monkeypatch, how):
    def write(*_, **__):
        raise how

    monkeypatch.setattr("cytostorm.report.write", write)
    code, out, err = said("run", "endotoxin", *QUICK)
    assert code == 2
    assert "3 of 3 patients ok" in out
    assert "report:" not in out
    assert str(getattr(how, "strerror", None) or "the disk is full") in err
    assert not writer
    assert not Path("cytostorm-endotoxin").exists()


@little
def test_a_folder_that_cannot_be_written_is_found_before_simulating(said, tmp_path, monkeypatch):
    monkeypatch.setattr("cytostorm.simulation.simulate", lambda *_, **__: pytest.fail("simulated"))
    (tmp_path / "file").write_text("a file")
    code, _, err = said("run", "endotoxin", *QUICK, "--out", "file/below")
    assert code == 2
    assert "'file/below' cannot be used" in err

    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    code, _, err = said("run", "endotoxin", *QUICK, "--out", "here")
    assert code == 2
    assert "'here' cannot be used: Permission denied" in err


@little
def test_folder_of_the_file_beside_json_is_told(said, writer, tmp_path):
    (tmp_path / "s.toml").write_text('trigger.name = "endotoxin"\noutput.folder = "below"')
    code, out, err = said("run", "s.toml", *QUICK, "--json")
    assert code == 0
    json.loads(out)
    assert "folder = 'below' of the file is left aside; --out below writes one" in err
    assert not writer


# --- tables -------------------------------------------------------------------------------------------


@little
@pytest.mark.parametrize("width", [20, 40, 60, 73, 200])
def test_no_number_and_no_name_is_cut(said, monkeypatch, width):
    _, whole, _ = said("run", "endotoxin", *QUICK, "--no-report")
    _, listed, _ = said("list", "--quantities", "endotoxin")
    monkeypatch.setattr(console.sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    _, drawn, _ = said("run", "endotoxin", *QUICK, "--no-report")
    for words in (line.split() for line in whole.splitlines() if line.startswith(("il6", "temperature"))):
        found = next(line.split() for line in drawn.splitlines() if line.startswith(words[0]))
        assert found == words[: len(found)]
        assert len(found) >= 5
    assert ("not shown in" in drawn) == (width < 90)
    _, drawn, _ = said("list", "--quantities", "endotoxin")
    assert " ".join(drawn.split()).startswith("name kind unit label")
    assert {line.split()[0] for line in listed.splitlines()} <= set(drawn.split())
    assert sorted(drawn.split()) == sorted(listed.split())


def test_table_is_in_clinical_order_and_days_if_it_is_long(capsys):
    names = ["sofa", "status", "died_at", "crp", "temperature", "il6"]
    summary.show(storm.run(8)[names])
    out = capsys.readouterr().out
    rows = [line.split()[0] for line in out.splitlines() if line.startswith(tuple(names))]
    assert rows == ["il6", "temperature", "crp", "sofa"]
    assert "peak at, d" in out
    assert "IL-6 peaks at" in out
    assert "of whom" in out


@little
def test_short_run_is_told_in_hours(said):
    _, out, _ = said("run", "endotoxin", *QUICK, "--no-report")
    assert "peak at, h" in out
    assert "died" not in out


# --- explain, new, advice -----------------------------------------------------------------------------


@little
@pytest.mark.parametrize("name", ["IL-6", "il 6", "interleukin-6", "Interleukin 6", "IL-6 in plasma", "IL6"])
def test_explain_knows_how_people_write(said, name):
    code, out, _ = said("explain", name)
    assert code == 0
    assert "IL-6 in plasma" in out


@little
def test_explain_does_not_print_every_name(said):
    code, _, err = said("explain", "zzzzzz")
    assert code == 2
    assert "see cytostorm list" in err
    assert "endotoxin.volume" not in err


def test_greek_letters_are_words():
    assert plain_name("interleukin-1β") == plain_name("Interleukin 1-beta")


@little
def test_advice_does_not_repeat_what_was_done(said):
    def advice(*args):
        out = said(*args)[1]
        return out.partition("next:")[2].split("For research")[0].strip().splitlines()

    Path("my-scenario.toml").write_text('trigger.name = "endotoxin"')
    assert not [a for a in advice("run", "my-scenario.toml", *QUICK, "--no-report") if " new " in a]
    assert not [a for a in advice("run", "endotoxin", *QUICK, "--no-report") if " new " in a]
    done = advice("run", "endotoxin", *QUICK, "--no-report", "--set", "endotoxin.dose=1 ng/kg")
    assert len(done) == 3
    assert not [a for a in done if "--set" in a]


def test_nothing_that_is_not_there_is_advised(said):
    """With the real library, as long as it holds no drugs."""
    from cytostorm.library.catalogue import modules

    said("new", "s.toml")
    text = Path("s.toml").read_text(encoding="utf-8")
    given = {line.split('"')[1] for line in text.splitlines() if line.startswith("# what = ")}
    assert given <= {name for name, module in modules().items() if module.routes}
    _, out, _ = said("run", "s.toml", *QUICK, "--no-report")
    assert ("list drug" in out + text) <= any(m.kind == "drug" for m in modules().values())


# --- severity -----------------------------------------------------------------------------------------


@little
def test_severity_of_a_run(said):
    args = ("run", "endotoxin", "--patients", "2", "--hours", "2", "--json", "--severity")
    mild, storm = (json.loads(said(*args, level)[1]) for level in ("mild", "storm"))
    assert mild["severity"] == "mild"
    peaks = [run["quantities"]["il6"]["peak"]["median"] for run in (mild, storm)]
    assert peaks[1] > 5 * peaks[0]
    assert mild["model"]["fingerprint"] != storm["model"]["fingerprint"]


@little
def test_severity_of_an_export_and_a_screening(said, tmp_path):
    mild, storm = (said("export", "sbml", "endotoxin", "--severity", s)[1] for s in ("mild", "storm"))
    assert mild != storm
    args = ("--patients", "2", "--hours", "2", "--summary", "peak il6", "--json", "--severity", "storm")
    code, out, _ = said("screen", "endotoxin", *args, "-o", tmp_path / "many")
    assert code == 0
    assert json.loads(out)["severity"] == "storm"


@little
@pytest.mark.parametrize("command", [("run",), ("export", "sbml")])
def test_unknown_severity(said, command):
    code, _, err = said(*command, "endotoxin", "--severity", "strom")
    assert code == 2
    assert "did you mean 'storm'" in err
    assert "one of mild, storm" in err


@little
def test_severities_are_listed_and_explained(said):
    _, out, _ = said("list", "recipe")
    assert "a little endotoxaemia (plausible; severity mild, storm)" in out
    listed = {row["name"]: row for row in json.loads(said("list", "recipe", "--json")[1])}
    assert listed["sepsis"]["usual"] == "late"
    assert listed["endotoxin"]["severities"]["mild"] == {"endotoxin.dose": "1 ng/kg"}
    assert "mild: endotoxin.dose = 1 ng/kg" in said("explain", "endotoxin")[1]
    _, out, _ = said("explain", "sepsis")
    assert "late (usual): endotoxin.loss = 0.1 1/h" in out
    assert "endotoxin.dose = 5 ng/kg" in out
