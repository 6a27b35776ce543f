"""Published results beside the model: what is simulated, what is read, and how near is near enough.

Each published row leads to a check: one or more experiments (who is simulated, from what, for how long), a
reading (which number of them), and a band (what is accepted). The checks of a group are declared in one
file of `experiments`. A row without a check says why. Rows of treated people make a table of their own.
"""

from cytostorm.credibility.experiment import Experiment
from cytostorm.credibility.judging import Check, Row, Unscored
from cytostorm.credibility.table import Table, both, calibration, check_of, treatment

__all__ = ["Check", "Experiment", "Row", "Table", "Unscored", "both", "calibration", "check_of", "treatment"]
