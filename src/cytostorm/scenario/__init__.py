"""A user's TOML file, validated, as what is simulated."""

from cytostorm.scenario.building import Plan, build
from cytostorm.scenario.changing import assignment, changed, including
from cytostorm.scenario.fields import Scenario
from cytostorm.scenario.ordering import order, ordering
from cytostorm.scenario.problems import Problem, ScenarioError
from cytostorm.scenario.reading import from_values, loads, read
from cytostorm.scenario.template import template
from cytostorm.scenario.writing import dumps, schema, schema_text

__all__ = [
    "Plan",
    "Problem",
    "Scenario",
    "ScenarioError",
    "assignment",
    "build",
    "changed",
    "dumps",
    "from_values",
    "including",
    "loads",
    "order",
    "ordering",
    "read",
    "schema",
    "schema_text",
    "template",
]
