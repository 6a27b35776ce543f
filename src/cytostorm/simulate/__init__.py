"""From a model, a cohort and a regimen to a Dataset of trajectories."""

from cytostorm.simulate.ensemble import STATUS
from cytostorm.simulate.simulate import simulate
from cytostorm.simulate.solvers.rodas5p import Rodas5P

__all__ = ["STATUS", "Rodas5P", "simulate"]
