"""From a model, a cohort and a regimen to a Dataset of trajectories."""

from cytostorm.simulation.ensemble import STATUS
from cytostorm.simulation.run import simulate
from cytostorm.simulation.solvers.rodas5p import Rodas5P

__all__ = ["STATUS", "Rodas5P", "simulate"]
