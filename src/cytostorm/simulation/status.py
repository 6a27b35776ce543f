"""How a patient's simulation ends; failure is data, never an exception and never silent."""

from __future__ import annotations

STATUS = ("ok", "bad input", "non-finite", "step limit", "no convergence", "time limit", "cancelled")
OK, BAD_INPUT, NONFINITE, STEP_LIMIT, NO_CONVERGENCE, TIME_LIMIT, CANCELLED = range(len(STATUS))
