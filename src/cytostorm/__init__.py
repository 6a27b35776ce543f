"""Simulate a cytokine storm from what starts it to what becomes of the patient, and what treatment does.

For research and education only, never for the care of a patient.

>>> import cytostorm as cs
>>> model = cs.model_for("endotoxin")
>>> run = cs.simulate(model, cs.sample(model, n=4, seed=1), times=[0, 2, 4])
>>> run["il6"].dims
('patient', 'time')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cytostorm._version import __version__

if TYPE_CHECKING:
    from cytostorm import plot
    from cytostorm.errors import CancelledError, CytostormError, InputError, ModelError
    from cytostorm.formats import module_page, parameter_rows, to_sbml
    from cytostorm.formulary import protocol, regimen
    from cytostorm.library.catalogue import citation, find, model_for, modules, recipe, recipes
    from cytostorm.model import (
        Band,
        Dose,
        Exponential,
        LogNormal,
        Model,
        Module,
        Noise,
        Normal,
        Regimen,
        Rule,
        compose,
        time,
    )  # fmt: skip
    from cytostorm.observe.metrics import summary
    from cytostorm.population import sample
    from cytostorm.scenario.rerun import rerun
    from cytostorm.simulation import STATUS, Policy, Rodas5P, Round, gradient, screen, simulate
    from cytostorm.treatment.atlas import atlas
    from cytostorm.treatment.timing import timing
    from cytostorm.understand import Fate, FateRule, border, fates, loop_gain, steady_states, why, wiring
    from cytostorm.ward.grading import grade
    from cytostorm.ward.reading import read_table

# Where each public name lives. Loaded on first use, so that `import cytostorm` and `--help` stay instant.
_PLACES = {
    "CancelledError": "errors", "CytostormError": "errors", "InputError": "errors", "ModelError": "errors",
    "Band": "model", "Dose": "model", "Exponential": "model", "LogNormal": "model", "Model": "model",
    "Module": "model", "Noise": "model", "Normal": "model", "Regimen": "model", "Rule": "model",
    "compose": "model",
    "time": "model", "citation": "library.catalogue", "find": "library.catalogue",
    "model_for": "library.catalogue", "modules": "library.catalogue", "recipe": "library.catalogue",
    "recipes": "library.catalogue",
    "protocol": "formulary", "regimen": "formulary",
    "module_page": "formats", "parameter_rows": "formats", "to_sbml": "formats",
    "sample": "population", "simulate": "simulation", "STATUS": "simulation", "Rodas5P": "simulation",
    "Policy": "simulation", "Round": "simulation", "gradient": "simulation", "screen": "simulation",
    "summary": "observe.metrics", "rerun": "scenario.rerun", "timing": "treatment",
    "atlas": "treatment",
    "Fate": "understand", "FateRule": "understand", "border": "understand", "fates": "understand",
    "loop_gain": "understand", "steady_states": "understand", "why": "understand", "wiring": "understand",
    "read_table": "ward.reading", "grade": "ward.grading",
}  # fmt: skip
_ROOMS = (
    *("plot", "model", "library", "population", "observe", "formats", "codegen", "scenario", "report"),
    *("infer", "understand", "formulary", "treatment"),
)

__all__ = [
    "STATUS", "Band", "CancelledError", "CytostormError", "Dose", "Exponential", "Fate", "FateRule",
    "InputError", "LogNormal", "Model", "ModelError", "Module", "Noise", "Normal", "Policy", "Regimen",
    "Rodas5P", "Round", "Rule", "__version__", "atlas", "border", "citation", "compose", "fates", "find",
    "grade", "gradient", "loop_gain", "model_for", "module_page", "modules", "parameter_rows", "plot",
    "protocol", "read_table", "recipe", "recipes", "regimen", "rerun", "sample", "screen", "simulate",
    "steady_states", "summary", "time", "timing", "to_sbml", "why", "wiring",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name where it lives."""
    if name in _PLACES:
        return getattr(import_module(f"cytostorm.{_PLACES[name]}"), name)
    if name in _ROOMS:
        return import_module(f"cytostorm.{name}")
    raise AttributeError(f"module 'cytostorm' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
