"""What every published model in `examples/papers` says of itself, and that its numbers can be traced."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import pytest

from cytostorm.library.catalogue import references
from cytostorm.model import Model, Module
from cytostorm.model.quantity import UNSOURCED

PAPERS = sorted((Path(__file__).parents[2] / "examples" / "papers").glob("*.py"))
each_paper = pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)


@each_paper
def test_paper_says_what_it_is(path):
    head = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert re.search(r"doi:10\.\d{4,}/\S+", head)
    assert "Reproduced: " in head
    assert "never for the care of a patient" in head


@each_paper
def test_paper_is_a_module_whose_numbers_cite_the_bibliography(path):
    names = runpy.run_path(str(path))
    assert isinstance(names["m"], Module)
    assert isinstance(names["model"], Model)
    assert names["m"].name == path.stem
    sources = {p.source for p in names["model"].parameters} - set(UNSOURCED)
    assert sources
    assert sources <= set(references())


@each_paper
def test_paper_prints_its_numbers(path, capsys):
    runpy.run_path(str(path), run_name="__main__")
    assert re.search(r"\d", capsys.readouterr().out)
