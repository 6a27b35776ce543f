"""The README's promise: two commands, nothing else."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def commands():
    first = BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    return first.group(1).splitlines()


@pytest.fixture(scope="module")
def dev():
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_first_code_block_is_the_two_commands(commands):
    assert len(commands) == 2
    assert all(command.startswith("python3 dev.py ") for command in commands)


def test_the_commands_exist(commands, dev):
    assert {command.split()[2] for command in commands} <= dev.TASKS.keys()


def test_check_runs_every_task(dev):
    assert sorted(dev.CHECK) == sorted([*dev.TASKS, "lowest"])
