"""The little library, for tests that ask for it."""

from __future__ import annotations

import pytest

from tests.scenario import little


@pytest.fixture
def little_library(monkeypatch):
    little.install(monkeypatch)
