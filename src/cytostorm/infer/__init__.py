"""Calibration that anyone can run again: free parameters, published rows, and what these tell of those."""

from cytostorm.infer import overlay
from cytostorm.infer.identify import Identifiability, Profile, identifiability, profile
from cytostorm.infer.problem import Free, Prior, Problem, Row
from cytostorm.infer.published import find
from cytostorm.infer.search import Fit, calibrate
from cytostorm.infer.together import apart, people

__all__ = [
    "Fit", "Free", "Identifiability", "Prior", "Problem", "Profile", "Row",
    "apart", "calibrate", "find", "identifiability", "overlay", "people", "profile",
]  # fmt: skip
