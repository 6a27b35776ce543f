"""The language in which a mechanism is written once: quantities, processes, sockets, modules, models."""

from cytostorm.model.composition import closure, compose
from cytostorm.model.dose import Band, Dose
from cytostorm.model.model import Model
from cytostorm.model.module import Module
from cytostorm.model.observable import Lab, Noise, Observable, Score
from cytostorm.model.process import Ending, Process, Route
from cytostorm.model.quantity import Drive, Gain, Parameter, Quantity, Species, time
from cytostorm.model.regimen import Gate, Regimen
from cytostorm.model.rule import Comparison, Flag, Rule
from cytostorm.model.spread import Exponential, LogNormal, Normal, Spread

__all__ = [
    "Band",
    "Comparison",
    "Dose",
    "Drive",
    "Ending",
    "Exponential",
    "Flag",
    "Gain",
    "Gate",
    "Lab",
    "LogNormal",
    "Model",
    "Module",
    "Noise",
    "Normal",
    "Observable",
    "Parameter",
    "Process",
    "Quantity",
    "Regimen",
    "Route",
    "Rule",
    "Score",
    "Species",
    "Spread",
    "closure",
    "compose",
    "time",
]
