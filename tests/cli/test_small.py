"""Wrong usage in plain words, output that finds no room, and the command line without its script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cytostorm.cli import summary
from tests import fakes

little = pytest.mark.usefixtures("little_library")


@little
@pytest.mark.parametrize(
    "args, words",
    [
        (("endotoxin", "--hours", "1e9"), "less than 1,000,000,000 h"),
        (("endotoxin", "--hours", "1e8"), "which is 10,000 h with a step of 0.1 h"),
        (("endotoxin", "--patients", "2.5"), "'2.5' is not a whole number from 1 to 1,000,000"),
        (("endotoxin", "--patients", "inf"), "'inf' is not a whole number"),
        (("folder.toml",), "'folder.toml' is a folder"),
    ],
)
def test_wrong_usage(said, args, words):
    Path("folder.toml").mkdir()
    code, out, err = said("run", *args)
    assert (code, out) == (2, "")
    assert words in err or words.replace("10,000 h with a step of 0.1", "5,000 h with a step of 0.05") in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["list"], ["--help"], ["schema"]])
def test_full_disk(args):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cytostorm", *args],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    assert done.returncode == 2
    assert done.stderr.startswith("error: the output cannot be written: No space left on device")
    assert "itself failed" not in done.stderr


def test_python_m():
    done = subprocess.run(
        [sys.executable, "-m", "cytostorm", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.stdout.startswith("cytostorm, version")


def test_number_out_of_range_is_said(said) -> None:
    """A million-fold dose gives a harmless-looking answer: it must not come without a word."""
    import json

    code, out, err = said(
        "run", "endotoxin", "--patients", "1", "--set", 'endotoxin.dose="1 mg/kg"', "--json"
    )
    assert code == 0
    warnings = json.loads(out)["warnings"]
    assert "made for 0 to 4 ng/kg" in warnings[0]
    assert "warning: endotoxin.dose is 1e+06 ng/kg" in err


def test_the_dead_are_ok_and_counted(capsys):
    run = fakes.deadly(n=20, deaths=5, failed=2)  # two of the first five fail
    run["died_at"].values[:2] = float("nan")
    assert summary.ending(run) == "18 of 20 patients ok, of whom 3 died (16.7%); 2 non-finite"
    assert summary.deaths(run) == {"died": 3}
    assert summary.deaths(fakes.run(n=2)) == {}
    summary.show(run)
    assert "nan" not in capsys.readouterr().out
