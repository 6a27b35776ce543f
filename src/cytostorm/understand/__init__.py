"""Why a model does what it does: causes, loop gain, fates and their borders, steady states, wiring."""

from cytostorm.understand.borders import Border, border
from cytostorm.understand.causes import why
from cytostorm.understand.diagram import Wiring, wiring
from cytostorm.understand.fate import Fate, FateRule, fates
from cytostorm.understand.gain import loop_gain
from cytostorm.understand.reasons import Reasons
from cytostorm.understand.steady import steady_states

__all__ = [
    "Border",
    "Fate",
    "FateRule",
    "Reasons",
    "Wiring",
    "border",
    "fates",
    "loop_gain",
    "steady_states",
    "why",
    "wiring",
]
