#!/usr/bin/env python3
"""Set up cytostorm and run its tasks, with nothing but the standard library.

    python3 dev.py demo        install cytostorm into .venv and show two storms and their treatment
    python3 dev.py test        add the tools of development and run the tests

Everything after the verb goes to the tool behind it: `python3 dev.py test -k units -x`.
The environment variable CYTOSTORM_VENV names another place for the virtual environment.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("CYTOSTORM_VENV") or ROOT / ".venv").resolve()
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

# What each level of the environment holds; a level contains those before it.
LEVELS = {
    "user": ["-e", ".[plot]"],
    "dev": ["-e", ".[plot]", "--group", "dev"],
    "docs": ["-e", ".[plot,docs]", "--group", "dev"],
}

# verb: (help, level, commands). Further arguments go to the last command.
TASKS = {
    "demo": (
        "simulate two storms, untreated, treated in time and too late, and write a page",
        "user",
        [["cytostorm", "demo"]],
    ),
    "test": ("run the tests", "dev", [["pytest", "-n", "auto", "--dist", "worksteal"]]),
    "lint": (
        "check style and spelling",
        "dev",
        [["ruff", "check"], ["ruff", "format", "--check"], ["codespell"]],
    ),
    "types": ("check the types", "dev", [["mypy"]]),
    "contracts": ("check which room imports which", "dev", [["lint-imports"]]),
    "slow": (
        "run the tests marked slow",
        "dev",
        [["pytest", "-n", "auto", "--dist", "worksteal", "-m", "slow"]],
    ),
    "docs": (
        "build the pages into docs/_build/html",
        "docs",
        [["sphinx-build", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html"]],
    ),
}
CHECK = ["lint", "types", "contracts", "demo", "test", "lowest", "docs", "slow"]
SPARED = (
    "acceptance", "credibility", "drugs", "laws", "papers", "project", "storm", "supports", "treatment",
    "understand",
)  # fmt: skip
"""Tests of what the model says, and of the project itself: the others use of old releases what these do."""
NO_TESTS = 5  # exit code of pytest when nothing was selected
INTERRUPTED = 130
LEFTOVERS = [
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".import_linter_cache",
    ".hypothesis",
    "docs/_build",
    "docs/mechanisms",
    "dist",
]


class SetUpError(Exception):
    """Something is missing that only the user can supply; the message says what to do."""


def say(text: str) -> None:
    """Print one line of progress, apart from what the tools print."""
    print(f"dev: {text}", file=sys.stderr, flush=True)


def execute(command: list[str]) -> int:
    """Run a command in the root folder and return its exit code."""
    environment = os.environ | {
        "VIRTUAL_ENV": str(VENV),
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")  # or the test processes fight for the cores
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        process.wait()  # it was interrupted too: let it finish its last words
        raise
    return code if code >= 0 else 128 - code


def must(command: list[str], failure: str) -> None:
    """Run a step of the set-up; stop with a message if it fails."""
    if execute(command) != 0:
        raise SetUpError(failure)


def fingerprint() -> str:
    """Return what the environment depends on: the project file, its place, and the Python."""
    return hashlib.sha256(
        (ROOT / "pyproject.toml").read_bytes() + f"{ROOT} {sys.version}".encode()
    ).hexdigest()


def marker(level: str) -> Path:
    """Return the file that says that a level is installed."""
    return VENV / f".cytostorm-{level}"


def create(uv: str | None) -> None:
    """Make an empty virtual environment with a pip that knows dependency groups."""
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists():
        raise SetUpError(
            f"{VENV} exists and is no virtual environment. Remedy: move it away, or set CYTOSTORM_VENV."
        )
    shutil.rmtree(VENV, ignore_errors=True)
    say(f"making {VENV} with Python {sys.version.split()[0]}")
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        must(
            [sys.executable, "-m", "venv", str(VENV)],
            "the virtual environment could not be made (see above).",
        )
    elif uv:
        must(
            [uv, "venv", "--quiet", "--seed", "--python", sys.executable, str(VENV)],
            "uv could not make it (see above).",
        )
    else:
        raise SetUpError(
            "this Python cannot make virtual environments: its modules venv and ensurepip are missing.\n"
            "     Remedy: on Debian or Ubuntu, run `apt-get install python3-venv` as root, then this again."
        )
    must(
        [str(PYTHON), "-m", "pip", "install", "-qq", "--upgrade", "pip>=25.1"],
        "pip could not be renewed (see above).",
    )


def prepare(level: str) -> None:
    """Bring the environment to a level; return at once when it is there."""
    names = list(LEVELS)
    key = fingerprint()
    markers = [path for path in map(marker, names) if path.is_file()]
    if any(
        marker(name) in markers and marker(name).read_text() == key for name in names[names.index(level) :]
    ):
        return
    uv = shutil.which("uv")
    if not PYTHON.exists() or any(path.read_text() != key for path in markers) or not markers:
        create(uv)
    wanted = LEVELS[level]
    say(f"installing {' '.join(wanted)} (a minute or so, the first time)")
    if not (uv and execute([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *wanted]) == 0):
        must([str(PYTHON), "-m", "pip", "install", "-qq", *wanted], "the installation failed (see above).")
    marker(level).write_text(key)


def run(verb: str, extra: list[str]) -> int:
    """Prepare what a task needs and run its commands, up to the first failure."""
    _, level, commands = TASKS[verb]
    prepare(level)
    for number, (tool, *arguments) in enumerate(commands, start=1):
        more = extra if number == len(commands) else []
        say(" ".join([tool, *arguments, *more]))
        code = execute([str(BIN / tool), *arguments, *more])
        if code != 0:
            say(f"{tool} ended with exit code {code}")
            return code
    return 0


def check() -> int:
    """Run all that is checked on each change, in that order, up to the first failure."""
    for verb in CHECK:
        code = lowest([]) if verb == "lowest" else run(verb, [])
        if code != 0 and not (verb == "slow" and code == NO_TESTS):
            return code
    say("all checks passed")
    return 0


def lowest(extra: list[str]) -> int:
    """Run the tests with the oldest versions that pyproject.toml allows, in an environment of its own."""
    import tomllib  # not there in the old Pythons that this file has a message for

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["plot"]
    pinned = [name.replace(">=", "==") for name in wanted]
    place = VENV.with_name(VENV.name + "-lowest")
    python = place / BIN.name / PYTHON.name
    note = place / ".cytostorm-lowest"
    if not note.exists() or note.read_text() != fingerprint():
        shutil.rmtree(place, ignore_errors=True)
        say(f"making {place} with {' '.join(pinned)}")
        must([sys.executable, "-m", "venv", str(place)], "the environment could not be made (see above).")
        tools = ["pytest", "pytest-xdist", "hypothesis"]
        must(
            [str(python), "-m", "pip", "install", "-qq", *pinned, *tools, "-e", "."],
            "the oldest versions could not be installed together (see above).",
        )
        note.write_text(fingerprint())
    # old releases warn about each other; only our own warnings are errors here
    command = [str(python), "-m", "pytest", "-n", "auto", "-q", "-W", "ignore::DeprecationWarning"]
    if not extra:
        command += [f"--ignore=tests/{room}" for room in SPARED]
    command += extra
    say(" ".join(command[1:]))
    return execute(command)


def clean() -> int:
    """Remove the environment, the caches and what was built."""
    if (VENV / "pyvenv.cfg").exists():
        shutil.rmtree(VENV)
    for name in LEFTOVERS:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for place in ("src", "tests", "docs", "bench"):
        for path in (ROOT / place).rglob("__pycache__"):
            shutil.rmtree(path, ignore_errors=True)
    say("removed the environment, caches and built pages")
    return 0


def usage() -> str:
    """Return the list of verbs."""
    rows = [(verb, text) for verb, (text, _, _) in TASKS.items()]
    rows += [
        ("lowest", lowest.__doc__ or ""),
        ("check", "all of these, as on each change: " + ", ".join(CHECK)),
        ("clean", clean.__doc__ or ""),
    ]
    return f"{__doc__}\n" + "\n".join(f"    {verb:<10} {text.rstrip('.').lower()}" for verb, text in rows)


def main(arguments: list[str]) -> int:
    """Carry out one verb; return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said here in words, before anything is installed
        raise SetUpError(f"cytostorm needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    verb, *extra = arguments or ["--help"]
    if verb in {"-h", "--help", "help"}:
        print(usage())
        return 0
    if verb in TASKS:
        return run(verb, extra)
    if verb == "lowest":
        return lowest(extra)
    if verb in {"check", "clean"} and not extra:
        return check() if verb == "check" else clean()
    say(f"cannot do: {' '.join(arguments)}\n{usage()}")
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetUpError as problem:
        say(f"error: {problem}")
        sys.exit(1)
    except KeyboardInterrupt:
        say("interrupted")
        sys.exit(INTERRUPTED)
