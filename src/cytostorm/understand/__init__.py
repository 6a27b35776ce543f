"""Why a model does what it does: causes, loop gain, fates and their borders, steady states, wiring."""

from cytostorm.understand.gain import loop_gain

__all__ = ["loop_gain"]
