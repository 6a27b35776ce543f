from __future__ import annotations

import ast
import runpy

import pytest

from cytostorm.library.catalogue import references
from cytostorm.model import Module, Parameter
from cytostorm.model.quantity import UNSOURCED
from tests.papers.reading import PAPERS

MAX_LINES = 250
each_paper = pytest.mark.parametrize("path", sorted(PAPERS.glob("*.py")), ids=lambda path: path.stem)


@each_paper
def test_paper_is_short_and_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= MAX_LINES
    assert "doi" in said.lower() or "arXiv" in said
    assert "reproduce" in said.lower()
    assert "never for the care of a patient" in said


@each_paper
def test_every_number_cites_what_the_bibliography_has(path):
    modules = [x for x in runpy.run_path(str(path)).values() if isinstance(x, Module)]
    numbers = [q for m in modules for q in m.quantities.values() if isinstance(q, Parameter)]
    assert numbers
    assert {q.source for q in numbers} - set(UNSOURCED) <= set(references())
