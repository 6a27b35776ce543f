"""The little library, for tests that ask for it."""

from __future__ import annotations

import pytest

from cytostorm.cli import main
from tests.scenario import little


@pytest.fixture
def little_library(monkeypatch):
    little.install(monkeypatch)


@pytest.fixture
def said(capsys, tmp_path, monkeypatch):
    """Run a command line in an empty folder; return (code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def run(*args):
        code = main(list(map(str, args)))
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        assert "itself failed" not in captured.err
        return code, captured.out, captured.err

    return run
