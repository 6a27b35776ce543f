"""Pages, lines and formulas say what the module says."""

from __future__ import annotations

from cytostorm.formats import module_page, parameter_rows, process_lines, quantity_rows
from cytostorm.formats.latex import equations
from cytostorm.formats.tables import count_sources
from cytostorm.model import Exponential, Module, compose
from tests import toys


def module():
    return toys.absorbed().modules[0]


def test_rows_have_unit_and_source() -> None:
    rows = {r["name"]: r for r in parameter_rows(module())}
    assert rows["toy.ka"]["value"] == 0.8
    assert rows["toy.ka"]["unit"] == "1/h"
    assert rows["toy.ka"]["source"] == "assumed"
    assert {r["kind"] for r in quantity_rows(module())} == {"species"}


def test_lines_name_every_process_and_route() -> None:
    text = "\n".join(process_lines(module()))
    for word in ("absorption", "distribution", "return", "elimination", "toy.sc", "toy.iv"):
        assert word in text


def test_latex_is_balanced() -> None:
    for _, latex in equations(toys.loop().modules[0]):
        assert latex.count("{") == latex.count("}")
        assert latex


def test_page_cites() -> None:
    page = module_page(module(), lambda key: f"full reference of {key}")
    assert page.startswith("# toy")
    assert "never for the care of a patient" in page


def test_sources_are_counted() -> None:
    counts = count_sources(toys.loop().parameters)
    assert counts["assumed"] == len(toys.loop().parameters)


def test_an_ending_is_told_everywhere() -> None:
    import cytostorm as cs

    m = Module("fate", "organ", "who dies")
    hazard = m.species("hazard", "1", "cumulative hazard")
    m.produce(hazard, "rise", toys.number(m, "rate", 0.1, "1/h"))
    m.ending("death", hazard, toys.number(m, "endurance", 1.0, "1", spread=Exponential()), "death")
    assert "ends by death when `fate.hazard` reaches `fate.endurance`" in module_page(m)
    assert "ending fate.death: death, when fate.hazard reaches fate.endurance" in process_lines(m)
    assert "exponential" in module_page(m)
    written = cs.to_sbml(compose(m))
    assert "a run ends by death when fate.hazard reaches fate.endurance. SBML cannot end a run" in written
    assert "ends by" not in cs.to_sbml(toys.absorbed())
