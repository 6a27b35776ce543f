"""CVODE from C: generated C for the right-hand side and sparse Jacobian, KLU, doses and rule in C."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from harness import compiled
from harness.problem import Problem
from harness.segments import Fired, term_rows
from harness.source import C, statements

from peers import Array, Peer

DRIVER = Path(__file__).with_name("cvode_driver.c")
LIBRARIES = (
    "sundials_cvodes", "sundials_sunlinsolklu", "sundials_sunmatrixsparse", "sundials_nvecserial",
    "sundials_core", "klu", "amd", "colamd", "btf", "suitesparseconfig", "m",
)  # fmt: skip
POINTER = ctypes.POINTER(ctypes.c_double)


def sundials() -> Path | None:
    """Return where AMICI keeps SUNDIALS and KLU; Debian's own are built without optimisation."""
    spec = importlib.util.find_spec("amici")
    folder = Path(spec.submodule_search_locations[0]) / "_installation" if spec else None
    return folder if folder and (folder / "lib" / "libsundials_cvodes.a").exists() else None


def source(problem: Problem) -> str:
    """Return C of rates, jacobian (columns in a row) and look_at."""
    programs = problem.system
    order = sorted(range(len(programs.pattern)), key=lambda k: programs.pattern[k][::-1])
    counts = np.bincount([j for _, j in programs.pattern], minlength=len(programs.species))
    columns = [0, *np.cumsum(counts).tolist()]
    rows = [programs.pattern[k][0] for k in order]
    parts = [
        "#include <math.h>\n#include <stdint.h>\n",
        f"enum {{ STATES = {len(programs.species)}, NONZEROS = {len(rows)} }};\n",
        f"enum {{ FIRST_INPUT = {len(problem.p) + len(problem.h)} }};\n",
        f"static const int64_t rows[] = {{{', '.join(map(str, rows))}}};\n",
        f"static const int64_t columns[] = {{{', '.join(map(str, columns))}}};\n",
    ]
    for name, tape, wanted in (
        ("rates", programs.rates, None),
        ("jacobian", programs.jacobian, order),
        ("look_at", programs.read, term_rows(problem)),
    ):
        lines, outputs = statements(tape, C, compiled.offsets(problem), wanted=wanted)
        body = [f"    double {v} = {e};\n" for v, e in lines]
        body += [f"    out[{k}] = {e};\n" for k, e in enumerate(outputs)]
        head = f"static void {name}(double t, const double *y, const double *q, double *out) {{\n"
        parts.append(f"{head}    (void)t, (void)y, (void)q, (void)out;\n{''.join(body)}}}\n")
    return "".join(parts) + DRIVER.read_text()


class _Plan(ctypes.Structure):
    """The rules, as the driver reads them."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("looks", "rules", "terms", "gives")),
        *((f"{name}_at", POINTER) for name in ("looks", "rules", "terms", "gives")),
    )


def pointer(array: Array) -> ctypes._Pointer:
    """Return the address of an array's first number."""
    return array.ctypes.data_as(POINTER)


class Engine(Peer):
    """A shared library made by the system's C compiler."""

    label = "CVODE + KLU, hand-made C"
    packages = ("amici",)
    note = (
        "everything in C, sparse analytic Jacobian, no restart at a look where nothing happens; "
        "what an expert would write; SUNDIALS and KLU are those that AMICI brings"
    )

    @staticmethod
    def available() -> str | None:
        """Return whether the compiler or SUNDIALS is missing."""
        if shutil.which("cc") is None:
            return "not installed: a C compiler"
        return None if sundials() else "not installed: amici, whose SUNDIALS and KLU this needs"

    def prepare(self, problem: Problem) -> None:
        """Compile and load."""
        self.folder = tempfile.TemporaryDirectory()
        code, library = Path(self.folder.name) / "model.c", Path(self.folder.name) / "model.so"
        code.write_text(source(problem))
        subprocess.run(
            ["cc", "-O3", "-march=native", "-shared", "-fPIC", "-o", library, code, f"-I{sundials()}/include",
             f"-I{sundials()}/include/suitesparse", f"-L{sundials()}/lib", *(f"-l{x}" for x in LIBRARIES)],
            check=True, capture_output=True,
        )  # fmt: skip
        self.library = ctypes.CDLL(str(library))
        if self.library.begin():
            raise RuntimeError("CVODE could not start")
        self.problem = problem
        self.looks, self.rules, self.terms = compiled.plan(problem)
        self.events = [compiled.table(e) for e in problem.events]
        self.gives = [compiled.gifts(problem, k) for k in range(problem.patients)]
        self.start = [np.ascontiguousarray(c) for c in problem.y0.T]
        self.constants = [compiled.constants(problem, k) for k in range(problem.patients)]

    def run(self, patient: int, rtol: float, share: float) -> tuple[Array, Fired]:
        """Return one patient."""
        gives, count = self.gives[patient], len(self.events[patient])
        events = np.empty((count + len(self.looks) * len(gives) + 1, 4))
        events[:count] = self.events[patient]
        arrays = (self.looks, self.rules, self.terms, gives)
        plan = _Plan(*(len(a) for a in arrays), *(pointer(a) for a in arrays))
        out, fired = np.empty(self.problem.shape), np.empty((256, 2))
        q, times = self.constants[patient].copy(), self.problem.times
        hits = self.library.follow(
            pointer(self.start[patient]), pointer(q), len(times), pointer(times), count, pointer(events),
            ctypes.byref(plan), ctypes.c_double(rtol), pointer(rtol * share * self.problem.scales),
            pointer(out), pointer(fired),
        )  # fmt: skip
        if hits < 0:
            raise RuntimeError("CVODE failed")
        return out, [(float(t), int(k)) for t, k in fired[:hits]]
