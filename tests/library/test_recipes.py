"""What holds for everything that can be run by name, and for its severities."""

from __future__ import annotations

import numpy as np
import pytest

from cytostorm.errors import InputError
from cytostorm.library import catalogue
from cytostorm.model import Parameter
from cytostorm.model.model import to_coherent
from cytostorm.model.quantity import NAME
from cytostorm.population import sample
from cytostorm.simulation import simulate

RECIPES = catalogue.recipes()
RESERVED = {"name", "severity"}
"""Keys of the table [trigger] that are no parameters."""


@pytest.mark.parametrize("name", RECIPES)
def test_severities_change_the_trigger_and_the_person_alone(name: str) -> None:
    recipe = RECIPES[name]
    for level, values in {"": recipe.settings, **recipe.severities}.items():
        for parameter, value in values.items():
            module = catalogue.find(parameter.partition(".")[0])
            assert module.kind in {"trigger", "person"}, f"{level}: {parameter}"
            found = module.quantities[parameter.partition(".")[2]]
            assert isinstance(found, Parameter)
            to_coherent(found, value)  # it fits its unit


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_each_can_be_composed_at_each_severity(name: str) -> None:
    model = catalogue.composed_for(name)
    for level in ("", *RECIPES[name].severities):
        changed = model.replace(catalogue.numbers_for(name, level))
        assert changed.structure == model.structure


@pytest.mark.parametrize("name", RECIPES)
def test_each_can_be_named_and_told(name: str) -> None:
    recipe = RECIPES[name]
    assert recipe.name == name
    assert recipe.evidence in {"calibrated", "plausible"}
    assert recipe.usual == "" or recipe.usual in recipe.severities
    for level, values in recipe.severities.items():
        assert NAME.match(level)
        same = [other for other, those in recipe.severities.items() if {**those} == {**values}]
        assert same == [level]


@pytest.mark.parametrize("name", RECIPES)
def test_keys_of_the_trigger_are_not_taken_twice(name: str) -> None:
    """Two modules of one trigger with a parameter of one name could not be told apart in a scenario."""
    triggers = [m for m in RECIPES[name].modules if m.kind == "trigger"]
    assert triggers
    for module in triggers:
        assert not RESERVED & set(module.quantities)


def test_severity_of_endotoxin() -> None:
    doses = {
        level: catalogue.model_for("endotoxin", severity=level) for level in ("", "mild", "severe", "storm")
    }
    dose = doses[""].parameter("endotoxin.dose")
    assert [m.values[dose] / dose.factor for m in doses.values()] == pytest.approx([2.0, 1.0, 4.0, 1e4])
    assert doses[""].fingerprint == catalogue.composed_for("endotoxin").fingerprint
    assert doses["storm"].warnings()
    assert not doses["severe"].warnings()


def test_unknown_severity_is_told_with_what_exists() -> None:
    with pytest.raises(InputError, match="no severity 'strom'") as told:
        catalogue.model_for("endotoxin", severity="strom")
    assert told.value.expected == "one of mild, severe, storm"
    assert told.value.remedy == "did you mean 'storm'?"


def test_parameter_of_a_trigger_by_its_short_name() -> None:
    assert catalogue.trigger_parameter("endotoxin", "dose") == "endotoxin.dose"
    assert catalogue.trigger_parameter("endotoxin", "nothing") == "endotoxin.nothing"
    assert catalogue.trigger_parameter("nothing", "dose") == "nothing.dose"


def test_children_are_children_at_rest() -> None:
    model = catalogue.model_for("hlh").replace({"viraemia.dose": "0"})
    people = sample(model, 200, seed=3)
    run = simulate(model, people, times=[0.0, 24.0])
    rest = {name: float(np.median(run[name][:, 0])) for name in ("map", "heart_rate", "lymphocytes")}
    assert 65 < rest["map"] < 82
    assert 80 < rest["heart_rate"] < 110
    assert 2800 < rest["lymphocytes"] < 4500
    assert float(np.median(run["creatinine"][:, 0])) < 55
    assert float((run["sofa"] == 0).mean()) > 0.9, "the scores know that a child's pressure is low"
    weight = people["person.weight"].to_numpy()
    assert 16 < np.median(weight) < 20
    assert len(np.unique(weight)) == 200
