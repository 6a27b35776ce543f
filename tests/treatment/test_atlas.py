"""Every drug after every trigger: kept cell by cell, told in a table and a map."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from cytostorm import plot
from cytostorm.cli import main
from cytostorm.errors import CancelledError, InputError
from cytostorm.treatment import atlas
from cytostorm.treatment.atlas import known_drugs, known_rows
from cytostorm.treatment.gathering import Cell, Row, gathered, lines

HOW = {"triggers": ["endotoxin"], "severities": ["storm"], "drugs": ["remdesivir", "dexamethasone"]}


def cell(drug: str, moved: list[int], refused: str = "") -> Cell:
    """A cell of 100 patients of whom so many more die at each start."""
    change = np.array(moved) / 100
    found = {
        "change": change,
        "change_low": change - 0.05,
        "change_high": change + 0.05,
        "dead": 0.4 + change,
    }
    found |= {"dead_without": np.full(len(moved), 0.4)}
    start = 24.0 * np.arange(len(moved))
    return Cell(Row("flu", "severe"), drug, f"{drug}, usual", start, {} if refused else found, refused)


def test_a_cell_says_what_the_drug_does_and_when() -> None:
    assert (cell("a", [0, -20, -10]).verdict, cell("a", [0, -20, -10]).best) == ("helps", 1)
    assert cell("a", [1, -3, 0]).verdict == "none"
    assert cell("a", [20, 9, 30]).verdict == "harms"
    assert cell("a", [20, -9, 3]).harmful == (0.0,)
    assert cell("a", [], "no platelets").verdict == "refused"


def test_the_map_tells_help_harm_nothing_and_refusal_apart() -> None:
    cells = [cell("a", [9, -20]), cell("b", [1]), cell("c", [], "no platelets"), cell("d", [20, 9])]
    found = gathered(cells, {"patients": 100})
    assert found["change"].shape == (1, 4, 2)
    text = plot.svg(plot.atlas_map(found))
    for word in ("1!", "·", "×", "may not be given", "40 % die", "For research"):
        assert word in text
    with pytest.raises(InputError, match="no atlas"):
        plot.atlas_map(found.drop_vars("verdict"))


def test_interrupted_it_goes_on_where_it_stopped(capsys, tmp_path) -> None:
    folder = tmp_path / "atlas"

    def stop(done: int, total: int) -> None:
        assert (done, total) == (1, 2)
        raise KeyboardInterrupt

    with pytest.raises(CancelledError, match="1 of 2 cells are kept"):
        atlas(folder, patients=8, starts=2, progress=stop, **HOW)
    first = [p.stat().st_mtime_ns for p in folder.glob("part-*")]
    words = ["--triggers", "endotoxin", "--severity", "storm", "--drugs", "dexamethasone,remdesivir"]
    assert main(["atlas", "-o", str(folder), "--patients", "8", "--starts", "2", "--json", *words]) == 0
    told = json.loads(capsys.readouterr().out)["lines"]
    assert sorted(p.stat().st_mtime_ns for p in folder.glob("part-*"))[:1] == first
    assert [(r["drug"], r["start_h"]) for r in told][:2] == [("dexamethasone", 0), ("dexamethasone", 168)]
    with (folder / "atlas.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(told) == 4
    assert rows[0]["regimen"] == "dexamethasone, COVID-19"
    assert json.loads((folder / "atlas.json").read_text())["lines"] == told
    assert (folder / "atlas.png").stat().st_size > 1000
    again = atlas(folder, patients=8, starts=2, **HOW)  # nothing is computed
    assert lines(again) == told
    with pytest.raises(InputError, match="another atlas: patients"):
        atlas(folder, patients=9, starts=2, **HOW)


@pytest.mark.parametrize(
    "asked, words",
    [
        ({"drugs": ["dexametasone"]}, "did you mean 'dexamethasone'"),
        ({"triggers": ["car-t"]}, "did you mean 'car_t'"),
        ({"severities": ["grave"]}, "no severity 'grave'"),
        ({"triggers": ["superagonist"], "severities": ["severe"]}, "superagonist has no severity severe"),
        ({"starts": 0}, "starts is 0"),
    ],
)
def test_mistakes_are_told(asked, words, tmp_path) -> None:
    with pytest.raises(InputError, match=words):
        atlas(tmp_path, **asked)


def test_all_that_can_be_run_and_given_is_in_it() -> None:
    assert len({row.trigger for row in known_rows()}) > 20
    assert {"tocilizumab", "dexamethasone", "noradrenaline"} <= set(known_drugs())
