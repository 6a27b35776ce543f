"""The same patients, treated one way after another: when a drug helps, and when it comes too late."""

from cytostorm.treatment.atlas import atlas
from cytostorm.treatment.timing import timing

__all__ = ["atlas", "timing"]
