"""From a model, a cohort and a regimen to a Dataset of trajectories."""

from cytostorm.simulation.gradients import gradient
from cytostorm.simulation.policy import Policy, Round
from cytostorm.simulation.run import simulate
from cytostorm.simulation.screening import screen
from cytostorm.simulation.solvers.rodas5p import Rodas5P
from cytostorm.simulation.status import STATUS

__all__ = ["STATUS", "Policy", "Rodas5P", "Round", "gradient", "screen", "simulate"]
