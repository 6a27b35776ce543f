"""Starting is cheap: neither the package nor its help loads what only a simulation needs."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = ["sympy", "scipy", "xarray", "pandas", "matplotlib", "pint", "llvmlite", "pydantic"]

LOADED = f"""
import json, sys
sys.stderr.write(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""

SHOW_HELP = """
import sys
sys.argv = ["cytostorm", "--help"]
from cytostorm.cli import main
try:
    main()
except SystemExit as end:
    assert end.code in (0, None), end.code
"""


def loaded_after(code: str) -> tuple[list[str], str]:
    """Run code in a fresh interpreter; return the heavy modules it loaded, and what it printed."""
    done = subprocess.run([sys.executable, "-c", code + LOADED], capture_output=True, text=True, check=True)
    return json.loads(done.stderr.splitlines()[-1]), done.stdout


def test_the_probe_sees_a_heavy_module():
    assert loaded_after("import sympy")[0] == ["sympy"]


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_after("import cytostorm")[0] == []


def test_help_loads_nothing_heavy():
    modules, printed = loaded_after(SHOW_HELP)
    assert modules == []
    assert "Usage" in printed
