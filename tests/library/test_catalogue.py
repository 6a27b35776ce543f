"""Whatever lies in the library is found, sourced, sound, and documented; a new mechanism is one file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cytostorm.codegen import kernel
from cytostorm.errors import CytostormError
from cytostorm.formats import module_page, process_lines
from cytostorm.library import catalogue
from cytostorm.model import Parameter, compose
from cytostorm.model.quantity import UNSOURCED

MODULES = catalogue.modules()


@pytest.mark.parametrize("name", MODULES)
def test_each_mechanism_composes_and_is_documented(name: str) -> None:
    module = MODULES[name]
    model = compose(module)
    assert model.fingerprint == compose(*reversed(model.modules)).fingerprint
    page = module_page(module, catalogue.citation)
    for quantity in module.quantities.values():
        if isinstance(quantity, Parameter):
            assert quantity.name in page
    assert len(process_lines(module)) >= len(module.processes)


@pytest.mark.parametrize("name", MODULES)
def test_each_number_has_a_source_that_exists(name: str) -> None:
    for q in MODULES[name].quantities.values():
        if isinstance(q, Parameter) and q.source not in UNSOURCED:
            assert q.source in catalogue.references(), (
                f"{q.name} cites {q.source}, which references.bib lacks"
            )


def test_no_key_of_a_reference_is_there_twice() -> None:
    text = (Path(catalogue.__file__).parent / "references.bib").read_text(encoding="utf-8")
    keys = [line.partition("{")[2].rstrip(",") for line in text.splitlines() if line.startswith("@")]
    assert len(keys) == len(set(keys)) == len(catalogue.references())


def test_references_have_what_a_reader_needs() -> None:
    for key, entry in catalogue.references().items():
        assert entry.get("title"), key
        assert entry.get("author"), key
        assert entry.get("year"), key


def test_native_agrees_with_the_oracle_on_random_states() -> None:
    """1e-12 of the sum of the absolute terms of each element, on 1,000 random states and parameters."""
    model = catalogue.model_for("endotoxin")
    native, oracle = kernel(model), kernel(model, "numpy")
    rng = np.random.default_rng(7)
    lanes = 1000
    p = np.array([[model.values[q]] for q in model.parameters]) * rng.lognormal(
        0, 0.3, (len(model.parameters), lanes)
    )
    y = oracle.initial(p) + np.array([[s.scale] for s in model.species])
    y *= rng.lognormal(0, 1.5, y.shape)
    u = rng.lognormal(0, 1, (len(model.inputs), lanes))
    t = rng.uniform(0, 48, (1, lanes))
    h = oracle.hoist(p)
    np.testing.assert_allclose(native.hoist(p), h, rtol=1e-12)
    for program in ("rates", "jacobian", "read", "drift"):
        got, want = (getattr(k, program)(t, y, p, u, h) for k in (native, oracle))
        size = absolute_terms(getattr(oracle.system, program), t, y, p, u, h)
        assert (np.abs(got - want) <= 1e-12 * size).all(), program


def absolute_terms(tape, *arrays: np.ndarray) -> np.ndarray:
    """Return the size of each output's terms: what rounding errors are measured by.

    A sum has the sum of its absolute terms. A quotient's error is that of its parts, and what cancels in
    a denominator counts in full.
    """
    from cytostorm.codegen.numpy import _OPS

    values, sizes = [], []
    with np.errstate(all="ignore"):
        for op, args in tape.code:
            if op in ("load", "const"):
                value = arrays[int(args[0])][int(args[1])] if op == "load" else np.float64(args[0])
                size = np.abs(value)
            else:
                value = _OPS[op](*(values[int(a)] for a in args))
                a = [sizes[int(k)] for k in args]
                if op in ("add", "sub"):
                    size = a[0] + a[1]
                elif op in ("fma", "fms", "fnma"):
                    size = a[0] * a[1] + a[2]
                elif op == "mul":
                    size = a[0] * a[1]
                elif op == "div":
                    size = a[0] * a[1] / values[int(args[1])] ** 2
                else:
                    size = np.abs(value)
            values.append(value)
            sizes.append(size)
    return np.array([np.broadcast_to(sizes[k], arrays[0].shape[1]) for k in tape.outputs])


CYTOKINE = '''
"""A cytokine of a test."""
from cytostorm.library.cells import macrophage
from cytostorm.library.mediators._cytokine import circulates
from cytostorm.model import Module

m = Module("il33", "mediator", "interleukin-33")
baseline = m.parameter("baseline", 5.0, "pg/mL", "level at rest", source="assumed", note="a number of a test")
elimination = m.parameter("elimination", 0.7, "1/h", "loss", source="assumed", note="a number of a test")
rate = m.parameter("rate", 40.0, "pg/mL/h", "secretion", source="assumed", note="a number of a test")
level = circulates(m, baseline, elimination)
m.produce(level, "secretion by macrophages", rate * macrophage.late)
'''
DRUG = '''
"""A drug of a test."""
from cytostorm.library.kinetics import falls
from cytostorm.library.cells import macrophage
from cytostorm.model import Module

m = Module("stormaway", "drug", "a blocker of secretion")
volume = m.parameter("volume", 4.0, "L", "volume", source="assumed", note="a number of a test")
loss = m.parameter("loss", 0.1, "1/h", "loss", source="assumed", note="a number of a test")
half = m.parameter("half", 1.0, "mg/L", "half effect", source="assumed", note="a number of a test")
central = m.species("central", "mg", "drug in plasma")
m.remove(central, "elimination", loss * central)
m.route("iv", central, "vein")
m.modulate(macrophage.secretion, falls(central / volume, half), "less secretion")
'''
LAB = '''
"""A lab of a test."""
from cytostorm.library.mediators import il6, tnf
from cytostorm.model import Module

m = Module("ratio_panel", "lab", "a ratio")
m.lab("il6_to_tnf", il6.level / tnf.level, "1", "IL-6 for each TNF")
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(catalogue.FOLDERS, str(tmp_path))
    return tmp_path


NEW = {
    "il33": ("mediator", CYTOKINE, "`il33.rate`"),
    "stormaway": ("drug", DRUG, "Route `stormaway.iv`"),
    "ratio_panel": ("lab", LAB, "il6_to_tnf"),
}


@pytest.mark.parametrize("name", NEW)
def test_new_mechanism_is_one_file(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is found, listed and documented with nothing else touched."""
    from cytostorm.cli import main

    kind, text, on_page = NEW[name]
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    assert catalogue.find(name).kind == kind
    assert on_page in module_page(catalogue.find(name), catalogue.citation)
    for command in (["list"], ["explain", name]):
        assert main(command) == 0
        assert name in capsys.readouterr().out


def test_new_drug_acts_and_new_lab_is_read(folder: Path) -> None:
    from cytostorm.model import Dose, Regimen
    from cytostorm.simulation import simulate

    (folder / "stormaway.py").write_text(DRUG, encoding="utf-8")
    (folder / "ratio_panel.py").write_text(LAB, encoding="utf-8")
    model = catalogue.model_for("endotoxin", routes=["stormaway.iv"])
    times = [0, 1, 2, 3]
    untreated = simulate(model, None, None, times)
    treated = simulate(model, None, Regimen() + Dose("stormaway.iv", "40 mg"), times)
    assert float(treated["il6"].max()) < 0.5 * float(untreated["il6"].max())
    np.testing.assert_allclose(untreated["il6_to_tnf"], untreated["il6"] / untreated["tnf"])


def test_two_files_of_one_name(folder: Path) -> None:
    (folder / "a.py").write_text(DRUG, encoding="utf-8")
    (folder / "b.py").write_text(DRUG, encoding="utf-8")
    with pytest.raises(CytostormError, match="both define"):
        catalogue.modules()


def test_file_without_a_module(folder: Path) -> None:
    (folder / "a.py").write_text("x = 1", encoding="utf-8")
    with pytest.raises(CytostormError, match="defines no module"):
        catalogue.modules()


@pytest.mark.parametrize("name", ["endotoxine", "nothing"])
def test_unknown_names_are_told(name: str) -> None:
    with pytest.raises(CytostormError) as caught:
        catalogue.recipe(name)
    assert "endotoxin" in str(caught.value)


USES = """
from cytostorm.model import Module
from cytostorm_user import il33

m = Module("chemokines", "lab", "a panel of one's own")
m.lab("il33_plasma", il33.level, "pg/mL", "IL-33")
"""


def test_own_files_use_each_other(folder: Path) -> None:
    """A mediator and its lab: both in the run once the mediator is included."""
    from cytostorm.simulation import simulate

    (folder / "il33.py").write_text(CYTOKINE, encoding="utf-8")
    (folder / "chemokines.py").write_text(USES, encoding="utf-8")
    run = simulate(catalogue.model_for("endotoxin", include=["il33"]), times=[0, 2, 3])
    assert float(run["il33_plasma"][0, -1]) > float(run["il33_plasma"][0, 0])
    assert "il33_plasma" not in simulate(catalogue.model_for("endotoxin"), times=[0, 1])


@pytest.mark.parametrize(
    "text, part",
    [
        ("def (", "line 1"),
        ("raise RuntimeError('oops')", "oops"),
        ("import sys; sys.exit(3)", "SystemExit"),
        ("from cytostorm.library.catalogue import find; find('il6')", "while it is being made"),
        (DRUG.replace("a number of a test", "mine"), "without a reason"),
    ],
)
def test_broken_own_file_is_named(folder: Path, text: str, part: str) -> None:
    (folder / "broken.py").write_text(text, encoding="utf-8")
    with pytest.raises(CytostormError) as caught:
        catalogue.modules()
    assert "broken.py" in caught.value.thing
    assert part in caught.value.thing


def test_missing_folder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(catalogue.FOLDERS, "/nope")
    with pytest.raises(CytostormError, match="/nope"):
        catalogue.modules()


def test_threads_ask_the_catalogue_at_once(folder: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    (folder / "il33.py").write_text(CYTOKINE, encoding="utf-8")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: catalogue.find("il33"), range(16)))
    assert all(m is found[0] for m in found)
