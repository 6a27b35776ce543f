"""What it costs to install and to start cytostorm: processor time and disk space.

    python3 bench/install.py

makes a fresh virtual environment in a temporary folder with the core only (no extras), and prints

- the processor time of `import cytostorm` and of `cytostorm --help`, user and system, best of several,
  less that of an interpreter that does nothing;
- the size of site-packages without bytecode and without pip.

Goals: 200 ms, 100 ms, 600 MB.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 7
NOT_COUNTED = {"pip", "setuptools", "_distutils_hack", "__pycache__"}


def cpu_ms(command: list[str]) -> float:
    """Return the least processor time of a command in milliseconds, over several runs."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(REPEATS + 1):  # the first run may still write bytecode; the minimum drops it
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return 1e3 * min(times)


def megabytes(folder: Path) -> float:
    """Return the size of a site-packages folder in MB (10^6 bytes), without bytecode and pip."""

    def counts(path: Path) -> bool:
        parts = path.relative_to(folder).parts
        return not NOT_COUNTED & set(parts) and not parts[0].startswith(("pip-", "setuptools-"))

    return 1e-6 * sum(p.lstat().st_size for p in folder.rglob("*") if p.is_file() and counts(p))


def main() -> None:
    """Build the environment, measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        environment = Path(temporary) / "venv"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        python = environment / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-qq", ROOT], check=True)
        (site,) = environment.glob("lib/python3*/site-packages")
        nothing = cpu_ms([str(python), "-c", "pass"])
        imported = cpu_ms([str(python), "-c", "import cytostorm"]) - nothing
        helped = cpu_ms([str(environment / "bin" / "cytostorm"), "--help"]) - nothing
        print(f"Python {sys.version.split()[0]}, interpreter alone {nothing:.0f} ms")
        print(f"import cytostorm    {imported:6.0f} ms   (goal 200)")
        print(f"cytostorm --help    {helped:6.0f} ms   (goal 100)")
        print(f"core site-packages  {megabytes(site):6.0f} MB   (goal 600)")


if __name__ == "__main__":
    main()
